//! Sentences for what citizens wish about their data: asking, and answering.
//! Not here: faults of the verbs that carry it out (`whole`).
//! Each says what can be done instead.

use super::Facts;
use crate::fault::Code;

/// The sentence of one of these codes.
pub(super) fn sentence(code: Code, facts: &Facts<'_>) -> String {
    match (code, facts.get("why")) {
        (Code::WishAsk, Some("open")) => facts.say(
            "这件诉求的同类申请正在处理，请等结果，或先撤回再提。",
            "You have asked for this already; wait for the answer, or take it back first.",
        ),
        (Code::WishAsk, Some("many")) => facts.say(
            "待处理的申请太多，请等处理后再提。",
            "Too many requests of yours wait; please ask again when they are answered.",
        ),
        (Code::WishAsk, _) => facts.say(
            "这件诉求现在不能这样申请：删除要在办结后提出，归档后不再更正。",
            "This cannot be asked for now: data is erased once the request is closed, and not corrected once it is archived.",
        ),
        _ => facts.say(
            "这项申请已经处理过或已撤回，请刷新后再看。",
            "This was answered or taken back before; please reload the page.",
        ),
    }
}
