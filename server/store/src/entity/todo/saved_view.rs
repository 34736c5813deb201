//! Views of the ticket list that somebody keeps.
//! Not here: what an address says (`shared::query`), who sees them (services).

use shared::calendar::Instant;
use shared::ids::{UserId, ViewId};
use shared::query::view::ViewShare;

use crate::entity::prelude::*;

entity! {
    /// A saved view.
    #[sea_orm(table_name = "saved_views")]
    #[derive(Eq)]
    pub struct SavedView {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ViewId,
        pub owner: UserId,
        pub owner_name: String,
        /// Code of the owner's unit when it was made.
        pub unit: Option<String>,
        /// Division code of that unit.
        pub region: Option<String>,
        pub made_at: Instant,
    }
    moves {
        pub name: String,
        /// The address behind the question mark.
        pub query: String,
        pub shared: ViewShare,
        /// Counts its changes; from 1.
        pub version: i32,
        pub changed_at: Instant,
    }
}
