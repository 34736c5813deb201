//! An expression as text: every field, operator and value by its word, brackets only where they are needed.
//! Not here: reading (`parse`). What is printed is read as the same again.

use std::fmt::{self, Display, Formatter};

use super::lex::is_plain;
use super::parse::is_reserved;
use super::{Condition, Expr, Moment, Op, Subject, Value};

impl Display for Expr {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::All(parts) => joined(f, parts, " and ", |part| {
                matches!(part, Self::All(_) | Self::Any(_))
            }),
            Self::Any(parts) => joined(f, parts, " or ", |part| matches!(part, Self::Any(_))),
            Self::Not(inner) => {
                f.write_str("not ")?;
                let in_brackets = matches!(**inner, Self::All(_) | Self::Any(_));
                one(f, inner, in_brackets)
            }
            Self::Is(condition) => condition.fmt(f),
        }
    }
}

fn joined(
    f: &mut Formatter<'_>,
    parts: &[Expr],
    word: &str,
    in_brackets: impl Fn(&Expr) -> bool,
) -> fmt::Result {
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            f.write_str(word)?;
        }
        one(f, part, in_brackets(part))?;
    }
    Ok(())
}

fn one(f: &mut Formatter<'_>, part: &Expr, in_brackets: bool) -> fmt::Result {
    if in_brackets {
        write!(f, "({part})")
    } else {
        write!(f, "{part}")
    }
}

impl Display for Condition {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.of, self.op)?;
        match self.op {
            Op::Empty | Op::Filled => Ok(()),
            Op::In => {
                f.write_str(" (")?;
                for (index, value) in self.values.iter().enumerate() {
                    f.write_str(if index > 0 { ", " } else { "" })?;
                    value.fmt(f)?;
                }
                f.write_str(")")
            }
            _ => {
                for (index, value) in self.values.iter().enumerate() {
                    f.write_str(if index > 0 { " and " } else { " " })?;
                    value.fmt(f)?;
                }
                Ok(())
            }
        }
    }
}

impl Display for Subject {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field(field) => f.write_str(field.as_str()),
            Self::Own(code) => write!(f, "own.{code}"),
        }
    }
}

impl Display for Value {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(coded) => f.write_str(coded.word),
            Self::Flag(yes) => f.write_str(if *yes { "yes" } else { "no" }),
            Self::Number(number) => write!(f, "{number}"),
            Self::Time(moment) => moment.fmt(f),
            Self::Text(text) if text.chars().all(is_plain) && !is_reserved(text) => {
                f.write_str(text)
            }
            Self::Text(text) => f.write_str(&quoted(text)),
        }
    }
}

impl Display for Moment {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{day}"),
            Self::At(at) => f.write_str(&at.rfc3339()),
            Self::Today(0) => f.write_str("today"),
            Self::Today(days) => write!(f, "today{days:+}"),
        }
    }
}

/// A text between quotation marks.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        if matches!(c, '"' | '”' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('"');
    out
}
