//! One-line fields and the notes (help, error) that every field has.
//! Values are attributes, so hydration never overwrites what was typed before it.
//! Not here: long texts (`text_area`), lists (`select`).

use leptos::prelude::*;
use shared::text::{Text, common, fields};

use super::use_form;
use crate::context::say;

/// The label of a field: given, or from the table of field names.
pub(super) fn label_of(name: &str, label: Option<Text>) -> &'static str {
    label.or_else(|| fields::label(name)).map_or("", say)
}

/// An input of one line.
#[component]
pub fn Field(
    /// Name in the form and in the command.
    name: &'static str,
    /// Label; from `text::fields` when absent.
    #[prop(optional)]
    label: Option<Text>,
    /// A line below the label.
    #[prop(optional)]
    help: Option<Text>,
    /// The input's type.
    #[prop(default = "text")]
    kind: &'static str,
    /// What it begins with.
    #[prop(optional, into)]
    value: Option<String>,
    /// May stay empty; says so.
    #[prop(optional)]
    optional: bool,
    /// The browser's completion hint.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// Which keyboard a phone shows.
    #[prop(optional)]
    inputmode: Option<&'static str>,
) -> impl IntoView {
    let form = use_form();
    let id = form.id(name);
    // A password never comes back from the server.
    let value = if kind == "password" {
        String::new()
    } else {
        form.initial(name, value)
    };
    let has_error = move || form.error(name).is_some();
    let described = described_by(&id, help.is_some());
    let label = label_of(name, label);
    form.call(name, label);
    view! {
        <div class="field" class:has-error=has_error>
            <label for=id.clone()>{label} {optional.then(|| view! { <OptionalMark/> })}</label>
            <FieldNotes name help/>
            <input
                id=id
                name=name
                type=kind
                value=value
                autocomplete=autocomplete
                inputmode=inputmode
                aria-required=(!optional).then_some("true")
                aria-invalid=move || has_error().then_some("true")
                aria-describedby=described
            />
        </div>
    }
}

/// The ids of the notes; the error's id may point to nothing while there is no error.
pub(crate) fn described_by(id: &str, has_help: bool) -> String {
    if has_help {
        format!("{id}-help {id}-error")
    } else {
        format!("{id}-error")
    }
}

/// "(optional)" beside a label.
#[component]
pub(crate) fn OptionalMark() -> impl IntoView {
    view! { <span class="optional">{say(common::OPTIONAL)}</span> }
}

/// Help and error of a field.
#[component]
pub fn FieldNotes(
    /// The field.
    #[prop(into)]
    name: String,
    /// The help line.
    #[prop(default = None)]
    help: Option<Text>,
) -> impl IntoView {
    let form = use_form();
    let (help_id, error_id) = (
        format!("{}-help", form.id(&name)),
        format!("{}-error", form.id(&name)),
    );
    view! {
        {help.map(|help| view! { <p class="help" id=help_id>{say(help)}</p> })}
        {move || {
            let id = error_id.clone();
            form.error(&name).map(|error| view! { <p class="field-error" id=id>{error}</p> })
        }}
    }
}

/// A hidden field.
#[component]
pub fn Hidden(
    /// Name in the form.
    name: &'static str,
    /// Value; what was posted before is not looked at.
    #[prop(into)]
    value: Signal<String>,
) -> impl IntoView {
    view! { <input type="hidden" name=name value=move || value.get() /> }
}
