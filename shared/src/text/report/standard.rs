//! Words of the standard reports, of kept ones, and of their pages, in both languages.
//! Not here: names of reports and measures (beside their codes).

use crate::text::{Locale, Text, text};

// Headings of sections.
pub const IN_SHORT: Text = text("总体情况", "In short");
pub const BY_AREA: Text = text("按设区市", "By city");
pub const BY_COUNTY: Text = text("按区县", "By district");
pub const BY_UNIT: Text = text("按主办单位", "By lead unit");
pub const BY_CATEGORY: Text = text("按一级类别", "By first-level category");
pub const BY_MONTH: Text = text("按月", "By month");
pub const SIDE_BY_SIDE: Text = text(
    "各市主要指标对照",
    "Main figures of the cities, side by side",
);
pub const SIDE_BY_SIDE_ON: Text = text("各市主要指标对照（续）", "Cities side by side, continued");
pub const TIMES: Text = text("用时", "How long it takes");
pub const TIMES_BY_UNIT: Text = text("用时（按主办单位）", "How long it takes, by lead unit");
pub const URGENCY: Text = text("按紧急程度", "By urgency");
pub const CHANNELS: Text = text("按渠道", "By channel");
pub const KINDS: Text = text("按诉求类型", "By kind");
pub const STATES: Text = text("按状态", "By state");
pub const SUPERVISION: Text = text("督办、退单和重办", "Supervision, send-backs, redone work");
pub const CITIZENS_SAY: Text = text("群众评价", "What citizens say");
pub const HOT_TOPICS: Text = text("热点类别", "Most frequent categories");
pub const HOT_COMPLAINTS: Text = text("投诉举报热点", "Most frequent in complaints");
pub const HOT_QUESTIONS: Text = text("咨询求助热点", "Most frequent in inquiries");
pub const COMPLAINTS_BY_AREA: Text = text("各市投诉举报", "Complaints by city");
pub const PER_PEOPLE: Text = text("每万人投诉举报量", "Complaints per 10,000 people");
pub const TOPICS_BY_AREA: Text = text(
    "各市投诉举报前三类",
    "What complaints of each city are about",
);
pub const PEOPLE: Text = text("常住人口（人）", "People");
pub const RATE: Text = text("每万人（件）", "Per 10,000 people");
pub const NO_PEOPLE: Text = text(
    "没有填写人口的市显示“—”；请在基础数据“常住人口”中填写。",
    "A city whose population nobody has written has a dash; it is written in the list Population.",
);
pub const AREAS_BY_SOLVED: Text = text("各市解决率排名", "Cities by solution rate");
pub const AREAS_BY_ON_TIME: Text = text("各市按时办结率排名", "Cities by answers on time");
pub const UNITS_BY_SOLVED: Text = text("单位解决率排名", "Units by solution rate");
pub const UNITS_BY_SATISFIED: Text = text("单位满意率排名", "Units by satisfaction");
pub const UNITS_BY_ON_TIME: Text = text("单位按时办结率排名", "Units by answers on time");
pub const QUALITY_SCORES: Text = text("数据质量得分（现值）", "Score of the data, as it is now");
pub const APPROVAL_TIMES: Text = text("期内办结的办件", "Approvals that ended in the period");

// What each report is for.
pub const DAILY_WHY: Text = text(
    "每天早上看：昨天来了多少、办结多少、现在有多少超期，哪里最集中。",
    "For every morning: what came in yesterday, what was ended, what is late now, and where.",
);
pub const WEEKLY_WHY: Text = text(
    "每周例会用：与日报相同的内容，统计一周。",
    "For the weekly meeting: as the daily report, over a week.",
);
pub const MONTHLY_WHY: Text = text(
    "月度通报用：受理量、渠道、类别、地区、单位、时效、满意和督办。",
    "For the monthly bulletin: volume, channels, categories, areas, units, timeliness, satisfaction, supervision.",
);
pub const ANNUAL_WHY: Text = text(
    "年报和白皮书用：与月报相同，另有各月走势。",
    "For the yearbook: as the monthly report, with each month beside the others.",
);
pub const SPECIAL_WHY: Text = text(
    "就一个类别、一个地区、任意一段时间写专报时用。",
    "For a report about one category, one area and any days.",
);
pub const UNIT_WHY: Text = text(
    "单位自查用：本单位签收、联系、按时、退单和群众评价。",
    "For a unit's own review: signing, contact, answers in time, send-backs, and what citizens say.",
);
pub const RANKING_WHY: Text = text(
    "考核通报用：地区和单位在同类中的名次；样本不足的不排名。",
    "For the assessment: places of areas, and of units within their class; small samples have no place.",
);
pub const HOT_WHY: Text = text(
    "研判会用：哪些类别最多，比上期和去年同期变化多少。",
    "To see what people speak of most, and how it grew.",
);
pub const TIMELINESS_WHY: Text = text(
    "看签收、首次联系、答复是否按时，平均要多久。",
    "Whether signing, first contact and answers are in time, and how long they take.",
);
pub const SATISFACTION_WHY: Text = text(
    "看群众是否满意、问题是否解决，按地区、类别、单位。",
    "Whether citizens are satisfied and their matters solved, by area, category and unit.",
);
pub const THREE_RATES_WHY: Text = text(
    "响应率、解决率、满意率分列；各市权重不同，不合成一个数。",
    "Responded, solved and satisfied, each by itself: the weights of a sum differ by city.",
);
pub const CHANNELS_WHY: Text = text(
    "看诉求从哪些渠道来，各渠道办得怎样。",
    "On which ways requests come, and how those of each way are handled.",
);
pub const CATEGORIES_WHY: Text = text(
    "看诉求说的是什么事，各类办得怎样。",
    "What requests are about, and how each category is handled.",
);
pub const AREAS_WHY: Text = text(
    "看诉求和投诉来自哪里，当地说得最多的是什么。",
    "Where requests and complaints come from, and what they are about.",
);
pub const WORKLOAD_WHY: Text = text(
    "看各地、各单位接了多少、办结多少、还剩多少。",
    "How much each area and unit took, ended, and has left.",
);
pub const SUPERVISION_WHY: Text = text(
    "看督办、退单、重办、延期和超期集中在哪里。",
    "Where directives, send-backs, redone work, extensions and late answers gather.",
);
pub const QUALITY_WHY: Text = text(
    "看各地数据质量得分和按时办结排名。",
    "The score of each area's data, and its place by answers on time.",
);
pub const APPROVALS_WHY: Text = text(
    "看各类办件从发起到办结平均用多久。",
    "How long approvals of each kind take from filing to their end.",
);

// Columns and marks.
pub const PLACE: Text = text("名次", "Place");
pub const CLASS: Text = text("类别", "Class");
pub const MEASURE: Text = text("指标", "Measure");
pub const VALUE: Text = text("本期", "This period");
pub const NUMERATOR: Text = text("分子", "Numerator");
pub const DENOMINATOR: Text = text("分母", "Denominator");
pub const SAMPLE: Text = text("样本", "Sample");
pub const BEFORE: Text = text("上期", "Period before");
pub const CHAIN: Text = text("环比", "Against the period before");
pub const YEAR_BEFORE: Text = text("上年同期", "Year before");
pub const YEARLY: Text = text("同比", "Against the year before");
pub const SMALL: Text = text("样本不足", "small sample");
pub const OTHER_CLASS: Text = text("其他", "Other");
pub const ITEM: Text = text("事项", "Matter");
pub const COUNT: Text = text("办结（件）", "Ended");
pub const DAYS: Text = text("平均用时（天）", "Mean days");
pub const WITHIN: Text = text("达标", "Within");
pub const BEYOND: Text = text("超出", "Beyond");
pub const TICKETS: Text = text("工单（件）", "Tickets");
pub const FINDINGS: Text = text("未处理问题", "Open findings");
pub const SCORE: Text = text("得分", "Score");
pub const ALL: Text = text("合计", "Total");

// Facts and warnings.
pub const AS_OF: Text = text("统计时间", "Counted at");
pub const COUNTED_BY: Text = text("统计来源", "Counted by");
pub const PERIOD: Text = text("时期", "Period");
pub const COMPARED: Text = text("对比时期", "Compared with");
pub const AREA: Text = text("地区", "Area");
pub const TOPIC: Text = text("类别", "Category");
pub const UNITS: Text = text("单位口径", "Units");
pub const SCOPE: Text = text("数据范围", "Scope");
pub const OWN_SCOPE: Text = text("制表人的数据范围", "the maker's own");
pub const WHOLE_SCOPE: Text = text("全部", "everything");
pub const VERSIONS: Text = text("口径版本", "Versions of the formulas");
pub const DIGEST: Text = text("内容摘要", "Digest of the content");
pub const NUMBER: Text = text("编号", "Number");
pub const NOT_OVER: Text = text(
    "这段时期还没有结束，数字还会变；环比、同比与完整的时期相比。",
    "The period is not over: its numbers will change, and they are compared with whole ones.",
);
pub const CHANGED: Text = text(
    "保存的内容与当时的摘要不符，请勿使用，并请管理员检查数据库。",
    "What is stored does not have the digest that was written with it. Do not use it, and have the database looked at.",
);
pub const NOTHING: Text = text("这段时期没有数据。", "There is nothing in this period.");
pub const ROUNDING: Text = text(
    "比率和时长四舍五入保留两位小数；“—”表示没有分母，或对比的基数小于 10。比率的环比、同比是百分点之差。",
    "Rates and hours are rounded half up to two decimals; a dash stands for nothing to divide by, or fewer than ten to compare with. Rates are compared by the difference of their percentages.",
);
pub const SMALL_WORDS: Text = text(
    "分母小于最小样本的标“样本不足”，不参加排名。",
    "What has fewer than the minimum sample is marked, and has no place.",
);

// Pages.
pub const REPORTS: Text = text("标准报表", "Standard reports");
pub const REPORTS_WHY: Text = text(
    "每张报表都写明条件、统计时间、口径版本和内容摘要；每个数字都可以点开名单。",
    "Each report says its filter, when it was counted, the versions of its formulas and a digest; every number opens its list.",
);
pub const KEPT: Text = text("已存报表", "Kept reports");
pub const KEPT_ONE: Text = text("已存报表", "A kept report");
pub const KEPT_WHY: Text = text(
    "存下的报表不再变化：之后工单怎样变，它都还是当时的数字。签发由第二个人办理。",
    "A kept report never changes, whatever becomes of the tickets. A second person signs it.",
);
pub const KEPT_NONE: Text = text("还没有存下的报表", "No report was kept yet");
pub const KEPT_NONE_WHY: Text = text(
    "打开一张报表，按“存下这张报表”。",
    "Open a report and press \u{201c}Keep this report\u{201d}.",
);
pub const KEEP: Text = text("存下这张报表", "Keep this report");
pub const KEEP_WHY: Text = text(
    "按您的数据范围重新统计一次，编号存下，以后不再变化。",
    "It is counted once more in your scope, gets a number, and never changes.",
);
pub const SIGN: Text = text("签发", "Sign");
pub const SIGN_WHY: Text = text(
    "签发表示您核对过这些数字。制表人不能签发自己的报表。",
    "By signing you say that you have checked these numbers. Nobody signs a report of his own making.",
);
pub const UNSIGNED: Text = text("未签发", "not signed");
pub const COMMENTS: Text = text("批注", "Remarks");
pub const COMMENT: Text = text("写批注", "Write a remark");
pub const COMMENT_TEXT: Text = text("批注内容", "The remark");
pub const SEND: Text = text("保存批注", "Save the remark");
pub const DIFFERENCES: Text = text("与上一份的不同", "What differs from the one before");
pub const NO_DIFFERENCES: Text = text("没有不同。", "Nothing differs.");
pub const WAS: Text = text("上一份", "Before");
pub const NOW: Text = text("这一份", "Now");
pub const ROW: Text = text("行", "Row");
pub const COLUMN: Text = text("列", "Column");
pub const TABLE: Text = text("表", "Table");
pub const ONE_BEFORE: Text = text("上一份", "The one before");
pub const ONE_AFTER: Text = text("下一份", "The one after");
pub const MADE: Text = text("制表", "Made by");
pub const SIGNED: Text = text("签发", "Signed by");
pub const DONE: Text = text("已保存。", "Saved.");
pub const MORE: Text = text("更早的报表", "Older reports");
pub const TAKE: Text = text("下载", "Take as a file");
pub const NEXT_STEPS: Text = text("这张报表的后续", "What to do with the report");
pub const TO_KEEP: Text = text("存档和签发", "Keep and sign it");
pub const TO_SCHEDULE: Text = text(
    "定时生成并发给同事",
    "Make it regularly and tell colleagues",
);
pub const PERIOD_BEFORE: Text = text("上一期", "The period before");
pub const CATEGORY_FIELD: Text = text("类别代码", "Category code");

// Schedules.
pub const SCHEDULED: Text = text("定时报表", "Scheduled reports");
pub const SCHEDULED_WHY: Text = text(
    "到时按您当时的数据范围生成并存下报表，给收件人发提醒（提醒只有报表编号）。您没有报表权限了，定时就暂停。",
    "When its time comes, a report is made in the scope that you have then, and kept; those named get a notice with its number alone. Without the right to reports it is suspended.",
);
pub const SCHEDULED_NONE: Text = text("没有定时报表", "Nothing is scheduled");
pub const SCHEDULED_NONE_WHY: Text = text("用下面的表单添加。", "Add one with the form below.");
pub const SCHEDULE: Text = text("添加定时报表", "Schedule a report");
pub const RHYTHM: Text = text("频次", "How often");
pub const HOUR: Text = text("几点（0 至 23）", "At which hour (0 to 23)");
pub const AREA_HELP: Text = text(
    "不选为您的全部范围。",
    "Nothing chosen: all that you may see.",
);
pub const RECEIVERS: Text = text("收件人（用户名）", "Who is told (sign-in names)");
pub const RECEIVERS_HELP: Text = text(
    "用空格分开，至多 20 人，须能查看报表；各人按自己的提醒设置收到站内提醒或邮件。",
    "With blanks between, at most 20 people who see reports; each is told in the product or by mail, as he has chosen.",
);
pub const STOP: Text = text("停止并删除", "Stop and delete");
pub const RESUME: Text = text("恢复", "Let it go on");
pub const NEXT: Text = text("下次", "next");
pub const LAST: Text = text("最近一份", "Made last");
pub const TROUBLE: Text = text("最近一次没有成功", "The last one failed");

/// What the field of the period is called, with an example of the report's own span; any other span can be asked for as well.
pub fn period_field(span: crate::report::Span, locale: Locale) -> String {
    use crate::report::Span;
    let example = match span {
        Span::Day => "2026-10-03",
        Span::Week => "2026-W44",
        Span::Month => "2026-10",
        Span::Quarter => "2026-Q4",
        Span::Year => "2026",
        Span::Free => "2026-10-01_2026-10-15",
    };
    let name = PERIOD.get(locale);
    match locale {
        Locale::Zh => format!("{name}（如 {example}）"),
        Locale::En => format!("{name} (such as {example})"),
    }
}

/// `每天 8 时`.
pub fn turn(rhythm: crate::report::Rhythm, hour: u32, locale: Locale) -> String {
    let word = rhythm.label(locale);
    match locale {
        Locale::Zh => format!("{word} {hour} 时"),
        Locale::En => format!("{word} at {hour}:00"),
    }
}

/// `目标 1.50 天`: the head of the column that says whether a mean is within it.
pub fn within_days(days: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("目标 {days} 天"),
        Locale::En => format!("Target of {days} days"),
    }
}

/// The heading: `月报 · 2026年10月（…）`.
pub fn title(name: crate::report::ReportName, locale: Locale) -> String {
    name.label(locale).to_owned()
}

/// `受理量（件）`: a measure with what it is given in.
pub fn column(measure: crate::measure::Measure, locale: Locale) -> String {
    let unit = measure.definition().unit();
    let (name, unit) = (measure.label(locale), unit_word(unit, locale));
    match locale {
        Locale::Zh => format!("{name}（{unit}）"),
        Locale::En => format!("{name} ({unit})"),
    }
}

/// What numbers of a unit are followed by.
pub const fn unit_word(unit: crate::measure::MeasureUnit, locale: Locale) -> &'static str {
    match unit {
        crate::measure::MeasureUnit::Percent => "%",
        other => other.text().get(locale),
    }
}

/// A column that belongs to a measure: `受理量 环比`.
pub fn beside(measure: crate::measure::Measure, word: Text, locale: Locale) -> String {
    let (name, word) = (measure.label(locale), word.get(locale));
    match locale {
        Locale::Zh => format!("{name}{word}"),
        Locale::En => format!("{name}: {}", word.to_lowercase()),
    }
}

/// How a rate changed: `+1.20 个百分点`.
pub fn points(signed: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("{signed} 个百分点"),
        Locale::En => format!("{signed} points"),
    }
}

/// `上期 2026-09，上年同期 2025-10`.
pub fn compared(before: &str, year_before: &str, locale: Locale) -> String {
    let (first, second) = (BEFORE.get(locale), YEAR_BEFORE.get(locale));
    match locale {
        Locale::Zh => format!("{first} {before}，{second} {year_before}"),
        Locale::En => format!("{first}: {before}; {second}: {year_before}"),
    }
}

/// `前 10 行，共 23 行`.
pub fn first_of(shown: usize, all: usize, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("列出前 {shown} 行，共 {all} 行；合计包含全部。"),
        Locale::En => format!("The first {shown} of {all} rows are shown; the total has all."),
    }
}

/// `张三 2026-11-02 09:30`: who did it and when.
pub fn by_at(by: &str, at: &str) -> String {
    format!("{by} {at}")
}

/// Who counted a report: of each of its cubes the analytic copy's number of the change feed, or none where the database counted it.
pub fn counted_by(sources: &[Option<i64>], locale: Locale) -> String {
    let Some(mark) = sources.iter().copied().flatten().min() else {
        return match locale {
            Locale::Zh => "数据库".to_owned(),
            Locale::En => "the database".to_owned(),
        };
    };
    match (sources.iter().all(Option::is_some), locale) {
        (true, Locale::Zh) => format!("分析副本，含至第 {mark} 号变更"),
        (true, Locale::En) => format!("the analytic copy, with all changes up to no. {mark}"),
        (false, Locale::Zh) => format!("分析副本（含至第 {mark} 号变更）和数据库"),
        (false, Locale::En) => {
            format!("the analytic copy, with all changes up to no. {mark}, and the database")
        }
    }
}
