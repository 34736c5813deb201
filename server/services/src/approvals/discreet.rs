//! What a case holds of persons, as people see it who need not know it: fields by their class, everything else by its content.
//! In the clear it is shown for a reason, to whoever may (`reveal`), and to whoever does a task that names the field (`ms:clear`).
//! Not here: the masks themselves (`shared::person`).

use bpmn::{Definition, FieldClass, FormField};
use shared::person::{conceal, mask_address, mask_email, mask_id, mask_name, mask_phone};

/// What is shown of a field's value.
pub(super) fn masked(field: &FormField, value: &str) -> String {
    match field.class {
        Some(FieldClass::Phone) => mask_phone(value),
        Some(FieldClass::IdNumber) => mask_id(value),
        Some(FieldClass::Name) => mask_name(value),
        Some(FieldClass::Address) => mask_address(value),
        Some(FieldClass::Email) => mask_email(value),
        Some(FieldClass::Hidden) if value.is_empty() => String::new(),
        Some(FieldClass::Hidden) => "***".to_owned(),
        Some(FieldClass::Public) => value.to_owned(),
        None => conceal(value),
    }
}

/// How much somebody sees.
#[derive(Debug, Clone, Default)]
pub(super) struct Sight {
    /// Everything, for a reason that was given.
    pub in_clear: bool,
    /// Fields that the reader's own open tasks need.
    pub fields: Vec<String>,
}

impl Sight {
    /// A field's value for this reader.
    pub(super) fn of(&self, field: &FormField, value: String) -> String {
        if self.in_clear || self.fields.contains(&field.id) {
            value
        } else {
            masked(field, &value)
        }
    }

    /// Words that people wrote: opinions, reasons, notes, titles.
    pub(super) fn words(&self, words: String) -> String {
        if self.in_clear {
            words
        } else {
            conceal(&words)
        }
    }

    /// The same, where there are any.
    pub(super) fn noted(&self, words: Option<String>) -> Option<String> {
        words.map(|words| self.words(words))
    }
}

/// Fields that a task's own words let its holder see in the clear (`ms:clear="applicant_phone id_no"`).
pub(super) fn cleared(definition: &Definition, element: &str) -> Vec<String> {
    let words = definition
        .element(element)
        .and_then(|element| element.attr("clear"))
        .unwrap_or_default();
    words
        .split(|c: char| c.is_whitespace() || c == ',')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}
