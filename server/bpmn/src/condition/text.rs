//! The tree of a condition back to text in this engine's own language.
//! The text reads back to the same tree; a property test holds that.
//! Next: `parser`.

use std::fmt;

use super::{Expr, Op};
use crate::value::Value;

impl Op {
    pub(super) fn sign(self) -> &'static str {
        match self {
            Self::Or => "||",
            Self::And => "&&",
            Self::Eq => "==",
            Self::Ne => "!=",
            Self::Lt => "<",
            Self::Le => "<=",
            Self::Gt => ">",
            Self::Ge => ">=",
            Self::In => "in",
            Self::Add => "+",
            Self::Sub => "-",
            Self::Mul => "*",
            Self::Div => "/",
            Self::Rem => "%",
        }
    }

    /// Does it give true or false?
    pub(super) fn is_truth(self) -> bool {
        !matches!(
            self,
            Self::Add | Self::Sub | Self::Mul | Self::Div | Self::Rem
        )
    }

    /// Higher binds tighter.
    fn level(self) -> u8 {
        match self {
            Self::Or => 1,
            Self::And => 2,
            Self::Eq | Self::Ne => 3,
            Self::Lt | Self::Le | Self::Gt | Self::Ge | Self::In => 4,
            Self::Add | Self::Sub => 5,
            Self::Mul | Self::Div | Self::Rem => 6,
        }
    }
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Literal(value) => literal(value, f),
            Self::Variable(name) => f.write_str(name),
            Self::Member(of, name) => {
                inner(of, 8, f)?;
                write!(f, ".{name}")
            }
            Self::Index(of, index) => {
                inner(of, 8, f)?;
                write!(f, "[{index}]")
            }
            Self::List(items) => {
                f.write_str("[")?;
                for (i, item) in items.iter().enumerate() {
                    write!(f, "{}{item}", if i == 0 { "" } else { ", " })?;
                }
                f.write_str("]")
            }
            Self::Not(of) => {
                f.write_str("!")?;
                inner(of, 7, f)
            }
            Self::Negate(of) => {
                f.write_str("-")?;
                inner(of, 7, f)
            }
            Self::Binary(op, left, right) => {
                inner(left, op.level(), f)?;
                write!(f, " {} ", op.sign())?;
                inner(right, op.level() + 1, f)
            }
            Self::Choose(condition, yes, no) => {
                inner(condition, 1, f)?;
                write!(f, " ? {yes} : {no}")
            }
            Self::Call(function, arguments) => {
                write!(f, "{}(", function.name())?;
                for (i, argument) in arguments.iter().enumerate() {
                    write!(f, "{}{argument}", if i == 0 { "" } else { ", " })?;
                }
                f.write_str(")")
            }
        }
    }
}

/// Writes a part, in brackets if it binds less tightly than its place wants.
fn inner(part: &Expr, wanted: u8, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let level = match part {
        Expr::Choose(..) => 0,
        Expr::Binary(op, ..) => op.level(),
        Expr::Not(_) | Expr::Negate(_) => 7,
        _ => 8,
    };
    if level < wanted {
        write!(f, "({part})")
    } else {
        write!(f, "{part}")
    }
}

fn literal(value: &Value, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match value {
        Value::Bool(b) => write!(f, "{b}"),
        Value::Int(n) => write!(f, "{n}"),
        Value::Float(n) => write!(f, "{n:?}"),
        Value::Text(text) => {
            let text = text
                .replace('\\', "\\\\")
                .replace('"', "\\\"")
                .replace('\n', "\\n")
                .replace('\t', "\\t")
                .replace('\r', "\\r");
            write!(f, "\"{text}\"")
        }
        Value::List(items) => {
            f.write_str("[")?;
            for (i, item) in items.iter().enumerate() {
                f.write_str(if i == 0 { "" } else { ", " })?;
                literal(item, f)?;
            }
            f.write_str("]")
        }
        // The language has no way to write a map, so no tree holds one.
        Value::Null | Value::Map(_) => f.write_str("null"),
    }
}
