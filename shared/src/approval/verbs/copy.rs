//! Copy to people (抄送): they read along from now on.
//! Not here: asking them for an opinion (`add_signer`).
//! A form has all names in one field, divided by commas or blanks.

use crate::access::needs;
use crate::approval::{ApprovalStatus as S, ApprovalVerb, rules};
use crate::command;
use crate::command::{Sent, Several, Together, Username, Version, Words};

use super::{Approvals, By, CaseVerb, Descriptor, On};

command! {
    /// Copy to
    Copy {
        /// The version that the sender saw.
        version: Version,
        /// Sign-in names, 1 to 50.
        users: Several<Username, { rules::MANY }>,
        /// What goes with it, at most 1,000 characters.
        note: Option<Words<1, { rules::WORDS }>>,
    }
}

impl CaseVerb for Copy {
    type Of = Approvals;

    const EXAMPLE: &'static str = r#"{"version": 1, "users": ["li.si"], "note": "请知悉。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: ApprovalVerb::Copy,
        need: needs::APPROVALS,
        on: On::Case,
        states: &[
            S::Running,
            S::Correcting,
            S::Suspended,
            S::Ended,
            S::Cancelled,
        ],
        statuses: &[],
        rank: 4,
    };
    const BY: &'static [By] = &[By::Participant];
}

impl Together for Copy {
    fn settle(sent: &mut Sent) {
        sent.divide("users", |c| {
            matches!(c, ',' | '，' | '、' | ';' | '；') || c.is_whitespace()
        });
    }
}
