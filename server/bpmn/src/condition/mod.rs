//! Conditions: a small total subset of CEL, without calls, loops or unbounded memory (`stack.md`, cel line).
//! Accepted as written, as `${…}`/`#{…}` (JUEL) or as FEEL, which are translated when the definition is read.
//! Next: `lex`, `parser`, `juel` and `feel` (text to tree), `eval` (tree to value), `text` (tree back to text).

mod call;
mod eval;
mod feel;
mod juel;
mod lex;
mod parser;
mod phrase;
mod text;

use std::collections::BTreeSet;

use crate::limits;
use crate::value::{Value, Vars};

pub use eval::Lookup;
pub use phrase::Phrase;
pub use shared::process::obstacle::ConditionError;

use shared::process::obstacle::Operation;

fn too_long() -> ConditionError {
    ConditionError::TooLong {
        most: limits::MAX_CONDITION_BYTES,
    }
}

fn too_deep() -> ConditionError {
    ConditionError::TooDeep {
        most: limits::MAX_CONDITION_DEPTH,
    }
}

/// A binary operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Op {
    Or,
    And,
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
    In,
    Add,
    Sub,
    Mul,
    Div,
    Rem,
}

/// A function of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Function {
    /// Is the variable or member there, and not null?
    Has,
    /// Length of a text in characters, of a list or map in entries.
    Size,
    /// How many items of a list equal a value.
    Count,
    /// The number as a decimal.
    Double,
    /// The present, in milliseconds of UTC, as the transition was given it.
    Now,
    /// RFC 3339 text (without offset: time of Beijing; a date: its midnight) to milliseconds of UTC.
    Timestamp,
    /// ISO 8601 duration without months and years to milliseconds.
    Duration,
    /// The end of the n-th working day after a time.
    AddWorkdays,
    /// How many working days lie between two times.
    Workdays,
}

/// The tree of a condition.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Expr {
    Literal(Value),
    Variable(String),
    Member(Box<Expr>, String),
    Index(Box<Expr>, Box<Expr>),
    List(Vec<Expr>),
    Not(Box<Expr>),
    Negate(Box<Expr>),
    Binary(Op, Box<Expr>, Box<Expr>),
    Choose(Box<Expr>, Box<Expr>, Box<Expr>),
    Call(Function, Vec<Expr>),
}

/// A condition or expression, read and ready to be computed.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    source: String,
    expr: Expr,
}

impl Condition {
    /// Reads a condition: CEL as it stands, JUEL inside `${…}` or `#{…}`.
    pub fn parse(source: &str) -> Result<Self, ConditionError> {
        if source.len() > limits::MAX_CONDITION_BYTES {
            return Err(too_long());
        }
        let text = source.trim();
        let wrapped = text
            .strip_prefix("${")
            .or_else(|| text.strip_prefix("#{"))
            .and_then(|rest| rest.strip_suffix('}'));
        let expr = match wrapped {
            Some(inner) => parser::parse(inner, parser::Dialect::Juel)?,
            None => match text.strip_prefix('=').filter(|rest| !rest.starts_with('=')) {
                Some(feel) => parser::parse(feel, parser::Dialect::Feel)?,
                None => parser::parse(text, parser::Dialect::Cel)?,
            },
        };
        Ok(Self {
            source: text.to_owned(),
            expr,
        })
    }

    /// Reads FEEL, with or without the leading `=`.
    pub fn feel(source: &str) -> Result<Self, ConditionError> {
        let text = source.trim();
        Self::parse(&if text.starts_with(['=', '$', '#']) {
            text.to_owned()
        } else {
            format!("={text}")
        })
    }

    /// Reads the unary tests of a decision table's cell (`-`, `"a", "b"`, `< 5`, `[1..10]`, `not(…)`) as a condition over `input`.
    pub fn tests(source: &str, input: &str) -> Result<Self, ConditionError> {
        if source.len() > limits::MAX_CONDITION_BYTES {
            return Err(too_long());
        }
        Ok(Self {
            source: source.trim().to_owned(),
            expr: feel::tests(source.trim(), input)?,
        })
    }

    /// An expression where a plain text is also allowed, as in timer texts and collection names: only
    /// `${…}`, `#{…}` and `=…` (FEEL) are computed, anything else is `None`.
    pub fn embedded(source: &str) -> Option<Result<Self, ConditionError>> {
        let text = source.trim();
        let computed = ["${", "#{", "="].iter().any(|sign| text.starts_with(sign));
        computed.then(|| Self::parse(text))
    }

    /// The variables without which it cannot be computed: those that it does not first ask for with `has`.
    pub fn variables(&self) -> BTreeSet<String> {
        let (mut named, mut asked) = (BTreeSet::new(), BTreeSet::new());
        walk(&self.expr, false, &mut |name, in_has| {
            let found = if in_has { &mut asked } else { &mut named };
            found.insert(name.to_owned());
        });
        named.difference(&asked).cloned().collect()
    }

    /// The text as it stood in the definition.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The condition in this engine's own language.
    pub fn to_cel(&self) -> String {
        self.expr.to_string()
    }

    /// Computes it.
    pub fn value(&self, vars: &dyn Lookup) -> Result<Value, ConditionError> {
        eval::eval(&self.expr, vars)
    }

    /// Computes it and wants true or false.
    pub fn holds(&self, vars: &dyn Lookup) -> Result<bool, ConditionError> {
        match self.value(vars)? {
            Value::Bool(b) => Ok(b),
            other => Err(ConditionError::Kinds {
                operation: Operation::Condition,
                kinds: vec![other.kind()],
            }),
        }
    }
}

/// Every variable of an expression, with whether it stands inside `has`.
fn walk(expr: &Expr, in_has: bool, seen: &mut dyn FnMut(&str, bool)) {
    match expr {
        Expr::Literal(_) => {}
        Expr::Variable(name) => seen(name, in_has),
        Expr::Member(of, _) | Expr::Not(of) | Expr::Negate(of) => walk(of, in_has, seen),
        Expr::Index(one, other) | Expr::Binary(_, one, other) => {
            walk(one, in_has, seen);
            walk(other, in_has, seen);
        }
        Expr::List(items) => items.iter().for_each(|item| walk(item, in_has, seen)),
        Expr::Choose(condition, yes, no) => {
            for part in [condition, yes, no] {
                walk(part, in_has, seen);
            }
        }
        Expr::Call(function, arguments) => {
            let in_has = in_has || *function == Function::Has;
            for argument in arguments {
                walk(argument, in_has, seen);
            }
        }
    }
}

impl Lookup for Vars {
    fn get(&self, name: &str) -> Option<&Value> {
        self.get(name)
    }
}

#[cfg(test)]
mod tests;
