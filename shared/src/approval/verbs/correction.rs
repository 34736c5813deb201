//! Ask the initiator for a correction (要求补正) and hand it in (提交补正). Everything is asked for at once; the clocks stand meanwhile.
//! Not here: approving with papers still missing (`lacking`).
//! Source: 行政许可法 32, 45: one notice names everything; the time until then is not counted.

use crate::access::needs;
use crate::approval::{ApprovalStatus as S, ApprovalVerb, Part as P, rules};
use crate::command;
use crate::command::{Together, Typed, Version, Words};
use crate::verb::Piece;

use super::{Approvals, By, CaseVerb, Descriptor, On};

command! {
    /// Ask for a correction
    ///
    /// Everything at once; the clocks stand until it is handed in.
    AskCorrection {
        /// The version that the sender saw.
        version: Version,
        /// Number of the task.
        task: i64,
        /// What is missing or wrong, 2 to 1,000 characters.
        missing: Words<2, { rules::WORDS }>,
    }
}

impl CaseVerb for AskCorrection {
    type Of = Approvals;

    const EXAMPLE: &'static str = r#"{"version": 1, "task": 1, "missing": "缺少总平面图。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: ApprovalVerb::AskCorrection,
        need: needs::APPROVALS,
        on: On::Task,
        states: &[S::Running],
        statuses: &[P::Main],
        rank: 4,
    };
    const ENTERED_LATER: bool = true;
    const BY: &'static [By] = &[By::Holder];

    fn piece(&self) -> Option<Piece> {
        Some(Piece {
            task: self.task,
            part: 0,
        })
    }
}

impl Together for AskCorrection {}

command! {
    /// Hand in the correction
    ///
    /// The clocks go on.
    Correct {
        /// The version that the sender saw.
        version: Version,
        /// What was corrected, 2 to 1,000 characters.
        note: Words<2, { rules::WORDS }>,
        /// Fields of the start form that changed, as typed.
        fields: Typed,
    }
}

impl CaseVerb for Correct {
    type Of = Approvals;

    const EXAMPLE: &'static str = r#"{"version": 1, "note": "已更换图纸。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: ApprovalVerb::Correct,
        need: needs::APPROVALS,
        on: On::Case,
        states: &[S::Correcting],
        statuses: &[],
        rank: 2,
    };
    const ENTERED_LATER: bool = true;
    const BY: &'static [By] = &[By::Initiator];
}

impl Together for Correct {}
