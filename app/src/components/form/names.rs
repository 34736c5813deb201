//! Names of fields that are data, such as those of a process's forms, for the lists of errors on top of forms.
//! Not here: names that are the same everywhere (`shared::text::fields`).
//! A page with such fields provides them; only staff have such pages.

use leptos::prelude::*;
use shared::text::fields;

use crate::context::use_locale;

/// Field and name, for the forms below.
#[derive(Debug, Clone, Default)]
pub struct FieldNames(pub Vec<(String, String)>);

impl FieldNames {
    /// The names around this component.
    pub(super) fn here() -> Self {
        if cfg!(feature = "staff") {
            use_context().unwrap_or_default()
        } else {
            Self::default()
        }
    }

    /// The name of a field that the page provides.
    pub(super) fn own(&self, field: &str) -> Option<String> {
        let own = self.0.iter().find(|(name, _)| name == field);
        own.map(|(_, label)| label.clone())
    }

    /// The name of a field.
    pub(super) fn of(&self, field: &str) -> Option<String> {
        self.own(field)
            .or_else(|| Some(fields::label(field)?.get(use_locale()).to_owned()))
    }
}
