//! Sentences for what is kept from the unit that a ticket is about.
//! Not here: what the forms say of it (`ticket::guarded`).
//! Each says what can be done instead.

use super::Facts;
use crate::fault::Code;

/// The sentence of one of these codes.
pub(super) fn sentence(code: Code, facts: &Facts<'_>) -> Option<String> {
    Some(match code {
        Code::AccusedUnit => facts.say(
            "这是被举报的单位或它的下级，不能承办这个工单，请选别的单位。",
            "This unit is the one that the ticket is about, or lies below it, and cannot have it; please choose another.",
        ),
        Code::AccusedPart => facts.say(
            "这个单位或它的下级还有承办件，请先撤派改派，再认定被举报单位。",
            "This unit, or one below it, has a part of the ticket; recall that first, then name the unit.",
        ),
        _ => return None,
    })
}
