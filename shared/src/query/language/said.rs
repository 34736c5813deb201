//! An expression in words, for people: fields, comparisons and codes by their labels.
//! Not here: the text that is read again (`print`).

use super::{Condition, Expr, FieldKind, Moment, Op, Subject, Value, mark};
use crate::text::{Locale, Text, common, text};

const AND: Text = text("且", " and ");
const OR: Text = text("或", " or ");
const NOT: Text = text("不是：", "not: ");
const TODAY: Text = text("今天", "today");

impl Expr {
    /// In words; a unit, a division or a category is still its code.
    #[must_use]
    pub fn said(&self, locale: Locale) -> String {
        let inside = |part: &Self| match part {
            Self::Is(_) => part.said(locale),
            _ => format!("({})", part.said(locale)),
        };
        let joined = |parts: &[Self], word: Text| {
            let parts: Vec<String> = parts.iter().map(inside).collect();
            parts.join(&spaced(word, locale))
        };
        match self {
            Self::All(parts) => joined(parts, AND),
            Self::Any(parts) => joined(parts, OR),
            Self::Not(inner) => format!("{}{}", NOT.get(locale), inside(inner)),
            Self::Is(condition) => condition.said(locale),
        }
    }
}

/// A word between two parts: Chinese words get blanks around them, so that dates and codes stay apart.
fn spaced(word: Text, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!(" {} ", word.get(locale)),
        Locale::En => word.get(locale).to_owned(),
    }
}

impl Condition {
    fn said(&self, locale: Locale) -> String {
        let name = match &self.of {
            Subject::Field(field) => field.label(locale).to_owned(),
            Subject::Own(code) => code.clone(),
        };
        let values: Vec<String> = self
            .values
            .iter()
            .map(|value| value_said(value, locale))
            .collect();
        let between = match self.op {
            Op::In => text("、", ", "),
            _ => text(" 至 ", " to "),
        };
        let is_time = self.of.kind() == FieldKind::Time;
        let how = how(self.op, is_time).get(locale);
        let values = values.join(between.get(locale));
        format!("{name} {how} {values}").trim_end().to_owned()
    }
}

const fn how(op: Op, is_time: bool) -> Text {
    match (op, is_time) {
        (Op::Eq, _) => text("是", "is"),
        (Op::Ne, _) => text("不是", "is not"),
        (Op::In, _) => text("是其中之一：", "is one of"),
        (Op::Lt, true) => text("早于", "before"),
        (Op::Le, true) => text("不晚于", "not after"),
        (Op::Gt, true) => text("晚于", "after"),
        (Op::Ge, true) => text("不早于", "not before"),
        (Op::Lt, false) => text("小于", "below"),
        (Op::Le, false) => text("不大于", "at most"),
        (Op::Gt, false) => text("大于", "above"),
        (Op::Ge, false) => text("不小于", "at least"),
        (Op::Between, _) => text("在", "from"),
        (Op::Under, _) => text("属于", "in"),
        (Op::Empty, _) => text("为空", "is empty"),
        (Op::Filled, _) => text("不为空", "is not empty"),
    }
}

fn value_said(value: &Value, locale: Locale) -> String {
    match value {
        Value::Code(coded) => coded.label.get(locale).to_owned(),
        Value::Flag(true) => common::YES.get(locale).to_owned(),
        Value::Flag(false) => common::NO.get(locale).to_owned(),
        Value::Time(Moment::Today(0)) => TODAY.get(locale).to_owned(),
        Value::Time(Moment::Today(days)) => match locale {
            Locale::Zh if *days < 0 => format!("{} 天前", days.unsigned_abs()),
            Locale::Zh => format!("{days} 天后"),
            Locale::En if *days < 0 => format!("{} days ago", days.unsigned_abs()),
            Locale::En => format!("{days} days from now"),
        },
        Value::Text(text) => mark::said(text).unwrap_or_else(|| text.clone()),
        Value::Number(_) | Value::Time(_) => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, locale: Locale) -> String {
        Expr::parse(text).expect("an expression").said(locale)
    }

    #[test]
    fn it_is_said_in_words() {
        let text = "state in (HANDLING, TO_DISPATCH) and accepted >= today-7 and not returns >= 2";
        assert_eq!(
            said(text, Locale::Zh),
            "状态 是其中之一： 办理中、待派单 且 受理时间 不早于 7 天前 且 (不是：退单次数 不小于 2)"
        );
        let text = "light = red or overdue = yes";
        assert_eq!(
            said(text, Locale::En),
            "Light is Overdue or Open and overdue is Yes"
        );
    }
}
