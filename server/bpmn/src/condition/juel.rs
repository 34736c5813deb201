//! The few JUEL helpers that have a plain meaning, translated when a definition is read.
//! Anything else that calls a bean or a method is refused, never evaluated (`security.md` X-09).
//! Next: `parser`.

use super::parser::Parser;
use super::{ConditionError, Expr, Function, Op};
use crate::value::Value;

/// `execution.getVariable('x')`, `vars:equals(x, 'y')` and its opposite; `None` if `word` starts none of them.
pub(super) fn helper(parser: &mut Parser, word: &str) -> Result<Option<Expr>, ConditionError> {
    match word {
        "execution" if parser.follows(".", "getVariable") => {
            parser.want(".")?;
            parser.word()?;
            parser.want("(")?;
            let name = parser.text()?;
            parser.want(")")?;
            Ok(Some(or_null(Expr::Variable(name))))
        }
        "vars" | "variables" if parser.follows(":", "") => {
            parser.want(":")?;
            let function = parser.word()?;
            let op = match function.as_str() {
                "equals" | "eq" => Op::Eq,
                "notEquals" | "ne" => Op::Ne,
                _ => {
                    return Err(ConditionError::Refused {
                        what: format!("{word}:{function}()"),
                    });
                }
            };
            parser.want("(")?;
            let name = parser.word()?;
            parser.want(",")?;
            let value = parser.choice()?;
            parser.want(")")?;
            Ok(Some(Expr::Binary(
                op,
                Box::new(or_null(Expr::Variable(name))),
                Box::new(value),
            )))
        }
        _ => Ok(None),
    }
}

/// JUEL's `empty x`: not there, or without content.
pub(super) fn empty(inner: Expr) -> Expr {
    let size = Expr::Call(Function::Size, vec![inner.clone()]);
    let none = Expr::Binary(
        Op::Eq,
        Box::new(size),
        Box::new(Expr::Literal(Value::Int(0))),
    );
    if matches!(inner, Expr::Variable(_) | Expr::Member(..)) {
        let missing = Expr::Not(Box::new(Expr::Call(Function::Has, vec![inner])));
        Expr::Binary(Op::Or, Box::new(missing), Box::new(none))
    } else {
        none
    }
}

/// `has(x) ? x : null`: what the Java engines answer for an unknown variable.
fn or_null(variable: Expr) -> Expr {
    let has = Expr::Call(Function::Has, vec![variable.clone()]);
    Expr::Choose(
        Box::new(has),
        Box::new(variable),
        Box::new(Expr::Literal(Value::Null)),
    )
}
