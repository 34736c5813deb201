//! Words of acting for an organisation: the citizen's page, the choice on the form, and the page of the staff that decides.
//! Not here: names of roles and states (`crate::citizen::mandate`), faults (`text::faults`), messages (`text::notification`).
//! Both sides read the same words for the same thing.

use super::super::{Text, text};

// The citizen's page.
pub const MANDATES: Text = text("代单位办事", "Acting for an organisation");
pub const INTRO: Text = text(
    "法定代表人、受委托的代理人和单位经办人，经工作人员核对后，可以代单位提交诉求。",
    "Legal representatives, authorised agents and employees in charge file requests for their organisation once staff has checked that.",
);
pub const NONE: Text = text("还没有申请", "Nothing asked for yet");
pub const NONE_WHY: Text = text(
    "批准后，提交诉求时可以选择为本人还是为单位提交。",
    "Once it is approved you choose on the form whether you file for yourself or for the organisation.",
);
pub const ASK: Text = text("申请代单位办事", "Ask to act for an organisation");
pub const ASK_SEND: Text = text("提交申请", "Ask");
pub const ASK_DONE: Text = text(
    "申请已提交，结果会发短信告诉您。",
    "It is on its way; a text message tells you the answer.",
);
pub const CODE_HELP: Text = text(
    "营业执照上的 18 位代码。",
    "The 18 characters on the licence.",
);
pub const NAME_HELP: Text = text(
    "您的真实姓名，批准后写入代单位提交的诉求。",
    "Your own name; requests for the organisation carry it.",
);
pub const CITY_HELP: Text = text(
    "由这个市的热线中心审批。",
    "The centre of this city decides.",
);
pub const UNTIL_HELP: Text = text(
    "到这一天为止。代理人、经办人一般最长两年。",
    "The last day. Agents and employees have two years at most unless the office says otherwise.",
);
pub const EVIDENCE_HELP: Text = text(
    "法定代表人不用填。审批时可能请您出示原件。",
    "Not needed of the legal representative. The office may ask to see the letter.",
);
pub const END: Text = text("不再代这个单位办事", "Stop acting for this organisation");
pub const END_DONE: Text = text("已终止。", "It is ended.");

// One of them, on both sides.
pub const AS: Text = text("身份", "As");
pub const CODE: Text = text("统一社会信用代码", "Social credit code");
pub const LETTER: Text = text("授权委托书", "Letter of authority");
pub const UNTIL: Text = text("有效期至", "Until");
pub const ASKED: Text = text("申请时间", "Asked");
pub const DECIDED: Text = text("审批时间", "Decided");
pub const ENDED: Text = text("终止时间", "Ended");
pub const REASON: Text = text("原因", "Reason");

// The form.
pub const MYSELF: Text = text("为本人", "For myself");
pub const FOR_HELP: Text = text(
    "代单位提交的诉求写明单位名称、信用代码和您的姓名，不能匿名。",
    "A request for an organisation carries its name, its credit code and your name, and is never anonymous.",
);
pub const FILED_FOR: Text = text("代单位提交：", "For ");

// The staff's page.
pub const TITLE: Text = text("代单位办事审批", "Who acts for organisations");
pub const HELP: Text = text(
    "市民申请代单位提交诉求。请核对信用代码、单位名称和授权委托书；本人的申请由同事审批。",
    "Citizens ask to file requests for organisations. Check credit code, name and letter of authority; nobody decides about himself.",
);
pub const STAFF_NONE: Text = text("这里没有", "There is none");
pub const STAFF_NONE_WHY: Text = text(
    "本市市民提出的申请会出现在这里。",
    "What citizens of your cities ask for appears here.",
);
pub const ORGANISATION: Text = text("单位", "Organisation");
pub const WHO: Text = text("申请人", "Who");
pub const STANDS: Text = text("状态", "How it stands");
pub const WHAT_TO_DO: Text = text("处理", "What to do");
pub const APPROVE: Text = text("批准", "Approve");
pub const REFUSE: Text = text("不同意", "Refuse");
pub const REASON_HELP: Text = text(
    "不同意时必填，会发短信告诉申请人。",
    "Needed to refuse; the citizen is told by text message.",
);
pub const END_STAFF: Text = text("终止", "End it");
pub const END_REASON_HELP: Text =
    text("会发短信告诉对方。", "The citizen is told by text message.");
pub const DECIDED_DONE: Text = text(
    "已办理，短信已排队发出。",
    "Done; a text message is on its way.",
);
pub const BY: Text = text("经办", "By");
