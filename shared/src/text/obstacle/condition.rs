//! Sentences for expressions that cannot be read or computed.
//! Not here: their codes (`process::obstacle`).
//! Next: `engine`.

use super::{Told, say};
use crate::process::obstacle::{ConditionError, Operation, There, ValueKind};
use crate::text::Locale;

impl Told for ConditionError {
    fn told(&self, locale: Locale) -> String {
        match self {
            Self::TooLong { most } => say!(
                locale,
                "条件超过 {most} 字节",
                "the condition is longer than {most} bytes"
            ),
            Self::TooDeep { most } => say!(
                locale,
                "条件嵌套超过 {most} 层",
                "the condition is nested deeper than {most} levels"
            ),
            Self::Syntax { at, found } => {
                let found = found.told(locale);
                say!(
                    locale,
                    "第 {at} 字节：这里不应是{found}",
                    "at byte {at}: {found} is not expected here"
                )
            }
            Self::Refused { what } => say!(
                locale,
                "条件里不能调用 {what}",
                "{what} cannot be called in a condition"
            ),
            Self::Missing { name } => {
                say!(
                    locale,
                    "变量 {name} 没有值",
                    "the variable {name} is not set"
                )
            }
            Self::DivisionByZero => say!(locale, "除数为零", "division by zero"),
            Self::Overflow => say!(locale, "数字超出范围", "a number is out of range"),
            Self::Kinds { operation, kinds } => {
                let operation = operation.told(locale);
                let kinds = listed(kinds, locale);
                say!(
                    locale,
                    "{operation}不能用于{kinds}",
                    "{operation} does not work with {kinds}"
                )
            }
            Self::TooManySteps => say!(
                locale,
                "条件计算步数太多",
                "the condition takes too many steps"
            ),
            Self::TooLarge => say!(
                locale,
                "条件里的文字太长",
                "a text in the condition grows too long"
            ),
            Self::NoTime { text, wanted } => {
                let wanted = wanted.label(locale);
                say!(locale, "{text} 不是{wanted}", "{text} is no {wanted}")
            }
            Self::Calendar { why } => {
                let why = why.told(locale);
                say!(
                    locale,
                    "工作时间算不出来：{why}",
                    "working time cannot be computed: {why}"
                )
            }
        }
    }
}

impl Told for There {
    fn told(&self, locale: Locale) -> String {
        match self {
            Self::Written(text) => say!(locale, " {text} ", "\"{text}\""),
            Self::Text(text) => say!(locale, "文字“{text}”", "the text '{text}'"),
            Self::LetterAfterNumber => {
                say!(locale, "数字后面的字母", "a letter after a number")
            }
            Self::OpenText => say!(
                locale,
                "没有右引号的文字",
                "a text without its closing quote"
            ),
            Self::End => say!(locale, "结尾", "the end"),
        }
    }
}

impl Told for Operation {
    fn told(&self, locale: Locale) -> String {
        match self {
            Self::Named(name) => say!(locale, "{name} ", "{name}"),
            Self::Condition => say!(locale, "条件", "a condition"),
            Self::Text => say!(locale, "文字", "a text"),
            Self::Timer => say!(locale, "定时", "a timer"),
            Self::Aggregation => say!(locale, "合并计算", "an aggregation"),
        }
    }
}

fn listed(kinds: &[ValueKind], locale: Locale) -> String {
    let kinds: Vec<&str> = kinds.iter().map(|kind| kind.label(locale)).collect();
    match locale {
        Locale::Zh if kinds.is_empty() => "这里".to_owned(),
        Locale::En if kinds.is_empty() => "this".to_owned(),
        Locale::Zh => kinds.join("和"),
        Locale::En => kinds.join(" and "),
    }
}
