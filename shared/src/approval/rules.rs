//! Bounds of what the verbs on approvals take.
//! Not here: rights, states, whether a person exists (services).
//! The texts' limits are those of the ticket's opinions.

use chrono::NaiveDate;

use crate::fault::{Check, Code, Fault};

/// Longest title.
pub const TITLE: usize = 80;
/// Longest opinion, reason or note.
pub const WORDS: usize = 1_000;
/// Longest name of a missing paper.
pub const PAPER: usize = 100;
/// Most people or papers in one verb.
pub const MANY: usize = 50;
/// Longest id of an element, name of a message or key of a definition.
pub const ELEMENT: usize = 200;
/// Longest time for missing papers, in working days.
pub const LONGEST_LACK: i32 = 60;

/// A day, not before today.
///
/// # Errors
/// `input.date` at the field, with today.
pub fn from_today(field: &str, day: NaiveDate, today: NaiveDate) -> Result<NaiveDate, Fault> {
    if day < today {
        let mut check = Check::default();
        check.add_with(field, Code::InputDate, &[("today", &today)]);
        check.finish()?;
    }
    Ok(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_is_a_day_from_today() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 3, day).expect("a day");
        assert!(from_today("due_on", day(2), day(2)).is_ok());
        let fault = from_today("due_on", day(1), day(2)).expect_err("over");
        assert_eq!(fault.fields[0].facts["today"], "2026-03-02");
    }
}
