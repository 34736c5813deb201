//! Texts with expressions in them, as people, dates and names are written: `li.si`, `${chief}`, `user_${loopCounter}`, `=chief`.
//! Not here: conditions and collections, which are expressions as a whole (`Condition`).
//! Next: `mod`.

use std::collections::BTreeSet;

use shared::process::obstacle::{Operation, There};

use super::{Condition, ConditionError, Lookup};
use crate::value::Value;

/// A text of literal parts and expressions.
#[derive(Clone, Debug, PartialEq)]
pub struct Phrase(Vec<Part>);

#[derive(Clone, Debug, PartialEq)]
enum Part {
    Text(String),
    Computed(Condition),
}

impl Phrase {
    /// Reads a text; without `${`, `#{` and a leading `=` it stands for itself.
    ///
    /// # Errors
    /// An expression that cannot be read, or that is not closed.
    pub fn read(source: &str) -> Result<Self, ConditionError> {
        let text = source.trim();
        if text.starts_with('=') {
            return Ok(Self(vec![Part::Computed(Condition::feel(text)?)]));
        }
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(at) = opening(rest) {
            if at > 0 {
                parts.push(Part::Text(rest[..at].to_owned()));
            }
            let end = closing(&rest[at..]).ok_or(ConditionError::Syntax {
                at: text.len(),
                found: There::End,
            })?;
            parts.push(Part::Computed(Condition::parse(&rest[at..at + end])?));
            rest = &rest[at + end..];
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        Ok(Self(parts))
    }

    /// Whether nothing in it is computed.
    pub fn is_plain(&self) -> bool {
        self.0.iter().all(|part| matches!(part, Part::Text(_)))
    }

    /// Computes it: one expression gives its value, several parts one text.
    ///
    /// # Errors
    /// A variable that is not set, and whatever else an expression can meet.
    pub fn value(&self, vars: &dyn Lookup) -> Result<Value, ConditionError> {
        if let [Part::Computed(only)] = self.0.as_slice() {
            return only.value(vars);
        }
        let mut said = String::new();
        for part in &self.0 {
            match part {
                Part::Text(text) => said.push_str(text),
                Part::Computed(condition) => match condition.value(vars)? {
                    Value::Text(text) => said.push_str(&text),
                    Value::Int(number) => said.push_str(&number.to_string()),
                    Value::Bool(truth) => said.push_str(&truth.to_string()),
                    other => {
                        return Err(ConditionError::Kinds {
                            operation: Operation::Text,
                            kinds: vec![other.kind()],
                        });
                    }
                },
            }
        }
        Ok(Value::Text(said))
    }

    /// The variables without which it cannot be computed.
    pub fn variables(&self) -> BTreeSet<String> {
        let computed = self.0.iter().filter_map(|part| match part {
            Part::Computed(condition) => Some(condition.variables()),
            Part::Text(_) => None,
        });
        computed.flatten().collect()
    }
}

/// Where the next expression begins.
fn opening(text: &str) -> Option<usize> {
    match (text.find("${"), text.find("#{")) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

/// Behind the bracket that closes the expression at the beginning; brackets inside quotes do not count.
fn closing(text: &str) -> Option<usize> {
    let (mut depth, mut quote) = (0_u32, None);
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, '\'' | '"') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            (None, '{') => depth += 1,
            (None, '}') => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Vars;

    #[test]
    fn a_phrase_says_itself_or_what_its_expressions_say() {
        let vars: Vars = [
            ("chief".to_owned(), Value::from("nj.zjj.reviewer")),
            ("n".to_owned(), Value::Int(3)),
            (
                "several".to_owned(),
                Value::List(vec![Value::from("a"), Value::from("b")]),
            ),
        ]
        .into();
        let said = |text: &str| Phrase::read(text).and_then(|phrase| phrase.value(&vars));
        assert_eq!(said(" kermit "), Ok(Value::from("kermit")));
        assert_eq!(said("${chief}"), Ok(Value::from("nj.zjj.reviewer")));
        assert_eq!(said("=chief"), Ok(Value::from("nj.zjj.reviewer")));
        assert_eq!(said("user_${n}"), Ok(Value::from("user_3")));
        assert_eq!(said("${chief}#{n}x"), Ok(Value::from("nj.zjj.reviewer3x")));
        assert_eq!(said("${n > 2 ? '}' : 'b'}"), Ok(Value::from("}")));
        assert_eq!(said("${several}"), Ok(vars["several"].clone()));
        for broken in [
            "${a",
            "x${",
            "${}",
            "${a}${",
            "user_${bean.call()}",
            "=call(a)",
            "${variables:query(a)}",
        ] {
            assert!(Phrase::read(broken).is_err(), "{broken}");
        }
        for missing in ["${nobody}", "x_${nobody}"] {
            assert!(said(missing).is_err(), "{missing}");
        }
        assert!(said("x_${several}").is_err());
    }

    #[test]
    fn what_is_asked_for_first_need_not_be_there() {
        let needs = |text: &str| {
            let needs = Phrase::read(text).expect("read").variables();
            needs.into_iter().collect::<Vec<_>>().join(" ")
        };
        assert_eq!(needs("li.si"), "");
        assert_eq!(needs("${a}_${b.c}"), "a b");
        assert_eq!(needs("${has(a) ? a : b}"), "b");
        assert_eq!(needs("${execution.getVariable('a')}"), "");
        assert_eq!(needs("${empty a}"), "");
    }
}
