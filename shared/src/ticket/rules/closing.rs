//! Data of the verbs of the centre and of the citizen: answer, decline, reviews, follow-up, redo, close, urge, rate, reveal, lookup.
//! Not here: states (`flow`), assignments (`assignment`).
//! Limits: `domain.md` 3.2 rows 2, 4, 17 to 19, 23.

use super::chars::{lines, optional, required};
use super::length;
use crate::fault::{Check, Code, Fault};
use crate::ticket::Satisfaction;
use crate::ticket::TicketNo;
use crate::ticket::command::{
    Answer, ConfirmDecline, Decline, FollowUp, Lookup, Rate, Redo, Reveal, Review, Urge, Withdraw,
};
use crate::ticket::query_code;

/// What the citizen was told.
pub fn answer(command: &Answer) -> Result<(), Fault> {
    one(
        "answer",
        &command.answer,
        length::CONTENT_MIN,
        length::ANSWER,
    )
}

/// An explanation for the citizen; NA01 names the route in it.
pub fn decline(command: &Decline) -> Result<(), Fault> {
    one(
        "explanation",
        &command.explanation,
        length::EXPLANATION_MIN,
        length::EXPLANATION,
    )
}

/// An opinion when the proposal is refused.
pub fn confirm_decline(command: &ConfirmDecline) -> Result<(), Fault> {
    let mut check = Check::default();
    opinion(&mut check, command.confirm, command.opinion.as_deref());
    check.finish()
}

/// An opinion when the reply goes back to the unit.
pub fn review(command: &Review) -> Result<(), Fault> {
    let mut check = Check::default();
    opinion(&mut check, command.pass, command.opinion.as_deref());
    check.finish()
}

/// All four answers when the citizen was reached, none when not (`domain.md` 0, item 3).
pub fn follow_up(command: &FollowUp) -> Result<(), Fault> {
    let mut check = Check::default();
    let answers = [
        ("staff_contacted", command.staff_contacted.is_some()),
        ("report_true", command.report_true.is_some()),
        ("solved", command.solved.is_some()),
        ("satisfaction", command.satisfaction.is_some()),
    ];
    for (field, answered) in answers {
        match (command.connected, answered) {
            (true, false) => check.add_with(field, Code::InputRequired, &[("choice", &1)]),
            (false, true) => check.add(field, Code::InputCode),
            _ => {}
        }
    }
    if command
        .satisfaction
        .is_some_and(|given| !given.is_rated() && given != Satisfaction::Refused)
    {
        check.add("satisfaction", Code::InputCode);
    }
    optional(
        &mut check,
        "opinion",
        command.opinion.as_deref(),
        lines(0, length::EXPLANATION),
    );
    check.finish()
}

/// What has to be done better.
pub fn redo(command: &Redo) -> Result<(), Fault> {
    one(
        "reason",
        &command.reason,
        length::REDO_MIN,
        length::EXPLANATION,
    )
}

/// A reason may be given.
pub fn withdraw(command: &Withdraw) -> Result<(), Fault> {
    let mut check = Check::default();
    optional(
        &mut check,
        "reason",
        command.reason.as_deref(),
        lines(0, length::REASON),
    );
    check.finish()
}

/// Words may be given.
pub fn urge(command: &Urge) -> Result<(), Fault> {
    let mut check = Check::default();
    optional(
        &mut check,
        "message",
        command.message.as_deref(),
        lines(0, length::REASON),
    );
    check.finish()
}

/// One to five; silence is no rating.
pub fn rate(command: &Rate) -> Result<(), Fault> {
    let mut check = Check::default();
    if !command.satisfaction.is_rated() {
        check.add("satisfaction", Code::InputCode);
    }
    optional(
        &mut check,
        "words",
        command.words.as_deref(),
        lines(0, length::EXPLANATION),
    );
    check.finish()
}

/// Why the citizen is shown in clear.
pub fn reveal(command: &Reveal) -> Result<(), Fault> {
    one(
        "reason",
        &command.reason,
        length::REVEAL_MIN,
        length::REVEAL,
    )
}

/// A ticket number of 22 digits and a code of 8 characters, or of 6 digits as they were.
pub fn lookup(command: &Lookup) -> Result<(), Fault> {
    let mut check = Check::default();
    if command.ticket_no.trim().is_empty() {
        check.add("ticket_no", Code::InputRequired);
    } else if TicketNo::parse(&command.ticket_no).is_none() {
        let length = command.ticket_no.chars().filter(|c| c.is_numeric()).count();
        check.add_with(
            "ticket_no",
            Code::InputCode,
            &[("length", &length), ("typed", &"ticket_no")],
        );
    }
    let code = query_code::normalise(&command.code);
    if code.is_empty() {
        check.add("code", Code::InputRequired);
    } else if !query_code::is_possible(&code) {
        let length = code.chars().count();
        check.add_with(
            "code",
            Code::InputCode,
            &[("length", &length), ("typed", &"query_code")],
        );
    }
    check.finish()
}

/// An opinion that is required unless the answer is yes.
pub(super) fn opinion(check: &mut Check, yes: bool, text: Option<&str>) {
    let span = lines(1, length::REASON);
    if yes {
        optional(check, "opinion", text, span);
    } else {
        required(check, "opinion", text.unwrap_or_default(), span);
    }
}

fn one(field: &str, text: &str, min: usize, max: usize) -> Result<(), Fault> {
    let mut check = Check::default();
    required(&mut check, field, text, lines(min, max));
    check.finish()
}
