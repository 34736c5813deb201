//! Erase the people in an approval that is over (删除个人信息), at their word: the case stays.
//! Not here: the same by the clock, long after the end (services).
//! Whoever looks after processes may; the reason says how it was made sure who asks.

use crate::access::needs;
use crate::approval::{ApprovalStatus as S, ApprovalVerb, rules};
use crate::command;
use crate::command::{Together, Version, Words};

use super::{Approvals, By, CaseVerb, Descriptor, On};

command! {
    /// Erase the people
    ///
    /// Fields of a person and own answers about people go for good, and numbers in other words are masked; case, steps and history stay.
    EraseApplicant {
        /// The version that the sender saw.
        version: Version,
        /// Why, 2 to 1,000 characters.
        reason: Words<2, { rules::WORDS }>,
    }
}

impl CaseVerb for EraseApplicant {
    type Of = Approvals;

    const EXAMPLE: &'static str = r#"{"version": 1, "reason": "本人来电要求，已核对身份。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: ApprovalVerb::EraseApplicant,
        need: needs::OPERATING,
        on: On::Case,
        states: &[S::Ended, S::Cancelled],
        statuses: &[],
        rank: 8,
    };
    const BY: &'static [By] = &[By::Keeper];
}

impl Together for EraseApplicant {}
