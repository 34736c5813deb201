//! Requests for a special cut of figures.
//! Not here: counting it (services).

use shared::calendar::Instant;
use shared::ids::UserId;
use shared::measure::DataState;

use crate::entity::prelude::*;

entity! {
    /// A request.
    #[sea_orm(table_name = "data_requests")]
    #[derive(Eq)]
    pub struct DataRequest {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub asked_by: UserId,
        pub asked_by_name: String,
        /// Where whoever asks works.
        pub region: String,
        pub purpose: String,
        /// As a cube is asked for.
        pub query: String,
        pub asked_at: Instant,
        /// Until when it can be taken.
        pub ends_at: Instant,
    }
    moves {
        pub state: DataState,
        pub decided_by: Option<UserId>,
        pub decided_by_name: Option<String>,
        pub decided_at: Option<Instant>,
        pub reason: Option<String>,
        /// The cut, until it was taken or its day has passed.
        pub content: Option<String>,
        /// SHA-256 of the content, as hexadecimal digits.
        pub digest: Option<String>,
        pub taken_at: Option<Instant>,
    }
}
