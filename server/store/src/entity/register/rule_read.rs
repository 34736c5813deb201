//! People who are asked to read a revision, and when they did.
//! Not here: the revision (`rule_notice`).

use shared::calendar::Instant;
use shared::ids::UserId;

use crate::entity::prelude::*;

entity! {
    /// Somebody who is asked to read a revision.
    #[sea_orm(table_name = "rule_reads")]
    #[derive(Eq)]
    pub struct RuleRead {
        #[sea_orm(primary_key, auto_increment = false)]
        pub user_id: UserId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub notice_id: Uuid,
        pub username: String,
        pub name: String,
        /// Code of the unit.
        pub unit: String,
    }
    moves {
        /// When he is told, and told again.
        pub remind_at: Option<Instant>,
        pub read_at: Option<Instant>,
    }
}
