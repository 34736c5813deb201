//! What citizens wish about their data in a ticket; what they say is sealed.
//! Not here: sealing (`citizens::wishes`), the data itself (`ticket`).

use serde::{Deserialize, Serialize};
use shared::calendar::Instant;
use shared::citizen::wish::{WishKind, WishState};
use shared::ids::{CitizenId, TicketId, UserId, WishId};
use shared::ticket::TicketNo;

use crate::entity::prelude::*;

/// What a wish says; sealed in the row.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WishWords {
    /// What is wrong, or why.
    pub words: String,
    /// The right name.
    pub name: Option<String>,
    /// The right number.
    pub phone: Option<String>,
    /// The right e-mail address.
    pub email: Option<String>,
}

entity! {
    /// What a citizen wishes about the own data in a ticket.
    #[sea_orm(table_name = "wishes")]
    pub struct Wish {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: WishId,
        /// The account, which may be closed by now.
        #[sea_orm(column_name = "citizen_id")]
        pub citizen: CitizenId,
        #[sea_orm(column_name = "ticket_id")]
        pub ticket: TicketId,
        pub ticket_no: TicketNo,
        /// Six digits of the city whose centre answers.
        pub city: String,
        pub kind: WishKind,
        pub asked_at: Instant,
        /// The first moment at which the answer is late.
        pub due_at: Instant,
    }
    moves {
        pub state: WishState,
        /// Counts its changes; from 1.
        pub version: i32,
        pub decided_at: Option<Instant>,
        /// Absent where the citizen took it back.
        pub decided_by: Option<UserId>,
        pub decided_by_name: Option<String>,
        /// What the citizen was told.
        pub answer: Option<String>,
    }
    row {
        pub key_id: String,
        pub sealed: Vec<u8>,
    }
    record {
        /// Opened on load inside `store`.
        pub words: WishWords,
    }
}
