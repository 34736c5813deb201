//! Quality of data (数据质量): the rules V01 to V30 of `domain.md` section 5, what they look at, and what becomes of what they find.
//! Pure: who loads a ticket (services) hands its facts over (`facts`) and gets hits (`checks`). What an office sets about a rule is a list of
//! the register (`register::QualityRow`). A *quality finding* (质量问题) is one rule broken by one case.
//! Not here: keeping findings (`store::quality`), the job that looks (`services::quality`), the page's words (`text::quality`).

mod checklist;
mod checks;
mod facts;
mod months;
mod rules;
mod score;
mod similar;
mod view;
mod words;

use std::collections::BTreeMap;

pub use checklist::{ReplyHint, ReplyText, hints};
pub use checks::judge;
pub use facts::{AskedFacts, Facts, Known, PartFacts, ReplyFacts};
pub use months::{FrozenScore, MonthScore, MonthScores, QualityTable, TableScore};
pub use rules::{RULES, Rule, rule};
pub use score::{Open, ScoreWeights, score};
pub use similar::{TOO_SIMILAR, similarity};
pub use view::{
    AskDismissal, DecideDismissal, FixFinding, QualityFindingPage, QualityFindingView, RuleView,
    RulesView, ScoreView, ScoresView,
};
pub use words::{has_personal_number, urgent_word};

use crate::process::mismatch::Mismatch;
use crate::text::Text;

codes! {
    /// A rule about data, by its number in the domain text.
    QualityRule {
        V01 = "V01", "V01", "行政区划有效", "Valid division";
        V02 = "V02", "V02", "电话号码有效", "Valid telephone number";
        V03 = "V03", "V03", "证件号码有效", "Valid identity number";
        V04 = "V04", "V04", "信用代码有效", "Valid credit code";
        V05 = "V05", "V05", "时间先后", "Order of times";
        V06 = "V06", "V06", "时限与日历一致", "Deadline as the calendar counts it";
        V07 = "V07", "V07", "延期不超上限", "Extensions within the cap";
        V08 = "V08", "V08", "主办单位唯一", "One lead unit";
        V09 = "V09", "V09", "事项为末级", "Category is a leaf";
        V10 = "V10", "V10", "位置在区划内", "Position inside the division";
        V11 = "V11", "V11", "疑似重复", "Likely duplicate";
        V12 = "V12", "V12", "保密不外泄", "Confidential stays so";
        V13 = "V13", "V13", "举报回避", "Tip-offs avoid the reported unit";
        V14 = "V14", "V14", "紧急词语", "Urgent words";
        V15 = "V15", "V15", "附件合规", "Files as allowed";
        V16 = "V16", "V16", "答复完整", "Complete reply";
        V17 = "V17", "V17", "答复雷同", "Replies alike";
        V18 = "V18", "V18", "公开答复无个人信息", "Nothing personal in public replies";
        V19 = "V19", "V19", "办结要素齐全", "Closed with everything";
        V20 = "V20", "V20", "工单与任务对应", "Tickets and tasks agree";
        V21 = "V21", "V21", "状态一致", "State as it follows";
        V22 = "V22", "V22", "不计考核有审批", "Not counted only with approval";
        V23 = "V23", "V23", "过程记录完整", "Gapless history";
        V24 = "V24", "V24", "满意度有依据", "Satisfaction from a call or a rating";
        V25 = "V25", "V25", "来电有录音", "Calls have recordings";
        V26 = "V26", "V26", "外部编号唯一并回执", "Outside numbers unique and acknowledged";
        V27 = "V27", "V27", "与对接系统数量一致", "Counts agree with partners";
        V28 = "V28", "V28", "知识未过期", "Knowledge in date";
        V29 = "V29", "V29", "报表与清单一致", "Reports agree with lists";
        V30 = "V30", "V30", "长期超期须督办", "Long overdue is supervised";
    }
}

codes! {
    /// How much a broken rule weighs, and when it is asked: a blocking one when something is written, a warning when it is sent, a note at night.
    Severity {
        Block = "B", "block", "阻断", "Blocking";
        Warn = "W", "warn", "提示", "Warning";
        Note = "N", "note", "报告", "Note";
    }
}

codes! {
    /// What the product does about a rule now.
    Standing {
        Looked = "looked", "looked", "每晚检查", "Looked at each night";
        Kept = "kept", "kept", "写入时已拒绝", "Refused when written";
        Waits = "waits", "waits", "尚不适用", "Not applicable yet";
    }
}

codes! {
    /// How it stands with a finding.
    FindingState {
        Open = "open", "open", "待处理", "Open";
        Asked = "asked", "asked", "待第二人确认", "Waits for a second person";
        Fixed = "fixed", "fixed", "已改正", "Fixed";
        Gone = "gone", "gone", "复查已消除", "No longer found";
        Off = "off", "off", "规则已停用", "Rule switched off";
        Dismissed = "dismissed", "dismissed", "确认不是问题", "Dismissed";
    }
}

codes! {
    /// A time on a ticket's way, in its order.
    Step {
        Accepted = "accepted", "accepted", "受理", "accepted";
        Dispatched = "dispatched", "dispatched", "派单", "dispatched";
        Signed = "signed", "signed", "签收", "signed for";
        Replied = "replied", "replied", "反馈", "replied";
        Reviewed = "reviewed", "reviewed", "审核", "reviewed";
        Visited = "visited", "visited", "回访", "followed up";
        Closed = "closed", "closed", "办结", "closed";
    }
}

impl FindingState {
    /// Whether somebody still has to see to it.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::Asked)
    }
}

impl Severity {
    /// What an open finding of it counts in a score, where the office says nothing else.
    pub const fn weight(self) -> i64 {
        match self {
            Self::Block => 5,
            Self::Warn => 2,
            Self::Note => 1,
        }
    }

    /// Working days within which it is seen to.
    pub const fn days(self) -> i32 {
        match self {
            Self::Block => 2,
            Self::Warn => 5,
            Self::Note => 10,
        }
    }
}

/// Whose a finding is to see to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// The centre of the place.
    Centre,
    /// The unit that leads, and the centre while none does.
    Unit,
}

/// Words of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleWords {
    /// What is wrong.
    pub wrong: Text,
    /// What to do about it.
    pub todo: Text,
    /// Where it is kept from happening, or what it waits for; empty where it is looked at and nothing else.
    pub place: Text,
}

/// A rule that a case breaks. Facts are codes, numbers and names of units, never what is personal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Which.
    pub rule: QualityRule,
    /// What exactly.
    pub facts: BTreeMap<String, String>,
}

impl Hit {
    /// The fact in which a mismatch of the consistency check stands.
    pub const MISMATCH: &str = "mismatch";

    /// Without facts.
    pub const fn of(rule: QualityRule) -> Self {
        Self {
            rule,
            facts: BTreeMap::new(),
        }
    }

    /// With one more fact.
    #[must_use]
    pub fn fact(mut self, name: &str, value: impl ToString) -> Self {
        self.facts.insert(name.to_owned(), value.to_string());
        self
    }

    /// With what the consistency check found.
    #[must_use]
    pub fn because(self, what: &Mismatch) -> Self {
        // Codes and numbers always have a JSON.
        let words = serde_json::to_string(what).unwrap_or_default();
        self.fact(Self::MISMATCH, words)
    }
}

#[cfg(test)]
mod tests;
