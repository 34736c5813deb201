//! Take the case to other places (跳转).
//! Not here: going back to a step that was done (`reject`).
//! The engine refuses targets from which the case could not go on sanely.

use crate::access::needs;
use crate::approval::{ApprovalStatus as S, ApprovalVerb, rules};
use crate::command;
use crate::command::{Line, Several, Ticked, Together, Version, Words};
use crate::fault::Code;

use super::{Approvals, By, CaseVerb, Descriptor, On};

command! {
    /// Jump
    Jump {
        /// The version that the sender saw.
        version: Version,
        /// Elements that are left; none: everything around the target.
        leave: Vec<Line<1, { rules::ELEMENT }>>,
        /// Elements at which the case goes on, 1 to 50.
        go: Several<Line<1, { rules::ELEMENT }>, { rules::MANY }>,
        /// Even where a join might not fill or something would be done twice.
        despite: Ticked,
        /// Why, 2 to 1,000 characters.
        reason: Words<2, { rules::WORDS }>,
    }
}

impl CaseVerb for Jump {
    type Of = Approvals;

    const EXAMPLE: &'static str = r#"{"version": 1, "go": ["decide"], "reason": "现场已经核实。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: ApprovalVerb::Jump,
        need: needs::OPERATING,
        on: On::Case,
        states: &[S::Running],
        statuses: &[],
        rank: 8,
    };
    const BY: &'static [By] = &[By::Operator];
    const AT_FIELD: &'static [(Code, &'static str)] = &[(Code::ApprovalTarget, "go")];
}

impl Together for Jump {}
