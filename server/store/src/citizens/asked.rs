//! The order of what citizens ask for and staff answers: by when it was asked, from either end.
//! Not here: what they are (`mandates`, `wishes`), whose a page shows (`scope::of_areas`).

use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait, QueryFilter as _, QueryOrder as _, Select,
};
use shared::calendar::Instant;

use crate::entity::{Col, Keep};

/// Those behind a position, along instant and id: the oldest first, or the newest.
pub(super) fn in_order<E: EntityTrait, I: Keep>(
    mut select: Select<E>,
    (at, id): (E::Column, E::Column),
    after: Option<(Instant, I)>,
    oldest_first: bool,
) -> Select<E> {
    if let Some((when, last)) = after {
        let same = Condition::all().add(at.eq(Col(when)));
        let behind = if oldest_first {
            let same = same.add(id.gt(Col(last)));
            Condition::any().add(at.gt(Col(when))).add(same)
        } else {
            let same = same.add(id.lt(Col(last)));
            Condition::any().add(at.lt(Col(when))).add(same)
        };
        select = select.filter(behind);
    }
    if oldest_first {
        select.order_by_asc(at).order_by_asc(id)
    } else {
        select.order_by_desc(at).order_by_desc(id)
    }
}
