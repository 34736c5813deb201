//! What the data of registering and looking up must be (this folder), and in which state a verb may run (`flow`). Pure: called by forms and services alike.
//! Lengths are counted in characters after trimming; every fault is reported at its field, all at once.
//! Not here: who may (`access`), what exists (units, places and categories are looked up by the services).

mod chars;
pub mod flow;
mod lookup;
mod register;
mod title;

pub use chars::{is_forbidden, is_line, odd_sign};
pub use lookup::lookup;
pub use register::register;
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
    pub const REDO_MIN: usize = 5;
    pub const HANDLING_MIN: usize = 20;
    pub const ANSWER: usize = 4_000;
    pub const REVEAL_MIN: usize = 5;
    pub const REVEAL: usize = 200;
    /// Assisting units of one dispatch.
    pub const ASSISTING: usize = 20;
    /// Tries to reach the citizen when nobody was reached (V16).
    pub const CONTACT_TRIES: u8 = 3;
}

#[cfg(test)]
mod tests;
