//! Forms of tasks: what was typed becomes variables of the process, or a fault at the field.
//! Not here: which fields there are (`bpmn::form`), how they look (`app`).
//! People are named by sign-in name and must exist.

use std::collections::BTreeMap;

use bpmn::{Definition, FieldKind, FieldProblem, FormField, Value, Vars};
use shared::approval::view::FieldView;
use shared::fault::{Code, Fault, FieldFault};
use shared::input;
use shared::text::Locale;
use shared::ticket::view::Named;

use super::discreet::{Sight, masked};
use super::people::People;

/// Fields as typed, by their ids.
type Typed = BTreeMap<String, String>;

/// How a form's field stands in commands and faults.
pub(crate) fn field_name(id: &str) -> String {
    format!("fields.{id}")
}

/// Words in typed fields that may be sign-in names.
pub(crate) fn names(typed: &Typed) -> Vec<String> {
    const MOST: usize = 200;
    typed
        .values()
        .filter(|text| text.len() <= 4_000)
        .flat_map(|text| text.split([',', '，', ' ', '\n', '\r', '\t']))
        .map(str::trim)
        .filter(|word| {
            (2..=64).contains(&word.len())
                && word
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
        })
        .map(str::to_owned)
        .take(MOST)
        .collect()
}

/// Around what was typed: who can be named, and what the fields hold at present.
#[derive(Clone, Copy)]
pub(crate) struct Form<'a> {
    pub people: &'a People,
    pub present: &'a Vars,
}

/// The variables that a form's fields make.
///
/// # Errors
/// Every field that is wrong, each with its own code.
pub(crate) fn read(
    definition: &Definition,
    element: &str,
    typed: &Typed,
    form: Form<'_>,
) -> Result<Vars, Fault> {
    let mut vars = Vars::new();
    let mut faults = Vec::new();
    for field in definition.form(element) {
        let text = typed.get(&field.id).map_or("", String::as_str);
        if keeps(&field, text, form.present) {
            continue;
        }
        match one(&field, text, form.people) {
            Ok(Some(value)) => drop(vars.insert(field.id.clone(), value)),
            Ok(None) => {}
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() {
        Ok(vars)
    } else {
        Err(Fault::fields(faults))
    }
}

/// What was typed, cleaned as every field is.
fn cleaned(kind: FieldKind, text: &str) -> String {
    match kind {
        FieldKind::LongText => input::body(text),
        FieldKind::Number => input::code(text),
        FieldKind::Bool | FieldKind::Choice => text.trim().to_owned(),
        FieldKind::Date => {
            input::moment::day(text).map_or_else(|_| input::line(text), |day| day.to_string())
        }
        FieldKind::People => {
            let lines: Vec<String> = text.lines().map(input::line).collect();
            lines.join("\n")
        }
        _ => input::line(text),
    }
}

/// Whether a field that was shown masked came back as it was shown, or empty: then its value stays.
fn keeps(field: &FormField, text: &str, present: &Vars) -> bool {
    let Some(value) = present.get(&field.id).map(typed) else {
        return false;
    };
    let (text, shown) = (text.trim(), masked(field, &value));
    shown != value && (text.is_empty() || text == shown)
}

fn one(field: &FormField, text: &str, people: &People) -> Result<Option<Value>, FieldFault> {
    let text = cleaned(field.kind, text);
    let text = text.trim();
    let fault = |code: Code| FieldFault {
        field: field_name(&field.id),
        code,
        facts: BTreeMap::new(),
    };
    if text.is_empty() {
        return match field.kind {
            // A box that is not ticked is sent by no browser.
            FieldKind::Bool => Ok(Some(Value::Bool(false))),
            _ if field.required => Err(fault(Code::InputRequired)),
            _ => Ok(None),
        };
    }
    let value = field.read(text).map_err(|problem| match problem {
        FieldProblem::Empty => fault(Code::InputRequired),
        FieldProblem::TooLong { max } => {
            let mut fault = fault(Code::InputTooLong);
            fault.facts.insert("max".to_owned(), max.to_string());
            fault
                .facts
                .insert("length".to_owned(), text.chars().count().to_string());
            fault
        }
        FieldProblem::NotANumber => fault(Code::InputNumber),
        FieldProblem::NotADate => fault(Code::InputDate),
        FieldProblem::NotAnOption => fault(Code::InputCode),
        FieldProblem::Unreadable => {
            let (at, sign) = shared::ticket::rules::odd_sign(text, true);
            let mut fault = fault(Code::InputCharacters);
            if at > 0 {
                fault.facts.insert("at".to_owned(), at.to_string());
                fault.facts.insert("sign".to_owned(), sign);
            }
            fault
        }
    })?;
    let known = match (&field.kind, &value) {
        (FieldKind::Person, Value::Text(name)) => people.get(name).is_some(),
        (FieldKind::People, Value::List(names)) => names
            .iter()
            .filter_map(Value::as_text)
            .all(|name| people.get(name).is_some()),
        _ => true,
    };
    if known {
        Ok(Some(value))
    } else {
        Err(fault(Code::InputPerson))
    }
}

/// A form for a page, with present values as far as the reader sees them.
pub(crate) fn view(
    definition: &Definition,
    element: &str,
    (vars, sight): (&Vars, &Sight),
    locale: Locale,
) -> Vec<FieldView> {
    definition
        .form(element)
        .into_iter()
        .map(|field| FieldView {
            name: label(&field, locale),
            kind: field.kind.key().to_owned(),
            required: field.required,
            options: field
                .options
                .iter()
                .map(|option| Named {
                    code: option.value.clone(),
                    name: match (locale, &option.label_en) {
                        (Locale::En, Some(en)) => en.clone(),
                        _ => option.label.clone(),
                    },
                })
                .collect(),
            max: field.max,
            ..shown(&field, vars, sight)
        })
        .collect()
}

/// What stands in a field: its value, or that it has one which is not shown and stays unless something is typed.
fn shown(field: &FormField, vars: &Vars, sight: &Sight) -> FieldView {
    let value = vars.get(&field.id).map(typed);
    let seen = value.clone().map(|value| sight.of(field, value));
    let masked = seen.clone().filter(|_| seen != value);
    FieldView {
        id: field.id.clone(),
        name: String::new(),
        kind: String::new(),
        required: false,
        options: Vec::new(),
        value: match &masked {
            Some(_) => String::new(),
            None => value.or_else(|| field.default.clone()).unwrap_or_default(),
        },
        masked,
        max: None,
    }
}

/// A field's name in the reader's language.
pub(crate) fn label(field: &FormField, locale: Locale) -> String {
    match (locale, &field.name_en) {
        (Locale::En, Some(en)) => en.clone(),
        _ => field.name.clone(),
    }
}

/// A value as it would be typed.
pub(crate) fn typed(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Float(value) => value.to_string(),
        Value::Text(text) => text.clone(),
        Value::List(items) => items.iter().map(typed).collect::<Vec<_>>().join(", "),
        Value::Map(_) => serde_json::to_string(value).unwrap_or_default(),
    }
}
