//! Transfer (转办): hand a task over for good.
//! Not here: having somebody else handle it for a while (`delegate`).
//! A process owner may transfer any task, for instance one that waits for nobody.

use crate::access::needs;
use crate::approval::{ApprovalStatus as S, ApprovalVerb, Part as P, rules};
use crate::command;
use crate::command::{PartNo, Together, Username, Version, Words};
use crate::verb::Piece;

use super::{Approvals, By, CaseVerb, Descriptor, On};

command! {
    /// Transfer
    Transfer {
        /// The version that the sender saw.
        version: Version,
        /// Number of the task.
        task: i64,
        /// Its part; the task itself when absent.
        part: PartNo,
        /// Sign-in name.
        user: Username,
        /// What goes with it, at most 1,000 characters.
        note: Option<Words<1, { rules::WORDS }>>,
    }
}

impl CaseVerb for Transfer {
    type Of = Approvals;

    const EXAMPLE: &'static str =
        r#"{"version": 1, "task": 1, "user": "li.si", "note": "请接手。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: ApprovalVerb::Transfer,
        need: needs::APPROVALS,
        on: On::Task,
        states: &[S::Running],
        statuses: &[
            P::Main,
            P::Before,
            P::After,
            P::Beside,
            P::Delegated,
            P::Correction,
        ],
        rank: 8,
    };
    const BY: &'static [By] = &[By::Holder, By::Operator];

    fn piece(&self) -> Option<Piece> {
        Some(Piece {
            task: self.task,
            part: self.part.0,
        })
    }
}

impl Together for Transfer {}
