//! Sentences for what citizens wish about their data, asking and answering; and for words that a unit sends without seeing the number.
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
        (Code::WishApproval, _) => {
            let no = facts.get("no").unwrap_or("?");
            facts.say(
                format!("由这件诉求发起的审批 {no} 还在办理，办结后再同意删除。"),
                format!("Approval {no}, which the request started, is under way; agree to the erasure once it has ended."),
            )
        }
        _ => facts.say(
            "这项申请已经处理过或已撤回，请刷新后再看。",
            "This was answered or taken back before; please reload the page.",
        ),
    }
}

/// Why a unit cannot write to the citizen.
pub(super) fn relay(facts: &Facts<'_>) -> String {
    match facts.get("why") {
        Some("numbers") => facts.say(
            "短信里不能写手机号、证件号或银行卡号，请删去后再发。",
            "Mobile, identity and bank card numbers do not go into such a message; take them out and send it again.",
        ),
        Some("discreet") => facts.say(
            "保密诉求和举报不由承办单位发短信，请由热线中心联系。",
            "Of confidential requests and tip-offs units do not write; the hotline reaches the citizen.",
        ),
        Some("many") => {
            let most = facts.get("max").unwrap_or("3");
            facts.say(
                format!("今天已给诉求人发过 {most} 条短信，请明天再发或打电话联系。"),
                format!("Today {most} messages went to the citizen already; write again tomorrow, or call."),
            )
        }
        _ => facts.say(
            "诉求人没有留能收短信的手机号。",
            "The citizen left no mobile number that takes text messages.",
        ),
    }
}
