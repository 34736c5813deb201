//! Versions on which new tickets of an area or a kind start.
//! Not here: the version that holds for all of them, which stands with the definition.

use shared::calendar::Instant;
use shared::ids::{ActivationId, UserId};
use shared::ticket::RequestKind;

use crate::entity::prelude::*;

entity! {
    /// From when new tickets of an area or a kind start on a version.
    #[sea_orm(table_name = "activations")]
    #[derive(Eq)]
    pub struct Activation {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ActivationId,
        /// `ticket-main`.
        pub definition: String,
        pub version: i32,
        /// Division code; absent: everywhere.
        pub area: Option<String>,
        /// Absent: every kind.
        pub kind: Option<RequestKind>,
        pub active_from: Instant,
        #[sea_orm(column_name = "by_user")]
        pub by: Option<UserId>,
        pub by_name: Option<String>,
    }
    moves {
        /// From when it counts no more.
        pub withdrawn_at: Option<Instant>,
    }
}
