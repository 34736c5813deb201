//! Characters that no field takes, and the check of one text field.
//! Not here: which lengths a field has (`length`).
//! NUL and control characters break exports and logs; text-direction marks make a text read other than it is stored.

use crate::fault::{Check, Code};

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

/// Control characters (line breaks and tabs apart), text-direction marks, byte-order marks and code points that are no characters.
pub const fn is_forbidden(c: char) -> bool {
    matches!(
        c,
        '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{7F}'..='\u{9F}'
            | '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
            | '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFC}' | '\u{FDD0}'..='\u{FDEF}' | '\u{E0000}'..='\u{E007F}'
    ) || (c as u32) & 0xFFFE == 0xFFFE
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

/// Whether an optional text says something.
pub(super) fn given(text: Option<&str>) -> bool {
    text.is_some_and(|text| !text.trim().is_empty())
}

fn measure(check: &mut Check, field: &str, text: &str, span: Span) {
    let length = text.trim().chars().count();
    let odd = if span.line {
        !is_line(text.trim())
    } else {
        text.chars().any(is_forbidden)
    };
    if odd {
        check.add(field, Code::InputCharacters);
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
