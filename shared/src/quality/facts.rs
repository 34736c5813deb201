//! What the rules look at of one ticket: facts without the store's types, so that they are judged without loading anything.
//! Not here: judging them (`checks`), where they come from (`services::quality`).

use crate::application::ExtensionCaps;
use crate::calendar::Instant;
use crate::ticket::{AssignmentStatus, SlotRole, TicketState, Urgency};

/// What is known beside the ticket, at the time of looking.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known {
    /// Its division, and its street where it has one, are divisions that there are.
    pub place: bool,
    /// It has no category, or one that is a leaf of the tree.
    pub category: bool,
    /// How much more time units may be given.
    pub caps: ExtensionCaps,
}

/// A ticket.
#[derive(Debug, Clone)]
pub struct Facts {
    pub now: Instant,
    pub known: Known,
    pub state: TicketState,
    pub cycle: i32,
    pub urgency: Urgency,
    pub title: String,
    pub content: String,
    pub phone: Option<String>,
    pub id_number: Option<String>,
    pub credit_code: Option<String>,
    pub accepted_at: Instant,
    pub dispatched_at: Option<Instant>,
    pub replied_at: Option<Instant>,
    pub reviewed_at: Option<Instant>,
    pub closed_at: Option<Instant>,
    pub due_at: Option<Instant>,
    /// There is an answer to the citizen.
    pub answered: bool,
    /// There is a reason why nobody was called.
    pub exempt: bool,
    /// The latest satisfaction is something else than "not rated".
    pub rated: bool,
    /// When it was followed up in this cycle.
    pub visits: Vec<Instant>,
    /// Follow-ups and ratings of all cycles together.
    pub voices: usize,
    pub parts: Vec<PartFacts>,
    /// There is a directive about it.
    pub supervised: bool,
    /// It is marked as not counted in assessments.
    pub not_counted: bool,
    /// A ruling stands by which it is not counted.
    pub ruled: bool,
    pub asked: Vec<AskedFacts>,
}

/// A unit's share.
#[derive(Debug, Clone)]
pub struct PartFacts {
    pub unit: String,
    /// The unit is one that works.
    pub active: bool,
    /// It is the unit that the ticket is about, or lies below it.
    pub accused: bool,
    pub role: SlotRole,
    pub cycle: i32,
    pub status: AssignmentStatus,
    pub dispatched_at: Instant,
    pub signed_at: Option<Instant>,
    pub replied_at: Option<Instant>,
    pub extended_days: i32,
    pub reply: Option<ReplyFacts>,
}

impl PartFacts {
    /// Neither sent back nor recalled.
    pub const fn is_in_force(&self) -> bool {
        !matches!(
            self.status,
            AssignmentStatus::Returned | AssignmentStatus::Recalled
        )
    }
}

/// A unit's reply.
#[derive(Debug, Clone)]
pub struct ReplyFacts {
    pub handling: String,
    pub public_reply: String,
    pub contacted: bool,
    pub tries: u8,
    /// The most that it is like one of the last replies of whoever wrote it, in percent.
    pub likest: u32,
}

/// An extension that was asked for.
#[derive(Debug, Clone, Copy)]
pub struct AskedFacts {
    pub asked_at: Instant,
    /// The deadline of the share now; later than it was, when more time was given.
    pub due_at: Option<Instant>,
}
