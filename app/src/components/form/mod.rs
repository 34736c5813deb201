//! Form components: they post without script, and call the same handler in place when the page is hydrated.
//! `Form` holds the state that its fields read; typed values stay in the DOM and are never overwritten by rendering.
//! Not here: what a form does (`forms`), collecting and sending in the browser (`browser::submit`).

mod choices;
#[cfg(feature = "staff")]
mod entered;
mod field;
#[cfg(feature = "staff")]
mod follow;
mod form_element;
mod kept;
mod names;
#[cfg(feature = "staff")]
pub mod options;
mod own;
#[cfg(feature = "staff")]
mod passkey;
#[cfg(feature = "staff")]
mod phrases;
mod select;
#[cfg(feature = "staff")]
mod sign_in_again;
mod submit;
mod summary;
#[cfg(feature = "staff")]
mod table;
#[cfg(feature = "staff")]
mod tags;
mod text_area;

pub use choices::{Check, ChoiceItem, Choices, yes_no};
#[cfg(feature = "staff")]
pub use entered::EnteredLater;
pub use field::{Field, FieldNotes, Hidden};
#[cfg(feature = "staff")]
pub(crate) use field::{OptionalMark, described_by};
#[cfg(feature = "staff")]
pub use follow::Follow;
#[cfg(all(feature = "hydrate", feature = "staff"))]
pub(crate) use form_element::FORM;
pub use form_element::Form;
pub use kept::{KeptForm, Typed};
pub use names::FieldNames;
pub use own::OwnFields;
#[cfg(feature = "staff")]
pub use passkey::Ceremony;
#[cfg(all(feature = "hydrate", feature = "staff"))]
pub(crate) use passkey::answer_of;
#[cfg(feature = "staff")]
pub use phrases::{Phrases, share_phrases};
pub use select::{Select, SelectItem};
pub use submit::{StepButton, SubmitButton};
pub use summary::{ErrorSummary, SUMMARY};
#[cfg(feature = "staff")]
pub use table::{TableInput, WrongLines};
#[cfg(feature = "staff")]
pub use tags::TagChoices;
#[cfg(feature = "staff")]
pub use text_area::AskArea;
pub use text_area::{LongText, TextArea};

use leptos::prelude::*;
use shared::text::{Text, common, faults};

use crate::context::{use_locale, use_seed};
use crate::forms::{FormState, form_key};

/// The state of one form, for the components inside it.
#[derive(Clone, Copy)]
pub struct FormContext {
    /// What came back from the server.
    pub state: RwSignal<FormState>,
    /// Being sent; a second click does nothing.
    pub busy: RwSignal<bool>,
    /// Why the form must wait (photos on their way); sending does nothing while it is set.
    pub hold: RwSignal<Option<Text>>,
    /// The idempotency key; a new one after each success.
    pub key: RwSignal<String>,
    /// Heading of a refusal: what did not happen.
    pub failed: Text,
    /// Before every element id, so that several forms can stand on one page.
    prefix: StoredValue<String>,
    /// What its fields are called, each as it was drawn: the list of errors says the same.
    labels: StoredValue<Vec<(String, String)>>,
}

impl FormContext {
    /// The context for the form of this address: with what came back to this page, if it is this form's.
    pub(crate) fn new(address: &str, prefix: String) -> Self {
        let seed = use_seed();
        let fresh = !seed.left.get_untracked();
        let returned = seed
            .returned
            .get_untracked()
            .filter(|form| form.address() == address);
        let state = returned
            .or_else(|| {
                seed.with(|seed| seed.form.clone())
                    .filter(|form| fresh && form.address() == address)
            })
            .unwrap_or_default();
        let key = match state.value(crate::forms::KEY) {
            Some(key) if !key.is_empty() => key.to_owned(),
            // After an accepted form the page's own keys are used up.
            _ => page_key(fresh && seed.revision.get_untracked() == 0, address),
        };
        Self {
            state: RwSignal::new(state),
            busy: RwSignal::new(false),
            hold: RwSignal::new(None),
            key: RwSignal::new(key),
            failed: common::NOT_SENT,
            prefix: StoredValue::new(prefix),
            labels: StoredValue::new(Vec::new()),
        }
    }

    /// Keeps what a field is called.
    pub(crate) fn call(&self, name: &str, label: &str) {
        if !label.is_empty() {
            self.labels
                .update_value(|labels| labels.push((name.to_owned(), label.to_owned())));
        }
    }

    /// What a field is called that was drawn before.
    fn called(&self, name: &str) -> Option<String> {
        self.labels.with_value(|labels| {
            let found = labels.iter().rev().find(|(known, _)| known == name);
            found.map(|(_, label)| label.clone())
        })
    }

    /// The element id of a field.
    pub fn id(&self, name: &str) -> String {
        self.prefix.with_value(|prefix| format!("{prefix}{name}"))
    }

    /// What a field begins with: what was typed before, else the given value.
    pub fn initial(&self, name: &str, given: Option<String>) -> String {
        self.state
            .with_untracked(|state| state.value(name).map(str::to_owned))
            .or(given)
            .unwrap_or_default()
    }

    /// What is wrong with a field, as a sentence. Reactive.
    pub fn error(&self, name: &str) -> Option<String> {
        let locale = use_locale();
        self.state.with(|state| {
            state
                .field_fault(name)
                .map(|fault| faults::field_message(fault, locale))
        })
    }
}

fn page_key(fresh: bool, action: &str) -> String {
    let page = use_seed().with(|seed| seed.form_key.clone());
    #[cfg(feature = "hydrate")]
    if !fresh {
        return form_key(&crate::browser::random_key(), action);
    }
    let _ = fresh;
    form_key(&page, action)
}

/// Whether the form of this path came back to this page with what was typed: a fold around it stands open, or nobody would see why.
pub fn came_back(path: &str) -> bool {
    let seed = use_seed();
    let is_it = |form: &FormState| form.path == path;
    let fresh = !seed.left.get_untracked();
    let returned = seed.returned.get_untracked();
    returned.as_ref().is_some_and(is_it)
        || fresh && seed.with(|seed| seed.form.as_ref().is_some_and(is_it))
}

/// The form around this component.
pub fn use_form() -> FormContext {
    use_context::<FormContext>().unwrap_or_else(|| FormContext::new("", String::new()))
}
