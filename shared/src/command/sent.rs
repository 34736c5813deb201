//! What was sent for a command: the fields of a form, or an object of JSON. A form has texts only, and says the same name several times for a
//! list; a program has types, and every name that it sends must be one of ours.
//! Not here: what a field may hold (`parts`), reading bodies (the edge).
//! Read next: `parts`.

use serde_json::{Map, Value};

use super::{FieldRow, Part, Wrong};
use crate::fault::{Check, Code};

/// What was sent.
#[derive(Debug, Clone)]
pub struct Sent {
    values: Map<String, Value>,
    is_form: bool,
}

impl Sent {
    /// An object of JSON.
    pub fn json(values: Map<String, Value>) -> Self {
        Self {
            values,
            is_form: false,
        }
    }

    /// The fields of a form in their order. An empty one is as good as none, but for fields of fields (`fields.days`), which may have been
    /// emptied.
    pub fn form(pairs: &[(String, String)]) -> Self {
        let mut values = Map::new();
        for (name, value) in pairs {
            match name.split_once('.') {
                Some((whole, inner)) => {
                    let below = values
                        .entry(whole)
                        .or_insert_with(|| Value::Object(Map::new()));
                    if let Some(below) = below.as_object_mut() {
                        add(below, inner, value);
                    }
                }
                None if value.trim().is_empty() => {}
                None => add(&mut values, name, value),
            }
        }
        Self {
            values,
            is_form: true,
        }
    }

    /// Whether a form sent it.
    pub const fn is_form(&self) -> bool {
        self.is_form
    }

    /// Takes a field out, as if it had not been sent.
    pub fn forget(&mut self, name: &str) {
        self.values.remove(name);
    }

    /// Keeps the values of a list that fit.
    pub fn keep(&mut self, name: &str, fits: impl Fn(&str) -> bool) {
        let fits = |value: &Value| value.as_str().is_none_or(&fits);
        match self.values.get_mut(name) {
            Some(Value::Array(all)) => all.retain(fits),
            Some(one) if !fits(one) => self.forget(name),
            _ => {}
        }
    }

    /// Divides the texts of a list that a form sends in one field.
    pub fn divide(&mut self, name: &str, divides: impl Fn(char) -> bool) {
        let Some(sent) = self.values.get_mut(name).filter(|_| self.is_form) else {
            return;
        };
        let texts: Vec<&str> = match &*sent {
            Value::Array(all) => all.iter().filter_map(Value::as_str).collect(),
            one => one.as_str().into_iter().collect(),
        };
        let words = texts.iter().flat_map(|text| text.split(&divides));
        let words: Vec<Value> = words
            .map(str::trim)
            .filter(|word| !word.is_empty())
            .map(Value::from)
            .collect();
        *sent = Value::Array(words);
    }

    /// A value where it can be read; what is wrong with it is told by `field`.
    pub fn peek<T: Part>(&self, name: &str) -> Option<T> {
        self.read(name).ok()
    }

    /// Whether something was sent under a name, `citizen.phone` for a field of a field.
    pub fn has(&self, path: &str) -> bool {
        let (name, inner) = path
            .split_once('.')
            .map_or((path, None), |(name, inner)| (name, Some(inner)));
        let whole = self.values.get(name);
        let value = match inner {
            None => whole,
            Some(inner) => whole.and_then(|whole| whole.get(inner)),
        };
        match value {
            None | Some(Value::Null) => false,
            Some(Value::String(text)) => !text.trim().is_empty(),
            Some(_) => true,
        }
    }

    /// A form says yes or no in its own words.
    pub fn say(&mut self, name: &str, answer: bool) {
        let word = if answer { "yes" } else { "no" };
        self.values.insert(name.to_owned(), Value::from(word));
    }

    /// A number, in the place of what was sent under the name.
    pub fn number(&mut self, name: &str, number: i32) {
        self.values.insert(name.to_owned(), Value::from(number));
    }

    /// Changes a text that was sent.
    pub fn reword(&mut self, name: &str, change: impl FnOnce(&str) -> String) {
        if let Some(text) = self.text(name).map(change) {
            self.values.insert(name.to_owned(), Value::from(text));
        }
    }

    /// All that was sent.
    pub const fn values(&self) -> &Map<String, Value> {
        &self.values
    }

    /// A text as it was sent.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.values.get(name)?.as_str()
    }

    /// The fields of a field; none where nothing was sent, `None` where it is no object.
    pub(super) fn inner(&self, name: &str) -> Option<Self> {
        let values = match self.values.get(name) {
            None | Some(Value::Null) => Map::new(),
            Some(Value::Object(values)) => values.clone(),
            Some(_) => return None,
        };
        Some(Self {
            values,
            is_form: self.is_form,
        })
    }

    /// A field of the command; what is wrong with it is noted.
    pub fn field<T: Part>(&self, name: &str, check: &mut Check) -> Option<T> {
        T::take(self, name, check)
    }

    /// A field that is one value.
    pub(super) fn single<T: Part>(&self, name: &str, check: &mut Check) -> Option<T> {
        self.read(name)
            .map_err(|Wrong { code, facts }| {
                let facts: Vec<(&str, &dyn ToString)> = facts
                    .iter()
                    .map(|(name, value)| (*name, value as &dyn ToString))
                    .collect();
                check.add_with(name, code, &facts);
            })
            .ok()
    }

    fn read<T: Part>(&self, name: &str) -> Result<T, Wrong> {
        match self.values.get(name) {
            None | Some(Value::Null) => T::absent(),
            // A browser that sends a single field twice means the first.
            Some(Value::Array(all)) if self.is_form && !T::IS_LIST => match all.first() {
                Some(first) => T::of_text(first.as_str().unwrap_or_default()),
                None => T::absent(),
            },
            Some(Value::String(text)) if self.is_form || T::IS_TEXT => T::of_text(text),
            Some(value) => T::of_json(value),
        }
    }

    /// Notes names that the command does not have. Forms carry fields of their own beside it.
    pub fn refuse_unknown(&self, known: &[FieldRow], check: &mut Check) {
        if self.is_form {
            return;
        }
        for name in self.values.keys() {
            if known.iter().all(|field| field.name != name) {
                // Names come from the body: only what could be a name of ours is said back.
                let plain = name.len() <= 40
                    && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
                check.add(if plain { name } else { "?" }, Code::InputBody);
            }
        }
    }
}

fn add(values: &mut Map<String, Value>, name: &str, value: &str) {
    let value = Value::from(value);
    match values.get_mut(name) {
        None => {
            values.insert(name.to_owned(), value);
        }
        Some(Value::Array(all)) => all.push(value),
        Some(first) => *first = Value::Array(vec![first.take(), value]),
    }
}
