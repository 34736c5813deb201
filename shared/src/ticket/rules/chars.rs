//! Characters that no field takes, and the check of one text field.
//! Not here: which lengths a field has (`length`).
//! What people cannot see is cleaned before (`input`); what is left of it here is refused with its place and name.

use crate::fault::{Check, Code};
use crate::input;

/// How long a text may be, in characters after trimming.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    pub min: usize,
    pub max: usize,
    /// Without line breaks.
    pub line: bool,
}

/// A text of one or more lines.
pub(super) const fn lines(min: usize, max: usize) -> Span {
    Span {
        min,
        max,
        line: false,
    }
}

/// A text of one line.
pub(super) const fn line(max: usize) -> Span {
    Span {
        min: 1,
        max,
        line: true,
    }
}

/// Characters that no field keeps: those that `input` takes away, and those that stay refused.
pub const fn is_forbidden(c: char) -> bool {
    input::is_mark(c) || c == '\u{FFFD}'
}

/// Whether the text is acceptable as one line.
pub fn is_line(text: &str) -> bool {
    !text
        .chars()
        .any(|c| is_forbidden(c) || matches!(c, '\n' | '\r' | '\t'))
}

/// Checks a text that must be there.
pub(super) fn required(check: &mut Check, field: &str, text: &str, span: Span) {
    if text.trim().is_empty() {
        check.add(field, Code::InputRequired);
    } else {
        measure(check, field, text, span);
    }
}

/// Checks a text that may be absent or empty.
pub(super) fn optional(check: &mut Check, field: &str, text: Option<&str>, span: Span) {
    if let Some(text) = text.filter(|text| !text.trim().is_empty()) {
        measure(check, field, text, span);
    }
}

fn measure(check: &mut Check, field: &str, text: &str, span: Span) {
    let length = text.trim().chars().count();
    let odd = if span.line {
        !is_line(text.trim())
    } else {
        text.chars().any(is_forbidden)
    };
    if odd {
        let (at, sign) = odd_sign(text, span.line);
        check.add_with(
            field,
            Code::InputCharacters,
            &[("at", &at), ("sign", &sign)],
        );
    } else if length > span.max {
        check.add_with(
            field,
            Code::InputTooLong,
            &[("max", &span.max), ("length", &length)],
        );
    } else if length < span.min {
        check.add_with(
            field,
            Code::InputTooShort,
            &[("min", &span.min), ("length", &length)],
        );
    }
}

/// Place (from 1) and code point (`U+202E`) of the first character that keeps a text from being taken.
pub fn odd_sign(text: &str, line: bool) -> (usize, String) {
    text.chars()
        .enumerate()
        .find(|(_, c)| is_forbidden(*c) || line && matches!(c, '\n' | '\r' | '\t'))
        .map_or((0, String::new()), |(index, c)| {
            (index + 1, format!("U+{:04X}", c as u32))
        })
}

/// A code of an open list (unit, category, division): letters, digits, hyphen and underline.
pub(super) fn code(check: &mut Check, field: &str, text: &str, wrong: Code) {
    if text.trim().is_empty() {
        check.add_with(field, Code::InputRequired, &[("choice", &1)]);
    } else if text.len() > 40
        || !text
            .trim()
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
    {
        check.add(field, wrong);
    }
}
