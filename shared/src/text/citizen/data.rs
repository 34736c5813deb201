//! Words of the page that shows a citizen what is kept about the own number, and who looked at it.
//! Not here: the account's own words (`account`), names of fields (`text::fields`).
//! Sentences with numbers are functions.

use super::super::{Text, text};

pub const DATA: Text = text("我的个人信息", "My data");
pub const INTRO: Text = text(
    "这里是系统中与您登录的手机号有关的全部个人信息：账号、同意记录、每件诉求里写了什么，以及工作人员何时看过未脱敏的内容。",
    "This is what is kept about the number you signed in with: the account, your consent, what stands in each request, and when somebody of staff looked at it in the clear.",
);
pub const NUMBER: Text = text("手机号", "Number");
pub const NAME: Text = text("姓名", "Name");
pub const SINCE: Text = text("账号建立", "Account since");
pub const SEEN: Text = text("最近登录", "Last sign-in");
pub const AGREED: Text = text("同意隐私说明", "Privacy statement agreed to");
pub const AGREED_OLD: Text = text(
    "隐私说明在您同意之后有过修改。",
    "The statement has been changed since you agreed to it.",
);
pub const STATEMENT: Text = text("看隐私说明", "Read the statement");
pub const REQUESTS: Text = text("各件诉求保存的内容", "What each request holds");
pub const DISCREET: Text = text(
    "保密诉求、举报和他人代单位提交的诉求，这里不显示内容。",
    "Of confidential requests, tip-offs and what others filed for an organisation nothing is shown here.",
);
pub const LOOKS: Text = text("谁看过", "Who looked");
pub const APPROVALS: Text = text(
    "由这件诉求引起的办件",
    "Approvals that this request started",
);
pub const ERASED: Text = text("个人信息已删除", "people erased");
pub const LOOKED_UP: Text = text("谁查找过这个号码", "Who looked this number up");
pub const NO_LOOKS: Text = text(
    "没有人看过未脱敏的信息。",
    "Nobody has looked at it in the clear.",
);
pub const NOT_KNOWN: Text = text("工作人员", "Staff");
pub const RIGHTS: Text = text("更正和删除", "Correction and erasure");
pub const RIGHTS_HELP: Text = text(
    "姓名可在“我的账号”里改，关闭账号会忘掉号码、姓名和登录。诉求里的姓名、电话、邮箱写错了，可在上面该件诉求下申请更正；办结以后可以申请删除您的信息。中心在期限内答复，同意的由督办员或中心领导办理，不同意的说明原因，结果在这里能看到，也会发短信告诉您。保密诉求和举报请拨打 12345。工单本身是办理档案，删除后不再有您的信息。",
    "Change the name in your account; closing the account forgets number, name and sign-ins. Where a request holds a wrong name, number or address of mail, ask for a correction below it; once it is closed you can ask for your data to be erased. The centre answers within its term, does it or says why not, and you see it here and are told by text message. About confidential requests and tip-offs call 12345. The request itself is a record and stays, without you.",
);
pub const ID_MASKED: Text = text(
    "证件号码只显示首尾：手机号可能会换人使用。",
    "Of identity numbers only both ends are shown: a number may come into other hands.",
);
