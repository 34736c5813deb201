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
pub const ASK_PASSKEY: Text = text(
    "用通行密钥验证；设备不在身边时，输入一个恢复码。",
    "Use your passkey; without its device, type one of your recovery codes.",
);
pub const ASK_EITHER: Text = text(
    "用通行密钥验证，或输入手机验证器上的 6 位验证码；都不在身边时，输入一个恢复码。",
    "Use your passkey, or type the 6 digits of your authenticator; without either, type one of your recovery codes.",
);
pub const RECOVERY_CODE: Text = text("恢复码", "Recovery code");
pub const CODE: Text = text("验证码或恢复码", "Code or recovery code");
pub const FIRST_CODE: Text = text("验证器显示的 6 位验证码", "The 6 digits that the app shows");
pub const GO_ON: Text = text("继续", "Go on");
pub const WHY: Text = text(
    "登录时除密码外再用通行密钥，或输入手机验证器上的验证码，密码泄露时别人也进不来。",
    "Beside the password, signing in asks for a passkey or for a code of an app on your phone, so that a stolen password is not enough.",
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
pub const RENEW: Text = text("重新生成恢复码", "Make new recovery codes");
pub const RENEW_WHY: Text = text(
    "抄写的恢复码丢了或快用完时，可以重新生成；旧的立即失效，两步验证不变。",
    "For codes that were lost or are nearly used up. The old ones end at once; the second factor stays as it is.",
);
pub const ON: Text = text("已启用", "On");
pub const OFF: Text = text("没有设置", "Not set up");
pub const APP: Text = text("手机验证器", "Authenticator app");
pub const REMOVE: Text = text("取消手机验证器", "Remove the authenticator app");
pub const REMOVE_WHY: Text = text(
    "换手机时，先取消再重新设置。",
    "For a new phone, remove it and set it up again.",
);
pub const RESET: Text = text("重置此人的两步验证", "Reset this person's second factor");
pub const RESET_WHY: Text = text(
    "手机和恢复码都丢了时使用。重置后，此人的登录全部结束，下次登录要重新设置。",
    "For somebody who has lost phone and recovery codes. Every session ends, and the next sign-in sets it up anew.",
);

pub const PASSKEY: Text = text("通行密钥", "Passkey");
pub const PASSKEYS: Text = text("通行密钥", "Passkeys");
pub const PASSKEYS_WHY: Text = text(
    "用手机、电脑自带的指纹、人脸或 PIN，或插上的安全密钥验证，不必输入验证码。每台设备可添加一个。",
    "The finger, face or PIN of your phone or computer, or a security key, in place of a code. Each device can have one.",
);
pub const NO_PASSKEYS: Text = text("还没有通行密钥。", "There is no passkey yet.");
pub const PASSKEY_NAME: Text = text("通行密钥的名称", "Name of the passkey");
pub const PASSKEY_NAME_HELP: Text = text(
    "自己认得的名称，如“办公室电脑”；不填时按浏览器命名。",
    "A name that you know it by, such as: office computer. Without one it is named after the browser.",
);
pub const ADD_PASSKEY: Text = text("添加通行密钥", "Add a passkey");
pub const USE_PASSKEY: Text = text("用通行密钥验证", "Use a passkey");
pub const PROVE_BY_PASSKEY: Text = text("用通行密钥确认", "Prove it by a passkey");
pub const PROVED: Text = text(
    "已确认是您本人。请再按一次原来的按钮提交。",
    "You have proved to be yourself. Press the button of the form once more to send it.",
);
pub const MADE: Text = text("添加时间", "Added");
pub const USED: Text = text("上次使用", "Last used");
pub const NEVER_USED: Text = text("没有用过", "Not yet");
pub const RENAME: Text = text("改名", "Rename");
pub const REMOVE_PASSKEY: Text = text("移除", "Remove");
pub const PASSKEY_ADDED: Text = text("通行密钥已添加。", "The passkey was added.");
pub const PASSKEY_WAITS: Text = text(
    "请按浏览器或设备的提示操作……",
    "Please follow your browser or device.",
);
pub const PASSKEY_GAVE_UP: Text = text(
    "没有完成：设备没有应答、已取消，或没有可用的通行密钥。可再试一次，或换一种方式。",
    "Not done: the device did not answer, it was cancelled, or it has no passkey for this. Try again, or use another way.",
);
pub const PASSKEY_KNOWN: Text = text(
    "这台设备上已有这个账号的通行密钥。",
    "This device has a passkey of this account already.",
);
pub const PASSKEY_NO_SCRIPT: Text = text(
    "使用通行密钥需要浏览器运行脚本，而且本页必须用 https 打开；这里用不了，请输入验证码或恢复码。",
    "A passkey needs a browser that runs scripts, and this page opened over https. It cannot be used here: type a code or a recovery code.",
);
pub const PASSKEYS_OFF: Text = text(
    "通行密钥要求用域名和 https 访问本系统；负责运行的人设置公开地址后才能使用。",
    "Passkeys need a host name and https; they can be used once whoever runs the system has set its public address so.",
);

/// Says which passkey a button is about.
pub fn remove_of(name: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("移除通行密钥：{name}"),
        Locale::En => format!("Remove the passkey: {name}"),
    }
}

/// Says which passkey a form is about.
pub fn rename_of(name: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("通行密钥改名：{name}"),
        Locale::En => format!("Rename the passkey: {name}"),
    }
}

/// How many recovery codes are left.
pub fn left(count: i64, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("还有 {count} 个恢复码"),
        Locale::En if count == 1 => "1 recovery code is left".to_owned(),
        Locale::En => format!("{count} recovery codes are left"),
    }
}
