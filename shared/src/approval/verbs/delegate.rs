//! Delegate (委派): have somebody handle a task and give it back.
//! Not here: handing it over for good (`transfer`).
//! Whether somebody is called so and may do it, the services say.

use crate::access::needs;
use crate::approval::{ApprovalStatus as S, ApprovalVerb, Part as P, rules};
use crate::command;
use crate::command::{Together, Username, Version, Words};
use crate::verb::Piece;

use super::{Approvals, By, CaseVerb, Descriptor, On};

command! {
    /// Delegate
    Delegate {
        /// The version that the sender saw.
        version: Version,
        /// Number of the task.
        task: i64,
        /// Sign-in name.
        user: Username,
        /// What goes with it, at most 1,000 characters.
        note: Option<Words<1, { rules::WORDS }>>,
    }
}

impl CaseVerb for Delegate {
    type Of = Approvals;

    const EXAMPLE: &'static str =
        r#"{"version": 1, "task": 1, "user": "li.si", "note": "请代办。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: ApprovalVerb::Delegate,
        need: needs::APPROVALS,
        on: On::Task,
        states: &[S::Running],
        statuses: &[P::Main],
        rank: 7,
    };
    const BY: &'static [By] = &[By::Holder];

    fn piece(&self) -> Option<Piece> {
        Some(Piece {
            task: self.task,
            part: 0,
        })
    }
}

impl Together for Delegate {}
