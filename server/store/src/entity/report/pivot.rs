//! A question for figures that somebody keeps.
//! Not here: what it comes to (services), tiles (`tile`).

use shared::calendar::Instant;
use shared::ids::UserId;
use shared::query::view::ViewShare;
use shared::report::Moving;

use crate::entity::prelude::*;

entity! {
    /// A saved pivot.
    #[sea_orm(table_name = "saved_pivots")]
    #[derive(Eq)]
    pub struct SavedPivot {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub owner: UserId,
        pub owner_name: String,
        /// Code of the owner's unit when it was made.
        pub unit: Option<String>,
        /// Division code of that unit.
        pub region: Option<String>,
        pub made_at: Instant,
        pub name: String,
        /// As it stands in an address.
        pub query: String,
        pub span: Moving,
        pub shared: ViewShare,
    }
}
