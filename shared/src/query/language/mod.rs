//! The language of conditions: what the filters of the list cannot say, as one text such as
//! `state in (DISPATCHED, HANDLING) and (returns >= 2 or not solved = yes) and area under 3201`.
//! Not here: SQL (store), rights and own fields (services). Reading: `lex`, `parse`; printing: `print`; what leads a list: `lead`.
//! Printing and reading agree: what was read prints as a text that is read as the same again.

mod add;
mod fields;
mod lead;
mod lex;
pub mod mark;
mod parse;
mod print;
mod said;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::calendar::{self, Instant};
use crate::fault::{Code, Fault, FieldFault};

pub use add::{added, parts, without};
pub use fields::{Coded, Field, FieldKind, Op};
pub use print::quoted;

/// Most characters of an expression.
pub const MOST_CHARS: usize = 2_000;
/// How deep brackets and `not` may stand in each other.
pub const MOST_DEPTH: usize = 5;
/// Most conditions of an expression.
pub const MOST_CONDITIONS: usize = 40;
/// Most values of one list.
pub const MOST_VALUES: usize = 200;
/// Most characters of one value.
const MOST_VALUE: usize = 60;
/// The longest period of acceptance, in days, that leads an expression by itself.
pub const LONGEST_DAYS: i64 = 366;
/// The name in addresses.
pub const WHERE: &str = "where";

codes! {
    /// Why an expression is not taken.
    Slip {
        Nothing = "nothing", "nothing", "没有条件", "there is no condition";
        Sign = "sign", "sign", "这个符号不能用", "this sign cannot stand here";
        Quote = "quote", "quote", "引号没有结束", "the quotation mark is not closed";
        Field = "field", "field", "这里应是字段名，没有这个字段", "a field is wanted here and there is none of this name";
        Operator = "operator", "operator", "这里应是这个字段可用的比较符", "an operator that suits the field is wanted here";
        Value = "value", "value", "这个值不适合这个字段", "this value does not suit the field";
        List = "list", "list", "in 后面应是括号里的一组值，用逗号分开", "behind in comes a list in brackets, divided by commas";
        And = "and", "and", "between 后面应是“值 and 值”", "behind between come two values with and between them";
        Empty = "empty", "empty", "is 后面应是 empty 或 not empty", "behind is comes empty or not empty";
        Bracket = "bracket", "bracket", "括号没有配对", "a bracket is missing here";
        Rest = "rest", "rest", "这里应是 and 或 or", "and or or is wanted here";
        Long = "long", "long", "条件太长，最多 2000 个字", "it is too long; at most 2000 characters";
        Deep = "deep", "deep", "括号和 not 最多套五层", "brackets and not stand in each other at most five deep";
        Many = "many", "many", "条件太多，最多 40 条", "there are too many conditions; at most 40";
        Values = "values", "values", "一组值最多 200 个", "a list has at most 200 values";
        Person = "person", "person", "电话、姓名和证件号不写在条件里，请用“按人查找”", "a phone, a name or an identity number is not written here; please use Look for a person";
        Foreign = "foreign", "foreign", "“按人查找”的条件只有查找的人能用，请写明事由重新查找", "a condition of Look for a person serves only whoever looked; please look yourself and say why";
        Wide = "wide", "wide", "范围太大，请再加一个条件：受理时间（不超过 366 天）、单位、标签、区县、本地区自定义项或未办结的状态", "it reaches too far; add a period of acceptance of at most 366 days, a unit, a tag, a district, an own field or states that are open";
    }
}

/// What is wrong with an expression, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Why.
    pub slip: Slip,
    /// The character, from 1.
    pub at: usize,
    /// What stands there.
    pub near: String,
}

impl Mistake {
    /// The same as a fault at the field of the expression.
    pub fn fault(&self) -> Fault {
        let near = self.near.chars().filter(|c| !c.is_control()).take(40);
        let facts = [
            ("field", WHERE.to_owned()),
            ("why", self.slip.as_str().to_owned()),
            ("at", self.at.to_string()),
            ("value", near.collect()),
        ];
        let facts = facts.map(|(name, value)| (name.to_owned(), value));
        Fault {
            fields: vec![FieldFault {
                field: WHERE.to_owned(),
                code: Code::InputQuery,
                facts: facts.iter().cloned().collect(),
            }],
            facts: facts.into_iter().collect(),
            ..Fault::new(Code::InputQuery)
        }
    }
}

/// Conditions with and, or and not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Expr {
    /// All of these, two or more.
    All(Vec<Expr>),
    /// One of these, two or more.
    Any(Vec<Expr>),
    /// What it is not.
    Not(Box<Expr>),
    /// One condition.
    Is(Condition),
}

/// One condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// What it asks about.
    pub of: Subject,
    /// How.
    pub op: Op,
    /// One value; two for `between`, any number for `in`, none where it asks whether there is an answer.
    pub values: Vec<Value>,
}

/// What a condition asks about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A field that every ticket has.
    Field(Field),
    /// One of the office's own fields, by its code.
    Own(String),
}

impl Subject {
    /// What kind of answers it has.
    pub fn kind(&self) -> FieldKind {
        match self {
            Self::Field(field) => field.kind(),
            Self::Own(_) => FieldKind::Mark,
        }
    }
}

/// A value of a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Of a list of codes.
    Code(Coded),
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// A day or a moment.
    Time(Moment),
    /// A text or a code of the office's data.
    Text(String),
}

/// A day or a second of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// A whole day.
    Day(chrono::NaiveDate),
    /// A second.
    At(Instant),
    /// The day of reading, or so many days before (negative) or after it.
    Today(i64),
}

impl Moment {
    /// From when to when it lasts, the end not with it.
    pub fn span(self, now: Instant) -> (Instant, Instant) {
        let day = match self {
            Self::At(at) => return (at, Instant(at.0.saturating_add(1_000))),
            Self::Day(day) => day,
            Self::Today(days) => {
                let distance = chrono::Days::new(days.unsigned_abs());
                let today = now.date();
                let found = if days < 0 {
                    today.checked_sub_days(distance)
                } else {
                    today.checked_add_days(distance)
                };
                found.unwrap_or(today)
            }
        };
        (
            calendar::day_start(day),
            calendar::day_start(calendar::days_after(day, 1)),
        )
    }
}

impl Expr {
    /// Reads an expression.
    ///
    /// # Errors
    /// The first mistake, with its place.
    pub fn parse(text: &str) -> Result<Self, Mistake> {
        parse::expression(text)
    }

    /// Looks at every condition, in the order of the text.
    pub fn visit(&self, see: &mut dyn FnMut(&Condition)) {
        match self {
            Self::All(parts) | Self::Any(parts) => {
                for part in parts {
                    part.visit(see);
                }
            }
            Self::Not(inner) => inner.visit(see),
            Self::Is(condition) => see(condition),
        }
    }

    /// Changes every condition, until one cannot be.
    ///
    /// # Errors
    /// The first of `change`.
    pub fn change<E>(
        &mut self,
        change: &mut dyn FnMut(&mut Condition) -> Result<(), E>,
    ) -> Result<(), E> {
        match self {
            Self::All(parts) | Self::Any(parts) => {
                for part in parts {
                    part.change(change)?;
                }
                Ok(())
            }
            Self::Not(inner) => inner.change(change),
            Self::Is(condition) => change(condition),
        }
    }

    /// Whether a condition asks about something of this kind.
    pub fn asks(&self, is_it: impl Fn(&Subject) -> bool) -> bool {
        let mut found = false;
        self.visit(&mut |condition| found |= is_it(&condition.of));
        found
    }

    /// The conditions about persons that hold for every ticket: each leads along its own index.
    pub fn persons(&self) -> impl Iterator<Item = &Condition> {
        add::parts(self).iter().filter_map(|part| match part {
            Self::Is(condition) if condition.of.kind() == FieldKind::Person => Some(condition),
            _ => None,
        })
    }

    /// Whether it asks about a person anywhere.
    pub fn asks_person(&self) -> bool {
        self.asks(|of| of.kind() == FieldKind::Person)
    }

    /// The same and another condition; nothing is and-ed to nothing.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match self {
            Self::All(mut parts) => {
                parts.push(other);
                Self::All(parts)
            }
            one => Self::All(vec![one, other]),
        }
    }

    /// All of these parts; nothing where there are none.
    pub fn all(mut parts: Vec<Self>) -> Option<Self> {
        if parts.len() > 1 {
            return Some(Self::All(parts));
        }
        parts.pop()
    }
}

impl TryFrom<String> for Expr {
    type Error = Fault;

    fn try_from(text: String) -> Result<Self, Fault> {
        Self::parse(&text).map_err(|mistake| mistake.fault())
    }
}

impl From<Expr> for String {
    fn from(expr: Expr) -> Self {
        expr.to_string()
    }
}
