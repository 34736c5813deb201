//! Words of the second factor: asking for its code, setting it up, recovery codes.
//! Not here: faults (`faults`).
//! Sentences with numbers are functions.

use super::super::{Locale, Text, text};

pub const FACTOR: Text = text("两步验证", "Second factor");
pub const ASK: Text = text("请输入验证码", "Give your code");
pub const ASK_WHY: Text = text(
    "打开手机上的验证器，输入当前的 6 位验证码；手机不在身边时，输入一个恢复码。",
    "Open your authenticator and type its 6 digits; without the phone, type one of your recovery codes.",
);
pub const CODE: Text = text("验证码或恢复码", "Code or recovery code");
pub const FIRST_CODE: Text = text("验证器显示的 6 位验证码", "The 6 digits that the app shows");
pub const GO_ON: Text = text("继续", "Go on");
pub const WHY: Text = text(
    "登录时除密码外再输入手机验证器上的验证码，密码泄露时别人也进不来。",
    "Beside the password, signing in asks for a code of an app on your phone, so that a stolen password is not enough.",
);
pub const REQUIRED: Text = text(
    "您的岗位要求两步验证，请先设置，然后开始工作。",
    "Your post asks for a second factor. Set it up; then you can work.",
);
pub const BEGIN: Text = text("开始设置", "Set it up");
pub const SCAN: Text = text(
    "用手机上的验证器（支持 TOTP 的应用）扫描这个二维码，或手工输入下面的密钥，然后填写它显示的验证码。",
    "Scan this with an authenticator app (any that knows TOTP), or type the secret below, then give the code that it shows.",
);
pub const QR: Text = text("二维码", "QR code");
pub const SECRET: Text = text("密钥", "Secret");
pub const CONFIRM: Text = text("确认", "Confirm");
pub const CODES: Text = text("恢复码", "Recovery codes");
pub const CODES_WHY: Text = text(
    "两步验证已生效。请把这些恢复码抄下或打印，存放在安全的地方：手机不在时，每个可用一次。它们只显示这一次。",
    "The second factor is set. Write these codes down and keep them safe: each works once, when the phone is not at hand. They are shown this once.",
);
pub const ON: Text = text("已启用", "On");
pub const OFF: Text = text("没有设置", "Not set up");
pub const REMOVE: Text = text("取消两步验证", "Remove the second factor");
pub const REMOVE_WHY: Text = text(
    "换手机时，先取消再重新设置。",
    "For a new phone, remove it and set it up again.",
);
pub const RESET: Text = text("重置此人的两步验证", "Reset this person's second factor");
pub const RESET_WHY: Text = text(
    "手机和恢复码都丢了时使用。重置后，此人的登录全部结束，下次登录要重新设置。",
    "For somebody who has lost phone and recovery codes. Every session ends, and the next sign-in sets it up anew.",
);

/// How many recovery codes are left.
pub fn left(count: i64, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("还有 {count} 个恢复码"),
        Locale::En if count == 1 => "1 recovery code is left".to_owned(),
        Locale::En => format!("{count} recovery codes are left"),
    }
}
