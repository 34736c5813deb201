//! Who does somebody's tasks while he is away.
//! Not here: what that lets him do (`shared::access`, services).

use shared::account::stand_in::StandInState;
use shared::calendar::Instant;
use shared::ids::{StandInId, UserId};

use crate::entity::prelude::*;

entity! {
    /// A stand-in from a time to a time.
    #[sea_orm(table_name = "stand_ins")]
    #[derive(Eq)]
    pub struct StandIn {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: StandInId,
        /// Who is away.
        pub user_id: UserId,
        pub user_name: String,
        /// Who stands in.
        pub other_id: UserId,
        pub other_name: String,
        pub from_at: Instant,
        pub until_at: Instant,
        pub reason: Option<String>,
        pub made_at: Instant,
        /// Nobody for the machine's owner.
        pub made_by: Option<UserId>,
        pub made_by_name: String,
    }
    moves {
        pub state: StandInState,
        /// Counts its changes; from 1.
        pub version: i32,
        pub answered_at: Option<Instant>,
        pub ended_at: Option<Instant>,
        pub ended_by_name: Option<String>,
    }
}
