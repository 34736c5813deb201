//! Words of the forms on approvals: helps, notes of what was done, names of fields.
//! Not here: headings and columns (`approval`), labels of verbs (`approval::codes`), the process owner's pages (`process_owner`).
//! A button says the verb's own label.

use super::{Locale, Text, text};
use crate::approval::ApprovalVerb;

// Helps of verbs.
pub const OPINION_HELP: Text = text("不同意时必须填写。", "Required when you refuse.");
pub const REJECT_HELP: Text = text(
    "办件回到所选环节，由原来办理的人重新办理。",
    "The approval goes back to that step, to whoever did it before.",
);
pub const ASK_HELP: Text = text(
    "一次说清全部内容。补正期间不能办理，期限暂停计算。",
    "Say everything at once. Nothing can be done meanwhile, and the clocks stand.",
);
pub const LACKING_HELP: Text = text(
    "同意本环节，缺少的材料在期限内补齐。",
    "Approves this step; the missing papers are handed in by the date given.",
);
pub const SIGNER_HELP: Text = text(
    "请另一位一起签署，由您选择先后。",
    "Asks somebody else to sign as well; you choose when.",
);
pub const REMOVE_HELP: Text = text(
    "还没有表态的人不用再签署。",
    "Somebody who has not answered yet need not sign any more.",
);
pub const TRANSFER_HELP: Text = text(
    "交给另一位办理，不再回到您这里。",
    "Somebody else does it from now on; it does not come back.",
);
pub const TRANSFER_OWNER_HELP: Text = text(
    "换一位办理人，例如原办理人已离岗。",
    "Gives the task to somebody else, for instance when its holder has left.",
);
pub const DELEGATE_HELP: Text = text(
    "请另一位先办理，提出意见后交回给您。",
    "Somebody else handles it and gives it back to you with an opinion.",
);
pub const CLAIM_HELP: Text = text(
    "多人可以办理这个环节，认领后由您办理。",
    "Several people may do this step; claim it to keep it for you.",
);
pub const RELEASE_HELP: Text = text(
    "放回后，同一岗位的人都可以认领。",
    "Everybody with the same duty can claim it again.",
);
pub const COPY_HELP: Text = text(
    "抄送的人可以查看，不需要办理。",
    "They can read the approval and need not do anything.",
);
pub const TAKE_BACK_HELP: Text = text(
    "还没有人接着办理，可以撤回您刚才的决定。",
    "Nobody has gone on with it, so you can take back what you decided.",
);
pub const SUSPEND_HELP: Text = text(
    "挂起期间不能办理，期限暂停计算，例如等待听证或鉴定。",
    "Nothing can be done meanwhile and the clocks stand, for instance during a hearing or a survey.",
);
pub const RESUME_HELP: Text = text(
    "恢复办理，期限接着计算。",
    "Work and clocks go on from where they stood.",
);
pub const ERASE_HELP: Text = text(
    "删除属于个人的表单字段和涉及个人的自有字段，其他文字中的号码打码，不能恢复；办件、步骤和历史保留。先核实是本人要求，理由里写明怎样核实。",
    "Removes fields of a person and own fields about people and masks numbers in other words, for good; case, steps and history stay. Make sure that the person asked for it, and say how.",
);
pub const CANCEL_HELP: Text = text(
    "撤销后不能恢复，所有环节随之结束。",
    "This cannot be undone; every open step ends.",
);
pub const CORRECT_HELP: Text = text(
    "改好申请内容，说明改了什么，然后提交。",
    "Correct what you filed, say what you changed, and hand it in.",
);
pub const DUE_HELP: Text = text("到当天下班为止。", "Until the end of that day's work.");
pub const JUMP_HELP: Text = text(
    "办件离开现在的环节，从所选环节继续。",
    "The approval leaves where it stands and goes on at the element chosen.",
);
pub const MESSAGE_HELP: Text = text(
    "办件在等这条消息；送达后从等待处继续。",
    "The approval waits for this message and goes on from there once it is delivered.",
);
pub const VARIABLES_HELP: Text = text(
    "例如：{\"days\": 3, \"vote\": \"all\"}，没写的变量不变。",
    "For example {\"days\": 3, \"vote\": \"all\"}; variables that are not named stay.",
);
pub const RETRY_HELP: Text = text(
    "再试一次停下来的地方。",
    "Tries again what stopped the approval.",
);
pub const SKIP_HELP: Text = text(
    "当作已经办好，继续往下走。",
    "Takes it as done and goes on without it.",
);

// Fields.
pub const TITLE: Text = text("标题", "Title");
pub const TITLE_HELP: Text = text(
    "一句话说明要办什么，2 到 80 个字。",
    "What it is about, in 2 to 80 characters.",
);
pub const WHOLE: Text = text("整个办件", "The whole approval");
pub const NOTHING_TO_DO: Text = text(
    "您现在不需要办理。进展会显示在这里。",
    "There is nothing for you to do. Progress shows here.",
);
pub const NEXT: Text = text("去待我办理", "To what waits for me");
pub const SHELVES: Text = text("办件分类", "Kinds of approvals");
pub const ANY_STATUS: Text = text("全部状态", "Every status");
pub const STATUS_FILTER: Text = text("按状态", "By status");
pub const NONE_WHY: Text = text(
    "有新的办件时会出现在这里。",
    "Approvals appear here when there are any.",
);
pub const SINCE: Text = text("开始", "Since");
pub const OVERDUE: Text = text("已超期", "Overdue");
pub const DUE_SOON: Text = text("快到期", "Due soon");
pub const ENDED_AT: Text = text("办结时间", "Ended");
pub const NOTHING_FILLED_IN: Text = text("没有填写内容。", "Nothing was filled in.");
pub const TO_BE_SUPPLIED: Text = text("待补齐", "Not yet handed in");
pub const SAID: Text = text("说明", "What was said");
pub const CORRECTION_ASKED: Text = text(
    "等待发起人补正，期限暂停计算。",
    "Waits for the initiator's correction; the clocks stand.",
);

/// `已完成：同意。`, after a verb.
pub fn done(verb: ApprovalVerb, locale: Locale) -> String {
    let label = verb.label(locale);
    match (verb, locale) {
        (ApprovalVerb::Start, Locale::Zh) => "已提交申请，编号见下方。".to_owned(),
        (ApprovalVerb::Start, Locale::En) => {
            "Your application is filed; its number is below.".to_owned()
        }
        (_, Locale::Zh) => format!("已完成：{label}。"),
        (_, Locale::En) => format!("Done: {label}."),
    }
}

/// Whom a task waits for, where it is known only how many may do it.
pub fn holder(holder: &str, locale: Locale) -> String {
    match (holder.parse::<u32>(), locale) {
        (Ok(n), Locale::Zh) => format!("{n} 人中的一位"),
        (Ok(n), Locale::En) => format!("one of {n} people"),
        (Err(_), _) => holder.to_owned(),
    }
}

/// `12 件待我办理`, above the list.
pub fn waiting(n: i64, locale: Locale) -> String {
    let n = super::staff::grouped(n);
    match locale {
        Locale::Zh => format!("{n} 件待我办理"),
        Locale::En => format!("{n} waiting for you"),
    }
}

/// The name of a field of a verb's form, where it is not that of other forms.
pub fn field(name: &str) -> Option<Text> {
    use super::approval as a;
    Some(match name {
        "opinion" => a::OPINION,
        "reason" => a::REASON,
        "note" => a::NOTE,
        "user" => a::USER,
        "users" => a::USERS,
        "place" => a::PLACE,
        "to" => a::BACK_TO,
        "missing" => a::MISSING,
        "papers" => a::PAPERS_MISSING,
        "working_days" => a::WORKING_DAYS,
        "due_on" => a::DUE_ON,
        "go" => a::JUMP_TO,
        "variables" => a::VARIABLES,
        "name" => a::AWAITED,
        "title" => TITLE,
        "done_at" => super::fields::label(name)?,
        _ => return None,
    })
}

/// Every field that `field` knows.
pub const FIELDS: [&str; 16] = [
    "name",
    "opinion",
    "reason",
    "note",
    "user",
    "users",
    "place",
    "to",
    "missing",
    "papers",
    "working_days",
    "due_on",
    "go",
    "variables",
    "title",
    "done_at",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_a_name() {
        assert!(FIELDS.iter().all(|name| field(name).is_some()));
    }

    #[test]
    fn a_number_of_holders_is_told_as_one_of_them() {
        assert_eq!(holder("3", Locale::Zh), "3 人中的一位");
        assert_eq!(holder("王五", Locale::Zh), "王五");
    }
}
