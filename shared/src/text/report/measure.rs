//! Words of the catalogue of measures, of cubes and of frozen figures, in both languages.
//! Not here: names of measures, conditions and dimensions (beside their codes).
//! Formulas in words are made of the conditions' own words.

use crate::measure::{Anchor, Formula, Is, Measure};
use crate::text::{Locale, Text, text};

pub const SOURCE_VOLUME: Text = text("各市热线月报通用口径", "monthly bulletins of city hotlines");
pub const SOURCE_BULLETIN: Text = text(
    "市级热线月报（直接办结与转办）",
    "a city's monthly bulletin, direct and forwarded",
);
pub const SOURCE_AXES: Text = text(
    "市级考核指标（签收、退单、重办、按时办结）",
    "a city's assessment: receipt, return, redo, on time",
);
pub const SOURCE_THREE: Text = text(
    "三率（响应率、解决率、满意率）",
    "the three rates: response, solved, satisfied",
);
pub const SOURCE_OWN: Text = text("本平台口径", "this platform's own formula");

// What cannot be counted.
pub const ANSWERED_CALLS: Text = text("接通率", "Calls answered");
pub const ANSWERED_QUICKLY: Text = text("15秒接通率", "Answered within 15 seconds");
pub const CALL_TIMES: Text = text(
    "平均等待、通话时长，放弃率",
    "Waiting and talking time, abandoned calls",
);
pub const SEATS: Text = text("每十万人座席数", "Seats per 100,000 people");
pub const DISPATCHED_IN_TIME: Text = text("按时派单率", "Dispatched in time");
pub const VISITED: Text = text(
    "回访率、回访接通率",
    "Followed up, reached in the follow-up",
);
pub const WORKED_TIME: Text = text(
    "平均办理时长及分位数（工作时间）",
    "Mean and percentiles of working time",
);
pub const PEOPLE: Text = text("诉求人数", "People who speak");
pub const NO_CALLS: Text = text(
    "话务系统的通话记录尚未接入。",
    "Calls of the telephone system are not taken in yet.",
);
pub const NO_DISPATCH_LIMIT: Text = text(
    "派单时限不单独留存。",
    "The time limit of dispatching is not kept by itself.",
);
pub const NO_VISIT_MOMENT: Text = text(
    "回访时间只在办理历史中，不在可统计的列中。",
    "The moment of a follow-up stands in the history, in no column that is counted.",
);
pub const NO_WORKED_MINUTES: Text = text(
    "各件的工作时长没有逐件留存；以自然时间的平均时长和分位数代替。",
    "Worked time is not kept with each ticket; mean and percentiles by the clock stand for it.",
);
pub const NO_PEOPLE: Text = text(
    "人数在主件页面上，按号码去重，不能与工单清单逐件对应。",
    "People are counted by their numbers on a leading ticket, and are no list of tickets.",
);

/// The fold with the ways between the pages of reports.
pub const WAYS: Text = text("其他报表和统计", "Other reports and figures");

// The catalogue.
pub const CATALOGUE: Text = text("指标目录", "Measures");
pub const CATALOGUE_WHY: Text = text(
    "每个指标只有一个公式；报表、名单和固化数据都由它而来。",
    "Each measure has one formula, from which reports, lists and frozen figures are made.",
);
pub const NAME: Text = text("指标", "Measure");
pub const FORMULA: Text = text("公式", "Formula");
pub const ANCHOR: Text = text("归期", "Counted by");
pub const UNIT: Text = text("单位", "Unit");
pub const VERSION: Text = text("版本", "Version");
pub const SOURCE: Text = text("来源", "Source");
pub const MIN_SAMPLE: Text = text("最小样本", "Minimum sample");
pub const SAMPLE_ROWS: Text = text("本月名单", "This month's tickets");
pub const ROUNDING: Text = text(
    "比率和时长四舍五入保留两位小数；没有分母的显示为“—”。草稿和回收站中的工单不在任何指标中。",
    "Rates and hours are rounded half up to two decimals; a dash stands for what has nothing to divide by. Drafts and recycled tickets are in no measure.",
);
pub const MISSING: Text = text("尚不能统计的指标", "What cannot be counted yet");
pub const WHY: Text = text("原因", "Why");

// Cubes.
pub const CUBE: Text = text("多维统计", "Figures by choice");
pub const MEASURES: Text = text("指标", "Measures");
pub const MOST_MEASURES: Text = text("最多八个", "at most eight");
pub const BY: Text = text("按", "By");
pub const THEN_BY: Text = text("再按", "Then by");
pub const NOTHING: Text = text("（不分）", "(nothing)");
pub const ANY: Text = text("（全部）", "(all)");
pub const EMPTY: Text = text(
    "这段时间没有可统计的工单",
    "There is nothing to count in this period",
);
pub const EMPTY_WHY: Text = text(
    "换一段时间或放宽条件再看。",
    "Choose another period, or fewer filters.",
);
pub const SMALL: Text = text("样本不足", "Sample too small");
pub const UNITS: Text = text("单位口径", "Units");
pub const FILTER: Text = text("条件", "Filter");
pub const NO_FILTER: Text = text("无", "none");
pub const MORE: Text = text(
    "行数太多，只列出前一千行；合计包含全部。",
    "There are too many rows: the first thousand are shown; the total has all.",
);
pub const CELL: Text = text("报表单元格", "Number of a report");
pub const ABSENT: Text = text("未填", "None");

// Frozen figures.
pub const FROZEN: Text = text("固化数据", "Frozen figures");
pub const FROZEN_WHY: Text = text(
    "每日次日两时后、每月三日固化；此后的变化记为调整，不改原值。",
    "A day is frozen after two o'clock of the next, a month on its third day; what changes later is an adjustment, and the frozen value stays.",
);
pub const PERIOD: Text = text("时期", "Period");
pub const AREA: Text = text("地区", "Area");
pub const FROZEN_VALUE: Text = text("固化值", "Frozen");
pub const ADJUSTED_VALUE: Text = text("最近调整", "Last adjustment");
pub const CURRENT_VALUE: Text = text("现值", "Now");
pub const FROZEN_AT: Text = text("固化时间", "Frozen at");
pub const FINGERPRINT: Text = text("摘要", "Digest");
pub const NO_FROZEN: Text = text("这段时期没有固化数据", "Nothing is frozen for this period");
pub const NO_FROZEN_WHY: Text = text(
    "固化数据按设区市留存；所选时期可能尚未固化，或不在您的范围内。",
    "Figures are frozen by city; the period may not be frozen yet, or may be outside your scope.",
);
pub const WHOLE: Text = text("全部地区", "All areas");

/// A set in words: its conditions with "and" between.
fn set(conditions: &[Is], anchor: Anchor, locale: Locale) -> String {
    let base = match (anchor, locale) {
        (Anchor::Accepted, Locale::Zh) => "期内受理的工单",
        (Anchor::Accepted, Locale::En) => "tickets accepted in the period",
        (Anchor::Due, Locale::Zh) => "主办件在期内到期的工单",
        (Anchor::Due, Locale::En) => "tickets whose lead assignment is due in the period",
        (Anchor::Dispatched, Locale::Zh) => "期内首次派单的工单",
        (Anchor::Dispatched, Locale::En) => "tickets first dispatched in the period",
        (Anchor::Replied, Locale::Zh) => "期内答复的工单",
        (Anchor::Replied, Locale::En) => "tickets answered in the period",
        (Anchor::Closed, Locale::Zh) => "期内办结的工单",
        (Anchor::Closed, Locale::En) => "tickets closed in the period",
    };
    let (first, between) = match locale {
        Locale::Zh => ("，且", "，"),
        Locale::En => (" that are: ", "; "),
    };
    let words: Vec<&str> = conditions.iter().map(|it| it.label(locale)).collect();
    if words.is_empty() {
        return base.to_owned();
    }
    format!("{base}{first}{}", words.join(between))
}

/// The formula of a measure in words, made of the conditions that are compiled.
pub fn formula(measure: Measure, locale: Locale) -> String {
    let definition = measure.definition();
    let anchor = definition.anchor;
    match (definition.formula, locale) {
        (Formula::Count(of), _) => set(of, anchor, locale),
        (Formula::Share { of, among }, Locale::Zh) => {
            format!(
                "{}中，{}的 ÷ 前者",
                set(among, anchor, locale),
                joined(of, locale)
            )
        }
        (Formula::Share { of, among }, Locale::En) => {
            format!(
                "of {}: those that are {} ÷ all of them",
                set(among, anchor, locale),
                joined(of, locale)
            )
        }
        (Formula::Hours { among }, Locale::Zh) => {
            format!(
                "{}从首次派单到答复的自然时长之和 ÷ 件数",
                set(among, anchor, locale)
            )
        }
        (Formula::Hours { among }, Locale::En) => {
            format!(
                "hours by the clock from first dispatch to reply ÷ number, of {}",
                set(among, anchor, locale)
            )
        }
        (quantile, _) => of_times(quantile, anchor, locale),
    }
}

/// A quantile in words.
fn of_times(formula: Formula, anchor: Anchor, locale: Locale) -> String {
    let Formula::Quantile {
        took,
        percent,
        among,
    } = formula
    else {
        return String::new();
    };
    let (of, took) = (set(among, anchor, locale), took.label(locale));
    match locale {
        Locale::Zh => {
            format!("{of}从{took}的自然时长由短到长排列，位于第 {percent}% 的一件（最近名次法）")
        }
        Locale::En => {
            format!(
                "hours by the clock from {took}, sorted, at {percent} percent (nearest rank), of {of}"
            )
        }
    }
}

fn joined(conditions: &[Is], locale: Locale) -> String {
    let between = match locale {
        Locale::Zh => "、",
        Locale::En => " and ",
    };
    let words: Vec<&str> = conditions.iter().map(|it| it.label(locale)).collect();
    words.join(between)
}

/// What stands between the words of a list.
pub const fn between(locale: Locale) -> &'static str {
    match locale {
        Locale::Zh => "、",
        Locale::En => ", ",
    }
}

/// `截至 11 月 25 日 14:05`, with the versions of the formulas.
pub fn as_of(at: &str, measures: &[Measure], locale: Locale) -> String {
    let version = |it: &Measure| format!("{} v{}", it.label(locale), it.definition().version);
    let versions: Vec<String> = measures.iter().map(version).collect();
    match locale {
        Locale::Zh => format!("截至 {at}。口径版本：{}。", versions.join("、")),
        Locale::En => format!("As of {at}. Versions: {}.", versions.join(", ")),
    }
}

/// Who counted: the database, or the analytic copy with its number of the change feed.
pub fn counted_by(copied: Option<i64>, locale: Locale) -> String {
    match (copied, locale) {
        (None, Locale::Zh) => "由数据库统计。".to_owned(),
        (None, Locale::En) => "Counted by the database.".to_owned(),
        (Some(mark), Locale::Zh) => format!("由分析副本统计，含至第 {mark} 号变更。"),
        (Some(mark), Locale::En) => {
            format!("Counted by the analytic copy, which has all changes up to no. {mark}.")
        }
    }
}

/// What a measure of a cell is, for the list that it opens: `按时办结率，分母，2026 年 11 月 1 日至 11 月 30 日`.
pub fn cell(cell: &crate::measure::Cell, locale: Locale) -> String {
    let (name, side) = (cell.measure.label(locale), cell.side.label(locale));
    let at: Vec<&str> = cell.at.iter().map(|(_, value)| value.as_str()).collect();
    let at = if at.is_empty() {
        String::new()
    } else {
        format!(" · {}", at.join(" · "))
    };
    let period = super::period(&cell.from.to_string(), &cell.to.to_string(), locale);
    let touched = if cell.touched {
        format!(" · {}", super::touched::WITH_FINDINGS.get(locale))
    } else {
        String::new()
    };
    format!("{name} · {side} · {period}{at}{touched}")
}
