//! Sentences for faults of signing in by an identity provider.
//! Not here: those of passwords and second factors (`rights`, `whole`).
//! The page of signing in has them also in browsers without the staff's code.

use super::Facts;
use crate::fault::Code;

/// The sentence for a code of this file.
pub(super) fn sentence(code: Code, facts: &Facts<'_>) -> Option<String> {
    Some(match code {
        Code::ProviderAway => facts.say(
            "统一认证现在用不了（没有设置，或者没有应答）。请用本系统的用户名和密码登录，或稍后再试。",
            "The identity provider cannot be used now: none is set, or it does not answer. Sign in with your user name and password here, or try again later.",
        ),
        Code::ProviderRefused => facts.say(
            "统一认证没有完成登录（已取消或被拒绝）。可以再试一次，或用本系统的用户名和密码登录。",
            "You were not signed in at the identity provider: it was cancelled or refused. Try again, or sign in with your user name and password here.",
        ),
        Code::ProviderState => facts.say(
            "这次登录已失效：超过 10 分钟、已经用过，或不是在这个浏览器里开始的。请从登录页重新开始。",
            "This way of signing in is good no longer: it is older than 10 minutes, was used, or began in another browser. Start again on the page for signing in.",
        ),
        Code::ProviderToken => facts.say(
            "统一认证的回复不能通过核对，没有登录。请重新开始；反复出现时，请告诉管理员。",
            "What the identity provider answered did not pass the checks, and nobody was signed in. Start again; if it goes on, tell your administrator.",
        ),
        Code::ProviderUnknown => facts.say(
            "您的统一认证身份没有关联可用的账号。请先用本系统的密码登录，在“我的账号 → 统一认证”中关联，或请管理员关联。",
            "No open account here belongs to your identity. Sign in with your password here and link it under My account, Single sign-on, or ask your administrator.",
        ),
        Code::ProviderTaken => facts.say(
            "这个身份已关联其他账号，或这个账号已关联了一个身份。请先解除原来的关联。",
            "The identity is linked to an account already, or the account has one; take that link away first.",
        ),
        _ => return None,
    })
}
