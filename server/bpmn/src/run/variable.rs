//! Reading and writing variables by scope, with their limits.
//! A variable is written where it already is, nearest first; a new one belongs to the process.
//! Next: `engine`.

use shared::process::obstacle::{ConditionError, Fuel, NoVariable};

use super::RunError;
use super::engine::Run;
use super::state::{Completed, Instance, ROOT, ScopeId};
use crate::condition::{Condition, Lookup};
use crate::limits::{MAX_INPUT_BYTES, MAX_INSTANCE_BYTES, MAX_VALUE_DEPTH, MAX_WRITTEN_BYTES};
use crate::model::Written;
use crate::time::Clock;
use crate::value::{Value, Vars, weigh};

/// What a condition in a scope sees.
pub(super) struct Seen<'i> {
    instance: &'i Instance,
    scope: ScopeId,
    clock: Option<&'i dyn Clock>,
}

impl Lookup for Seen<'_> {
    fn get(&self, name: &str) -> Option<&Value> {
        self.instance.find_var(self.scope, name)
    }

    fn clock(&self) -> Option<&dyn Clock> {
        self.clock
    }
}

impl Run<'_> {
    pub(super) fn seen(&self, scope: ScopeId) -> Seen<'_> {
        Seen {
            instance: &self.instance,
            scope,
            clock: self.defs.clock(),
        }
    }

    /// Variables from outside, checked and written as seen from a scope.
    pub(super) fn accept(&mut self, scope: ScopeId, vars: Vars) -> Result<(), RunError> {
        if vars.is_empty() {
            return Ok(());
        }
        if weigh(&vars) > MAX_INPUT_BYTES {
            return Err(RunError::Fuel {
                what: Fuel::Variables,
            });
        }
        for (name, value) in vars {
            let why = if name.is_empty() {
                Some(NoVariable::NoName)
            } else if value.depth() > MAX_VALUE_DEPTH {
                Some(NoVariable::TooDeep)
            } else if !finite(&value) {
                Some(NoVariable::NotANumber)
            } else {
                None
            };
            if let Some(why) = why {
                return Err(RunError::BadVariable { name, why });
            }
            self.write(scope, &name, value)?;
        }
        Ok(())
    }

    pub(super) fn set_root(&mut self, vars: Vars) -> Result<(), RunError> {
        self.accept(ROOT, vars)
    }

    /// Writes where the variable is, seen from a scope; else into the process.
    pub(super) fn write(
        &mut self,
        scope: ScopeId,
        name: &str,
        value: Value,
    ) -> Result<(), RunError> {
        let holder = self
            .instance
            .upwards(scope)
            .find(|(_, scope)| scope.vars.contains_key(name))
            .map(|(id, _)| id);
        let target = holder
            .or_else(|| self.instance.upwards(scope).last().map(|(id, _)| id))
            .unwrap_or(ROOT);
        self.put(target, name, value)
    }

    /// Writes into exactly this scope.
    pub(super) fn put(&mut self, scope: ScopeId, name: &str, value: Value) -> Result<(), RunError> {
        self.spend(value.weight() + name.len())?;
        if let Some(scope) = self.instance.scopes.get_mut(&scope) {
            scope.vars.insert(name.to_owned(), value);
        }
        Ok(())
    }

    /// Counts what is being written; conditions are looked at again because of it.
    pub(super) fn spend(&mut self, bytes: usize) -> Result<(), RunError> {
        self.written += bytes;
        if self.written > MAX_WRITTEN_BYTES {
            return Err(RunError::Fuel {
                what: Fuel::Variables,
            });
        }
        self.changed = true;
        Ok(())
    }

    /// The instance as a whole must stay small enough to be saved with every step.
    pub(super) fn weigh_all(&self) -> Result<(), RunError> {
        if self.written == 0 {
            return Ok(());
        }
        let total: usize = self
            .instance
            .scopes
            .values()
            .map(|scope| weigh(&scope.vars) + Completed::weight(&scope.completed))
            .sum();
        if total > MAX_INSTANCE_BYTES {
            Err(RunError::Fuel {
                what: Fuel::Variables,
            })
        } else {
            Ok(())
        }
    }

    pub(super) fn compute(
        &self,
        scope: ScopeId,
        element: &str,
        condition: &Condition,
    ) -> Result<Value, RunError> {
        condition
            .value(&self.seen(scope))
            .map_err(|why| failed(element, condition.source(), why))
    }

    pub(super) fn compute_written(
        &self,
        scope: ScopeId,
        element: &str,
        written: &Written,
    ) -> Result<Value, RunError> {
        match written {
            Ok(condition) => self.compute(scope, element, condition),
            Err((text, error)) => Err(failed(element, text, error.clone())),
        }
    }

    pub(super) fn holds(
        &self,
        scope: ScopeId,
        element: &str,
        written: &Written,
    ) -> Result<bool, RunError> {
        match written {
            Ok(condition) => condition
                .holds(&self.seen(scope))
                .map_err(|error| failed(element, condition.source(), error)),
            Err((text, error)) => Err(failed(element, text, error.clone())),
        }
    }
}

fn failed(element: &str, expression: &str, why: ConditionError) -> RunError {
    RunError::Condition {
        element: element.to_owned(),
        expression: expression.to_owned(),
        why,
    }
}

fn finite(value: &Value) -> bool {
    match value {
        Value::Float(n) => n.is_finite(),
        Value::List(items) => items.iter().all(finite),
        Value::Map(map) => map.values().all(finite),
        _ => true,
    }
}
