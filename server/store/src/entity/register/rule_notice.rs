//! Published revisions that people are asked to read.
//! Not here: who has (`rule_read`).

use shared::calendar::Instant;
use shared::ids::UserId;
use shared::register::ListCode;

use crate::entity::prelude::*;

entity! {
    /// A revision that people are asked to read.
    #[sea_orm(table_name = "rule_notices")]
    #[derive(Eq)]
    pub struct RuleNotice {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub list: ListCode,
        /// Division code of the area that owns the list; empty for the base.
        pub area: String,
        /// Number of the revision.
        pub number: i32,
        pub valid_from: Option<Instant>,
        pub asked_at: Instant,
    }
    moves {
        /// What is new.
        pub note: String,
        pub asked_by: Option<UserId>,
        pub asked_by_name: String,
        /// Until when it is to be read.
        pub due_at: Option<Instant>,
    }
}
