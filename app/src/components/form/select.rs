//! A list to choose one value from.
//! Not here: the three place lists, which depend on each other (`pages::citizen::file::place`).
//! Read next: `choices`.

use leptos::prelude::*;
use shared::text::{Text, common};

use super::field::{OptionalMark, described_by, label_of};
use super::{FieldNotes, use_form};
use crate::context::say;

/// One value of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelectItem {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// Chinese whatever the page's language is: a place or a unit.
    pub chinese: bool,
}

impl SelectItem {
    /// A value in the page's language.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            chinese: false,
        }
    }

    /// The name of a place or unit.
    pub fn chinese(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            chinese: true,
            ..Self::new(value, label)
        }
    }
}

/// A list of values; the first entry is "please choose", or that nothing is chosen.
#[component]
pub fn Select(
    /// Name in the form and in the command.
    name: &'static str,
    /// The values.
    #[prop(into)]
    items: Signal<Vec<SelectItem>>,
    /// Label; from `text::fields` when absent.
    #[prop(optional)]
    label: Option<Text>,
    /// A line below the label.
    #[prop(optional)]
    help: Option<Text>,
    /// What it begins with.
    #[prop(optional, into)]
    value: Option<String>,
    /// The first, empty entry; whether something must be chosen says it otherwise.
    #[prop(optional)]
    empty: Option<Text>,
    /// May stay empty; says so.
    #[prop(optional)]
    optional: bool,
    /// Called in the browser with the chosen value.
    #[prop(optional)]
    on_change: Option<Callback<String>>,
) -> impl IntoView {
    let form = use_form();
    let empty = empty.unwrap_or(if optional {
        common::NOT_CHOSEN
    } else {
        common::PLEASE_CHOOSE
    });
    let id = form.id(name);
    let chosen = RwSignal::new(form.initial(name, value));
    let has_error = move || form.error(name).is_some();
    let described = described_by(&id, help.is_some());
    let label = label_of(name, label);
    form.call(name, label);
    let changed = move |event| {
        let value = event_target_value(&event);
        chosen.set(value.clone());
        if let Some(on_change) = on_change {
            on_change.run(value);
        }
    };
    let options = move || {
        let item = move |item: SelectItem| {
            let selected = item.value == chosen.get_untracked();
            view! { <option value=item.value selected=selected lang=item.chinese.then_some("zh-CN")>{item.label}</option> }
        };
        items.get().into_iter().map(item).collect_view()
    };
    view! {
        <div class="field" class:has-error=has_error>
            <label for=id.clone()>{label} {optional.then(|| view! { <OptionalMark/> })}</label>
            <FieldNotes name help/>
            <select
                id=id
                name=name
                aria-required=(!optional).then_some("true")
                aria-invalid=move || has_error().then_some("true")
                aria-describedby=described
                on:change=changed
            >
                <option value="">{say(empty)}</option>
                {options}
            </select>
        </div>
    }
}
