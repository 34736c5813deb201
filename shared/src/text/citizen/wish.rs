//! Words of what citizens wish about their data in a ticket: the forms on the page of the own data, and the list of the staff that answers.
//! Not here: names of kinds and states (`crate::citizen::wish`), faults (`text::faults`), messages (`text::notification`).
//! Both sides read the same words for the same thing.

use super::super::{Text, text};

// The citizen's page.
pub const MINE: Text = text("我的更正、删除申请", "What I asked for");
pub const CORRECT: Text = text("申请更正", "Ask for a correction");
pub const CORRECT_HELP: Text = text(
    "写明哪里错了，再填正确的内容，不填的保持不变。",
    "Say what is wrong and give what is right; what you leave empty stays.",
);
pub const CORRECT_WORDS: Text = text("哪里错了", "What is wrong");
pub const CORRECT_NAME: Text = text("正确的姓名", "The right name");
pub const CORRECT_PHONE: Text = text("正确的电话", "The right number");
pub const CORRECT_EMAIL: Text = text("正确的电子邮箱", "The right e-mail address");
pub const CORRECT_SEND: Text = text("提交更正申请", "Send the correction");
pub const ERASE: Text = text("申请删除", "Ask for an erasure");
pub const ERASE_HELP: Text = text(
    "删除后，这件诉求里不再有您的姓名、电话和地址，也不能再用手机号查到；办理记录保留。",
    "Name, number and address are gone from the request then, and it is found by your number no more; the record of the handling stays.",
);
pub const ERASE_WORDS: Text = text("为什么要删除", "Why");
pub const ERASE_SEND: Text = text("提交删除申请", "Send the request");
pub const TAKE_BACK: Text = text("撤回申请", "Take it back");
pub const ASK_DONE: Text = text(
    "申请已提交，结果会发短信告诉您。",
    "It is on its way; a text message tells you the answer.",
);
pub const TAKE_BACK_DONE: Text = text("已撤回。", "It is taken back.");

// One of them, on both sides.
pub const ASKED: Text = text("申请时间", "Asked");
pub const UNTIL: Text = text("答复期限", "Answer until");
pub const ANSWERED: Text = text("答复时间", "Answered");
pub const ANSWER: Text = text("答复", "Answer");
pub const LATE: Text = text("已超期", "Late");

// The staff's page.
pub const TITLE: Text = text("个人信息申请", "Requests about own data");
pub const HELP: Text = text(
    "市民登录后申请更正或删除某件诉求里的本人信息。同意的按工单的更正、删除办理并记入历史；不同意要写原因。",
    "Citizens who have signed in ask for their data in a request to be corrected or erased. What is agreed is done by the ticket's own verb and stands in its history; a refusal needs a reason.",
);
pub const NONE: Text = text("这里没有申请", "There is none");
pub const NONE_WHY: Text = text(
    "本市市民提出的申请会出现在这里。",
    "What citizens of your cities ask for appears here.",
);
pub const TICKET: Text = text("工单", "Ticket");
pub const WISH: Text = text("申请", "What is asked");
pub const RIGHT: Text = text("正确的内容", "What is right");
pub const STANDS: Text = text("状态", "How it stands");
pub const WHAT_TO_DO: Text = text("处理", "What to do");
pub const CARRY_OUT: Text = text("同意并办理", "Agree and do it");
pub const REFUSE: Text = text("不同意", "Refuse");
pub const REASON: Text = text("原因", "Reason");
pub const REASON_HELP: Text = text(
    "会发短信告诉申请人。",
    "The citizen is told by text message.",
);
pub const DECIDED_DONE: Text = text(
    "已处理，短信已排队发出。",
    "Done; a text message is on its way.",
);
/// What the history of the ticket says of who asked.
pub const NOTE: Text = text(
    "诉求人本人用短信验证码登录后申请。",
    "Asked for by the citizen, signed in by a code.",
);
