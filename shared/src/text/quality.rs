//! Words of the page of data quality, and of a finding's facts.
//! Not here: what each rule says (`crate::quality::RULES`), names of states and severities (beside their enums).
//! Sentences with numbers are functions.

use std::collections::BTreeMap;

use super::obstacle::Told as _;
use super::{Locale, Text, text};
use crate::process::mismatch::Mismatch;
use crate::quality::{Hit, ScoreWeights, Step};

pub const QUALITY: Text = text("数据质量", "Data quality");
pub const HELP: Text = text(
    "系统每晚按规则检查工单。请先处理快到期的问题：改正后写明做了什么，下一次检查仍发现的会重新列出；不是问题的，说明理由，由另一人确认。",
    "Each night the rules look at the tickets. See first to what is due: correct it and say what was done; what the next look still finds is listed again. What is no fault is dismissed with a reason, and a second person agrees.",
);
pub const NONE: Text = text("没有待处理的问题", "Nothing to see to");
pub const NONE_WHY: Text = text(
    "按当前条件没有发现问题。规则每晚检查一次。",
    "The rules found nothing for this choice. They look each night.",
);
pub const NEVER: Text = text("还没有检查过", "Nothing was looked at yet");
pub const RULE: Text = text("规则", "Rule");
pub const ANY_RULE: Text = text("全部规则", "Every rule");
pub const UNIT: Text = text("责任单位", "Unit");
pub const CENTRE: Text = text("12345 中心", "The centre");
pub const STATE: Text = text("状态", "State");
pub const ALL_OPEN: Text = text("全部未关闭", "Everything open");
pub const TICKET: Text = text("工单", "Ticket");
pub const WHAT: Text = text("问题", "What is wrong");
pub const DUE: Text = text("处理期限", "Due");
pub const FOUND: Text = text("首次发现", "Found");
pub const WHAT_TO_DO: Text = text("处理", "What to do");
pub const FILTER: Text = text("筛选", "Filter");
pub const FIX: Text = text("已改正", "Corrected");
pub const NOTE: Text = text("做了什么", "What was done");
pub const DISMISS: Text = text("不是问题", "No fault");
pub const REASON: Text = text("理由", "Why");
pub const ASKED: Text = text("提出不作为问题", "Asked to dismiss it");
pub const AGREE: Text = text("同意", "Agree");
pub const REFUSE: Text = text("不同意", "Do not agree");
pub const FIX_DONE: Text = text(
    "已记下。下一次检查会复核。",
    "Noted. The next look will tell.",
);
pub const DISMISS_DONE: Text = text("已提出，等待第二人确认。", "It waits for a second person.");
pub const DECIDE_DONE: Text = text("已确认。", "Decided.");
pub const SCORES: Text = text("各单位得分", "Scores");
pub const SCORE: Text = text("得分", "Score");
pub const WEIGHTS: Text = text(
    "分量（阻断,提示,报告）",
    "Weights (blocking, warning, note)",
);
pub const WEIGHTS_HELP: Text = text(
    "分量在业务参数中设置，有生效日和历史版本；不填时现值按现行分量、固化的得分按固化当日的分量；要按另一版重算某个月（包括固化的得分），填写那一版的分量。",
    "The weights are settings, with a day from which they hold and earlier versions; with none written here the present is reckoned under those that hold and what was frozen under those of its day; to reckon a month under another version, its frozen scores too, write its weights.",
);

/// How a score comes about.
pub fn score_help(weights: ScoreWeights, locale: Locale) -> String {
    let ScoreWeights { block, warn, note } = weights;
    match locale {
        Locale::Zh => format!(
            "得分 = 1 − 未关闭问题的加权数 ÷ 工单数；阻断计 {block}，提示计 {warn}，报告计 {note}。"
        ),
        Locale::En => format!(
            "Score = 1 − weight of open findings ÷ tickets; a blocking one weighs {block}, a warning {warn}, a note {note}."
        ),
    }
}

/// The weights that a frozen score was reckoned with.
pub fn weighed(weights: ScoreWeights, locale: Locale) -> String {
    let weights = weights.to_text();
    match locale {
        Locale::Zh => format!("分量 {weights}"),
        Locale::En => format!("weights {weights}"),
    }
}
pub const TICKETS: Text = text("工单数", "Tickets");
pub const MONTHS: Text = text("按月得分", "Scores by month");
pub const MONTHS_HELP: Text = text(
    "每月按受理时间统计各单位、各中心和各类数据的质量得分；次月三日固化，之后改正的问题只改变现值。",
    "Scores of units, centres and tables over the tickets accepted in a month; frozen on the third day of the next, while what is corrected later changes the present score.",
);
pub const MONTH: Text = text("月份", "Month");
pub const CITY: Text = text("设区市", "City");
pub const TABLE: Text = text("数据类别", "Table");
pub const BY_UNIT: Text = text("按单位", "By unit");
pub const BY_TABLE: Text = text("按数据类别", "By table");
pub const FROZEN_SCORE: Text = text("固化得分", "Frozen score");
pub const NO_MONTH: Text = text("这个月没有工单", "No tickets in this month");
pub const NO_MONTH_WHY: Text = text("换一个月份再看。", "Choose another month.");
pub const MORE_ROWS: Text = text(
    "行数太多，只列出得分最低的五百行。",
    "There are too many rows: the five hundred worst are shown.",
);
pub const RULES: Text = text("规则一览", "The rules");
pub const WEIGHT: Text = text("级别", "Weight");
pub const STANDING: Text = text("检查情况", "Looked at");
pub const SWITCHED_OFF: Text = text("本地已停用", "Switched off here");

/// When the tickets were last looked at.
pub fn looked(at: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("最近一次检查：{at}"),
        Locale::En => format!("Last looked at {at}"),
    }
}

/// A score in percent with one digit.
pub fn percent(score: Option<i64>) -> String {
    score.map_or_else(
        || "—".to_owned(),
        |score| format!("{}.{} %", score / 10, score % 10),
    )
}

/// Name of a fact.
fn name(fact: &str) -> Text {
    match fact {
        "unit" => text("单位", "unit"),
        "word" => text("词语", "word"),
        "ticket_no" => text("工单", "ticket"),
        "days" => text("天数", "days"),
        "percent" => text("相似度 %", "alike in percent"),
        "earlier" => text("前一环节", "earlier step"),
        "later" => text("后一环节", "later step"),
        "lacks" => text("缺少", "lacks"),
        "count" => text("主办数", "lead units"),
        _ => text("说明", "detail"),
    }
}

fn value(fact: &str, value: &str, locale: Locale) -> String {
    match fact {
        "lacks" if value == "answer" => text("答复", "answer").get(locale).to_owned(),
        "earlier" | "later" | "lacks" => Step::parse(value)
            .map_or_else(|| value.to_owned(), |step| step.label(locale).to_owned()),
        Hit::MISMATCH => serde_json::from_str::<Mismatch>(value)
            .map_or_else(|_| String::new(), |mismatch| mismatch.told(locale)),
        _ => value.to_owned(),
    }
}

/// The facts of a finding in a line; empty without any.
pub fn facts(facts: &BTreeMap<String, String>, locale: Locale) -> String {
    let (colon, comma) = match locale {
        Locale::Zh => ("：", "，"),
        Locale::En => (": ", ", "),
    };
    let told = facts.iter().map(|(fact, said)| {
        let said = value(fact, said, locale);
        format!("{}{colon}{said}", name(fact).get(locale))
    });
    told.collect::<Vec<_>>().join(comma)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quality::QualityRule;

    #[test]
    fn facts_are_told_in_both_languages() {
        let hit = Hit::of(QualityRule::V05)
            .fact("earlier", Step::Reviewed)
            .fact("later", Step::Closed);
        assert_eq!(
            facts(&hit.facts, Locale::Zh),
            "前一环节：审核，后一环节：办结"
        );
        assert_eq!(
            facts(&hit.facts, Locale::En),
            "earlier step: reviewed, later step: closed"
        );
        let hit = Hit::of(QualityRule::V20).because(&Mismatch::Stray);
        assert!(
            !facts(&hit.facts, Locale::En).contains("stray\""),
            "no code"
        );
        assert_eq!(
            (percent(Some(987)), percent(None)),
            ("98.7 %".to_owned(), "—".to_owned())
        );
    }
}
