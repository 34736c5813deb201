//! Signed positions of the chain.

use shared::calendar::Instant;

use crate::entity::prelude::*;

entity! {
    /// A signed position of the chain.
    #[sea_orm(table_name = "audit_checkpoints")]
    #[derive(Eq)]
    pub struct Checkpoint {
        /// Position.
        #[sea_orm(primary_key, auto_increment = false)]
        pub seq: i64,
        /// The chain's hash there.
        pub link: Vec<u8>,
        /// When it was signed.
        pub at: Instant,
        /// The signing key.
        pub key_id: String,
        /// Ed25519 over `message`.
        pub signature: Vec<u8>,
        /// The checkpoint before; 0 for the first, nothing in those of earlier releases.
        #[sea_orm(column_name = "before_seq")]
        pub before: Option<i64>,
        /// Ed25519 over `message_before`.
        pub before_signature: Option<Vec<u8>>,
    }
}
