//! Send back (驳回) to the step before, to the initiator, or to a step that was done.
//! Not here: jumps of the process owner (`jump`), the correction that the initiator is asked for (`correct`).
//! Whether the step was done, the services say.

use crate::access::needs;
use crate::approval::{ApprovalStatus as S, ApprovalVerb, Part as P, rules};
use crate::command;
use crate::command::{Together, Version, Words};
use crate::verb::Piece;

use super::{Approvals, BackTo, By, CaseVerb, Descriptor, On};

command! {
    /// Send back to a step
    Reject {
        /// The version that the sender saw.
        version: Version,
        /// Number of the task.
        task: i64,
        /// `previous`, `initiator`, or the id of a step.
        to: BackTo,
        /// Why, 2 to 1,000 characters.
        opinion: Words<2, { rules::WORDS }>,
    }
}

impl CaseVerb for Reject {
    type Of = Approvals;

    const EXAMPLE: &'static str =
        r#"{"version": 1, "task": 1, "to": "initiator", "opinion": "材料与现场不符。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: ApprovalVerb::Reject,
        need: needs::APPROVALS,
        on: On::Task,
        states: &[S::Running],
        statuses: &[P::Main],
        rank: 3,
    };
    const BY: &'static [By] = &[By::Holder];

    fn piece(&self) -> Option<Piece> {
        Some(Piece {
            task: self.task,
            part: 0,
        })
    }
}

impl Together for Reject {}
