//! Restores from a backup, signed with the audit's key.

use shared::calendar::Instant;

use crate::entity::prelude::*;

entity! {
    /// One restore.
    #[sea_orm(table_name = "restores")]
    #[derive(Eq)]
    pub struct Restore {
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        /// When the backup was put back.
        pub at: Instant,
        /// When the backup was made.
        pub made_at: Instant,
        /// Last position of the audit's chain in the backup; 0 before the first.
        pub seq: i64,
        /// The chain's hash there.
        pub link: Vec<u8>,
    }
    row {
        pub key_id: String,
        pub signature: Vec<u8>,
    }
}
