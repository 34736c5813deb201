//! Cancel the application (撤销申请): the case is over.
//! Not here: taking back one's own decision (`take_back`).
//! Its initiator may, and who looks after processes.

use crate::access::needs;
use crate::approval::{ApprovalStatus as S, ApprovalVerb, rules};
use crate::command;
use crate::command::{Together, Version, Words};

use super::{Approvals, By, CaseVerb, Descriptor, On};

command! {
    /// Cancel
    ///
    /// The application is withdrawn; the case is over.
    Cancel {
        /// The version that the sender saw.
        version: Version,
        /// Why, 2 to 1,000 characters.
        reason: Words<2, { rules::WORDS }>,
    }
}

impl CaseVerb for Cancel {
    type Of = Approvals;

    const EXAMPLE: &'static str = r#"{"version": 1, "reason": "不再施工。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: ApprovalVerb::Cancel,
        need: needs::APPROVALS,
        on: On::Case,
        states: &[S::Running, S::Correcting, S::Suspended],
        statuses: &[],
        rank: 7,
    };
    const BY: &'static [By] = &[By::Initiator, By::Keeper];
}

impl Together for Cancel {}
