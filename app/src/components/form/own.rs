//! The office's own fields in forms: an input or a list each, whose names and choices are data.
//! Not here: which there are (the register), what they may hold (services).
//! Their names begin with `own.`, under which an error comes back.

use leptos::prelude::*;
use shared::register::OwnKind;
use shared::text::{Locale, common};
use shared::ticket::view::{OwnAskView, OwnChoiceView};

use super::field::{OptionalMark, described_by};
use super::{FieldNotes, use_form};
use crate::context::{say, use_locale};

/// The fields.
#[component]
pub fn OwnFields(
    /// What is asked.
    fields: Vec<OwnAskView>,
    /// The category that is chosen; what is asked for others is hidden, where there is script.
    #[prop(into)]
    category: Signal<String>,
) -> impl IntoView {
    fields
        .into_iter()
        .map(|field| view! { <OwnInput field category/> })
        .collect_view()
}

/// A word in the reader's language.
fn word(zh: &str, en: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh => zh.to_owned(),
        Locale::En => en.to_owned(),
    }
}

/// For which categories it is asked.
fn only_for(categories: &[OwnChoiceView], locale: Locale) -> impl IntoView + use<> {
    let names = categories.iter().map(|it| word(&it.zh, &it.en, locale));
    let names: Vec<String> = names.collect();
    let names = names.join(match locale {
        Locale::Zh => "、",
        Locale::En => ", ",
    });
    view! { <p class="muted small">{say(common::ONLY_FOR)} " " {names}</p> }
}

#[component]
fn OwnInput(field: OwnAskView, category: Signal<String>) -> impl IntoView {
    let locale = use_locale();
    let form = use_form();
    let name = format!("own.{}", field.code);
    let id = form.id(&name);
    form.call(&name, &word(&field.zh, &field.en, locale));
    let value = form.initial(&name, field.value.clone());
    let asked = StoredValue::new(name.clone());
    let has_error = move || asked.with_value(|name| form.error(name).is_some());
    let described = described_by(&id, false);
    let required = field.needed.then_some("true");
    let invalid = move || has_error().then_some("true");
    let input = if field.kind == OwnKind::Choice {
        let options = field
            .choices
            .iter()
            .map(|choice| {
                let chosen = choice.code == value;
                let words = word(&choice.zh, &choice.en, locale);
                view! { <option value=choice.code.clone() selected=chosen>{words}</option> }
            })
            .collect_view();
        view! {
            <select id=id.clone() name=name.clone() autocomplete="off" aria-required=required aria-invalid=invalid aria-describedby=described>
                <option value="">{say(common::PLEASE_CHOOSE)}</option>
                {options}
            </select>
        }
        .into_any()
    } else {
        let (kind, inputmode) = match field.kind {
            OwnKind::Day => ("date", None),
            OwnKind::Number | OwnKind::Place => ("text", Some("numeric")),
            _ => ("text", None),
        };
        view! {
            <input
                id=id.clone()
                name=name.clone()
                type=kind
                value=value
                inputmode=inputmode
                autocomplete="off"
                aria-required=required
                aria-invalid=invalid
                aria-describedby=described
            />
        }
        .into_any()
    };
    let bound = StoredValue::new(field.categories.clone());
    let is_bound = !field.categories.is_empty();
    let is_of_others = move || {
        let chosen = category.get();
        is_bound && bound.with_value(|all| !all.iter().any(|it| chosen.starts_with(&it.code)))
    };
    // Without script the chosen category is not known before the form is sent: then it says for which it is.
    let only_for = is_bound.then(|| only_for(&field.categories, locale));
    let optional = (!field.needed).then(|| view! { <OptionalMark/> });
    view! {
        <div class="field" class:of-category=is_bound class:has-error=has_error hidden=is_of_others>
            <label for=id>{word(&field.zh, &field.en, locale)} " " {optional}</label>
            {only_for}
            <FieldNotes name/>
            {input}
        </div>
    }
}
