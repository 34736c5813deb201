//! Follow-up call (回访) with the four separate questions (`domain.md` 0, item 3; 3.2, row 17).
//! Not here: the citizen's own rating (`rate`).
//! All four answers when the citizen was reached, none when not; then what came of the call, and the time that was asked for.

use crate::access::{Need, Permission};
use crate::command;
use crate::command::{Moment, Sent, Together, Version, Words};
use crate::fault::{Check, Code};
use crate::ticket::TicketState as T;
use crate::ticket::rules::length;
use crate::ticket::{CallOutcome, Satisfaction, Solved, Verb, VisitChannel};

use super::{CaseVerb, Descriptor, On, Tickets};

command! {
    /// Follow-up call
    ///
    /// The four separate questions.
    FollowUp {
        /// The version that the sender saw.
        version: Version,
        /// How; by call when absent.
        channel: Option<VisitChannel>,
        /// Whether the citizen was reached.
        connected: bool,
        /// What came of a call in which nobody answered the questions; nobody took it when absent.
        outcome: Option<CallOutcome>,
        /// When the citizen wants to be called; required of an appointment.
        appointed_at: Option<Moment>,
        /// Did the staff contact you?
        staff_contacted: Option<bool>,
        /// Is the handling report true?
        report_true: Option<bool>,
        /// Is it solved?
        solved: Option<Solved>,
        /// Are you satisfied?
        satisfaction: Option<Satisfaction>,
        /// In the citizen's words, at most 1,000 characters.
        opinion: Option<Words<1, { length::EXPLANATION }>>,
    }
}

impl CaseVerb for FollowUp {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1, "channel": "call", "connected": false}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::FollowUp,
        need: Need::Permission(Permission::TicketFollowUp),
        on: On::Ticket,
        states: &[T::ToVisit],
        statuses: &[],
        rank: 2,
    };
    const ENTERED_LATER: bool = true;
}

impl Together for FollowUp {
    fn settle(sent: &mut Sent) {
        if sent.is_form() {
            settle_outcome(sent);
        }
        // A call that is not said to have been answered has no answers; in a form they may be left from before.
        if sent.is_form() && sent.peek::<bool>("connected") != Some(true) {
            for (name, is_given) in ANSWERS {
                // What cannot be read is still told.
                if is_given(sent).is_some() {
                    sent.forget(name);
                }
            }
        }
    }

    fn check(sent: &Sent, check: &mut Check) {
        for (name, is_given) in ANSWERS {
            match (sent.peek::<bool>("connected"), is_given(sent)) {
                (Some(true), Some(false)) => {
                    check.add_with(name, Code::InputRequired, &[("choice", &1)]);
                }
                (Some(false), Some(true)) => check.add(name, Code::InputCode),
                _ => {}
            }
        }
        check_outcome(sent, check);
        let given = sent.peek::<Option<Satisfaction>>("satisfaction").flatten();
        if given.is_some_and(|given| !given.is_rated() && given != Satisfaction::Refused) {
            check.add("satisfaction", Code::InputCode);
        }
    }
}

fn outcome(sent: &Sent) -> Option<CallOutcome> {
    sent.peek::<Option<CallOutcome>>("outcome").flatten()
}

/// What a form may still have of a choice that was taken back.
fn settle_outcome(sent: &mut Sent) {
    if sent.peek::<bool>("connected") == Some(true) && outcome(sent).is_some() {
        sent.forget("outcome");
    }
    let has_time = sent.peek::<Option<Moment>>("appointed_at").flatten();
    if has_time.is_some() && outcome(sent) != Some(CallOutcome::Appointment) {
        sent.forget("appointed_at");
    }
}

/// An answered call says nothing else; an appointment says when, and nothing else does.
fn check_outcome(sent: &Sent, check: &mut Check) {
    let outcome = outcome(sent);
    let is_answered = outcome == Some(CallOutcome::Answered);
    let contradicts = match sent.peek::<bool>("connected") {
        Some(true) => outcome.is_some() && !is_answered,
        Some(false) => is_answered,
        None => false,
    };
    if contradicts {
        check.add("outcome", Code::InputCode);
    }
    let is_appointment = outcome == Some(CallOutcome::Appointment);
    match sent.peek::<Option<Moment>>("appointed_at") {
        Some(None) if is_appointment => check.add("appointed_at", Code::InputRequired),
        Some(Some(_)) if !is_appointment => check.add("appointed_at", Code::InputMoment),
        _ => {}
    }
}

/// A question by its field, and whether it was answered; nothing when the answer cannot be read.
type Question = (&'static str, fn(&Sent) -> Option<bool>);

const ANSWERS: [Question; 4] = [
    ("staff_contacted", |sent| {
        sent.peek("staff_contacted")
            .map(|it: Option<bool>| it.is_some())
    }),
    ("report_true", |sent| {
        sent.peek("report_true")
            .map(|it: Option<bool>| it.is_some())
    }),
    ("solved", |sent| {
        sent.peek("solved").map(|it: Option<Solved>| it.is_some())
    }),
    ("satisfaction", |sent| {
        sent.peek("satisfaction")
            .map(|it: Option<Satisfaction>| it.is_some())
    }),
];
