//! The functions of the language: their names, how many values each takes, and what it gives.
//! Times are whole numbers of milliseconds, so they compare, add and subtract like numbers.
//! Next: `eval`.

use std::borrow::Cow;

use shared::process::obstacle::{CalendarError, TimeForm};

use super::eval::{Computed, Run, kinds, same};
use super::{ConditionError, Expr, Function};
use crate::time::{self, Clock};
use crate::value::Value;

impl Function {
    const ALL: [Self; 9] = [
        Self::Has,
        Self::Size,
        Self::Count,
        Self::Double,
        Self::Now,
        Self::Timestamp,
        Self::Duration,
        Self::AddWorkdays,
        Self::Workdays,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Has => "has",
            Self::Size => "size",
            Self::Count => "count",
            Self::Double => "double",
            Self::Now => "now",
            Self::Timestamp => "timestamp",
            Self::Duration => "duration",
            Self::AddWorkdays => "add_workdays",
            Self::Workdays => "workdays",
        }
    }

    pub(super) fn by_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|function| function.name() == name)
    }

    /// How many values it takes.
    pub(super) fn arity(self) -> usize {
        match self {
            Self::Now => 0,
            Self::Count | Self::AddWorkdays | Self::Workdays => 2,
            _ => 1,
        }
    }
}

impl<'v> Run<'v> {
    pub(super) fn call(&mut self, function: Function, arguments: &'v [Expr]) -> Computed<'v> {
        let value = match (function, arguments) {
            (Function::Now, _) => Value::Int(self.clock()?.now()),
            (Function::Has, [of]) => match self.eval(of) {
                Ok(value) => Value::Bool(*value != Value::Null),
                Err(ConditionError::Missing { .. }) => Value::Bool(false),
                Err(error) => return Err(error),
            },
            (Function::Count, [list, item]) => {
                let (list, item) = (self.eval(list)?, self.eval(item)?);
                count(&list, &item)?
            }
            (Function::AddWorkdays | Function::Workdays, [from, other]) => {
                let (from, other) = (self.eval(from)?, self.eval(other)?);
                self.working(function, &from, &other)?
            }
            (_, [of]) => {
                let value = self.eval(of)?;
                plain(function, &value)?
            }
            _ => return Err(kinds(function.name(), &[])),
        };
        Ok(Cow::Owned(value))
    }

    fn clock(&self) -> Result<&'v dyn Clock, ConditionError> {
        self.vars.clock().ok_or(ConditionError::Calendar {
            why: CalendarError::NoClock,
        })
    }

    fn working(
        &self,
        function: Function,
        from: &Value,
        other: &Value,
    ) -> Result<Value, ConditionError> {
        let (Value::Int(from), Value::Int(other)) = (from, other) else {
            return Err(kinds(function.name(), &[from, other]));
        };
        let clock = self.clock()?;
        let computed = if function == Function::AddWorkdays {
            clock.add_working_days(*from, *other)
        } else {
            clock.working_days_between(*from, *other)
        };
        computed
            .map(Value::Int)
            .map_err(|why| ConditionError::Calendar { why })
    }
}

/// Equal means what `==` and `in` mean by it.
fn count(list: &Value, item: &Value) -> Result<Value, ConditionError> {
    let Value::List(items) = list else {
        return Err(kinds(Function::Count.name(), &[list, item]));
    };
    let found = items.iter().filter(|other| same(item, other)).count();
    Ok(Value::Int(found as i64))
}

fn plain(function: Function, value: &Value) -> Result<Value, ConditionError> {
    let no_time = |text: &str, wanted| ConditionError::NoTime {
        text: text.to_owned(),
        wanted,
    };
    match (function, value) {
        (Function::Size, Value::Text(text)) => Ok(Value::Int(text.chars().count() as i64)),
        (Function::Size, Value::List(items)) => Ok(Value::Int(items.len() as i64)),
        (Function::Size, Value::Map(map)) => Ok(Value::Int(map.len() as i64)),
        (Function::Double, Value::Int(n)) => Ok(Value::Float(*n as f64)),
        (Function::Double, Value::Float(n)) => Ok(Value::Float(*n)),
        (Function::Timestamp | Function::Duration, Value::Int(n)) => Ok(Value::Int(*n)),
        (Function::Timestamp, Value::Text(text)) => time::instant(text)
            .map(Value::Int)
            .ok_or_else(|| no_time(text, TimeForm::Instant)),
        (Function::Duration, Value::Text(text)) => time::Span::parse(text)
            .and_then(time::Span::fixed)
            .map(Value::Int)
            .ok_or_else(|| no_time(text, TimeForm::Duration)),
        (function, other) => Err(kinds(function.name(), &[other])),
    }
}
