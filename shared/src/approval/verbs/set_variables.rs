//! Set variables of the process (改变量).
//! Not here: what forms of tasks set (`decide`).
//! A form sends them as one text of JSON.

use crate::access::needs;
use crate::approval::{ApprovalStatus as S, ApprovalVerb, rules};
use crate::command;
use crate::command::{Sent, Together, Variables, Version, Words};
use crate::fault::{Check, Code};

use super::{Approvals, By, CaseVerb, Descriptor, On};

command! {
    /// Set variables
    SetVariables {
        /// The version that the sender saw.
        version: Version,
        /// JSON values by name, 1 to 100.
        variables: Variables,
        /// Why, 2 to 1,000 characters.
        reason: Words<2, { rules::WORDS }>,
    }
}

impl CaseVerb for SetVariables {
    type Of = Approvals;

    const EXAMPLE: &'static str =
        r#"{"version": 1, "variables": {"days": 3}, "reason": "录入有误。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: ApprovalVerb::SetVariables,
        need: needs::OPERATING,
        on: On::Case,
        states: &[S::Running, S::Correcting, S::Suspended],
        statuses: &[],
        rank: 9,
    };
    const BY: &'static [By] = &[By::Operator];
}

impl Together for SetVariables {
    fn check(sent: &Sent, check: &mut Check) {
        let given: Option<Variables> = sent.peek("variables");
        if given.is_some_and(|given| given.all().is_empty()) {
            check.add("variables", Code::InputRequired);
        }
    }
}
