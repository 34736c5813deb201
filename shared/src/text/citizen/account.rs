//! Words of the citizen's account: signing in by a code, the own requests, name, sessions, closing it.
//! Not here: faults (`text::faults`), names of fields (`text::fields`), the message with the code (`text::notification`).
//! The number is the account, so there is no word for making one.

use super::super::{Locale, Text, text};

pub const SIGN_IN: Text = text("手机号登录", "Sign in with your phone");
pub const MINE: Text = text("我的诉求", "My requests");
pub const ACCOUNT: Text = text("我的账号", "My account");
pub const ALL_OF_NUMBER: Text = text(
    "用手机号登录，查看我提过的全部诉求",
    "Sign in with your phone to see all that you filed",
);
pub const FIRST: Text = text(
    "请先用手机号登录。",
    "Please sign in with your mobile number first.",
);
pub const INTRO: Text = text(
    "我们把 6 位验证码发到您的手机，不需要注册，也没有密码。提交诉求不登录也可以。",
    "We send a code of 6 digits to your phone; there is nothing to register and no password. You can file without signing in.",
);
pub const SEND: Text = text("获取验证码", "Send me a code");
pub const AGAIN: Text = text("重新发送", "Send it again");
pub const SENT: Text = text(
    "验证码已发出，5 分钟内有效。没收到？60 秒后可以重新发送。",
    "The code is on its way and good for 5 minutes. None came? You can have it sent again after 60 seconds.",
);
pub const CODE_HELP: Text = text("短信里的 6 位数字。", "Six digits from the text message.");
pub const GO_ON: Text = text("登录", "Sign in");
pub const NOT_IN: Text = text("没有登录成功", "You are not signed in");
pub const NOT_SENT: Text = text("验证码没有发出", "No code was sent");
pub const AGREE: Text = text(
    "我已阅读并同意《个人信息保护说明》",
    "I have read the privacy statement and agree to it",
);
pub const READ_PRIVACY: Text = text("查看个人信息保护说明", "Read the privacy statement");
pub const SHARED: Text = text(
    "公用电脑上用完请退出，退出后这台电脑上什么也不留。",
    "On a shared computer sign out when you are done; nothing of yours stays there.",
);

pub const NONE: Text = text("还没有诉求", "No requests yet");
pub const NONE_WHY: Text = text(
    "这里列出联系电话是您登录号码的诉求。匿名提交的不留电话，请用工单号和查询码查。",
    "Requests are listed here whose phone number is the one you signed in with. Anonymous ones keep no number: look them up with number and query code.",
);
pub const LIST_HELP: Text = text(
    "联系电话是这个号码的诉求，新的在前。",
    "Requests with this phone number, the newest first.",
);
pub const DISCREET: Text = text("保密诉求", "Confidential request");
pub const DISCREET_WHY: Text = text(
    "内容要凭查询码查看",
    "Its content is shown with the query code",
);
pub const TO_MINE: Text = text("返回我的诉求", "Back to my requests");

pub const NUMBER: Text = text("登录号码", "Number");
pub const SINCE: Text = text("开通时间", "Since");
pub const SESSIONS: Text = text("登录着的设备", "Signed in on");
pub const NAME_HELP: Text = text(
    "提交诉求时自动填上，可以不填。",
    "Stands in the form when you file; you may leave it out.",
);
pub const NAME_SEND: Text = text("保存姓名", "Save the name");
pub const NAME_DONE: Text = text("姓名已保存。", "The name is saved.");
pub const EVERYWHERE: Text = text("退出所有设备", "Sign out everywhere");
pub const EVERYWHERE_HELP: Text = text(
    "手机丢了、换了号码，或者在别人的电脑上忘了退出，用这个。",
    "For a lost phone, a new number, or a computer where you forgot to sign out.",
);
pub const CLOSE: Text = text("注销账号", "Close the account");
pub const CLOSE_HELP: Text = text(
    "号码和姓名从账号里删除，所有设备退出。已提交的诉求照常办理，仍可凭工单号和查询码查看。",
    "Number and name leave the account and every device is signed out. Requests go on as they are, and can be looked up with number and query code.",
);
pub const CLOSE_SEND: Text = text("确认注销", "Close it");
pub const CLOSED: Text = text("账号已注销。", "The account is closed.");

/// On how many devices somebody is signed in.
pub fn devices(count: i64, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("{count} 台（含这台）"),
        Locale::En if count == 1 => "this device only".to_owned(),
        Locale::En => format!("{count} devices, this one among them"),
    }
}
