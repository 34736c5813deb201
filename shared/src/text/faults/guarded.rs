//! Sentences for what is kept from the unit that a ticket is about, and for calls without the number.
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
        Code::CallUnfit => call(facts),
        _ => return None,
    })
}

/// Why a unit cannot call the citizen without the number.
fn call(facts: &Facts<'_>) -> String {
    match facts.get("why") {
        Some("discreet") => facts.say(
            "保密诉求和举报不由承办单位打电话，请由热线中心联系。",
            "Of confidential requests and tip-offs units do not call; the hotline reaches the citizen.",
        ),
        Some("many") => {
            let most = facts.get("max").unwrap_or("3");
            facts.say(
                format!("这件承办今天最多由平台接通 {most} 次，请明天再打。"),
                format!("The gateway connects {most} calls a day for this part; call again tomorrow."),
            )
        }
        _ => facts.say(
            "诉求人没有留下电话号码。",
            "The citizen left no telephone number.",
        ),
    }
}
