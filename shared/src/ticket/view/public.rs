//! What a citizen sees of a request: how far it is, what was answered, and what can be done with it.
//! Not here: what staff sees (`view`).

use serde::{Deserialize, Serialize};

use super::{HoldView, RatingView};
use crate::application::ApplicationStatus;
use crate::calendar::Instant;
use crate::ticket::{RequestKind, TicketNo, TicketState};

views! {
    /// A step of the public timeline.
    TrackStep {
        /// Stage word: `registered`, `dispatched`, `signed`, `handling`, `replied`, `reviewed`, `followed_up`, `closed`, `withdrawn`, `declined`, `terminated`, `merged`, `transferred`.
        stage: String,
        at: Option<Instant>,
        unit: Option<String>,
        /// `done`, `current`, `coming`.
        progress: String,
        due_at: Option<Instant>,
    }

    /// What the citizen sees by number and code.
    PublicTicket {
        ticket_no: TicketNo,
        kind: RequestKind,
        title: String,
        state: TicketState,
        accepted_at: Instant,
        due_at: Option<Instant>,
        provisional: bool,
        steps: Vec<TrackStep>,
        /// The public reply, once the centre has passed it.
        reply: Option<String>,
        /// What it waits for.
        hold: Option<HoldView>,
        /// What came of the last request to open it again.
        reopening: Option<ReopeningView>,
        /// Whether it can be asked for that it be opened again.
        may_reopen: bool,
        may_urge: bool,
        may_withdraw: bool,
        may_rate: bool,
        rating: Option<RatingView>,
    }

    /// What a citizen asked for who brought a new fact after the closing.
    ReopeningView {
        status: ApplicationStatus,
        /// Why it is the same matter, where it is.
        words: Option<String>,
    }
}
