//! What a verb's data must be: lengths, characters, days. Answers with the field's name as in forms and JSON.
//! Not here: rights, states, whether a person exists (services).
//! The texts' limits are those of the ticket's opinions.

use chrono::NaiveDate;

use crate::fault::{Check, Code, Fault};
use crate::input::{self, moment};
use crate::ticket::rules::{is_forbidden, odd_sign};

/// Longest title.
pub const TITLE: usize = 80;
/// Longest opinion, reason or note.
pub const WORDS: usize = 1_000;
/// Longest name of a missing paper.
pub const PAPER: usize = 100;
/// Most people or papers in one verb.
pub const MANY: usize = 50;

/// A text that must be there.
pub fn required(field: &str, text: &str, most: usize) -> Result<String, Fault> {
    let text = input::body(text);
    let text = text.trim();
    let length = text.chars().count();
    if length == 0 {
        return Err(Fault::field(field, Code::InputRequired));
    }
    if length < 2 {
        return Err(bounded(field, Code::InputTooShort, "min", 2, length));
    }
    optional(field, Some(text), most).map(Option::unwrap_or_default)
}

/// A text of one line that must be there.
pub fn line(field: &str, text: &str, most: usize) -> Result<String, Fault> {
    required(field, &input::line(text), most)
}

/// A text that may be missing; empty counts as missing.
pub fn optional(field: &str, text: Option<&str>, most: usize) -> Result<Option<String>, Fault> {
    let text = text.map(input::body);
    let Some(text) = text
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty())
    else {
        return Ok(None);
    };
    let length = text.chars().count();
    if length > most {
        return Err(bounded(field, Code::InputTooLong, "max", most, length));
    }
    if text.chars().any(is_forbidden) {
        let (at, sign) = odd_sign(text, false);
        let mut fault = Fault::field(field, Code::InputCharacters);
        if let Some(first) = fault.fields.first_mut() {
            first.facts.insert("at".to_owned(), at.to_string());
            first.facts.insert("sign".to_owned(), sign);
        }
        return Err(fault);
    }
    Ok(Some(text.to_owned()))
}

/// Several short texts: empty ones left out, none twice, at least one.
pub fn several(field: &str, texts: &[String], most: usize) -> Result<Vec<String>, Fault> {
    let mut out: Vec<String> = Vec::new();
    for text in texts {
        if let Some(text) = optional(field, Some(text), most)?
            && !out.contains(&text)
        {
            out.push(text);
        }
    }
    if out.is_empty() {
        return Err(Fault::field(field, Code::InputRequired));
    }
    if out.len() > MANY {
        return Err(bounded(field, Code::InputTooLong, "max", MANY, out.len()));
    }
    Ok(out)
}

/// A day, not before today.
pub fn day_from(field: &str, text: &str, today: NaiveDate) -> Result<NaiveDate, Fault> {
    let day = moment::day(text)
        .ok()
        .and_then(crate::calendar::bounded)
        .ok_or_else(|| Fault::field(field, Code::InputDate))?;
    if day < today {
        let mut check = Check::default();
        check.add_with(field, Code::InputDate, &[("today", &today)]);
        check.finish()?;
    }
    Ok(day)
}

fn bounded(field: &str, code: Code, bound: &str, value: usize, length: usize) -> Fault {
    let mut fault = Fault::field(field, code);
    if let Some(first) = fault.fields.first_mut() {
        first.facts.insert(bound.to_owned(), value.to_string());
        first.facts.insert("length".to_owned(), length.to_string());
    }
    fault
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_counted_in_characters_and_cleaned() {
        assert_eq!(
            required("reason", "  材料不齐 ", WORDS),
            Ok("材料不齐".to_owned())
        );
        for (text, code) in [
            ("", Code::InputRequired),
            ("好", Code::InputTooShort),
            ("同\u{0}意", Code::InputCharacters),
            ("同\u{FFFD}意", Code::InputCharacters),
            ("\u{202E}同意", Code::InputCharacters),
        ] {
            let fault = required("reason", text, WORDS).expect_err(text);
            assert_eq!(fault.fields[0].code, code, "{text:?}");
            assert_eq!(fault.fields[0].field, "reason");
        }
        assert_eq!(
            required("reason", "同\u{7}意", WORDS),
            Ok("同意".to_owned())
        );
        assert_eq!(
            line("title", "两行\n标题\u{200B}", TITLE),
            Ok("两行 标题".to_owned())
        );
        assert_eq!(line("title", " 标题 ", TITLE), Ok("标题".to_owned()));
        let long = "长".repeat(WORDS + 1);
        let fault = optional("note", Some(&long), WORDS).expect_err("too long");
        assert_eq!(fault.fields[0].facts["max"], "1000");
        assert_eq!(optional("note", Some("  "), WORDS), Ok(None));
    }

    #[test]
    fn several_are_at_least_one_and_none_twice() {
        let texts = |all: &[&str]| all.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            several("papers", &texts(&["总平面图", "", "总平面图"]), PAPER),
            Ok(texts(&["总平面图"]))
        );
        assert!(several("papers", &texts(&[" "]), PAPER).is_err());
        let many = (0..=MANY).map(|n| format!("材料{n}")).collect::<Vec<_>>();
        assert!(several("papers", &many, PAPER).is_err());
    }

    #[test]
    fn a_deadline_is_a_day_from_today() {
        let today = NaiveDate::from_ymd_opt(2026, 3, 2).expect("a day");
        assert!(day_from("due_on", "2026-03-02", today).is_ok());
        assert!(day_from("due_on", "2026年3月2日", today).is_ok());
        for text in ["2026-03-01", "02.03.2026", "2026-02-30", "9999-12-31"] {
            assert!(day_from("due_on", text, today).is_err(), "{text}");
        }
    }
}
