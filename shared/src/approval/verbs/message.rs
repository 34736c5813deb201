//! Deliver a message (送达消息) to a process that waits for it.
//! Not here: messages and signals to other cases (`command::Throw`).
//! A form sends its variables as one text of JSON.

use crate::access::needs;
use crate::approval::{ApprovalStatus as S, ApprovalVerb, rules};
use crate::command;
use crate::command::{Line, Together, Variables, Version};

use super::{Approvals, By, CaseVerb, Descriptor, On};

command! {
    /// Deliver a message
    Message {
        /// The version that the sender saw.
        version: Version,
        /// Its name, at most 200 characters.
        name: Line<1, { rules::ELEMENT }>,
        /// JSON values by name, at most 100.
        variables: Variables,
    }
}

impl CaseVerb for Message {
    type Of = Approvals;

    const EXAMPLE: &'static str = r#"{"version": 1, "name": "payment"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: ApprovalVerb::Message,
        need: needs::OPERATING,
        on: On::Case,
        states: &[S::Running],
        statuses: &[],
        rank: 10,
    };
    const BY: &'static [By] = &[By::Operator];
}

impl Together for Message {}
