//! Forms: what is asked when a case is filed or a task is done, as the file says it in this product's or the Java engines' words.
//! Not here: pages that show them, rights, files. A field's id is the name of the variable that gets its value.
//! Next: `element` (elements to fields), `typed` (what was typed to a value).

mod element;
mod typed;

use serde::{Deserialize, Serialize};

pub use typed::FieldProblem;

use crate::model::{Definition, ElementView};
pub(crate) use element::asked;

/// One field of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormField {
    /// Its id, and the name of the variable.
    pub id: String,
    /// What people read, in Chinese; the id where the file gives no name.
    pub name: String,
    /// What people read, in English, where the file says it.
    pub name_en: Option<String>,
    /// What is asked for.
    pub kind: FieldKind,
    /// Must something be given?
    pub required: bool,
    /// What can be chosen, for [`FieldKind::Choice`].
    pub options: Vec<FieldOption>,
    /// What stands in it at first.
    pub default: Option<String>,
    /// Most characters, where the file says it.
    pub max: Option<u32>,
    /// What of a person it holds, where the file says it; without it the content decides.
    pub class: Option<FieldClass>,
}

/// What of a person a field holds, and so how it is shown to people who need not know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldClass {
    /// A telephone number.
    Phone,
    /// The number of an identity document.
    IdNumber,
    /// A person's name.
    Name,
    /// Where somebody lives.
    Address,
    /// An e-mail address.
    Email,
    /// Nobody else's business at all: nothing of it is shown.
    Hidden,
    /// Nothing of a person, whatever it looks like.
    Public,
}

impl FieldClass {
    /// Every class.
    pub const ALL: [Self; 7] = [
        Self::Phone,
        Self::IdNumber,
        Self::Name,
        Self::Address,
        Self::Email,
        Self::Hidden,
        Self::Public,
    ];

    /// Its word in a file's `class`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::IdNumber => "id_number",
            Self::Name => "name",
            Self::Address => "address",
            Self::Email => "email",
            Self::Hidden => "hidden",
            Self::Public => "public",
        }
    }

    /// The class of a word, of `class` or of `type`.
    pub(crate) fn by_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.key() == word)
    }
}

/// One of the values that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldOption {
    /// The value of the variable.
    pub value: String,
    /// What people read, in Chinese; the value where the file gives no label.
    pub label: String,
    /// What people read, in English, where the file says it.
    pub label_en: Option<String>,
}

/// What a field asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// A line of text.
    Text,
    /// Text of several lines.
    LongText,
    /// A number.
    Number,
    /// A day.
    Date,
    /// Yes or no.
    Bool,
    /// One of some values.
    Choice,
    /// A person, by sign-in name.
    Person,
    /// Several persons, by sign-in name.
    People,
}

impl FieldKind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Text,
        Self::LongText,
        Self::Number,
        Self::Date,
        Self::Bool,
        Self::Choice,
        Self::Person,
        Self::People,
    ];

    /// Its word in a file's `type`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::LongText => "long_text",
            Self::Number => "number",
            Self::Date => "date",
            Self::Bool => "bool",
            Self::Choice => "choice",
            Self::Person => "person",
            Self::People => "people",
        }
    }
}

impl Definition {
    /// The fields that a start event, a user task or an ad-hoc sub-process asks for, in the file's order; of two with one id the
    /// first. Empty for everything else, and where the file gives no form.
    pub fn form(&self, element_id: &str) -> Vec<FormField> {
        let mut fields: Vec<FormField> = Vec::new();
        let element = self
            .element(element_id)
            .filter(|element| has_form(*element));
        for asked in element.map(asked).unwrap_or_default() {
            let new = !fields.iter().any(|field| field.id == asked.field.id);
            if new && !asked.field.id.is_empty() {
                fields.push(asked.field);
            }
        }
        fields
    }
}

/// Can somebody be asked there?
pub(crate) fn has_form(element: ElementView<'_>) -> bool {
    matches!(
        element.kind(),
        "startEvent" | "userTask" | "adHocSubProcess"
    )
}

#[cfg(test)]
mod tests;
