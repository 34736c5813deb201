//! Numbered rows behind a place that the reader keeps itself, beside what it made of them outside the database.
//! Not here: consumers whose place stands in the database (`consume`).

use sea_orm::{
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::consume::change;
use super::{Batch, Change, Kind, head};
use crate::entity::change::feed;
use crate::{Conn, StoreError};

/// What stands behind a place, and the place behind that; none where rows behind it were trimmed away, or where the feed has not come so far
/// (another database, or an older state of it), so that whoever asks builds anew. Nothing
/// is kept for such a reader: it follows within the days that rows stay, or builds anew.
pub async fn behind(
    conn: &dyn Conn,
    place: i64,
    most: u32,
) -> Result<Option<(Batch, i64)>, StoreError> {
    let head = head(conn).await?;
    if place < 0 || place < head.trimmed || place > head.seq {
        return Ok(None);
    }
    let unread = feed::Entity::find()
        .filter(feed::Column::Seq.gt(place))
        .order_by_asc(feed::Column::Seq)
        .limit(u64::from(most));
    let rows = conn.handle().find(unread).await?;
    let changes: Vec<Change> = rows.into_iter().map(change).collect::<Result<_, _>>()?;
    let to = changes.last().map_or(place, |change| change.seq);
    let (marks, changes): (Vec<Change>, Vec<Change>) = changes
        .into_iter()
        .partition(|change| change.kind == Kind::Rebuild);
    let batch = Batch {
        rebuild: !marks.is_empty(),
        changes,
    };
    Ok(Some((batch, to)))
}
