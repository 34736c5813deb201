//! What people keep and share (saved views, phrases, saved pivots): somebody sees the own rows, and those that others share with their unit or their area.
//! The rule stands here once for statements (`own`, `seen`) and once for a row that is read already (`Sharing`).
//! Not here: the rows themselves (`saved_views`, `pivots`), who may keep some (services).

use sea_orm::entity::prelude::*;
use sea_orm::{DbBackend, QueryOrder as _, QuerySelect as _, QueryTrait as _, Select};
use shared::access::Actor;
use shared::ids::UserId;
use shared::query::phrase::MOST_PHRASES;
use shared::query::view::{MOST, ViewShare};
use shared::report::MOST_PIVOTS;

use crate::entity::Col;
use crate::entity::report::pivot;
use crate::entity::todo::{phrase, saved_view};
use crate::record::{Phrase, SavedPivot, SavedView};
use crate::sql::Sql;
use crate::{Conn, StoreError};

/// A table of what people keep and share. Each of its lists is read along an index of its own and bounded.
pub(crate) trait Shared: EntityTrait {
    /// Whose a row is.
    const OWNER: Self::Column;
    /// With whom it is shared.
    const SHARED: Self::Column;
    /// Code of the owner's unit when it was made.
    const UNIT: Self::Column;
    /// Division code of that unit.
    const REGION: Self::Column;
    /// What its owner calls it.
    const NAME: Self::Column;
    /// Its id.
    const ID: Self::Column;
    /// Rows of a list at most.
    const MOST: u64;
}

/// Whose something is, and with whom it is shared.
struct Sharing<'a> {
    owner: UserId,
    shared: ViewShare,
    unit: Option<&'a str>,
    region: Option<&'a str>,
}

impl Sharing<'_> {
    /// Whether it is somebody's own, or shared with him.
    fn reaches(&self, actor: &Actor) -> bool {
        let is_shared = match self.shared {
            ViewShare::Nobody => false,
            ViewShare::Unit => self.unit.is_some() && self.unit == actor.unit.as_deref(),
            ViewShare::Area => self.region.is_some() && self.region == actor.region.as_deref(),
        };
        is_shared || actor.user() == Some(self.owner)
    }
}

macro_rules! shared_rows {
    ($($table:ident, $record:ident, $most:expr;)+) => {$(
        impl Shared for $table::Entity {
            const OWNER: $table::Column = $table::Column::Owner;
            const SHARED: $table::Column = $table::Column::Shared;
            const UNIT: $table::Column = $table::Column::Unit;
            const REGION: $table::Column = $table::Column::Region;
            const NAME: $table::Column = $table::Column::Name;
            const ID: $table::Column = $table::Column::Id;
            const MOST: u64 = $most;
        }

        impl $record {
            /// Whether it is somebody's own, or shared with him.
            pub fn is_for(&self, actor: &Actor) -> bool {
                let sharing = Sharing {
                    owner: self.owner,
                    shared: self.shared,
                    unit: self.unit.as_deref(),
                    region: self.region.as_deref(),
                };
                sharing.reaches(actor)
            }
        }
    )+};
}

shared_rows! {
    saved_view, SavedView, MOST;
    phrase, Phrase, MOST_PHRASES;
    pivot, SavedPivot, MOST_PIVOTS;
}

/// Somebody's own, by name.
pub(crate) async fn own<E: Shared, R: From<E::Model> + 'static>(
    conn: &dyn Conn,
    owner: UserId,
) -> Result<Vec<R>, StoreError> {
    let select = E::find().filter(E::OWNER.eq(Col(owner)));
    by_name(conn, select).await
}

/// Somebody's own, then what colleagues share with the unit and with the area, each by name.
pub(crate) async fn seen<E: Shared, R: From<E::Model> + 'static>(
    conn: &dyn Conn,
    actor: &Actor,
) -> Result<Vec<R>, StoreError> {
    let Some(user) = actor.user() else {
        return Ok(Vec::new());
    };
    // One statement for the three lists, for it is asked with every page of the ticket list; each is read along its own index.
    let mut sql = Sql::new("select m.* from (select 0 as arm, x.* from (", Vec::new());
    let own = E::find().filter(E::OWNER.eq(Col(user)));
    sql.append(Sql::part(ordered(own).build(DbBackend::Sqlite)));
    let unit = (ViewShare::Unit, E::UNIT, actor.unit.as_deref());
    let area = (ViewShare::Area, E::REGION, actor.region.as_deref());
    for (head, (share, column, code)) in [
        (") x union all select 1 as arm, x.* from (", unit),
        (") x union all select 2 as arm, x.* from (", area),
    ] {
        let Some(code) = code else { continue };
        let shared = E::find()
            .filter(E::SHARED.eq(Col(share)))
            .filter(column.eq(code))
            .filter(E::OWNER.ne(Col(user)));
        let shared = Sql::part(ordered(shared).build(DbBackend::Sqlite));
        // Both have an index over the rows of their share alone.
        sql.text(head).append(shared.spelling(share.code()));
    }
    sql.text(") x) m order by m.arm, m.name, m.id");
    let rows = conn.handle().rows::<E::Model>(sql).await?;
    Ok(rows.into_iter().map(R::from).collect())
}

/// The first of them by name.
async fn by_name<E: Shared, R: From<E::Model> + 'static>(
    conn: &dyn Conn,
    select: Select<E>,
) -> Result<Vec<R>, StoreError> {
    conn.handle().records(ordered(select)).await
}

/// The first of them by name.
fn ordered<E: Shared>(select: Select<E>) -> Select<E> {
    let select = select.order_by_asc(E::NAME).order_by_asc(E::ID);
    select.limit(E::MOST)
}
