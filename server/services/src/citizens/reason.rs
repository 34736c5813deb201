//! Why staff answers a citizen as it does: one line, asked for where the answer is no.
//! Not here: the answers (`mandates::decide`, `wishes::answer`).

use shared::fault::{Check, Code, Fault};
use shared::ticket::rules::length;

/// Words of why, as they are kept; without them nothing, unless they are needed.
///
/// # Errors
/// `input.required`, `input.too_long` at `reason`.
pub(super) fn reason(said: Option<&str>, is_needed: bool) -> Result<Option<String>, Fault> {
    let words = shared::input::line(said.unwrap_or_default())
        .trim()
        .to_owned();
    let (count, most) = (words.chars().count(), length::REASON);
    let mut check = Check::default();
    if is_needed && words.is_empty() {
        check.add("reason", Code::InputRequired);
    } else if count > most {
        check.add_with(
            "reason",
            Code::InputTooLong,
            &[("max", &most), ("length", &count)],
        );
    }
    check.finish()?;
    Ok(Some(words).filter(|words| !words.is_empty()))
}
