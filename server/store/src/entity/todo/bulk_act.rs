//! Acts on many tickets at once.
//! Not here: what became of each ticket (`bulk_item`).

use shared::calendar::Instant;
use shared::ids::UserId;
use shared::ticket::bulk::BulkAct;

use crate::entity::prelude::*;

entity! {
    /// An act on many tickets.
    #[sea_orm(table_name = "bulk_acts")]
    #[derive(Eq)]
    pub struct Bulk {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        /// Whose.
        pub user_id: UserId,
        pub act: BulkAct,
        pub made_at: Instant,
    }
}
