//! Approve with papers still missing (容缺受理), and hand them in later (补齐材料).
//! Not here: asking for a correction, which stops the clocks (`correction`).
//! A form has one paper a line.

use crate::access::needs;
use crate::approval::{ApprovalStatus as S, ApprovalVerb, Part as P, rules};
use crate::command;
use crate::command::{Sent, Several, Together, Typed, Version, Within, Words};
use crate::verb::Piece;

use super::{Approvals, By, CaseVerb, Descriptor, On};

command! {
    /// Accept with papers missing
    ///
    /// To be handed in within so many working days.
    AcceptLacking {
        /// The version that the sender saw.
        version: Version,
        /// Number of the task.
        task: i64,
        /// Names of the papers, 1 to 50.
        papers: Several<Words<1, { rules::PAPER }>, { rules::MANY }>,
        /// 1 to 60.
        working_days: Within<1, { rules::LONGEST_LACK }>,
        /// At most 1,000 characters.
        opinion: Option<Words<1, { rules::WORDS }>>,
        /// Fields of the task's form as typed.
        fields: Typed,
    }
}

impl CaseVerb for AcceptLacking {
    type Of = Approvals;

    const EXAMPLE: &'static str =
        r#"{"version": 1, "task": 1, "papers": ["总平面图"], "working_days": 5}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: ApprovalVerb::AcceptLacking,
        need: needs::APPROVALS,
        on: On::Task,
        states: &[S::Running],
        statuses: &[P::Main],
        rank: 5,
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

impl Together for AcceptLacking {
    fn settle(sent: &mut Sent) {
        sent.divide("papers", |c| c == '\n');
    }
}

command! {
    /// Hand in a missing paper
    Supply {
        /// The version that the sender saw.
        version: Version,
        /// Number of the paper.
        paper: i32,
        /// What was handed in, at most 1,000 characters.
        note: Option<Words<1, { rules::WORDS }>>,
    }
}

impl CaseVerb for Supply {
    type Of = Approvals;

    const EXAMPLE: &'static str = r#"{"version": 1, "paper": 1, "note": "总平面图。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: ApprovalVerb::Supply,
        need: needs::APPROVALS,
        on: On::Case,
        states: &[S::Running, S::Correcting, S::Suspended],
        statuses: &[],
        rank: 3,
    };
    const ENTERED_LATER: bool = true;
    const BY: &'static [By] = &[By::Initiator];
}

impl Together for Supply {}
