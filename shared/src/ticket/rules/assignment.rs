//! Data of the verbs around assignments: dispatch, recall, send back, ruling, reply, unit review.
//! Not here: whether the units exist and lie below the dispatcher (services), states (`flow`).
//! Limits: `domain.md` 3.2 rows 6 to 15, V08 and V16.

use super::chars::{code, given, lines, optional, required};
use super::length;
use crate::fault::{Check, Code, Fault};
use crate::ticket::Solved;
use crate::ticket::command::{Dispatch, Recall, Reply, Rule, SendBack, UnitReview};

/// Exactly one lead unit, which is not among the assisting ones; no unit twice.
pub fn dispatch(command: &Dispatch) -> Result<(), Fault> {
    let mut check = Check::default();
    code(&mut check, "lead", &command.lead, Code::InputUnit);
    if command.assisting.len() > length::ASSISTING {
        check.add_with(
            "assisting",
            Code::InputTooLong,
            &[
                ("max", &length::ASSISTING),
                ("length", &command.assisting.len()),
            ],
        );
    }
    for (index, unit) in command.assisting.iter().enumerate() {
        if *unit == command.lead {
            check.add("assisting", Code::LeadAmongAssisting);
        } else if command.assisting[..index].contains(unit) {
            check.add("assisting", Code::InputUnit);
        } else {
            code(&mut check, "assisting", unit, Code::InputUnit);
        }
    }
    if let Some(category) = command.category.as_deref().filter(|text| !text.is_empty()) {
        code(&mut check, "category", category, Code::InputCategory);
    }
    optional(
        &mut check,
        "advice",
        command.advice.as_deref(),
        lines(0, length::ADVICE),
    );
    check.finish()
}

/// A reason, and the unit that gets it now where one is named.
pub fn recall(command: &Recall) -> Result<(), Fault> {
    let mut check = Check::default();
    required(
        &mut check,
        "reason",
        &command.reason,
        lines(1, length::REASON),
    );
    if let Some(to) = command.to.as_deref().filter(|to| !to.is_empty()) {
        code(&mut check, "to", to, Code::InputUnit);
    }
    if command.assignment.is_none() && !given(command.to.as_deref()) {
        check.add("to", Code::InputRequired);
    }
    check.finish()
}

/// Legal basis and facts.
pub fn send_back(command: &SendBack) -> Result<(), Fault> {
    let mut check = Check::default();
    required(
        &mut check,
        "explanation",
        &command.explanation,
        lines(length::EXPLANATION_MIN, length::EXPLANATION),
    );
    if let Some(unit) = command
        .suggested_unit
        .as_deref()
        .filter(|unit| !unit.is_empty())
    {
        code(&mut check, "suggested_unit", unit, Code::InputUnit);
    }
    check.finish()
}

/// The other unit is named unless the dispatch stands.
pub fn rule(command: &Rule) -> Result<(), Fault> {
    let mut check = Check::default();
    required(
        &mut check,
        "opinion",
        &command.opinion,
        lines(1, length::REASON),
    );
    if !command.uphold {
        code(
            &mut check,
            "to",
            command.to.as_deref().unwrap_or_default(),
            Code::InputUnit,
        );
    }
    check.finish()
}

/// What was done and what the citizen is told; contacted, or three tries (V16).
pub fn reply(command: &Reply) -> Result<(), Fault> {
    let mut check = Check::default();
    required(
        &mut check,
        "handling",
        &command.handling,
        lines(length::HANDLING_MIN, length::ANSWER),
    );
    required(
        &mut check,
        "public_reply",
        &command.public_reply,
        lines(length::CONTENT_MIN, length::ANSWER),
    );
    if !command.contacted && command.contact_tries < length::CONTACT_TRIES {
        check.add_with(
            "contact_tries",
            Code::InputNumber,
            &[("min", &length::CONTACT_TRIES)],
        );
    }
    if command.solved == Solved::No {
        required(
            &mut check,
            "unsolved_reason",
            command.unsolved_reason.as_deref().unwrap_or_default(),
            lines(1, length::EXPLANATION),
        );
    } else {
        optional(
            &mut check,
            "unsolved_reason",
            command.unsolved_reason.as_deref(),
            lines(1, length::EXPLANATION),
        );
    }
    optional(
        &mut check,
        "basis",
        command.basis.as_deref(),
        lines(0, length::ADVICE),
    );
    check.finish()
}

/// An opinion when the reply goes back to the handler.
pub fn unit_review(command: &UnitReview) -> Result<(), Fault> {
    let mut check = Check::default();
    super::closing::opinion(&mut check, command.pass, command.opinion.as_deref());
    check.finish()
}
