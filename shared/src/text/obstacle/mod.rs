//! What keeps a process from going on, told in both languages: one sentence a code, with all its facts.
//! Not here: the codes (`process::obstacle`), short names of kinds and forms (beside their enums).
//! Next: `condition`, `engine`; `tests` walks every code.

mod condition;
mod engine;
pub mod mismatch;
#[cfg(test)]
mod tests;

use std::fmt;

use super::Locale;
use crate::process::obstacle::{
    CalendarError, ConditionError, DecisionError, Obstacle, RunError, TimerError,
};

/// One of two sentences; names in brackets stand for the variables around.
macro_rules! say {
    ($locale:expr, $zh:literal, $en:literal $(,)?) => {
        match $locale {
            $crate::text::Locale::Zh => format!($zh),
            $crate::text::Locale::En => format!($en),
        }
    };
}
use say;

/// What can be told in both languages.
pub trait Told {
    /// The sentence, without a full stop.
    fn told(&self, locale: Locale) -> String;
}

impl Told for Obstacle {
    fn told(&self, locale: Locale) -> String {
        match self {
            Self::Step { why } => why.told(locale),
            Self::Time { why } => why.told(locale),
            Self::Expression { why } => why.told(locale),
            Self::NamesNobody => say!(
                locale,
                "流程没有写明这一步由谁办",
                "the definition names nobody for this task"
            ),
            Self::NobodyCalled { names } => {
                say!(locale, "没有叫 {names} 的人", "nobody is called {names}")
            }
            Self::Barred { name, why } => {
                let why = why.label(locale);
                say!(
                    locale,
                    "{name} 不能办理这一步：{why}",
                    "{name} may not do this: {why}"
                )
            }
            Self::NoUnit { unit } => say!(locale, "没有单位 {unit}", "there is no unit {unit}"),
            Self::NothingOpen => say!(
                locale,
                "没有可办的环节，也没有在等的事件",
                "nothing is open and nothing is awaited"
            ),
            Self::TooManyHops { most } => say!(
                locale,
                "消息和信号接连互相触发超过 {most} 次",
                "more than {most} messages and signals one after the other"
            ),
            Self::NoService { service } => say!(
                locale,
                "没有名为 {service} 的服务",
                "there is no service {service}"
            ),
            Self::ServiceSilent { seconds } => say!(
                locale,
                "服务在 {seconds} 秒内没有应答",
                "the service did not answer within {seconds} seconds"
            ),
            Self::ServiceIdle => {
                say!(locale, "这项服务什么也不做", "the service can do nothing")
            }
            // In whatever language they came.
            Self::ServiceSaid { words } | Self::Told { words } => words.clone(),
        }
    }
}

impl Told for TimerError {
    fn told(&self, locale: Locale) -> String {
        match self {
            Self::Unreadable { text } => say!(
                locale,
                "{text} 不是可以等待的时间",
                "{text} is no time that can be waited for"
            ),
            Self::TooFar { text } => say!(
                locale,
                "{text} 超出可以计算的年份",
                "{text} lies beyond the years that can be computed"
            ),
            Self::Calendar { text, why } => {
                let why = why.told(locale);
                say!(locale, "{text}：{why}", "{text}: {why}")
            }
        }
    }
}

impl Told for CalendarError {
    fn told(&self, locale: Locale) -> String {
        match self {
            Self::NoClock => say!(locale, "这里没有时钟", "there is no clock here"),
            Self::TooLong { value } => say!(locale, "{value} 太长", "{value} is too long"),
            Self::NoNotice { before } => say!(
                locale,
                "缺少 {before} 以前某年的节假日安排",
                "the holiday notice of a year before {before} is missing"
            ),
            Self::NoLimit { name } => say!(
                locale,
                "时限表里没有 {name}",
                "the limit table has no {name}"
            ),
        }
    }
}

/// Logs and developers read English.
macro_rules! is_an_error {
    ($($name:ident),+) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.told(Locale::En))
            }
        }
        impl std::error::Error for $name {}
    )+};
}
is_an_error!(
    Obstacle,
    RunError,
    ConditionError,
    DecisionError,
    TimerError,
    CalendarError
);
