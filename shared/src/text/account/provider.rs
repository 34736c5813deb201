//! Words of signing in by an identity provider, and of the identities that belong to an account.
//! Not here: faults (`faults`).

use super::super::{Locale, Text, text};

pub const PROVIDER: Text = text("统一认证", "Single sign-on");
pub const SIGN_IN: Text = text("用统一认证登录", "Sign in by single sign-on");
pub const OR: Text = text("或者", "or");
pub const WHY: Text = text(
    "关联后，可以用统一认证登录这个账号；本系统的密码仍然可以用。",
    "Once it is linked, you can sign in to this account by single sign-on; your password here stays good.",
);
pub const OFF: Text = text(
    "本系统没有设置统一认证。",
    "No identity provider is set here.",
);
pub const NONE: Text = text("还没有关联身份。", "No identity is linked yet.");
pub const LINK: Text = text("关联我的身份", "Link my identity");
pub const LINK_WHY: Text = text(
    "将转到统一认证登录一次，回来后即关联。",
    "You go there to sign in once; when you come back, it is linked.",
);
pub const LINKED: Text = text("身份已关联。", "The identity is linked.");
pub const UNLINKED: Text = text("关联已解除。", "The link was taken away.");
pub const UNLINK: Text = text("解除关联", "Take the link away");
pub const UNLINK_WHY: Text = text(
    "解除后，用它登录的会话全部结束。",
    "Every session that it opened ends.",
);
pub const ISSUER: Text = text("认证方", "Provider");
pub const SUBJECT: Text = text("身份标识（sub）", "Identity (sub)");
pub const SUBJECT_HELP: Text = text(
    "认证方给此人的固定编号，不是邮箱或姓名。",
    "What the provider calls the person for good; no address and no name.",
);
pub const SINCE: Text = text("关联时间", "Linked");
pub const USED: Text = text("上次使用", "Last used");
pub const NEVER: Text = text("没有用过", "Not yet");
pub const LINK_OF: Text = text("关联此人的身份", "Link this person's identity");
pub const LEAVING: Text = text("正在转到统一认证", "Going on to single sign-on");
pub const LEAVING_WAY: Text = text("没有自动跳转时，点这里", "If nothing happens, go on here");

/// Says which link a button is about.
pub fn unlink_of(subject: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("解除关联：{subject}"),
        Locale::En => format!("Take the link away: {subject}"),
    }
}
