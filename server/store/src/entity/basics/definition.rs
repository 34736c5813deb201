//! Process definitions with their versions; a running case stays on its version.

use shared::calendar::Instant;

use crate::entity::prelude::*;

entity! {
    /// A deployed definition.
    #[sea_orm(table_name = "definitions")]
    #[derive(Eq)]
    pub struct Definition {
        /// `ticket-main`.
        #[sea_orm(primary_key, auto_increment = false)]
        pub key: String,
        /// From 1.
        #[sea_orm(primary_key, auto_increment = false)]
        pub version: i32,
        /// BPMN 2.0.
        pub xml: String,
        /// SHA-256 of the XML.
        pub digest: Vec<u8>,
        /// When it was deployed.
        pub deployed_at: Instant,
        /// From when new approvals start on it; absent: not activated.
        pub active_from: Option<Instant>,
        /// From when none starts on it any more.
        pub withdrawn_at: Option<Instant>,
        /// Display name of who deployed it.
        pub deployed_by: Option<String>,
    }
}
