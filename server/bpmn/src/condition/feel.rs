//! What FEEL writes in its own way, translated when a definition is read: `between`, `in` with ranges, `if … then … else`,
//! `not(…)`, and the unary tests of decision tables. Anything else of FEEL is refused, never half understood.
//! Next: `parser`.

use super::lex::Token;
use super::parser::{Dialect, Parser};
use super::{ConditionError, Expr, Op};
use crate::value::Value;

/// The cell of a decision table as a condition over a variable; empty and `-` hold always.
pub(super) fn tests(text: &str, input: &str) -> Result<Expr, ConditionError> {
    if text.is_empty() || text == "-" {
        return Ok(Expr::Literal(Value::Bool(true)));
    }
    let mut parser = Parser::over(text, Dialect::Feel)?;
    let tested = Expr::Variable(input.to_owned());
    let negated = parser.follows_call("not");
    let expr = if negated {
        parser.word()?;
        parser.want("(")?;
        let inner = any(&mut parser, &tested)?;
        parser.want(")")?;
        Expr::Not(Box::new(inner))
    } else {
        any(&mut parser, &tested)?
    };
    parser.end()?;
    Ok(expr)
}

/// Some tests divided by commas: one of them holds.
fn any(parser: &mut Parser, tested: &Expr) -> Result<Expr, ConditionError> {
    let mut expr = test(parser, tested)?;
    while parser.take(",") {
        let next = test(parser, tested)?;
        expr = both(Op::Or, expr, next);
    }
    Ok(expr)
}

/// One test: a comparison without its left side, a range, or a value.
fn test(parser: &mut Parser, tested: &Expr) -> Result<Expr, ConditionError> {
    let signs = [
        ("<=", Op::Le),
        (">=", Op::Ge),
        ("<", Op::Lt),
        (">", Op::Gt),
        ("!=", Op::Ne),
        ("==", Op::Eq),
        ("=", Op::Eq),
    ];
    for (sign, op) in signs {
        if parser.take(sign) {
            let value = parser.operand()?;
            return Ok(both(op, tested.clone(), value));
        }
    }
    if matches!(parser.peek(), Token::Sign("[" | "(" | "]"))
        && let Some(range) = range(parser, tested)?
    {
        return Ok(range);
    }
    let value = parser.choice()?;
    Ok(match value {
        // A condition of its own stands for itself.
        Expr::Binary(op, ..) if op.is_truth() => value,
        Expr::Not(_) => value,
        list @ Expr::List(_) => both(Op::In, tested.clone(), list),
        value => both(Op::Eq, tested.clone(), value),
    })
}

/// `[1..10]`, `(1..10)`, `]1..10[`; `None` (and nothing taken) if no range stands here.
fn range(parser: &mut Parser, tested: &Expr) -> Result<Option<Expr>, ConditionError> {
    let before = parser.place();
    let closed = parser.take("[");
    if !closed {
        parser.bump();
    }
    let low = match parser.operand() {
        Ok(low) if parser.take(".") && parser.take(".") => low,
        _ => {
            parser.back(before);
            return Ok(None);
        }
    };
    let high = parser.operand()?;
    let below = if parser.take("]") {
        Op::Le
    } else if parser.take(")") || parser.take("[") {
        Op::Lt
    } else {
        return Err(parser.unexpected());
    };
    let above = if closed { Op::Ge } else { Op::Gt };
    Ok(Some(both(
        Op::And,
        both(above, tested.clone(), low),
        both(below, tested.clone(), high),
    )))
}

/// Behind `left in`: a range, tests in brackets, or a list.
pub(super) fn within(parser: &mut Parser, left: Expr) -> Result<Expr, ConditionError> {
    let left = path(parser, left)?;
    if let Some(range) = range_here(parser, &left)? {
        return Ok(range);
    }
    if parser.take("(") {
        let tests = any(parser, &left)?;
        parser.want(")")?;
        return Ok(tests);
    }
    let list = parser.operand()?;
    Ok(both(Op::In, left, list))
}

fn range_here(parser: &mut Parser, left: &Expr) -> Result<Option<Expr>, ConditionError> {
    if matches!(parser.peek(), Token::Sign("[" | "(" | "]")) {
        range(parser, left)
    } else {
        Ok(None)
    }
}

/// Behind `left between`: `a and b`, both included.
pub(super) fn between(parser: &mut Parser, left: Expr) -> Result<Expr, ConditionError> {
    let left = path(parser, left)?;
    let low = parser.operand()?;
    parser.want_word("and")?;
    let high = parser.operand()?;
    Ok(both(
        Op::And,
        both(Op::Ge, left.clone(), low),
        both(Op::Le, left, high),
    ))
}

/// `if a then b else c`, behind the first word.
pub(super) fn choose(parser: &mut Parser) -> Result<Expr, ConditionError> {
    let condition = parser.choice()?;
    parser.want_word("then")?;
    let yes = parser.choice()?;
    parser.want_word("else")?;
    let no = parser.choice()?;
    Ok(Expr::Choose(
        Box::new(condition),
        Box::new(yes),
        Box::new(no),
    ))
}

/// The left side stands twice in the translation, so it must be a name or a value: nesting would double with each level.
fn path(parser: &Parser, left: Expr) -> Result<Expr, ConditionError> {
    let mut inner = &left;
    while let Expr::Member(of, _) = inner {
        inner = of;
    }
    match inner {
        Expr::Variable(_) | Expr::Literal(_) => Ok(left),
        _ => Err(parser.unexpected()),
    }
}

fn both(op: Op, left: Expr, right: Expr) -> Expr {
    Expr::Binary(op, Box::new(left), Box::new(right))
}
