//! Words about accounts: the own password, sessions, links for a new password, and the administrators' list.
//! Not here: the account page's table of rights (`staff`), faults (`faults`).
//! Sentences with numbers are functions.

mod acts;
pub mod audit;
pub mod factor;
pub mod keys;
pub mod life;
pub mod personal;
pub mod platform;
pub mod posts;
pub mod provider;
pub mod readers;
pub mod sight;
pub mod slow;
#[cfg(feature = "staff")]
pub mod staff;
pub mod stand_in;
pub mod teams;

use super::{Locale, Text, text};

// The own password.
pub const PASSWORD: Text = text("修改密码", "Change the password");
pub const PASSWORD_RULES: Text = text(
    "至少 10 个字符，含大写、小写、数字、符号中的三种，不含用户名，不与现在的密码相同。",
    "At least 10 characters, three kinds of capital, small, digit and sign, without the user name, and not the present one.",
);
pub const PASSWORD_WHY: Text = text(
    "修改后，您在其他设备上的登录都会结束，本次登录不受影响。",
    "Afterwards you are signed out on every other device; this one stays signed in.",
);
pub const PASSWORD_FIRST: Text = text(
    "您的密码是别人设置的，或已到期。请先换成只有您自己知道的密码，然后开始工作。",
    "Your password was set by somebody else, or is too old. Choose one that only you know; then you can work.",
);
pub const PASSWORD_CHANGED: Text = text(
    "密码已修改，其他设备上的登录已结束。",
    "The password is changed, and you are signed out everywhere else.",
);
pub const PASSWORD_SEND: Text = text("保存新密码", "Save the new password");
pub const PASSWORD_KEPT: Text = text("密码没有修改", "The password was not changed");
pub const NEW_PASSWORD: Text = text("新密码", "New password");

// The proof that some acts ask for.
pub const PROOF: Text = text("您的密码", "Your password");
pub const PROOF_HELP: Text = text(
    "只为确认是您本人；确认后一段时间内不再询问。",
    "Only to be sure that it is you; it is not asked again for a while.",
);

// The link for a new password.
pub const RESET: Text = text("设置新密码", "Set a new password");
pub const RESET_INTRO: Text = text(
    "这个链接是管理员给您的，只能用一次。设置后，以前的登录都会结束。",
    "This link comes from your administrator and works once. Afterwards every earlier sign-in ends.",
);
pub const RESET_DONE: Text = text(
    "新密码已生效，请用它登录。",
    "The new password is set; sign in with it.",
);
pub const RESET_NO_TOKEN: Text = text(
    "链接不完整，请打开管理员给您的完整链接。",
    "The link is incomplete. Open the whole link that your administrator gave you.",
);

// Sessions.
pub const SESSIONS: Text = text("登录的设备", "Where you are signed in");
pub const SESSIONS_WHY: Text = text(
    "看到不认识的设备，请结束它并修改密码。",
    "End what you do not know, and change your password.",
);
pub const DEVICE: Text = text("设备", "Device");
pub const ADDRESS: Text = text("地址", "Address");
pub const SIGNED_IN: Text = text("登录时间", "Signed in");
pub const USED: Text = text("最近使用", "Last used");
pub const ENDS: Text = text("不使用时结束于", "Ends if unused");
pub const THIS_ONE: Text = text("本次登录", "This one");
pub const END: Text = text("结束", "End it");
pub const END_OTHERS: Text = text("结束其他所有登录", "End all others");
pub const END_ALL: Text = text("结束全部登录", "End all");
pub const ENDED: Text = text(
    "已结束，下一次请求起不能再用。",
    "Ended; its next request is refused.",
);
pub const NO_OTHERS: Text = text("没有其他登录。", "You are signed in nowhere else.");
pub const UNKNOWN_DEVICE: Text = text("未知设备", "Unknown device");

// The administrators' list.
pub const IMPORT: Text = text("导入人员", "Staff from a table");
pub const ACCOUNTS: Text = text("账号", "Accounts");
pub const FIND: Text = text("姓名或用户名", "Name or user name");
pub const FIND_SEND: Text = text("查找", "Find");
pub const NONE: Text = text("没有找到账号", "No account was found");
pub const NONE_WHY: Text = text(
    "换一个姓名或用户名再找。新账号按申请开通，或从表格导入。",
    "Try another name. Accounts are opened on request, or come from a table.",
);
pub const NAME: Text = text("姓名", "Name");
pub const STATE: Text = text("状态", "State");
pub const GIVEN: Text = text("待本人改密码", "Must choose a password");
pub const NO_ROLES: Text = text("没有角色", "No role");
pub const BACK: Text = text("返回账号列表", "Back to the accounts");
pub const SESSIONS_OF: Text = text("登录的设备", "Where this person is signed in");
pub const NO_SESSIONS: Text = text("现在没有登录。", "Not signed in anywhere.");
pub const RESET_MAKE: Text = text("生成设置密码的链接", "Make a link for a new password");
pub const RESET_MAKE_WHY: Text = text(
    "链接只显示这一次，请当面或用可靠的方式交给本人。以前没有用过的链接随即作废；现在的密码在链接使用之前仍然有效。",
    "The link is shown once; hand it over in person or in a way that you trust. Earlier links that were not used become void; the present password works until the link is used.",
);
pub const RESET_LINK: Text = text("请交给本人的链接", "The link to hand over");
pub const RESET_OTHERS: Text = text(
    "安全管理员和审计员的密码不由系统管理员重设，请由服务器的管理者用 minsheng user reset 办理。",
    "Passwords of security administrators and auditors are not reset here; whoever owns the machine does it by minsheng user reset.",
);

/// Until when a link can be used.
pub fn reset_until(at: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("{at}前有效，用一次即作废。"),
        Locale::En => format!("Good until {at}, for one use."),
    }
}

/// Name of the button that ends a session.
pub fn end_of(device: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("结束 {device}"),
        Locale::En => format!("End {device}"),
    }
}
