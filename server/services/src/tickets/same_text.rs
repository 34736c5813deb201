//! What is told to citizens, as a keyed hash: the audit finds the same text on many tickets without keeping any of it.
//! Not here: the rule (`audit::alarms`).
//! Blanks, signs and the case of letters make no difference.

use shared::ticket::Verb;

use super::working_copy::WorkingCopy;
use crate::context::Services;

/// The fact of an audit row; `store::audit::alarms::same_text` knows its place.
pub(super) const FACT: &str = "text_mac";
/// Codes of the verbs that send a text to the citizen, or end the ticket with it.
pub(crate) const ACTS: &[&str] = &["reply", "answer", "close"];
/// Texts that are shorter say nothing.
const SHORTEST: usize = 10;

/// The hash of the text that a verb sends or ends the ticket with, 16 hexadecimal digits; nothing of other verbs.
pub(super) fn mac(services: &Services, copy: &WorkingCopy<'_>, verb: Verb) -> Option<String> {
    if !ACTS.contains(&verb.as_str()) {
        return None;
    }
    let text = if let Some(part) = copy.part {
        let parts = &copy.case.assignments;
        let part = parts.iter().find(|assignment| assignment.id == part)?;
        &part.reply.as_ref()?.public_reply
    } else {
        copy.case.ticket.answer.as_ref()?
    };
    let text = normal(text);
    if text.chars().count() < SHORTEST {
        return None;
    }
    let mac = services.keys().mac("answer-text", &text);
    Some(hex::encode(mac.get(..8)?))
}

/// The text without what makes no difference.
fn normal(text: &str) -> String {
    let kept = text.chars().filter(|it| it.is_alphanumeric());
    kept.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::normal;

    #[test]
    fn blanks_signs_and_case_make_no_difference() {
        assert_eq!(
            normal("已督促物业，完成 维修。"),
            normal("已督促物业完成维修!")
        );
        assert_eq!(normal("ABC 路"), "abc路");
        assert_ne!(normal("已修好一处"), normal("已修好两处"));
    }
}
