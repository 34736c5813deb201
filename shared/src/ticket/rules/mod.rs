//! In which state a verb may run (`flow`), who may still dispute whose matter a ticket is (`dispute`), how long texts may be (`length`), and which signs no field keeps. Pure.
//! Lengths are counted in characters after trimming, by the types of the fields (`command`).
//! Not here: who may (`access`), what exists (units, places and categories are looked up by the services).

mod chars;
pub mod directive;
pub mod dispute;
pub mod flow;
pub mod follow_up;
mod title;

pub use chars::{is_forbidden, odd_sign};
pub use title::title_from;

/// Lengths in characters (`domain.md` section 2 and the documentation of `ticket::command`).
pub mod length {
    pub const NAME: usize = 60;
    pub const TITLE: usize = 60;
    pub const CONTENT_MIN: usize = 10;
    pub const CONTENT: usize = 4_000;
    pub const ADDRESS: usize = 200;
    pub const CONTACT: usize = 60;
    pub const ORGANISATION: usize = 120;
    pub const ADVICE: usize = 500;
    pub const EXPLANATION_MIN: usize = 10;
    pub const EXPLANATION: usize = 1_000;
    pub const REASON: usize = 500;
    /// Words that a unit sends to the citizen by text message.
    pub const RELAYED: usize = 200;
    pub const BASIS_MIN: usize = 4;
    pub const MINUTES_MIN: usize = 10;
    pub const MINUTES: usize = 4_000;
    pub const PARTY: usize = 60;
    pub const REDO_MIN: usize = 5;
    pub const HANDLING_MIN: usize = 20;
    pub const ANSWER: usize = 4_000;
    pub const REVEAL_MIN: usize = 5;
    pub const REVEAL: usize = 200;
    /// Assisting units of one dispatch.
    pub const ASSISTING: usize = 20;
    /// Units of time of one limit that a unit gives.
    pub const LIMIT: i32 = 500;
    /// Transfers of one ticket to other bodies.
    pub const TRANSFERS: i32 = 20;
    /// Tries to reach the citizen when nobody was reached (V16).
    pub const CONTACT_TRIES: u8 = 3;
    /// Files that prove one thing.
    pub const PROOFS: usize = 9;
    /// Links of one ticket with others.
    pub const LINKS: usize = 50;
}

#[cfg(test)]
mod tests;
