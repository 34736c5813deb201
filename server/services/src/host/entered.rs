//! What was done before it is entered (补录): offline, or on paper while the system was away. A command may say when; beside it stands the time at
//! which it was received, by which deadlines and clocks go (decision 14): nobody meets a deadline by what he says afterwards.
//! Not here: which verbs may be entered later (`CaseVerb::ENTERED_LATER`), where it is shown.
//! Source: `domain.md` 8, fallback to a paper or offline form with later entry. Read next: `fits`, which says when it may have been.

use shared::calendar::Instant;
use shared::command::{DRAFT_DAYS, Moment, Sent};
use shared::fault::{Check, Code, Fault, FieldFault};
use shared::verb::{CaseVerb, DONE_AT, Piece};

use super::{Kind, WorkingCopy};
use crate::clock::TOLERANCE;
use crate::context::Ctx;

const DAY: i64 = 86_400_000;

/// A command, and when what it says was done, where that is said.
#[derive(Debug, Clone, PartialEq)]
pub struct Entered<V> {
    /// The command.
    pub command: V,
    /// When it was done.
    pub done_at: Option<Instant>,
}

impl<V> From<V> for Entered<V> {
    fn from(command: V) -> Self {
        Self {
            command,
            done_at: None,
        }
    }
}

impl Ctx {
    /// The same call, for what was done then.
    #[must_use]
    pub fn done(&self, done_at: Option<Instant>) -> Self {
        Self {
            done_at,
            ..self.clone()
        }
    }
}

/// Takes the moment out of what was sent. A verb that knows no such field leaves it where it is: to a program it is told as any field that
/// there is not, and a form's is passed over. Where it may lie is asked later, so that a repeated call gets its first answer.
pub(super) fn taken<V: CaseVerb>(sent: &mut Sent, check: &mut Check) -> Option<Instant> {
    if V::ENTERED_LATER {
        take(sent, check)
    } else {
        None
    }
}

/// The same for a verb whose road is its own.
pub(crate) fn take(sent: &mut Sent, check: &mut Check) -> Option<Instant> {
    let said = sent.field::<Option<Moment>>(DONE_AT.name, check);
    sent.forget(DONE_AT.name);
    said.flatten().map(|moment| moment.0)
}

/// Refuses a moment in the future, and one longer ago than what waits to be sent may be.
pub(crate) fn in_time(now: Instant, done_at: Option<Instant>) -> Result<(), Fault> {
    let Some(at) = done_at else { return Ok(()) };
    if at.0 > now.0.saturating_add(TOLERANCE) {
        Err(Fault::field(DONE_AT.name, Code::InputFutureDate))
    } else if at.0 < now.0.saturating_sub(DRAFT_DAYS * DAY) {
        Err(wrong(Code::DoneTooLongAgo, "days", &DRAFT_DAYS))
    } else {
        Ok(())
    }
}

/// Refuses a moment before something was there. People write minutes, so a minute is given.
pub(crate) fn after(since: Instant, done_at: Option<Instant>) -> Result<(), Fault> {
    match done_at {
        Some(at) if at.0 < since.0.saturating_sub(TOLERANCE) => {
            Err(wrong(Code::DoneTooEarly, "earliest", &since.rfc3339()))
        }
        _ => Ok(()),
    }
}

fn wrong(code: Code, fact: &str, value: &dyn ToString) -> Fault {
    Fault::fields(vec![FieldFault {
        field: DONE_AT.name.to_owned(),
        code,
        facts: [(fact.to_owned(), value.to_string())].into(),
    }])
}

/// Refuses a moment before the case was there, or before what the verb builds on was done: what gave its task out, or its part. People write
/// minutes, so a minute is given.
pub(super) fn fits<C: Kind>(
    copy: &WorkingCopy<'_, C>,
    verb: C::Verb,
    piece: Option<Piece>,
) -> Result<(), Fault> {
    let Some(at) = copy.scene.done_at else {
        return Ok(());
    };
    in_time(copy.now(), Some(at))?;
    let began = copy.history.first().map(store::record::Event::happened_at);
    let began = began.map_or(copy.case.head().began_at, |first| {
        first.min(copy.case.head().began_at)
    });
    let since = C::since(copy, verb, piece).map(|since| {
        // What opened it may itself have been entered later.
        let line = copy.history.iter().find(|line| line.at >= since);
        line.map_or(since, |line| since.min(line.happened_at()))
    });
    let earliest = since.map_or(began, |since| since.max(began));
    if at.0 >= earliest.0.saturating_sub(TOLERANCE) {
        return Ok(());
    }
    Err(wrong(Code::DoneTooEarly, "earliest", &earliest.rfc3339()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_lies_between_the_oldest_draft_and_now() {
        let now = Instant(1_796_000_000_000);
        let at = |by: i64| {
            let refused = in_time(now, Some(Instant(now.0 + by))).err();
            refused.and_then(|fault| fault.fields.first().map(|field| field.code))
        };
        for good in [0, TOLERANCE, -1, -DRAFT_DAYS * DAY] {
            assert_eq!(at(good), None, "{good}");
        }
        assert_eq!(at(TOLERANCE + 1), Some(Code::InputFutureDate));
        assert_eq!(at(-DRAFT_DAYS * DAY - 1), Some(Code::DoneTooLongAgo));
    }
}
