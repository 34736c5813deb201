//! Suspend (挂起) the whole case, and resume it (恢复): as much working time is left as before.
//! Not here: cancelling it (`cancel`).
//! Source: 行政许可法 45: hearing, survey and expert review are not counted.

use crate::access::needs;
use crate::approval::{ApprovalStatus as S, ApprovalVerb, rules};
use crate::command;
use crate::command::{Together, Version, Words};

use super::{Approvals, By, CaseVerb, Descriptor, On};

command! {
    /// Suspend
    ///
    /// The clocks stand until it is resumed.
    Suspend {
        /// The version that the sender saw.
        version: Version,
        /// Why, 2 to 1,000 characters.
        reason: Words<2, { rules::WORDS }>,
    }
}

impl CaseVerb for Suspend {
    type Of = Approvals;

    const EXAMPLE: &'static str = r#"{"version": 1, "reason": "等待专家评审。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: ApprovalVerb::Suspend,
        need: needs::APPROVALS,
        on: On::Case,
        states: &[S::Running],
        statuses: &[],
        rank: 5,
    };
    const BY: &'static [By] = &[By::Holder, By::Keeper];
}

impl Together for Suspend {}

command! {
    /// Resume
    ///
    /// As much working time is left as before.
    Resume {
        /// The version that the sender saw.
        version: Version,
        /// At most 1,000 characters.
        reason: Option<Words<1, { rules::WORDS }>>,
    }
}

impl CaseVerb for Resume {
    type Of = Approvals;

    const EXAMPLE: &'static str = r#"{"version": 1, "reason": "专家评审结束。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: ApprovalVerb::Resume,
        need: needs::APPROVALS,
        on: On::Case,
        states: &[S::Suspended],
        statuses: &[],
        rank: 6,
    };
    const BY: &'static [By] = &[By::Holder, By::Keeper];
}

impl Together for Resume {}
