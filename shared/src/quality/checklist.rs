//! What the program finds doubtful in a reply by itself, before it is sent and beside the review (`domain.md`, rules of replies): the same functions as the
//! rules V14, V17 and V18, and a few that only hint.
//! Not here: the office's list of what people check (`register::NamedRow`). A hint hinders nothing.

use super::similar::TOO_SIMILAR;
use super::words::{has_personal_number, urgent_word};

codes! {
    /// Something doubtful in a reply. The code is that of the item of the checklist beside which it stands.
    ReplyHint {
        Personal = "personal", "personal", "答复里有手机号或证件号，请核对是不是他人信息", "A mobile or identity number stands in the answer; is it somebody else's?";
        Passing = "passing", "passing", "有推诿的说法，请写明由谁办、怎么办", "The answer pushes the matter on; say who does what";
        Contact = "contact", "contact", "没有承办人或联系电话", "Nobody to ask, or no phone number";
        Basis = "basis", "basis", "没有政策法规依据", "No law or policy is named";
        Safety = "safety", "safety", "诉求涉及安全隐患，答复没有防范提示", "The request tells of danger, and the answer does not say what to do about it";
        Alike = "alike", "alike", "办理情况与经办人最近的答复几乎相同，请核对是否照搬", "What was done is almost one of the handler's last replies; was it copied?";
    }
}

/// Phrases that push a matter on.
const PASSING: [&str; 10] = [
    "不归我",
    "不属于我",
    "不在我单位职责",
    "不是我们的职责",
    "请咨询其他",
    "请联系相关部门",
    "请向相关部门",
    "请自行",
    "建议您自行",
    "无法处理",
];

/// Words of somebody who can be asked.
const CONTACT: [&str; 5] = ["联系人", "承办人", "经办人", "联系电话", "咨询电话"];

/// Words of laws and policies.
const BASIS: [&str; 6] = ["《", "条例", "法规", "规定", "办法", "政策"];

/// Words of advice about a danger.
const SAFETY: [&str; 10] = [
    "安全",
    "远离",
    "撤离",
    "警示",
    "围挡",
    "关闭阀门",
    "报警",
    "防护",
    "避免",
    "小心",
];

/// Digits of a number that can be called, at least.
const DIGITS: usize = 7;

/// A reply with the request that it answers.
#[derive(Debug, Clone, Copy, Default)]
pub struct ReplyText<'t> {
    /// What the citizen wrote.
    pub content: &'t str,
    /// The answer for the citizen.
    pub answer: &'t str,
    /// Laws or policies, where they are named apart.
    pub basis: &'t str,
    /// How much what was done is like one of the handler's last replies, in percent.
    pub alike: u32,
}

/// What is doubtful in a reply.
pub fn hints(reply: ReplyText<'_>) -> Vec<ReplyHint> {
    let ReplyText {
        content,
        answer,
        basis,
        alike,
    } = reply;
    let has = |words: &[&str]| words.iter().any(|word| answer.contains(word));
    let found = |hint: ReplyHint| match hint {
        ReplyHint::Personal => has_personal_number(answer),
        ReplyHint::Passing => has(&PASSING),
        ReplyHint::Contact => !(has(&CONTACT) && has_number(answer)),
        ReplyHint::Basis => basis.trim().is_empty() && !has(&BASIS),
        ReplyHint::Safety => urgent_word(content).is_some() && !has(&SAFETY),
        ReplyHint::Alike => alike > TOO_SIMILAR,
    };
    let all = ReplyHint::ALL.iter().copied();
    all.filter(|hint| found(*hint)).collect()
}

/// Whether a number stands in a text that can be called.
fn has_number(text: &str) -> bool {
    let mut digits = 0;
    for c in text.chars() {
        match c {
            '0'..='9' => digits += 1,
            '-' | ' ' => {}
            _ => digits = 0,
        }
        if digits >= DIGITS {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_good_answer_has_no_hint_and_a_poor_one_has_all() {
        let good = ReplyText {
            content: "小区燃气泄漏，楼道里有味道。",
            answer: "根据《城镇燃气管理条例》，已关闭阀门并检修，请注意开窗。联系人王工，联系电话 025-83600000。",
            basis: "",
            alike: TOO_SIMILAR,
        };
        assert!(hints(good).is_empty());
        let poor = ReplyText {
            answer: "此事不归我们管，请找施工负责人 13812345678。",
            alike: TOO_SIMILAR + 1,
            ..good
        };
        assert_eq!(hints(poor), ReplyHint::ALL);
    }

    #[test]
    fn a_basis_may_stand_apart_and_danger_is_asked_for_only_where_there_is_some() {
        let reply = ReplyText {
            content: "路灯三天不亮。",
            answer: "已修复。承办人李工，电话 83600000。",
            basis: "城市道路照明设施管理规定",
            alike: 0,
        };
        assert!(hints(reply).is_empty());
    }
}
