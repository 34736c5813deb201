//! Settle an incident: try again (重试) what it stopped, or go on without it (跳过).
//! Not here: other ways on (`jump`, `set_variables`).
//! Incidents of tickets are settled by the same commands.

use crate::access::needs;
use crate::approval::{ApprovalStatus as S, ApprovalVerb, rules};
use crate::command;
use crate::command::{Together, Version, Words};

use super::{Approvals, By, CaseVerb, Descriptor, On};

command! {
    /// Retry what an incident stopped
    Retry {
        /// The version that the sender saw.
        version: Version,
        /// Number of the incident.
        incident: i32,
        /// Why, 2 to 1,000 characters.
        reason: Words<2, { rules::WORDS }>,
    }
}

impl CaseVerb for Retry {
    type Of = Approvals;

    const EXAMPLE: &'static str = r#"{"version": 1, "incident": 1, "reason": "对方系统已恢复。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: ApprovalVerb::Retry,
        need: needs::OPERATING,
        on: On::Incident,
        states: &[S::Running],
        statuses: &[],
        rank: 12,
    };
    const BY: &'static [By] = &[By::Keeper];
}

impl Together for Retry {}

command! {
    /// Go on without what an incident stopped
    Skip {
        /// The version that the sender saw.
        version: Version,
        /// Number of the incident.
        incident: i32,
        /// Why, 2 to 1,000 characters.
        reason: Words<2, { rules::WORDS }>,
    }
}

impl CaseVerb for Skip {
    type Of = Approvals;

    const EXAMPLE: &'static str = r#"{"version": 1, "incident": 1, "reason": "线下已经办理。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: ApprovalVerb::Skip,
        need: needs::OPERATING,
        on: On::Incident,
        states: &[S::Running],
        statuses: &[],
        rank: 13,
    };
    const BY: &'static [By] = &[By::Operator];
}

impl Together for Skip {}
