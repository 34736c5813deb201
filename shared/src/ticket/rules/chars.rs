//! Characters that no field takes.
//! Not here: which lengths a field has (`length`), the reading of a text (`command::parts`).
//! What people cannot see is cleaned before (`input`); what is left of it here is refused with its place and name.

use crate::input;

/// Characters that no field keeps: those that `input` takes away, and those that stay refused.
pub const fn is_forbidden(c: char) -> bool {
    input::is_mark(c) || c == '\u{FFFD}'
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
