//! Add a signer (加签) before, after or beside a task, or one more to a step that several sign at once; remove one (减签).
//! Not here: what signers say (`decide`).
//! Who was added can be removed as long as nothing was said.

use crate::access::needs;
use crate::approval::{ApprovalStatus as S, ApprovalVerb, Part as P, SignPlace, rules};
use crate::command;
use crate::command::{PartNo, Together, Username, Version, Words};
use crate::verb::Piece;

use super::{Approvals, By, CaseVerb, Descriptor, On};

command! {
    /// Add a signer
    AddSigner {
        /// The version that the sender saw.
        version: Version,
        /// Number of the task.
        task: i64,
        /// Sign-in name.
        user: Username,
        /// Where the signer comes in.
        place: SignPlace,
        /// What goes with it, at most 1,000 characters.
        note: Option<Words<1, { rules::WORDS }>>,
    }
}

impl CaseVerb for AddSigner {
    type Of = Approvals;

    const EXAMPLE: &'static str =
        r#"{"version": 1, "task": 1, "user": "li.si", "place": "before", "note": "请把关。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: ApprovalVerb::AddSigner,
        need: needs::APPROVALS,
        on: On::Task,
        states: &[S::Running],
        statuses: &[P::Main],
        rank: 6,
    };
    const BY: &'static [By] = &[By::Holder];

    fn piece(&self) -> Option<Piece> {
        Some(Piece {
            task: self.task,
            part: 0,
        })
    }
}

impl Together for AddSigner {}

command! {
    /// Remove a signer
    RemoveSigner {
        /// The version that the sender saw.
        version: Version,
        /// Number of the task.
        task: i64,
        /// 0: one of the people who sign a step at once.
        part: PartNo,
        /// What goes with it, at most 1,000 characters.
        note: Option<Words<1, { rules::WORDS }>>,
    }
}

impl CaseVerb for RemoveSigner {
    type Of = Approvals;

    const EXAMPLE: &'static str = r#"{"version": 1, "task": 1, "part": 1}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: ApprovalVerb::RemoveSigner,
        need: needs::APPROVALS,
        on: On::Task,
        states: &[S::Running],
        statuses: &[P::Main, P::Before, P::After, P::Beside],
        rank: 10,
    };
    const BY: &'static [By] = &[By::Asker, By::HolderOfTask, By::Initiator, By::Operator];

    fn piece(&self) -> Option<Piece> {
        Some(Piece {
            task: self.task,
            part: self.part.0,
        })
    }
}

impl Together for RemoveSigner {}
