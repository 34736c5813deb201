//! Words of the forms on a ticket's page: what each asks, what helps, and what sends it.
//! Not here: the verbs' own names and what was done (`super`).

use super::super::{Text, text};

pub const ANSWER_HELP: Text = text(
    "写下告诉诉求人的内容。提交后工单直接办结。",
    "What the citizen was told. The ticket closes with it.",
);
pub const ANSWER_SEND: Text = text("答复并办结", "Answer and close");
pub const DECLINE_HELP: Text = text(
    "派单员裁定后生效，诉求人会收到理由。",
    "Takes effect when the dispatcher confirms; the citizen is told why.",
);
pub const DECLINE_SEND: Text = text("提出不予受理", "Propose declining");
pub const DECLINE_EXPLAIN: Text = text(
    "给诉求人的解释；NA01 要写明应走的途径。",
    "For the citizen; with NA01 name the right way.",
);
pub const CONFIRM_YES: Text = text("同意，不予受理", "Agree: decline");
pub const CONFIRM_NO: Text = text("不同意，继续派单", "Disagree: dispatch it");
pub const CONFIRM_SEND: Text = text("提交裁定", "Send the ruling");
pub const DISPATCH_OPEN: Text = text("选择单位派单", "Choose units and dispatch");
pub const RECALL_HELP: Text = text(
    "撤回原派单，交给新单位；工单时限不变，新单位的时限重新计算。",
    "Takes the assignment back and gives it to another unit. The ticket's clock goes on, the new unit gets its own.",
);
pub const RECALL_SEND: Text = text("撤派改派", "Recall and redispatch");
pub const RECALL_WHICH: Text = text("撤回哪个单位", "Which unit's part");
pub const SIGN_HELP: Text = text("签收后开始办理。", "After signing, handling begins.");
pub const SIGN_SEND: Text = text("签收", "Sign for it");
pub const SEND_BACK_HELP: Text = text(
    "不归本单位办理时申请退单，每轮只能退一次。等待裁定期间时限照常计算。",
    "When it is not your unit's matter, once in a round. The clock goes on until it is ruled on.",
);
pub const SEND_BACK_SEND: Text = text("申请退单", "Ask to send back");
pub const SEND_BACK_EXPLAIN: Text = text("写明事实和理由。", "Give the facts and the reasons.");
pub const RULE_UPHOLD: Text = text("维持原派单", "The dispatch stands");
pub const RULE_REDISPATCH: Text = text("同意退单，改派", "Send it to another unit");
pub const RULE_FINAL: Text = text("终局裁定", "Final ruling");
pub const RULE_FINAL_HELP: Text = text(
    "承办单位不能再次退单。",
    "The unit cannot send it back again.",
);
pub const RULE_SEND: Text = text("提交裁定", "Send the ruling");
pub const EXTEND_HELP: Text = text(
    "期限前办不完时申请延期，由派单员裁定。等待期间时限照常计算。",
    "When it cannot be done in time. The dispatcher rules; the clock goes on meanwhile.",
);
pub const EXTEND_EXPLAIN: Text = text(
    "写明已做了什么、还要做什么、何时完成、是否已告知诉求人。",
    "What has been done, what is left, by when, and whether the citizen was told.",
);
pub const EXTEND_SEND: Text = text("申请延期", "Ask for more time");
pub const EXTENSION_GRANT: Text = text("同意延期", "Give more time");
pub const EXTENSION_REFUSE: Text = text("不同意，按期办理", "No: the deadline stands");
pub const EXTENSION_DAYS_HELP: Text = text(
    "可以少于申请的天数；不填按申请的天数。",
    "May be fewer than were asked for; as asked for when empty.",
);
pub const EXTENSION_OPINION_HELP: Text = text("不同意时必填。", "Required when it is refused.");
pub const REPLY_SEND: Text = text("提交答复", "Send reply");
pub const REPLY_HELP: Text = text(
    "写明做了什么、依据什么，不少于 20 个字。",
    "What was done and on what grounds, at least 20 characters.",
);
pub const REPLY_ANYWAY: Text = text(
    "仍然发送：号码确需告知诉求人",
    "Send it anyway: the citizen needs the number",
);
pub const REPLY_PUBLIC_HELP: Text = text(
    "诉求人会看到这段话：逐点回应，通俗易懂，不写他人隐私。",
    "The citizen reads this: answer each point, in plain words, without other people's data.",
);
pub const REPLY_TRIES_HELP: Text = text(
    "没有联系上时，至少联系 3 次。",
    "At least three when nobody was reached.",
);
pub const REPLY_UNSOLVED_HELP: Text =
    text("选择“未解决”时必填。", "Required when it is not solved.");
pub const REVIEW_PASS: Text = text("通过", "Pass");
pub const REVIEW_BACK: Text = text("退回修改", "Back for changes");
pub const REVIEW_BACK_HELP: Text = text(
    "退回时写明要改什么。",
    "Say what has to change when it goes back.",
);
pub const UNIT_REVIEW_SEND: Text = text("提交审核", "Send the review");
pub const REVIEW_SEND: Text = text("提交审核", "Send the review");
pub const REVIEW_HELP: Text = text(
    "核对：逐点答复、通俗易懂、依据准确、不泄露隐私。",
    "Check: each point answered, plain words, sound basis, nobody's private data.",
);
pub const CALL_CONNECTED: Text = text("接通了", "Reached");
pub const CALL_NOT: Text = text("没有接通", "Not reached");
pub const CALL_NOT_HELP: Text = text(
    "只记录这次尝试，四个问题不用填；请在下面选结果。",
    "Only this try is recorded; leave the four questions empty and say below what came of it.",
);
pub const OUTCOME_HELP: Text = text(
    "只在没有接通、拒绝或另约时间时选；不选即无人接听。",
    "Only where nobody was reached, no call was wanted or another time was asked for; nobody took the call when left empty.",
);
pub const APPOINTED_HELP: Text = text(
    "只在另约时间时填；到时会回到回访池。",
    "Only where another time was asked for; the ticket is back in the pool then.",
);
pub const CALL_QUESTIONS: Text = text("四个问题，分别问", "The four questions, each on its own");
pub const CALL_SEND: Text = text("记录回访", "Record the call");
pub const CAUSE_NONE: Text = text("不选", "None of these");
pub const REDO_HELP: Text = text(
    "开始新一轮办理，时限为首次的一半，不少于 2 个工作日。",
    "Opens another round; half of the first limit, at least two working days.",
);
pub const REDO_SEND: Text = text("退回重办", "Order the redo");
pub const CLOSE_HELP: Text = text(
    "办结后诉求人会收到短信。",
    "The citizen gets a text message.",
);
pub const CLOSE_SEND: Text = text("办结", "Close");
pub const CLOSE_USUAL: Text = text("已回访", "Followed up");
pub const WITHDRAW_HELP: Text = text(
    "诉求人要求撤回时使用，撤回后不再办理。",
    "When the citizen takes it back; it is not handled any more.",
);
pub const WITHDRAW_SEND: Text = text("撤回工单", "Withdraw the ticket");
pub const URGE_HELP: Text = text(
    "来电人再次催问时记录，每个工作日一次。",
    "When the caller asks again; once per working day.",
);
pub const URGE_SEND: Text = text("记录催办", "Record the urging");
