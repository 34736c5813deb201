//! Change a task's deadline (改期限).
//! Not here: stopping the clocks (`suspend`).
//! It ends with the working hours of its last day.

use chrono::NaiveDate;

use crate::access::needs;
use crate::approval::{ApprovalStatus as S, ApprovalVerb, Part as P, rules};
use crate::command;
use crate::command::{PartNo, Together, Version, Words};
use crate::verb::Piece;

use super::{Approvals, By, CaseVerb, Descriptor, On};

command! {
    /// Change a deadline
    ChangeDue {
        /// The version that the sender saw.
        version: Version,
        /// Number of the task.
        task: i64,
        /// Its part; the task itself when absent.
        part: PartNo,
        /// The last day, today or later; it ends with the working hours.
        due_on: NaiveDate,
        /// Why, 2 to 1,000 characters.
        reason: Words<2, { rules::WORDS }>,
    }
}

impl CaseVerb for ChangeDue {
    type Of = Approvals;

    const EXAMPLE: &'static str =
        r#"{"version": 1, "task": 1, "due_on": "2026-03-20", "reason": "需要补充现场踏勘。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: ApprovalVerb::ChangeDue,
        need: needs::OPERATING,
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
        rank: 11,
    };
    const BY: &'static [By] = &[By::Keeper];

    fn piece(&self) -> Option<Piece> {
        Some(Piece {
            task: self.task,
            part: self.part.0,
        })
    }
}

impl Together for ChangeDue {}
