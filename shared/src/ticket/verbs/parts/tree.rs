//! Sub-assign (下派): a unit that has signed gives the matter on to units below it, each with a limit that ends before its own (`domain.md` 3.2, row 10).
//! It takes a part back, sets another limit, or returns an answer; a unit below hands its part up again. What they answer is gathered in the unit's own
//! reply.
//! Not here: signing, answering and reviewing in a unit below, which are the verbs of every part; how deep the tree may be (an office's setting).

use crate::access::{Need, Permission};
use crate::command;
use crate::command::{Sent, Together, UnitCode, Version, Within, Words};
use crate::fault::{Check, Code};
use crate::ticket::AssignmentStatus as A;
use crate::ticket::TicketState as T;
use crate::ticket::rules::length;
use crate::ticket::{LimitUnit, Verb};

use crate::ticket::verbs::{CaseVerb, Descriptor, On, Tickets};

/// Units in which people give limits.
pub const LIMIT_UNITS: [LimitUnit; 3] = [
    LimitUnit::WorkingDays,
    LimitUnit::WorkingHours,
    LimitUnit::Hours,
];

command! {
    /// Sub-assign
    ///
    /// To one or several units below the own one; their limit ends before the own deadline.
    SubAssign {
        /// The version that the sender saw.
        version: Version,
        /// Codes of units below, 1 to 20.
        below: Vec<UnitCode>,
        /// How long they have, from now.
        part_limit: Within<1, { length::LIMIT }>,
        /// Of what: `working_days`, `working_hours` or `hours`.
        part_limit_unit: LimitUnit,
        /// What they are to do, at most 500 characters.
        advice: Option<Words<1, { length::ADVICE }>>,
    }
}

impl CaseVerb for SubAssign {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1, "below": ["320106001-JD"], "part_limit": 2, "part_limit_unit": "working_days", "advice": "请现场核查屋面渗漏情况并反馈。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::SubAssign,
        need: Need::Permission(Permission::AssignmentSubAssign),
        on: On::Assignment,
        states: &[T::Dispatched, T::Handling, T::Tracking],
        statuses: &[A::Signed, A::SubAssigned, A::Handling],
        rank: 3,
    };
    const ENTERED_LATER: bool = true;
}

impl Together for SubAssign {
    fn check(sent: &Sent, check: &mut Check) {
        let below: Vec<UnitCode> = sent.peek("below").unwrap_or_default();
        if below.is_empty() && sent.peek::<Vec<UnitCode>>("below").is_some() {
            check.add("below", Code::InputRequired);
        }
        if below.len() > length::ASSISTING {
            check.add_with(
                "below",
                Code::InputTooLong,
                &[("max", &length::ASSISTING), ("length", &below.len())],
            );
        }
        let twice = |(index, unit): (usize, &UnitCode)| below[..index].contains(unit);
        if below.iter().enumerate().any(twice) {
            check.add("below", Code::InputUnit);
        }
        in_peoples_units(sent, check);
    }
}

fn in_peoples_units(sent: &Sent, check: &mut Check) {
    let unit = sent.peek::<LimitUnit>("part_limit_unit");
    if unit.is_some_and(|unit| !LIMIT_UNITS.contains(&unit)) {
        check.add("part_limit_unit", Code::InputCode);
    }
}

command! {
    /// Take back
    ///
    /// What was given on to a unit below, before that has answered.
    TakeBack {
        /// The version that the sender saw.
        version: Version,
        /// Code of the unit below.
        below: UnitCode,
        /// At most 500 characters.
        reason: Words<1, { length::REASON }>,
    }
}

impl CaseVerb for TakeBack {
    type Of = Tickets;

    const EXAMPLE: &'static str =
        r#"{"version": 1, "below": "320106001-JD", "reason": "需多部门联动，由本单位直接办理。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::TakeBack,
        statuses: &[A::SubAssigned],
        rank: 6,
        ..SubAssign::DESCRIPTOR
    };
    const ENTERED_LATER: bool = true;
}

impl Together for TakeBack {}

command! {
    /// Set the limit of a part
    ///
    /// Another limit for a unit below, from when it got the matter; it ends before the own deadline as well.
    SetLimit {
        /// The version that the sender saw.
        version: Version,
        /// Code of the unit below.
        below: UnitCode,
        /// How long it has, from when it got the matter.
        part_limit: Within<1, { length::LIMIT }>,
        /// Of what: `working_days`, `working_hours` or `hours`.
        part_limit_unit: LimitUnit,
        /// At most 500 characters.
        reason: Words<1, { length::REASON }>,
    }
}

impl CaseVerb for SetLimit {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1, "below": "320106001-JD", "part_limit": 3, "part_limit_unit": "working_days", "reason": "防水施工遇雨，酌情放宽一天。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::SetLimit,
        statuses: &[A::SubAssigned],
        rank: 6,
        ..SubAssign::DESCRIPTOR
    };
}

impl Together for SetLimit {
    fn check(sent: &Sent, check: &mut Check) {
        in_peoples_units(sent, check);
    }
}

command! {
    /// Return an answer
    ///
    /// Back to the unit below that gave it, with what is missing.
    ReturnAnswer {
        /// The version that the sender saw.
        version: Version,
        /// Code of the unit below.
        below: UnitCode,
        /// At most 500 characters.
        reason: Words<1, { length::REASON }>,
    }
}

impl CaseVerb for ReturnAnswer {
    type Of = Tickets;

    const EXAMPLE: &'static str =
        r#"{"version": 1, "below": "320106001-JD", "reason": "未写明完工时间，请补充后再报。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::ReturnAnswer,
        statuses: &[A::SubAssigned, A::Handling],
        rank: 4,
        ..SubAssign::DESCRIPTOR
    };
    const ENTERED_LATER: bool = true;
}

impl Together for ReturnAnswer {}

command! {
    /// Hand up
    ///
    /// To the unit from which it came, with a reason; never to the centre.
    HandUp {
        /// The version that the sender saw.
        version: Version,
        /// The facts, 10 to 1,000 characters.
        explanation: Words<{ length::EXPLANATION_MIN }, { length::EXPLANATION }>,
    }
}

impl CaseVerb for HandUp {
    type Of = Tickets;

    const EXAMPLE: &'static str =
        r#"{"version": 1, "explanation": "该小区不在本街道辖区，请上级单位另行安排。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::HandUp,
        need: Need::Permission(Permission::AssignmentSendBack),
        on: On::Assignment,
        states: &[T::Dispatched, T::Handling, T::Tracking],
        statuses: &[A::ToSign, A::Signed, A::Handling],
        rank: 5,
    };
    const ENTERED_LATER: bool = true;
}

impl Together for HandUp {}
