//! Send back (退单): the unit says that it is not its matter (`domain.md` 3.2, row 8); and rule on it (裁定退单): the dispatch stands, or another
//! unit gets it (row 9). It relies on a row of the areas of responsibility, or on what is written, and may name who should have it. Each unit is heard
//! once in a cycle; the first dispute is the dispatcher's ruling, the second a meeting's (会商裁定), which is recorded with it, the third is final.
//! Not here: which of them it is, and who may still dispute (`rules::dispute`).

use chrono::NaiveDate;

use crate::access::{Need, Permission};
use crate::application::Meeting;
use crate::command;
use crate::command::{Line, RowCode, Sent, Several, Together, UnitCode, Version, Words};
use crate::fault::{Check, Code};
use crate::ticket::AssignmentStatus as A;
use crate::ticket::TicketState as T;
use crate::ticket::rules::length;
use crate::ticket::{ReturnReason, Verb};

use super::{CaseVerb, Descriptor, On, Tickets};

command! {
    /// Send back
    ///
    /// With a reason code; the dispatcher upholds the dispatch or gives it to another unit.
    SendBack {
        /// The version that the sender saw.
        version: Version,
        /// Why.
        reason: ReturnReason,
        /// The facts, 10 to 1,000 characters.
        explanation: Words<{ length::EXPLANATION_MIN }, { length::EXPLANATION }>,
        /// Unit to whose areas of responsibility the matter of that place belongs; this or `basis`.
        duty: Option<UnitCode>,
        /// Law, policy or decision that it relies on, at most 500 characters; this or `duty`.
        basis: Option<Words<{ length::BASIS_MIN }, { length::REASON }>>,
        /// Another unit, that should have it; that of `duty` when absent.
        suggested_unit: Option<UnitCode>,
        /// Code of one of the office's reasons that are offered here (`reasons` of the ticket).
        cause: Option<RowCode>,
    }
}

impl CaseVerb for SendBack {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1, "reason": "wrong_duty", "explanation": "屋面维修由物业主管部门负责，不属于本单位职责。", "basis": "《南京市政府部门权责清单》", "suggested_unit": "320100-CGJ"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::SendBack,
        need: Need::Permission(Permission::AssignmentSendBack),
        on: On::Assignment,
        states: &[T::Dispatched, T::Handling],
        statuses: &[A::ToSign, A::Signed, A::Handling],
        rank: 5,
    };
    const ENTERED_LATER: bool = true;
}

impl Together for SendBack {
    fn check(sent: &Sent, check: &mut Check) {
        if !sent.has("duty") && !sent.has("basis") {
            check.add("basis", Code::InputRequired);
        }
    }
}

command! {
    /// Rule on the return
    ///
    /// The dispatch stands, or another unit gets it.
    Rule {
        /// The version that the sender saw.
        version: Version,
        /// True: the dispatch stands. False: redispatch to `to`.
        uphold: bool,
        /// The unit that gets it now; required unless `uphold`.
        to: Option<UnitCode>,
        /// Reason of the ruling, at most 500 characters.
        opinion: Words<1, { length::REASON }>,
        /// A final ruling cannot be sent back again; the third one is final by itself.
        final_ruling: Option<bool>,
    }
}

impl CaseVerb for Rule {
    type Of = Tickets;

    const EXAMPLE: &'static str =
        r#"{"version": 1, "uphold": true, "opinion": "职责清楚，维持派单。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::Rule,
        need: Need::Permission(Permission::AssignmentRule),
        on: On::Assignment,
        states: &[T::Dispatched, T::Handling],
        statuses: &[A::ToSign, A::Signed, A::Handling],
        rank: 0,
    };
}

impl Together for Rule {
    fn settle(sent: &mut Sent) {
        settle(sent);
    }

    fn check(sent: &Sent, check: &mut Check) {
        names_the_unit(sent, check);
    }
}

/// A form keeps the unit that was chosen before the dispatch was upheld.
fn settle(sent: &mut Sent) {
    if sent.is_form() && sent.peek::<bool>("uphold") == Some(true) {
        sent.forget("to");
    }
}

/// Whoever does not uphold the dispatch says who gets it.
fn names_the_unit(sent: &Sent, check: &mut Check) {
    let redispatched = sent.peek::<bool>("uphold") == Some(false);
    if redispatched && sent.peek::<Option<UnitCode>>("to") == Some(None) {
        check.add_with("to", Code::InputRequired, &[("choice", &1)]);
    }
}

/// Who took part in a meeting.
type Parties = Several<Line<1, { length::PARTY }>, { Meeting::MOST }>;

command! {
    /// Rule after a meeting
    ///
    /// The second dispute about a ticket: the dispatch stands, or another unit gets it, as the meeting decided.
    Confer {
        /// The version that the sender saw.
        version: Version,
        /// The day of the meeting, not in the future.
        held_on: NaiveDate,
        /// Who took part, three parties or more.
        parties: Parties,
        /// Minutes of the meeting, 10 to 4,000 characters.
        minutes: Words<{ length::MINUTES_MIN }, { length::MINUTES }>,
        /// True: the dispatch stands. False: redispatch to `to`.
        uphold: bool,
        /// The unit that gets it now; required unless `uphold`.
        to: Option<UnitCode>,
        /// What the meeting decided, and why, at most 500 characters.
        opinion: Words<1, { length::REASON }>,
    }
}

impl CaseVerb for Confer {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1, "held_on": "2026-03-02", "parties": ["12345 中心", "市住建局", "市城管局"], "minutes": "三方查阅权责清单后一致认为属原承办单位职责。", "uphold": true, "opinion": "会商一致，维持派单。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::Confer,
        ..Rule::DESCRIPTOR
    };
}

impl Together for Confer {
    fn settle(sent: &mut Sent) {
        settle(sent);
        sent.divide("parties", |sign| {
            matches!(sign, '\n' | '\r' | '、' | '；' | ';')
        });
    }

    fn check(sent: &Sent, check: &mut Check) {
        names_the_unit(sent, check);
        let parties = sent.peek::<Parties>("parties");
        if parties.is_some_and(|parties| parties.len() < Meeting::PARTIES) {
            check.add_with(
                "parties",
                Code::MeetingParties,
                &[("min", &Meeting::PARTIES)],
            );
        }
    }
}
