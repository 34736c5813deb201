//! Take back (撤回) what one has just decided, as long as nobody has acted on it.
//! Not here: sending back to a step (`reject`).
//! Whether it is one's own and the newest, the history says.

use crate::access::needs;
use crate::approval::{ApprovalStatus as S, ApprovalVerb, rules};
use crate::command;
use crate::command::{Together, Version, Words};

use super::{Approvals, CaseVerb, Descriptor, On};

command! {
    /// Take back
    ///
    /// One's own newest decision, as long as nobody has acted on it.
    TakeBack {
        /// The version that the sender saw.
        version: Version,
        /// Why, at most 1,000 characters.
        reason: Option<Words<1, { rules::WORDS }>>,
    }
}

impl CaseVerb for TakeBack {
    type Of = Approvals;

    const EXAMPLE: &'static str = r#"{"version": 1, "reason": "看错了。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: ApprovalVerb::TakeBack,
        need: needs::APPROVALS,
        on: On::Case,
        states: &[S::Running],
        statuses: &[],
        rank: 1,
    };
}

impl Together for TakeBack {}
