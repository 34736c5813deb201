//! Computes a condition: total, without side effects, with a bound on steps and on the length of texts.
//! Not here: where variables live (`run::vars`). A missing variable and a division by zero are errors, also under `||`.
//! Next: `mod` for the public face.

use std::borrow::Cow;
use std::cmp::Ordering;

use shared::process::obstacle::Operation;

use super::{ConditionError, Expr, Op};
use crate::limits::MAX_CONDITION_STEPS;
use crate::time::Clock;
use crate::value::Value;

/// Where a condition finds its variables.
pub trait Lookup {
    /// The variable, if it is set anywhere that the condition sees.
    fn get(&self, name: &str) -> Option<&Value>;

    /// The time of the transition; without it, conditions over time are errors.
    fn clock(&self) -> Option<&dyn Clock> {
        None
    }
}

/// Longest text that `+` may make.
const MAX_TEXT: usize = 64 * 1024;

pub(super) fn eval(expr: &Expr, vars: &dyn Lookup) -> Result<Value, ConditionError> {
    let mut run = Run { vars, steps: 0 };
    run.eval(expr).map(Cow::into_owned)
}

pub(super) struct Run<'v> {
    pub(super) vars: &'v dyn Lookup,
    steps: u32,
}

pub(super) type Computed<'v> = Result<Cow<'v, Value>, ConditionError>;

impl<'v> Run<'v> {
    pub(super) fn eval(&mut self, expr: &'v Expr) -> Computed<'v> {
        self.steps += 1;
        if self.steps > MAX_CONDITION_STEPS {
            return Err(ConditionError::TooManySteps);
        }
        match expr {
            Expr::Literal(value) => Ok(Cow::Borrowed(value)),
            Expr::Variable(name) => self
                .vars
                .get(name)
                .map(Cow::Borrowed)
                .ok_or_else(|| missing(expr)),
            Expr::Member(of, name) => {
                let map = self.eval(of)?;
                pick(map, |value| value.member(name)).ok_or_else(|| missing(expr))
            }
            Expr::Index(of, index) => self.index(of, index),
            Expr::List(items) => {
                let items = items
                    .iter()
                    .map(|item| self.eval(item).map(Cow::into_owned))
                    .collect::<Result<_, _>>()?;
                Ok(Cow::Owned(Value::List(items)))
            }
            Expr::Not(of) => {
                let truth = self.truth(of, "!")?;
                Ok(Cow::Owned(Value::Bool(!truth)))
            }
            Expr::Negate(of) => match &*self.eval(of)? {
                Value::Int(n) => Ok(Cow::Owned(Value::Int(
                    n.checked_neg().ok_or(ConditionError::Overflow)?,
                ))),
                Value::Float(n) => Ok(Cow::Owned(Value::Float(-n))),
                other => Err(kinds("-", &[other])),
            },
            Expr::Choose(condition, yes, no) => {
                if self.truth(condition, "? :")? {
                    self.eval(yes)
                } else {
                    self.eval(no)
                }
            }
            Expr::Binary(op @ (Op::And | Op::Or), left, right) => {
                let first = self.truth(left, op.sign())?;
                let settled = first == (*op == Op::Or);
                let truth = if settled {
                    first
                } else {
                    self.truth(right, op.sign())?
                };
                Ok(Cow::Owned(Value::Bool(truth)))
            }
            Expr::Binary(op, left, right) => {
                let left = self.eval(left)?;
                let right = self.eval(right)?;
                binary(*op, &left, &right).map(Cow::Owned)
            }
            Expr::Call(function, arguments) => self.call(*function, arguments),
        }
    }

    fn truth(&mut self, expr: &'v Expr, operation: &'static str) -> Result<bool, ConditionError> {
        let value = self.eval(expr)?;
        value.as_bool().ok_or_else(|| kinds(operation, &[&value]))
    }

    fn index(&mut self, of: &'v Expr, index: &'v Expr) -> Computed<'v> {
        let holder = self.eval(of)?;
        let index = self.eval(index)?;
        let found = match (&*holder, &*index) {
            (Value::List(_), Value::Int(n)) => {
                let n = usize::try_from(*n).unwrap_or(usize::MAX);
                pick(holder, |value| {
                    if let Value::List(items) = value {
                        items.get(n)
                    } else {
                        None
                    }
                })
            }
            (Value::Map(_), Value::Text(name)) => pick(holder, |value| value.member(name)),
            (holder, index) => return Err(kinds("[ ]", &[holder, index])),
        };
        found.ok_or_else(|| ConditionError::Missing {
            name: format!("{of}[…]"),
        })
    }
}

/// A part of a value without copying the whole.
fn pick(value: Cow<'_, Value>, part: impl Fn(&Value) -> Option<&Value>) -> Option<Cow<'_, Value>> {
    match value {
        Cow::Borrowed(value) => part(value).map(Cow::Borrowed),
        Cow::Owned(value) => part(&value).cloned().map(Cow::Owned),
    }
}

fn missing(expr: &Expr) -> ConditionError {
    ConditionError::Missing {
        name: expr.to_string(),
    }
}

pub(super) fn kinds(operation: &'static str, values: &[&Value]) -> ConditionError {
    ConditionError::Kinds {
        operation: Operation::Named(operation.to_owned()),
        kinds: values.iter().map(|value| value.kind()).collect(),
    }
}

fn binary(op: Op, left: &Value, right: &Value) -> Result<Value, ConditionError> {
    match op {
        Op::Eq => Ok(Value::Bool(same(left, right))),
        Op::Ne => Ok(Value::Bool(!same(left, right))),
        Op::Lt | Op::Le | Op::Gt | Op::Ge => {
            let order = order(left, right).ok_or_else(|| kinds(op.sign(), &[left, right]))?;
            Ok(Value::Bool(match op {
                Op::Lt => order == Ordering::Less,
                Op::Le => order != Ordering::Greater,
                Op::Gt => order == Ordering::Greater,
                _ => order != Ordering::Less,
            }))
        }
        Op::In => match (left, right) {
            (item, Value::List(items)) => {
                Ok(Value::Bool(items.iter().any(|other| same(item, other))))
            }
            (Value::Text(name), Value::Map(map)) => Ok(Value::Bool(map.contains_key(name))),
            _ => Err(kinds("in", &[left, right])),
        },
        _ => arithmetic(op, left, right),
    }
}

/// Equal; whole numbers and decimals compare by value, other kinds never equal each other.
pub(super) fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Int(_) | Value::Float(_), Value::Int(_) | Value::Float(_)) => {
            order(left, right) == Some(Ordering::Equal)
        }
        (Value::List(a), Value::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Map(a), Value::Map(b)) => {
            a.len() == b.len()
                && a.iter()
                    .zip(b)
                    .all(|((name, a), (other, b))| name == other && same(a, b))
        }
        _ => left == right,
    }
}

fn order(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Int(a), Value::Int(b)) => Some(a.cmp(b)),
        (Value::Float(a), Value::Float(b)) => a.partial_cmp(b),
        (Value::Int(a), Value::Float(b)) => (*a as f64).partial_cmp(b),
        (Value::Float(a), Value::Int(b)) => a.partial_cmp(&(*b as f64)),
        (Value::Text(a), Value::Text(b)) => Some(a.cmp(b)),
        _ => None,
    }
}

fn arithmetic(op: Op, left: &Value, right: &Value) -> Result<Value, ConditionError> {
    match (left, right) {
        (Value::Int(a), Value::Int(b)) => whole(op, *a, *b).map(Value::Int),
        (Value::Int(a), Value::Float(b)) => decimal(op, *a as f64, *b),
        (Value::Float(a), Value::Int(b)) => decimal(op, *a, *b as f64),
        (Value::Float(a), Value::Float(b)) => decimal(op, *a, *b),
        (Value::Text(a), Value::Text(b)) if op == Op::Add => {
            if a.len() + b.len() > MAX_TEXT {
                return Err(ConditionError::TooLarge);
            }
            Ok(Value::Text(format!("{a}{b}")))
        }
        _ => Err(kinds(op.sign(), &[left, right])),
    }
}

fn whole(op: Op, a: i64, b: i64) -> Result<i64, ConditionError> {
    if b == 0 && matches!(op, Op::Div | Op::Rem) {
        return Err(ConditionError::DivisionByZero);
    }
    match op {
        Op::Add => a.checked_add(b),
        Op::Sub => a.checked_sub(b),
        Op::Mul => a.checked_mul(b),
        Op::Div => a.checked_div(b),
        _ => a.checked_rem(b),
    }
    .ok_or(ConditionError::Overflow)
}

fn decimal(op: Op, a: f64, b: f64) -> Result<Value, ConditionError> {
    if b == 0.0 && matches!(op, Op::Div | Op::Rem) {
        return Err(ConditionError::DivisionByZero);
    }
    let result = match op {
        Op::Add => a + b,
        Op::Sub => a - b,
        Op::Mul => a * b,
        Op::Div => a / b,
        _ => a % b,
    };
    if result.is_finite() {
        Ok(Value::Float(result))
    } else {
        Err(ConditionError::Overflow)
    }
}
