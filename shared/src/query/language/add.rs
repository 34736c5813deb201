//! An expression as rows, for a page without script: its parts, the same without one of them, the same with another condition.
//! Not here: the page (`app`), reading and printing (`parse`, `print`).

use super::print::quoted;
use super::{Expr, Mistake, Op};

/// What must hold all together: each a row.
pub fn parts(expr: &Expr) -> &[Expr] {
    match expr {
        Expr::All(parts) => parts,
        one => std::slice::from_ref(one),
    }
}

/// The expression without one of its parts.
pub fn without(expr: &Expr, index: usize) -> Option<Expr> {
    let kept = parts(expr).iter().enumerate();
    let kept = kept.filter(|(at, _)| *at != index);
    Expr::all(kept.map(|(_, part)| part.clone()).collect())
}

/// The expression and a condition of a row: a field, an operator and what was typed as its value; values of a list are divided by commas or
/// blanks. `or` puts it beside the last row instead of below it.
///
/// # Errors
/// The mistake in the row, by its place in the condition as it is written out.
pub fn added(
    expr: Option<Expr>,
    (field, op, value): (&str, &str, &str),
    or: bool,
) -> Result<Expr, Mistake> {
    let words = |text: &str| {
        let parts = text.split([',', '，', '、', ' ', '\n']);
        let parts = parts.map(str::trim).filter(|part| !part.is_empty());
        parts.map(quoted).collect::<Vec<_>>()
    };
    let value = value.trim();
    let text = match Op::parse(op) {
        Some(op @ (Op::Empty | Op::Filled)) => format!("{field} {op}"),
        Some(op @ Op::In) => format!("{field} {op} ({})", words(value).join(", ")),
        Some(op @ Op::Between) => format!("{field} {op} {}", words(value).join(" and ")),
        Some(op) => format!("{field} {op} {}", quoted(value)),
        None => format!("{field} {op}"),
    };
    let row = Expr::parse(&text)?;
    let Some(expr) = expr else {
        return Ok(row);
    };
    if !or {
        return fitting(expr.and(row));
    }
    let mut rows = parts(&expr).to_vec();
    let last = match rows.pop() {
        Some(Expr::Any(mut choices)) => {
            choices.push(row);
            Expr::Any(choices)
        }
        Some(last) => Expr::Any(vec![last, row]),
        None => row,
    };
    rows.push(last);
    fitting(Expr::all(rows).unwrap_or(expr))
}

/// The same, if it is within all bounds.
fn fitting(expr: Expr) -> Result<Expr, Mistake> {
    Expr::parse(&expr.to_string())
}
