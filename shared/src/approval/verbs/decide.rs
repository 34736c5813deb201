//! Approve and refuse (同意, 不同意): the task itself, or the part of it that somebody was asked for.
//! Not here: sending back to an earlier step (`reject`).
//! Who refuses says why.

use crate::access::needs;
use crate::approval::{ApprovalStatus as S, ApprovalVerb, Part as P, rules};
use crate::command;
use crate::command::{PartNo, Sent, Together, Typed, Version, Words};
use crate::fault::{Check, Code};
use crate::verb::Piece;

use super::{Approvals, By, CaseVerb, Descriptor, On};

command! {
    /// Approve or refuse
    ///
    /// The task itself, or the part of it that the caller was asked for.
    Decide {
        /// The version that the sender saw.
        version: Version,
        /// Number of the task.
        task: i64,
        /// Its part; the task itself when absent.
        part: PartNo,
        /// Whether it is approved.
        approved: bool,
        /// Required when `approved` is false, at most 1,000 characters.
        opinion: Option<Words<1, { rules::WORDS }>>,
        /// Fields of the task's form as typed.
        fields: Typed,
    }
}

impl CaseVerb for Decide {
    type Of = Approvals;

    const EXAMPLE: &'static str =
        r#"{"version": 1, "task": 1, "approved": true, "opinion": "同意。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: ApprovalVerb::Approve,
        need: needs::APPROVALS,
        on: On::Task,
        states: &[S::Running],
        statuses: &[P::Main, P::Before, P::After, P::Beside, P::Delegated],
        rank: 1,
    };
    const ENTERED_LATER: bool = true;
    const BY: &'static [By] = &[By::Holder];

    fn word() -> String {
        "decide".to_owned()
    }

    fn all() -> Vec<ApprovalVerb> {
        vec![ApprovalVerb::Approve, ApprovalVerb::Refuse]
    }

    fn does(&self) -> ApprovalVerb {
        if self.approved {
            ApprovalVerb::Approve
        } else {
            ApprovalVerb::Refuse
        }
    }

    fn piece(&self) -> Option<Piece> {
        Some(Piece {
            task: self.task,
            part: self.part.0,
        })
    }
}

impl Together for Decide {
    fn check(sent: &Sent, check: &mut Check) {
        let given: Option<Option<Words<1, { rules::WORDS }>>> = sent.peek("opinion");
        if sent.peek::<bool>("approved") == Some(false) && given == Some(None) {
            check.add("opinion", Code::InputRequired);
        }
    }
}
