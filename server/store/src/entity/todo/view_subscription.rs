//! Saved views of which somebody is told.
//! Not here: the view (`saved_view`), the count (services).

use shared::calendar::Instant;
use shared::ids::{UserId, ViewId};
use shared::query::view::ViewRhythm;

use crate::entity::prelude::*;

entity! {
    /// That somebody is told of a saved view.
    #[sea_orm(table_name = "view_subscriptions")]
    #[derive(Eq)]
    pub struct ViewFollowed {
        #[sea_orm(primary_key, auto_increment = false)]
        pub user_id: UserId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub view_id: ViewId,
        pub made_at: Instant,
    }
    moves {
        /// What the view was called last.
        pub name: String,
        pub rhythm: ViewRhythm,
        /// When he is told next.
        pub next_at: Instant,
        /// What the last count came to.
        pub found: Option<i64>,
        pub more: bool,
        pub counted_at: Option<Instant>,
    }
}
