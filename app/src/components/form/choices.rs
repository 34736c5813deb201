//! Radio buttons as tiles, and single check boxes, each with one line that says what it means.
//! Not here: long lists (`select`).
//! Read next: `style/controls.css`.

use leptos::prelude::*;
use shared::text::{Text, common};

use super::field::{OptionalMark, described_by, label_of};
use super::{FieldNotes, use_form};
use crate::context::say;

/// One tile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoiceItem {
    /// What is sent.
    pub value: &'static str,
    /// What is read.
    pub label: Text,
    /// A line below it.
    pub help: Option<Text>,
}

impl ChoiceItem {
    /// A tile without a second line.
    pub const fn new(value: &'static str, label: Text) -> Self {
        Self {
            value,
            label,
            help: None,
        }
    }

    /// A tile with a second line.
    pub const fn with_help(value: &'static str, label: Text, help: Text) -> Self {
        Self {
            value,
            label,
            help: Some(help),
        }
    }
}

/// One of several: radio buttons.
#[component]
pub fn Choices(
    /// Name in the form and in the command.
    name: &'static str,
    /// The tiles.
    items: Vec<ChoiceItem>,
    /// Legend; from `text::fields` when absent.
    #[prop(optional)]
    legend: Option<Text>,
    /// A line below the legend.
    #[prop(optional)]
    help: Option<Text>,
    /// What it begins with.
    #[prop(optional, into)]
    value: Option<String>,
    /// Class beside `choices`: `large` (tiles in two columns) or `inline` (as many as fit).
    #[prop(default = "")]
    layout: &'static str,
    /// May stay open; says so.
    #[prop(optional)]
    optional: bool,
    /// Called in the browser with the chosen value.
    #[prop(optional)]
    on_change: Option<Callback<String>>,
) -> impl IntoView {
    let form = use_form();
    let id = form.id(name);
    let chosen = form.initial(name, value);
    let described = described_by(&id, help.is_some());
    let legend = label_of(name, legend);
    form.call(name, legend);
    let changed = move |event| {
        if let Some(on_change) = on_change {
            on_change.run(event_target_value(&event));
        }
    };
    let tile = |(index, item): (usize, ChoiceItem)| {
        // The first tile has the field's own id, so that the error summary's link lands on it.
        let id = if index == 0 {
            id.clone()
        } else {
            format!("{id}-{}", item.value)
        };
        let label_for = id.clone();
        view! {
            <label class="choice" for=label_for>
                <input
                    type="radio"
                    id=id
                    name=name
                    value=item.value
                    checked=item.value == chosen
                    aria-invalid=move || form.error(name).map(|_| "true")
                    on:change=changed
                />
                <ChoiceText label=item.label help=item.help/>
            </label>
        }
    };
    view! {
        <fieldset class=format!("choices {layout}") aria-describedby=described>
            <legend>{legend} {optional.then(|| view! { <OptionalMark/> })}</legend>
            <FieldNotes name help/>
            {items.into_iter().enumerate().map(tile).collect_view()}
        </fieldset>
    }
}

/// A yes or no that must be chosen: values `yes` and `no`.
pub fn yes_no() -> Vec<ChoiceItem> {
    vec![
        ChoiceItem::new("yes", common::YES),
        ChoiceItem::new("no", common::NO),
    ]
}

/// One box to tick; sends `yes` when ticked.
#[component]
pub fn Check(
    /// Name in the form and in the command.
    name: &'static str,
    /// What is read.
    label: Text,
    /// A line below it.
    #[prop(optional)]
    help: Option<Text>,
    /// Ticked at the start.
    #[prop(optional)]
    checked: bool,
) -> impl IntoView {
    let form = use_form();
    let id = form.id(name);
    let checked = form.state.with_untracked(|state| {
        if state.is_posted() {
            state.value(name) == Some("yes")
        } else {
            checked
        }
    });
    view! {
        <div class="stack tight">
            <label class="choice" for=id.clone()>
                <input type="checkbox" id=id.clone() name=name value="yes" checked=checked aria-describedby=described_by(&id, false)/>
                <ChoiceText label=label help=help/>
            </label>
            <FieldNotes name/>
        </div>
    }
}

#[component]
fn ChoiceText(label: Text, help: Option<Text>) -> impl IntoView {
    view! {
        <span class="choice-text">
            <b>{say(label)}</b>
            {help.map(|help| view! { <small>{say(help)}</small> })}
        </span>
    }
}
