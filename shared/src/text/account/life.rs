//! Words about the life of accounts: requests, their answers, histories, handing over.
//! Not here: names of acts, states and steps (`crate::account::life`), faults (`text::faults`).
//! Sentences with names are functions.

use std::collections::BTreeMap;

use super::super::{Locale, Text, text};
use crate::access::Role;
use crate::account::life::{AccountAct, AccountEvent, AccountStep};

// The list.
pub const REQUESTS: Text = text("账号申请", "Account requests");
pub const REQUESTS_WHY: Text = text(
    "开通、变更、冻结、恢复和注销账号都先提申请：单位负责人审批，安全管理员授权，系统管理员启用；每一步由不同的人办，谁也不能办自己的。",
    "Accounts are opened, changed, frozen, resumed and cancelled on request: the unit's leader approves, the security administrator grants, the system administrator enables. Each step is another person's, and nobody decides about himself.",
);
pub const WAITING: Text = text("待办理", "Waiting");
pub const ENDED: Text = text("已办结", "Ended");
pub const NONE: Text = text("没有申请", "No requests");
pub const NONE_WHY: Text = text(
    "这里列出您提出的，以及您可以审批、授权或启用的申请。",
    "Here is what you asked for, and what you may approve, grant or enable.",
);
pub const ACT: Text = text("事项", "What");
pub const WHO: Text = text("账号", "Account");
pub const ASKED_BY: Text = text("申请人", "Asked by");
pub const NEXT: Text = text("下一步", "Next");
pub const POSTS: Text = text("角色", "Roles");
pub const REASON: Text = text("理由", "Reason");
pub const EXPIRES: Text = text("逾期作废", "Lapses");
pub const LOOK: Text = text("查看", "Open");

// One of them.
pub const REQUEST: Text = text("申请", "Request");
pub const APPROVED_BY: Text = text("审批", "Approved");
pub const GRANTED_BY: Text = text("授权", "Granted");
pub const ENDED_BY: Text = text("办结", "Ended");
pub const ANSWER: Text = text("意见", "Answer");
pub const ANSWER_HELP: Text = text("不同意时必填。", "Needed to refuse.");
pub const REFUSE: Text = text("不同意", "Refuse");
pub const WITHDRAW: Text = text("撤回申请", "Withdraw");
pub const DONE: Text = text("已记录。", "Done.");
pub const BACK: Text = text("返回申请列表", "Back to the requests");
/// Whose step it is, for who may not take it.
pub const fn whose(step: AccountStep) -> Text {
    match step {
        AccountStep::Approve => text(
            "等单位负责人审批，不由您办理。",
            "It waits for the approval of the unit's leader, not for you.",
        ),
        AccountStep::Grant => text(
            "等安全管理员授权，不由您办理。",
            "It waits for the security administrator, not for you.",
        ),
        AccountStep::Enable => text(
            "等系统管理员完成，不由您办理。",
            "It waits for the system administrator, not for you.",
        ),
    }
}
pub const UNTIL: Text = text("至", "until");
pub const LINK: Text = text(
    "账号已开通，请把链接交给本人",
    "The account is open; hand this link over",
);

// Handing over.
pub const HAND_OVER: Text = text("待办移交", "Open tasks");
pub const HAND_OVER_NONE: Text = text(
    "此人名下没有待办；按角色分派的待办由同角色的人继续办理。",
    "No task hangs on this person; tasks of a role go on with whoever else has the role.",
);
pub const FITS: Text = text("能接手", "Can take it");
pub const FITS_NOT: Text = text("接不了", "Cannot take it");
pub const HEIR: Text = text("由谁接手（用户名）", "Who takes over (user name)");
pub const HEIR_HELP: Text = text(
    "注销时，此人名下的待办转给他；没有待办可以不填。",
    "When an account is cancelled, its open tasks go to this person; may stay empty when there are none.",
);

// The form.
pub const ASK: Text = text("提出申请", "Ask");
pub const ASK_TITLE: Text = text("账号申请", "Ask about an account");
pub const KIND: Text = text("申请什么", "What is asked for");
pub const USERNAME_HELP: Text = text(
    "开通时填拟用的用户名（3 至 40 位小写字母、数字、. _ -），其他填现有的用户名。",
    "For a new account the name that it gets (3 to 40 of a-z 0-9 . _ -), else that of the account.",
);
pub const NAME_HELP: Text = text("只在开通时填写。", "For a new account only.");
pub const UNIT: Text = text("单位编号", "Code of the unit");
pub const UNIT_HELP: Text = text(
    "开通时必填；变更时填新单位，不换单位可以不填。",
    "Needed for a new account; for a change the new unit, or nothing.",
);
pub const POSTS_HELP: Text = text(
    "开通和变更后有这些角色；变更时没有勾选的旧角色当即收回。",
    "The roles afterwards; of a change, those that are not ticked end at once.",
);
pub const POSTS_UNTIL: Text = text("到哪一天为止", "Until which day");
pub const POSTS_UNTIL_HELP: Text = text(
    "临时权限填最后一天，长期的不填。",
    "The last day of rights for a time; nothing for good.",
);
pub const SEND: Text = text("提交申请", "Send");
pub const SENT: Text = text(
    "申请已提交，等待办理。",
    "It was sent, and waits for its answer.",
);

// On the account's page.
pub const LIFE: Text = text("账号经历", "History");
pub const LIFE_NONE: Text = text("还没有记录。", "Nothing is recorded yet.");
pub const FREEZE: Text = text("立即冻结", "Freeze at once");
pub const FREEZE_WHY: Text = text(
    "马上退出所有登录，直到按申请恢复。用于设备遗失、异常登录等情况。",
    "Signs the person out everywhere, until the account is resumed on request. For a lost device, or a sign-in that is not theirs.",
);
pub const FROZEN_NOTE: Text = text(
    "账号已冻结；要恢复，请提出申请。",
    "The account is frozen; ask for it to be resumed.",
);
pub const SEEN: Text = text("最近使用", "Last at work");
pub const SEEN_NEVER: Text = text("还没有", "Never");
pub const OPEN_REQUESTS: Text = text("没办完的申请", "What is asked for");
pub const WHEN: Text = text("时间", "When");
pub const WHAT: Text = text("事项", "What");
pub const BY: Text = text("经办", "By");

/// What a line of a history says beside its kind.
pub fn told(kind: AccountEvent, facts: &BTreeMap<String, String>, locale: Locale) -> String {
    let fact = |name: &str| facts.get(name).map_or("", String::as_str);
    let say = |zh: String, en: String| match locale {
        Locale::Zh => zh,
        Locale::En => en,
    };
    match kind {
        AccountEvent::Made => fact("unit").to_owned(),
        AccountEvent::Moved => {
            let (from, to) = (fact("from"), fact("unit"));
            say(format!("{from} → {to}"), format!("{from} → {to}"))
        }
        AccountEvent::Granted
        | AccountEvent::Revoked
        | AccountEvent::PostFrozen
        | AccountEvent::PostResumed
        | AccountEvent::PostShortened
        | AccountEvent::Reviewed => roles(fact("roles"), locale),
        AccountEvent::HandedOver => {
            let (count, heir) = (fact("count"), fact("heir"));
            say(
                format!("{count} 项，交 {heir}"),
                format!("{count} to {heir}"),
            )
        }
        AccountEvent::Asked
        | AccountEvent::Approved
        | AccountEvent::Refused
        | AccountEvent::Withdrawn
        | AccountEvent::Lapsed => AccountAct::parse(fact("act"))
            .map_or_else(String::new, |act| act.label(locale).to_owned()),
        AccountEvent::StandIn => fact("who").to_owned(),
        AccountEvent::Frozen | AccountEvent::Resumed | AccountEvent::Closed => String::new(),
    }
}

/// Roles that are divided by blanks, as they are called.
pub fn roles(words: &str, locale: Locale) -> String {
    words
        .split_whitespace()
        .map(|word| Role::parse(word).map_or(word, |role| role.label(locale)))
        .collect::<Vec<_>>()
        .join(" · ")
}
