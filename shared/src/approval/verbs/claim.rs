//! Claim (认领) a task that several people may do, and put it back (放回).
//! Not here: handing it to somebody (`transfer`, `delegate`).
//! Whether somebody has it already, the services say.

use crate::access::needs;
use crate::approval::{ApprovalStatus as S, ApprovalVerb, Part as P};
use crate::command;
use crate::command::{Together, Version};
use crate::verb::Piece;

use super::{Approvals, By, CaseVerb, Descriptor, On};

command! {
    /// Claim
    Claim {
        /// The version that the sender saw.
        version: Version,
        /// Number of the task.
        task: i64,
    }
}

impl CaseVerb for Claim {
    type Of = Approvals;

    const EXAMPLE: &'static str = r#"{"version": 1, "task": 1}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: ApprovalVerb::Claim,
        need: needs::APPROVALS,
        on: On::Task,
        states: &[S::Running],
        statuses: &[P::Main],
        rank: 2,
    };
    const BY: &'static [By] = &[By::Holder];

    fn piece(&self) -> Option<Piece> {
        Some(Piece {
            task: self.task,
            part: 0,
        })
    }
}

impl Together for Claim {}

command! {
    /// Put back
    Release {
        /// The version that the sender saw.
        version: Version,
        /// Number of the task.
        task: i64,
    }
}

impl CaseVerb for Release {
    type Of = Approvals;

    const EXAMPLE: &'static str = r#"{"version": 1, "task": 1}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: ApprovalVerb::Release,
        need: needs::APPROVALS,
        on: On::Task,
        states: &[S::Running],
        statuses: &[P::Main],
        rank: 9,
    };
    const BY: &'static [By] = &[By::Holder];

    fn piece(&self) -> Option<Piece> {
        Some(Piece {
            task: self.task,
            part: 0,
        })
    }
}

impl Together for Release {}
