//! A unit's reply, which stands inside its assignment's row.
//! Not here: the assignment (`entity::ticket::assignment`).

use serde::{Deserialize, Serialize};
use shared::ticket::{HandleResult, Solved};

/// The unit's result, kept as JSON beside the assignment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reply {
    pub handling: String,
    pub public_reply: String,
    pub fact_true: HandleResult,
    pub solved: Solved,
    pub contacted: bool,
    pub contact_tries: u8,
    pub unsolved_reason: Option<String>,
    pub basis: Option<String>,
}
