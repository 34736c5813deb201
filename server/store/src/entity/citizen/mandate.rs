//! That citizens act for organisations; who and which are sealed.
//! Not here: sealing (`citizens::mandates`), the tickets that were filed so (`ticket`).

use serde::{Deserialize, Serialize};
use shared::calendar::Instant;
use shared::citizen::mandate::{MandateRole, MandateState};
use shared::ids::{CitizenId, MandateId, UserId};

use crate::entity::prelude::*;

/// What a mandate says of people and organisations; sealed in the row.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MandateWords {
    /// The organisation's name.
    pub organisation: String,
    /// Its credit code.
    pub credit_code: String,
    /// The citizen's name as given.
    pub name: String,
    /// Number and date of the letter of authority.
    pub evidence: Option<String>,
}

entity! {
    /// That a citizen acts for an organisation.
    #[sea_orm(table_name = "mandates")]
    pub struct Mandate {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: MandateId,
        /// The account, which may be closed by now.
        #[sea_orm(column_name = "citizen_id")]
        pub citizen: CitizenId,
        /// Six digits of the city whose office decides.
        pub city: String,
        pub acts_as: MandateRole,
        pub asked_at: Instant,
        /// When it is over by itself.
        pub ends_at: Instant,
    }
    moves {
        /// As it was left; `MandateState::at` says how it stands now.
        pub state: MandateState,
        /// Counts its changes; from 1.
        pub version: i32,
        pub decided_at: Option<Instant>,
        pub decided_by: Option<UserId>,
        pub decided_by_name: Option<String>,
        pub ended_at: Option<Instant>,
        /// Absent where the citizen ended it.
        pub ended_by_name: Option<String>,
        pub reason: Option<String>,
    }
    row {
        pub credit_hmac: Vec<u8>,
        pub key_id: String,
        pub sealed: Vec<u8>,
    }
    record {
        /// Opened on load inside `store`.
        pub words: MandateWords,
    }
}
