//! Words about directives (督办单): the form, the list, the printed page.
//! Not here: names of the verbs (`ticket::verbs`), of states, causes and levels (`application`).
//! Sentences with numbers are functions.

use crate::text::{Locale, Text, text};

pub const CALLED: Text = text("接听人", "Who was called");
pub const SAID: Text = text("通话内容", "What was said");
pub const PHONE_HELP: Text = text(
    "打电话催办后记录：谁接听、怎么说、答应什么时候。记入历史，“超时报警”里的待办随之消失。",
    "After the call: who answered, what was said and promised. It stands in the history, and the alarm goes away.",
);
pub const PHONE_SEND: Text = text("记录电话催办", "Record the call");
/// What a prepared directive demands; written in Chinese, as directives are.
pub const DRAFT: &str =
    "该承办件已超过办理期限，经催办仍未办结。请立即办理，并书面说明超期原因、整改措施和办结时间。";
pub const PREPARED: Text = text(
    "已按督办阶梯预备督办单，请核对后发出。",
    "Prepared as the ladder says; look through it and issue it.",
);

pub const DIRECTIVES: Text = text("督办单", "Directives");
pub const DIRECTIVE: Text = text("督办单", "Directive");
pub const WHY: Text = text(
    "中心就承办情况发给单位的督办单；单位负责人按期答复，中心审结。",
    "What the centre demands of units about their work on tickets; the unit's leader answers in time, the centre accepts the answer.",
);
pub const NONE: Text = text("没有督办单", "No directives");
pub const NONE_WHY: Text = text(
    "督办单从工单页发出。",
    "A directive is issued on the page of its ticket.",
);
pub const ALL: Text = text("全部", "All");
pub const FILTER: Text = text("按状态", "By state");
pub const NUMBER: Text = text("编号", "Number");
pub const UNIT: Text = text("承办单位", "Unit");
pub const CAUSE: Text = text("督办事由", "Cause");
pub const LEVEL: Text = text("级别", "Level");
pub const STATE: Text = text("状态", "State");
pub const ISSUED: Text = text("发出", "Issued");
pub const ISSUED_BY: Text = text("发出人", "Issued by");
pub const DUE: Text = text("答复期限", "Answer by");
pub const DEMAND: Text = text("督办要求", "What is demanded");
pub const TICKET: Text = text("督办工单", "Ticket");
pub const ALSO: Text = text("一并督办", "Also about");
pub const ANSWER: Text = text("单位答复", "The unit's answer");
pub const ANSWERED: Text = text("答复时间", "Answered");
pub const ANSWERED_BY: Text = text("答复人", "Answered by");
pub const NO_ANSWER: Text = text("尚未答复", "Not answered yet");
pub const RESULT: Text = text("审结意见", "Decision");
pub const DECIDED: Text = text("审结时间", "Decided");
pub const DECIDED_BY: Text = text("审结人", "Decided by");
pub const SIGNED_UNIT: Text = text("单位负责人（签字）：", "Head of the unit (signature):");
pub const PRINT_HELP: Text = text(
    "用浏览器的打印功能打印本页。",
    "Print this page with your browser.",
);
pub const PRINTED: Text = text("打印用单", "To print");
pub const CLOCK: Text = text("督办答复", "Directive");
pub const SUPERVISE_HELP: Text = text(
    "发给承办单位负责人，按单位工作日历计算答复期限，不影响工单时限。",
    "Goes to the unit's leader; the deadline counts the unit's working days. The ticket's own limits stay.",
);
pub const DAYS_HELP: Text = text(
    "不填为 3 个工作日，最多 10 个。",
    "3 working days when left open, 10 at most.",
);
pub const ALSO_HELP: Text = text(
    "同一单位的其他工单编号，每行一个，最多 20 个。",
    "Numbers of other tickets of the same unit, one a line, 20 at most.",
);
pub const ISSUE: Text = text("发出督办单", "Issue the directive");
pub const ANSWER_HELP: Text = text(
    "由单位负责人答复：原因、已采取的措施、今后怎么做。",
    "By the unit's leader: why it came to this, what was done, what follows.",
);
pub const ANSWER_SEND: Text = text("提交答复", "Send the answer");
pub const ACCEPT: Text = text("接受答复，审结", "Accept and close");
pub const BACK: Text = text("退回，重新答复", "Back for a better answer");
pub const BACK_HELP: Text = text(
    "退回时写明还差什么，答复期限重新计算。",
    "When it goes back, say what is missing; the deadline begins anew.",
);
pub const JUDGE_SEND: Text = text("提交", "Send");
pub const CANCEL_SEND: Text = text("撤销督办单", "Cancel the directive");

/// `退回过 2 次`.
pub fn returned(n: i32, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("退回过 {n} 次"),
        Locale::En if n == 1 => "sent back once".to_owned(),
        Locale::En => format!("sent back {n} times"),
    }
}
