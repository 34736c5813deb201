//! Migrations of running cases.
//! Not here: how each case stood before (`migrated_case`).

use std::collections::BTreeMap;

use shared::calendar::Instant;
use shared::ids::{MigrationId, UserId};

use crate::entity::prelude::*;

entity! {
    /// A migration that was done.
    #[sea_orm(table_name = "migrations")]
    pub struct Migration {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: MigrationId,
        pub definition: String,
        pub from_version: i32,
        pub to_version: i32,
        pub at: Instant,
        #[sea_orm(column_name = "by_user")]
        pub by: Option<UserId>,
        pub by_name: Option<String>,
    }
    moves {
        pub moved: i64,
        pub undone_at: Option<Instant>,
    }
    row {
        /// New ids by old ones, as JSON.
        pub mapping: String,
    }
    record {
        /// New ids by old ones.
        pub mapping: BTreeMap<String, String>,
    }
}
