//! Sentences for faults of signing in, of roles, posts and teams.
//! Not here: requests about accounts (`accounts`), everything else of the staff's work (`staff`).
//! The codes are in `fault`.

use super::{Facts, Locale};
use crate::access::{Power, ScopeKind};
use crate::fault::Code;

/// The sentence for a code of this file.
#[allow(clippy::too_many_lines, reason = "a table: one line a code")]
pub(super) fn sentence(code: Code, facts: &Facts<'_>) -> Option<String> {
    let text = match code {
        Code::PasswordWeak => weak(facts),
        Code::ProofNeeded => match facts.get("path") {
            Some(path) => facts.say(
                format!("这项操作需要重新确认本人，请先用密码调用 {path}，再重试。"),
                format!("This act asks for a proof of the person: call {path} with the password, then try again."),
            ),
            None => facts.say(
                "这项操作影响较大，请再输入一次您的密码，然后再提交。您填写的内容都在。",
                "This act weighs much: type your password once more and send it again. What you typed is kept.",
            ),
        },
        Code::FactorNeeded => match facts.get("path") {
            Some(path) => facts.say(
                format!("需要两步验证的验证码，请先调用 {path}。"),
                format!("The second factor is asked: call {path} first."),
            ),
            None => facts.say(
                "请先完成两步验证。",
                "Give your second factor first.",
            ),
        },
        Code::EnrolmentNeeded => facts.say(
            "您的岗位要求两步验证，请先在“两步验证”页设置。",
            "Your post asks for a second factor; set it up first.",
        ),
        Code::FactorWrong => facts.say(
            "验证码不对，或已经用过。请等下一个验证码再试；手机时间应自动校准。",
            "This code is wrong or was used already. Wait for the next one; the phone's clock should set itself.",
        ),
        Code::FactorState => facts.say(
            "两步验证的状态已经变了，请刷新后再看。",
            "The second factor is in another state by now; reload the page.",
        ),
        Code::PasskeyWrong => facts.say(
            "通行密钥没有通过核对，请再试一次。",
            "This passkey did not prove you; please try again.",
        ),
        Code::PasskeyOrigin => facts.say(
            "通行密钥不是在本系统的地址上使用的。请从单位公布的地址打开本系统，再试一次。",
            "The passkey was used at another address. Open this system at the address that your office has published and try again.",
        ),
        Code::PasskeyLate => facts.say(
            "等得太久，或已经用过，请再试一次。",
            "That took too long, or was used already; please try again.",
        ),
        Code::PasskeyUnknown => facts.say(
            "这个账号没有这个通行密钥，可能已被移除。请换一种方式验证。",
            "This account has no such passkey; it may have been removed. Please use another way.",
        ),
        Code::PasskeyCopied => facts.say(
            "这个通行密钥的使用次数不对，可能被复制，不能使用。请用别的方式登录后移除它，并告诉管理员。",
            "This passkey counts fewer uses than before: there may be a copy of it. Sign in another way, remove it, and tell your administrator.",
        ),
        Code::PasskeyTaken => facts.say(
            "这个通行密钥已经添加过。",
            "This passkey was added already.",
        ),
        Code::PasskeyMany => {
            let max = facts.get("max").unwrap_or("20");
            facts.say(
                format!("最多可有 {max} 个通行密钥，请先移除不用的。"),
                format!("An account has {max} passkeys at most; remove those that you do not use first."),
            )
        }
        Code::PasskeyAddress => {
            let address = facts.get("address").unwrap_or("http");
            facts.say(
                format!("通行密钥要求用域名和 https 访问本系统，现在的公开地址是 {address}。请改用手机验证器，或请管理员设置公开地址。"),
                format!("Passkeys need a host name and https; this system's public address is {address}. Use an authenticator app, or ask whoever runs the system to set the address."),
            )
        }
        Code::PasswordWrong => facts.say("现在的密码不对。", "This is not the present password."),
        Code::PasswordChange => facts.say(
            "请先修改密码，再继续。您填写的内容没有保存。",
            "Choose a new password first. What you sent was not saved.",
        ),
        Code::ResetGone => facts.say(
            "这个链接已用过、已过期或不完整，请向管理员要一个新的。",
            "This link was used, is too old, or is not whole; ask your administrator for a new one.",
        ),
        Code::RoleExcluded => excluded(facts),
        Code::RoleLast => {
            let power = facts.get("power").and_then(Power::parse).unwrap_or(Power::System);
            facts.say(format!("再没有别人负责“{}”，不能收回。请先授予另一人。", power.label(Locale::Zh)), format!("Nobody else could do this: {}. Give it to somebody else first.", power.label(Locale::En).to_lowercase()))
        }
        Code::RoleSelf => facts.say("不能改动自己的岗位和权限，请由另一名安全管理员办理。", "Nobody changes the own posts and rights; please ask another security administrator."),
        Code::RoleScope => {
            let most = facts.get("most").and_then(ScopeKind::parse).unwrap_or(ScopeKind::Own);
            facts.say(format!("超出了您自己的范围，最宽可到“{}”。", most.label(Locale::Zh)), format!("This reaches farther than your own rights; at most: {}.", most.label(Locale::En).to_lowercase()))
        }
        Code::RoleShipped => facts.say("随产品提供的角色不能改动，请复制后再改。", "Shipped roles are not changed; please make a copy and change that."),
        Code::RoleStopped => facts.say("这个角色已停用，不能授予。", "This role is stopped and cannot be given."),
        Code::RoleUnknown => facts.say("没有这个角色。", "There is no such role."),
        Code::RoleCodeForm => facts.say(
            "角色代码为 2 至 40 个小写字母、数字或下划线，以字母开头。",
            "A role's code has 2 to 40 small letters, digits and low lines, a letter first.",
        ),
        Code::RoleGrants => facts.say(
            "权限写法为“权限:范围”，中间用空格隔开；其中有不认识或重复的一项，角色未保存。",
            "Rights are written as permission:scope with blanks between; one of them is not known or stands twice, and the role was not saved.",
        ),
        Code::PostThere => facts.say("此人在该单位已有这个角色。", "This person has the role at that unit already."),
        Code::PostEnded => facts.say("这个岗位已经收回。", "This post was taken back already."),
        Code::PostSpan if facts.get("max").is_some() => {
            let max = facts.get("max").unwrap_or("92");
            facts.say(
                format!("岗位最长 {max} 天，到期前可以再申请。"),
                format!("A post holds for {max} days at most; ask for the next one before it ends."),
            )
        }
        Code::PostSecond => facts.say(
            "开办之后，岗位由一位安全管理员在“岗位与权限”提出，另一位批准。",
            "Once the office is at work, one security administrator asks for a post on the page of posts, and another grants it.",
        ),
        Code::PostSpan => facts.say("截止时间应晚于开始时间和现在。", "The end has to lie behind the beginning, and behind now."),
        Code::TeamThere => facts.say("此人已在这个班组。", "This person belongs to the team already."),
        Code::TeamFull => {
            let max = facts.get("max").unwrap_or("200");
            facts.say(
                format!("班组最多 {max} 人，请另建班组。"),
                format!("A team has at most {max} people; please make another one."),
            )
        }
        Code::TeamEnded => facts.say("这个班组已撤销，或此人已不在班组。", "The team has ended, or this person belongs to it no more."),
        Code::PasswordDiffers => facts.say(
            "两次输入的密码不一样。",
            "The two passwords are not the same.",
        ),
        _ => return None,
    };
    Some(text)
}

/// What may not be joined, and in whose posts.
fn excluded(facts: &Facts<'_>) -> String {
    let named = |fact: &str| facts.get(fact).and_then(Power::parse);
    let who = facts.get("who");
    let Some((one, other)) = named("one").zip(named("other")) else {
        return facts.say(
            "系统管理员、安全管理员、审计员不能兼任其他角色。",
            "System administrator, security administrator and auditor may not hold another role.",
        );
    };
    let (zh, en) = (Locale::Zh, Locale::En);
    let of = who.map_or_else(
        || {
            (
                "同一角色、同一人".to_owned(),
                "one role or person".to_owned(),
            )
        },
        |who| (who.to_owned(), who.to_owned()),
    );
    facts.say(
        format!(
            "{}不能兼有“{}”和“{}”。",
            of.0,
            one.label(zh),
            other.label(zh)
        ),
        format!(
            "These may not be joined ({}): {} and {}.",
            of.1,
            one.label(en).to_lowercase(),
            other.label(en).to_lowercase()
        ),
    )
}

/// Which rule a new password breaks.
fn weak(facts: &Facts<'_>) -> String {
    let min = facts.get("min").unwrap_or("10");
    match facts.get("why") {
        Some("short") => facts.say(
            format!("密码太短，至少 {min} 个字符。"),
            format!("This password is too short; it needs {min} characters."),
        ),
        Some("long") => facts.say("密码太长了。", "This password is too long."),
        Some("classes") => facts.say(
            "密码要含大写字母、小写字母、数字、符号中的三种。",
            "This password needs three kinds of capital letter, small letter, digit and sign.",
        ),
        Some("signs") => facts.say(
            "密码里有看不见的控制字符，请重新输入。",
            "This password has control characters that nobody sees; type it again.",
        ),
        Some("name") => facts.say("密码里不能有用户名。", "This password contains the user name."),
        Some("same") => facts.say(
            "新密码不能与现在的密码相同。",
            "The new password is the present one; choose another.",
        ),
        _ => facts.say(
            format!("密码太弱：至少 {min} 个字符，含大写、小写、数字、符号中的三种，且不含用户名。"),
            format!("This password is too weak: at least {min} characters, three kinds of capital, small, digit and sign, and not the user name."),
        ),
    }
}
