//! Sentences for steps that the engine does not take, and decision tables without an outcome.
//! Not here: their codes (`process::obstacle`).
//! Next: `condition`.

use super::{Told, say};
use crate::process::obstacle::{DecisionError, NoLoop, RunError};
use crate::text::Locale;

impl Told for RunError {
    #[allow(clippy::too_many_lines, reason = "a sentence a code")]
    fn told(&self, locale: Locale) -> String {
        match self {
            Self::Fuel { what } => {
                let what = what.label(locale);
                say!(
                    locale,
                    "这一步用到的{what}超过上限",
                    "the transition needs more {what} than allowed"
                )
            }
            Self::UnknownProcess { process } => say!(
                locale,
                "没有流程 {process}",
                "the process {process} is not there"
            ),
            Self::UnknownElement { element } => say!(
                locale,
                "流程里没有元素 {element}",
                "the element {element} is not in the definition"
            ),
            Self::NoStart { process } => say!(
                locale,
                "流程 {process} 不能这样发起",
                "the process {process} cannot start so"
            ),
            Self::Ended => say!(locale, "办件已经结束", "the instance has ended"),
            Self::UnknownTask { task } => {
                say!(locale, "任务 {task} 不在办", "task {task} is not open")
            }
            Self::UnknownTimer { timer } => {
                say!(
                    locale,
                    "定时 {timer} 不在运行",
                    "timer {timer} is not running"
                )
            }
            Self::NobodyWaits { name } => say!(
                locale,
                "没有环节在等消息 {name}",
                "nobody waits for the message {name}"
            ),
            Self::Condition {
                element,
                expression,
                why,
            } => {
                let why = why.told(locale);
                say!(
                    locale,
                    "{element}：{why}（{expression}）",
                    "{element}: {why} ({expression})"
                )
            }
            Self::NoFlow { element } => say!(
                locale,
                "{element} 没有可走的出口",
                "no way out of {element} can be taken"
            ),
            Self::UncaughtError { element, code } => say!(
                locale,
                "错误 {code}（来自 {element}）没有环节处理",
                "nobody catches the error {code} of {element}"
            ),
            Self::UnknownDecision { element, decision } => say!(
                locale,
                "{element} 要查决策表 {decision}，但没有部署",
                "{element} asks the decision table {decision}, which is not there"
            ),
            Self::Decision { element, why } => {
                let why = why.told(locale);
                say!(locale, "{element}：{why}", "{element}: {why}")
            }
            Self::StillBusy { element } => say!(
                locale,
                "{element} 里还有环节在办",
                "something still runs in {element}"
            ),
            Self::Unsupported { element, kind } => say!(
                locale,
                "{element} 不能执行：{kind}",
                "{element} cannot run: {kind}"
            ),
            Self::BadLoop { element, found } => {
                let found = found.told(locale);
                say!(
                    locale,
                    "{element} 不能多次执行：{found}",
                    "{element} cannot be repeated: {found}"
                )
            }
            Self::BadVariable { name, why } => {
                let why = why.label(locale);
                say!(
                    locale,
                    "变量 {name} 不能保存：{why}",
                    "the variable {name} cannot be kept: {why}"
                )
            }
        }
    }
}

impl Told for DecisionError {
    fn told(&self, locale: Locale) -> String {
        match self {
            Self::Cell { rule, cell, why } => {
                let why = why.told(locale);
                say!(
                    locale,
                    "第 {rule} 条规则，{cell}：{why}",
                    "rule {rule}, {cell}: {why}"
                )
            }
            Self::NotUnique { first, second } => say!(
                locale,
                "第 {first} 条和第 {second} 条规则都符合，只能有一条",
                "the rules {first} and {second} both fit, but only one may"
            ),
            Self::Disagree { first, second } => say!(
                locale,
                "第 {first} 条和第 {second} 条规则都符合，但结论不同",
                "the rules {first} and {second} fit, but do not say the same"
            ),
            Self::NoNumber { why } => {
                let why = why.told(locale);
                say!(
                    locale,
                    "各条结果不能合并计算：{why}",
                    "the outputs cannot be computed together: {why}"
                )
            }
        }
    }
}

impl Told for NoLoop {
    fn told(&self, locale: Locale) -> String {
        match self {
            Self::Kind(kind) => kind.label(locale).to_owned(),
            Self::TooMany(turns) => say!(locale, "{turns} 次", "{turns} instances"),
            Self::WithoutNumber => say!(locale, "循环没有次数", "a loop without a number of turns"),
        }
    }
}
