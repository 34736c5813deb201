//! Values to the outcome of a table.
//! Not here: where the outcome is written (`run::activity`).
//! Next: `mod` for the public face.

use shared::process::obstacle::Operation;

use super::{Aggregation, Decision, DecisionError, HitPolicy, INPUT, Output, Rule};
use crate::condition::{Condition, ConditionError, Lookup};
use crate::time::Clock;
use crate::value::{Value, Vars};

/// What a table says.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// One row of outputs by name; `None` if no rule fits.
    One(Option<Vars>),
    /// Rows of outputs.
    Many(Vec<Vars>),
    /// One computed number; null if no rule fits.
    Number(Value),
}

impl Outcome {
    /// The outcome as one value: a row of one output is that output, other rows are maps, several rows a list.
    pub fn into_value(self) -> Value {
        let row = |row: Vars| {
            if row.len() == 1 {
                row.into_values().next().unwrap_or_default()
            } else {
                Value::Map(row)
            }
        };
        match self {
            Self::One(found) => found.map_or(Value::Null, row),
            Self::Many(rows) => Value::List(rows.into_iter().map(row).collect()),
            Self::Number(number) => number,
        }
    }

    /// The outcome as variables, one for each output of its table: null where no rule fits, a list where several may.
    pub fn into_variables(self, table: &Decision) -> Vars {
        let names = table.outputs.iter().map(|output| output.name.clone());
        match self {
            Self::One(found) => {
                let mut found = found.unwrap_or_default();
                names
                    .map(|name| {
                        let value = found.remove(&name).unwrap_or_default();
                        (name, value)
                    })
                    .collect()
            }
            Self::Many(rows) => names
                .map(|name| {
                    let column = rows
                        .iter()
                        .map(|row| row.get(&name).cloned().unwrap_or_default());
                    let column = Value::List(column.collect());
                    (name, column)
                })
                .collect(),
            Self::Number(number) => names.map(|name| (name, number.clone())).collect(),
        }
    }
}

/// The variables of the case with the value of the column that is being tested.
struct Cell<'v> {
    vars: &'v dyn Lookup,
    input: &'v Value,
}

impl Lookup for Cell<'_> {
    fn get(&self, name: &str) -> Option<&Value> {
        if name == INPUT {
            Some(self.input)
        } else {
            self.vars.get(name)
        }
    }

    fn clock(&self) -> Option<&dyn Clock> {
        self.vars.clock()
    }
}

impl Decision {
    /// Computes the outcome. An input variable that is not set counts as null, which only `-` and `null` fit.
    pub fn decide(&self, vars: &dyn Lookup) -> Result<Outcome, DecisionError> {
        let mut inputs = Vec::with_capacity(self.inputs.len());
        for input in &self.inputs {
            inputs.push(match input.value(vars) {
                Err(ConditionError::Missing { .. }) => Value::Null,
                other => other.map_err(|why| failed(0, input, why))?,
            });
        }
        let mut hits: Vec<(usize, Vars)> = Vec::new();
        for (number, rule) in self.rules.iter().enumerate() {
            if !fits(rule, number + 1, &inputs, vars)? {
                continue;
            }
            if let (HitPolicy::Unique, Some((first, _))) = (self.policy, hits.first()) {
                return Err(DecisionError::NotUnique {
                    first: *first,
                    second: number + 1,
                });
            }
            hits.push((number + 1, self.outputs_of(rule, number + 1, vars)?));
            if self.policy == HitPolicy::First {
                break;
            }
        }
        self.judge(hits)
    }

    fn outputs_of(
        &self,
        rule: &Rule,
        number: usize,
        vars: &dyn Lookup,
    ) -> Result<Vars, DecisionError> {
        let mut row = Vars::new();
        for (output, cell) in self.outputs.iter().zip(&rule.outputs) {
            let value = match cell {
                None => Value::Null,
                Some(cell) => cell.value(vars).map_err(|why| failed(number, cell, why))?,
            };
            row.insert(output.name.clone(), value);
        }
        Ok(row)
    }

    fn judge(&self, mut hits: Vec<(usize, Vars)>) -> Result<Outcome, DecisionError> {
        let rank = |row: &Vars| -> Vec<usize> {
            self.outputs
                .iter()
                .map(|output| place(output, row))
                .collect()
        };
        match self.policy {
            HitPolicy::Unique | HitPolicy::First => {
                Ok(Outcome::One(hits.into_iter().next().map(|(_, row)| row)))
            }
            HitPolicy::Any => {
                let other = hits.iter().find(|(_, row)| *row != hits[0].1);
                if let Some((second, _)) = other {
                    return Err(DecisionError::Disagree {
                        first: hits[0].0,
                        second: *second,
                    });
                }
                Ok(Outcome::One(hits.into_iter().next().map(|(_, row)| row)))
            }
            HitPolicy::Priority => {
                let best = hits
                    .into_iter()
                    .min_by_key(|(number, row)| (rank(row), *number));
                Ok(Outcome::One(best.map(|(_, row)| row)))
            }
            HitPolicy::OutputOrder => {
                hits.sort_by_cached_key(|(number, row)| (rank(row), *number));
                Ok(Outcome::Many(
                    hits.into_iter().map(|(_, row)| row).collect(),
                ))
            }
            HitPolicy::RuleOrder | HitPolicy::Collect(None) => Ok(Outcome::Many(
                hits.into_iter().map(|(_, row)| row).collect(),
            )),
            HitPolicy::Collect(Some(how)) => {
                let values: Vec<Value> = hits
                    .into_iter()
                    .flat_map(|(_, row)| row.into_values())
                    .collect();
                aggregate(how, &values)
                    .map(Outcome::Number)
                    .map_err(|why| DecisionError::NoNumber { why })
            }
        }
    }
}

fn failed(rule: usize, cell: &Condition, why: ConditionError) -> DecisionError {
    DecisionError::Cell {
        rule,
        cell: cell.source().to_owned(),
        why,
    }
}

fn fits(
    rule: &Rule,
    number: usize,
    inputs: &[Value],
    vars: &dyn Lookup,
) -> Result<bool, DecisionError> {
    for (test, input) in rule.tests.iter().zip(inputs) {
        let holds = match test.holds(&Cell { vars, input }) {
            // Null is neither smaller nor larger than anything.
            Err(ConditionError::Kinds { .. }) if *input == Value::Null => false,
            other => other.map_err(|why| failed(number, test, why))?,
        };
        if !holds {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Where an output stands in the list of allowed values; behind all of them if it is not in it.
fn place(output: &Output, row: &Vars) -> usize {
    row.get(&output.name)
        .and_then(|value| output.values.iter().position(|allowed| allowed == value))
        .unwrap_or(output.values.len())
}

fn aggregate(how: Aggregation, values: &[Value]) -> Result<Value, ConditionError> {
    if how == Aggregation::Count {
        return Ok(Value::Int(values.len() as i64));
    }
    let Some((first, rest)) = values.split_first() else {
        return Ok(Value::Null);
    };
    let mut total = first.clone();
    for value in rest {
        let text = match how {
            Aggregation::Sum => "a + b",
            Aggregation::Min => "a <= b ? a : b",
            _ => "a >= b ? a : b",
        };
        let pair = Vars::from([("a".to_owned(), total), ("b".to_owned(), value.clone())]);
        total = Condition::parse(text)?.value(&pair)?;
    }
    match total {
        Value::Int(_) | Value::Float(_) => Ok(total),
        other => Err(ConditionError::Kinds {
            operation: Operation::Aggregation,
            kinds: vec![other.kind()],
        }),
    }
}
