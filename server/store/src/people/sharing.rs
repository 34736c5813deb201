//! What people keep and share (saved views, phrases, saved pivots): somebody sees the own rows, and those that others share with their unit or their area.
//! The rule stands here once for statements (`own`, `seen`) and once for a row that is read already (`Sharing`).
//! Not here: the rows themselves (`saved_views`, `pivots`), who may keep some (services).

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder as _, QuerySelect as _, Select};
use shared::access::Actor;
use shared::ids::UserId;
use shared::query::phrase::MOST_PHRASES;
use shared::query::view::{MOST, ViewShare};
use shared::report::MOST_PIVOTS;

use crate::entity::Col;
use crate::entity::report::pivot;
use crate::entity::todo::{phrase, saved_view};
use crate::record::{Phrase, SavedPivot, SavedView};
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
    let mut all = own::<E, R>(conn, user).await?;
    for (share, column, code) in [
        (ViewShare::Unit, E::UNIT, actor.unit.as_deref()),
        (ViewShare::Area, E::REGION, actor.region.as_deref()),
    ] {
        let Some(code) = code else { continue };
        let select = E::find()
            .filter(E::SHARED.eq(Col(share)))
            .filter(column.eq(code))
            .filter(E::OWNER.ne(Col(user)));
        all.extend(by_name::<E, R>(conn, select).await?);
    }
    Ok(all)
}

/// The first of them by name.
async fn by_name<E: Shared, R: From<E::Model> + 'static>(
    conn: &dyn Conn,
    select: Select<E>,
) -> Result<Vec<R>, StoreError> {
    let select = select.order_by_asc(E::NAME).order_by_asc(E::ID);
    conn.handle().records(select.limit(E::MOST)).await
}
