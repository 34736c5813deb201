//! What stopped an approval, in the reader's language. An incident keeps the engine's own words, which are English; here stands what each of
//! them says in Chinese. Words of services outside are kept as they came.
//! Not here: kinds of incident (`approval::IncidentKind`).
//! `{}` stands for a name, a number, or another of these sentences. The first that fits counts.

use super::Locale;

/// English and Chinese, `{}` in both in the same order.
const SENTENCES: &[(&str, &str)] = &[
    (
        "the definition names nobody for this task",
        "流程没有写明这一步由谁办",
    ),
    ("nobody is called {}", "没有叫 {} 的人"),
    ("{} may not do this: {}", "{} 不能办理这一步：{}"),
    (
        "nobody decides on what he filed himself",
        "发起人不能办理自己发起的办件",
    ),
    (
        "this account may not work on approvals",
        "这个账号没有办理办件的权限",
    ),
    ("this account works in another area", "这个账号属于其他地区"),
    ("there is no unit {}", "没有单位 {}"),
    (
        "nothing is open and nothing is awaited",
        "没有可办的环节，也没有在等的事件",
    ),
    (
        "more than {} messages and signals one after the other",
        "消息和信号接连互相触发超过 {} 次",
    ),
    ("there is no service {}", "没有名为 {} 的服务"),
    (
        "the service did not answer within {} seconds",
        "服务在 {} 秒内没有应答",
    ),
    ("the service can do nothing", "这项服务什么也不做"),
    (
        "the transition needs more {} than allowed",
        "这一步用到的{}超过上限",
    ),
    ("activities to undo", "待撤销活动"),
    ("loop instances", "多实例次数"),
    ("steps", "步数"),
    ("tokens", "令牌"),
    ("nesting", "嵌套层数"),
    ("variables", "变量"),
    ("the process {} is not there", "没有流程 {}"),
    (
        "the element {} is not in the definition",
        "流程里没有元素 {}",
    ),
    ("the process {} cannot start so", "流程 {} 不能这样发起"),
    ("the instance has ended", "办件已经结束"),
    ("task {} is not open", "任务 {} 不在办"),
    ("timer {} is not running", "定时 {} 不在运行"),
    ("nobody waits for the message {}", "没有环节在等消息 {}"),
    ("no way out of {} can be taken", "{} 没有可走的出口"),
    (
        "nobody catches the error {} of {}",
        "错误 {}（来自 {}）没有环节处理",
    ),
    (
        "{} asks the decision table {}, which is not there",
        "{} 要查决策表 {}，但没有部署",
    ),
    ("something still runs in {}", "{} 里还有环节在办"),
    ("{} cannot run: {}", "{} 不能执行：{}"),
    ("{} cannot be repeated: {}", "{} 不能多次执行：{}"),
    ("the variable {} cannot be kept: {}", "变量 {} 不能保存：{}"),
    ("rule {}, {}: {}", "第 {} 条规则，{}：{}"),
    (
        "the rules {} and {} both fit, but only one may",
        "第 {} 条和第 {} 条规则都符合，只能有一条",
    ),
    (
        "the rules {} and {} fit, but do not say the same",
        "第 {} 条和第 {} 条规则都符合，但结论不同",
    ),
    (
        "the outputs cannot be computed together: {}",
        "各条结果不能合并计算：{}",
    ),
    (
        "{} is no time that can be waited for",
        "{} 不是可以等待的时间",
    ),
    (
        "{} lies beyond the years that can be computed",
        "{} 超出可以计算的年份",
    ),
    (
        "the holiday notice of a year before {} is missing",
        "缺少 {} 以前某年的节假日安排",
    ),
    ("the limit table has no {}", "时限表里没有 {}"),
    ("{} is too long", "{} 太长"),
    ("the condition is longer than {} bytes", "条件超过 {} 字节"),
    (
        "the condition is nested deeper than {} levels",
        "条件嵌套超过 {} 层",
    ),
    (
        "at byte {}: {} is not expected here",
        "第 {} 字节：这里不应是 {}",
    ),
    ("{} cannot be called in a condition", "条件里不能调用 {}"),
    ("the variable {} is not set", "变量 {} 没有值"),
    ("division by zero", "除数为零"),
    ("a number is out of range", "数字超出范围"),
    ("{} does not work with {}", "{} 不能用于 {}"),
    ("the condition takes too many steps", "条件计算步数太多"),
    ("a text in the condition grows too long", "条件里的文字太长"),
    (
        "working time cannot be computed: {}",
        "工作时间算不出来：{}",
    ),
    ("date or time", "日期或时间"),
    (
        "duration in days, hours, minutes and seconds",
        "以日、时、分、秒表示的时长",
    ),
    ("{} is no {}", "{} 不是{}"),
    // Last: an element and why.
    ("{}: {}", "{}：{}"),
];

/// Sentences inside sentences at most.
const DEEP: usize = 4;

/// The words of an incident for a reader.
pub fn in_language(words: &str, locale: Locale) -> String {
    match locale {
        Locale::En => words.to_owned(),
        Locale::Zh => chinese(words, DEEP),
    }
}

fn chinese(words: &str, deep: usize) -> String {
    if deep == 0 {
        return words.to_owned();
    }
    for (english, chinese_words) in SENTENCES {
        let Some(names) = fit(english, words) else {
            continue;
        };
        let mut names = names.into_iter();
        let mut said = String::new();
        for (index, part) in chinese_words.split("{}").enumerate() {
            if index > 0 {
                said.push_str(&chinese(names.next().unwrap_or_default(), deep - 1));
            }
            said.push_str(part);
        }
        return said;
    }
    words.to_owned()
}

/// What stands for each `{}`, if the words are this sentence.
fn fit<'w>(sentence: &str, words: &'w str) -> Option<Vec<&'w str>> {
    let mut parts = sentence.split("{}");
    let mut rest = words.strip_prefix(parts.next()?)?;
    let mut names = Vec::new();
    let mut parts = parts.peekable();
    while let Some(part) = parts.next() {
        let is_last = parts.peek().is_none();
        let at = match (part, is_last) {
            ("", true) => rest.len(),
            (_, true) => rest
                .len()
                .checked_sub(part.len())
                .filter(|at| rest.get(*at..) == Some(part))?,
            (_, false) => rest.find(part)?,
        };
        names.push(rest.get(..at)?);
        rest = rest.get(at + part.len()..)?;
    }
    rest.is_empty().then_some(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_inside_sentences_are_told() {
        let zh = |words| in_language(words, Locale::Zh);
        assert_eq!(zh("check: division by zero"), "check：除数为零");
        assert_eq!(
            zh("over: the variable amount is not set"),
            "over：变量 amount 没有值"
        );
        assert_eq!(
            zh("P9000Y lies beyond the years that can be computed"),
            "P9000Y 超出可以计算的年份"
        );
        assert_eq!(
            zh("30 wd: the holiday notice of a year before 2028-01-03 is missing"),
            "30 wd：缺少 2028-01-03 以前某年的节假日安排"
        );
        assert_eq!(
            zh("the transition needs more loop instances than allowed"),
            "这一步用到的多实例次数超过上限"
        );
    }

    #[test]
    fn other_words_stay_as_they_came() {
        for words in ["", "connection refused", "证照系统维护中"] {
            assert_eq!(in_language(words, Locale::Zh), words);
        }
        assert_eq!(
            in_language("division by zero", Locale::En),
            "division by zero"
        );
    }

    #[test]
    fn both_languages_name_the_same_things() {
        for (english, chinese) in SENTENCES {
            assert_eq!(
                english.matches("{}").count(),
                chinese.matches("{}").count(),
                "{english}"
            );
        }
    }
}
