//! Fields that are data: what a process's form asks, and people chosen by name (`.field`, `.people-picker`).
//! Not here: fields that are the same everywhere (`form`), reading what was typed (services).
//! Their names are `fields.<id>`; `names` gives them to the lists of errors.

use leptos::prelude::*;
use shared::approval::view::{FieldView, PersonView};
use shared::text::{approval, approval_forms, common};

use super::finder::{Finder, fits};
use super::form::{FieldNames, FieldNotes, LongText, OptionalMark, described_by, use_form};
use crate::context::{say, use_locale};

/// Longest long text when the field says nothing.
const LONG: u32 = 4_000;

/// What the field is called in forms and faults.
pub fn wire_name(field: &FieldView) -> String {
    format!("fields.{}", field.id)
}

/// Names for the lists of errors: those of the verbs' own fields and those of the forms on the page.
pub fn names<'f>(fields: impl Iterator<Item = &'f FieldView>) -> FieldNames {
    let locale = use_locale();
    let own = approval_forms::FIELDS.iter().filter_map(|name| {
        let label = approval_forms::field(name)?.get(locale);
        Some(((*name).to_owned(), label.to_owned()))
    });
    let asked = fields.map(|field| (wire_name(field), field.name.clone()));
    FieldNames(own.chain(asked).collect())
}

/// The fields of a form.
#[component]
pub fn AskedFields(
    /// The fields.
    fields: Vec<FieldView>,
) -> impl IntoView {
    fields
        .into_iter()
        .map(|field| view! { <Asked field/> })
        .collect_view()
}

#[component]
fn Asked(field: FieldView) -> impl IntoView {
    let form = use_form();
    let mut field = field;
    if let Some(masked) = field.masked.take() {
        field.name = approval::kept(&field.name, &masked, use_locale());
        field.required = false;
    }
    let name = wire_name(&field);
    let typed = form.initial(&name, Some(field.value.clone()));
    match field.kind.as_str() {
        "long_text" => {
            let max = field.max.unwrap_or(LONG);
            view! { <LongText name label=field.name value=typed optional=!field.required max rows=4/> }
                .into_any()
        }
        "choice" => view! { <Choice field name typed/> }.into_any(),
        "bool" => view! { <Tick field name/> }.into_any(),
        "date" => view! { <Line field name typed kind="date"/> }.into_any(),
        "number" => view! { <Line field name typed inputmode="decimal"/> }.into_any(),
        "person" | "people" => {
            let several = field.kind == "people";
            let (label, optional) = (field.name, !field.required);
            view! { <Pick name label typed several optional/> }.into_any()
        }
        _ => view! { <Line field name typed/> }.into_any(),
    }
}

/// A field of one line.
#[component]
fn Line(
    field: FieldView,
    name: String,
    typed: String,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional)] inputmode: Option<&'static str>,
) -> impl IntoView {
    let form = use_form();
    let id = form.id(&name);
    let asked = StoredValue::new(name.clone());
    let has_error = move || asked.with_value(|name| form.error(name).is_some());
    let described = described_by(&id, false);
    let optional = (!field.required).then(|| view! { <OptionalMark/> });
    view! {
        <div class="field" class:has-error=has_error>
            <label for=id.clone()>{field.name} {optional}</label>
            <FieldNotes name=name.clone()/>
            <input
                id=id
                name=name
                type=kind
                value=typed
                autocomplete="off"
                inputmode=inputmode
                aria-required=field.required.then_some("true")
                aria-invalid=move || has_error().then_some("true")
                aria-describedby=described
            />
        </div>
    }
}

#[component]
fn Choice(field: FieldView, name: String, typed: String) -> impl IntoView {
    let form = use_form();
    let id = form.id(&name);
    let asked = StoredValue::new(name.clone());
    let has_error = move || asked.with_value(|name| form.error(name).is_some());
    let described = described_by(&id, false);
    let optional = (!field.required).then(|| view! { <OptionalMark/> });
    let options = field
        .options
        .into_iter()
        .map(|option| {
            let selected = option.code == typed;
            view! { <option value=option.code selected=selected>{option.name}</option> }
        })
        .collect_view();
    view! {
        <div class="field" class:has-error=has_error>
            <label for=id.clone()>{field.name} {optional}</label>
            <FieldNotes name=name.clone()/>
            <select
                id=id
                name=name
                aria-required=field.required.then_some("true")
                aria-invalid=move || has_error().then_some("true")
                aria-describedby=described
            >
                <option value="">{say(common::PLEASE_CHOOSE)}</option>
                {options}
            </select>
        </div>
    }
}

#[component]
fn Tick(field: FieldView, name: String) -> impl IntoView {
    let form = use_form();
    let id = form.id(&name);
    let checked = form.state.with_untracked(|state| {
        let value = state.value(&name).map(str::to_owned);
        if state.is_posted() {
            value.as_deref() == Some("true")
        } else {
            field.value == "true"
        }
    });
    let described = described_by(&id, false);
    view! {
        <div class="stack tight">
            <label class="choice" for=id.clone()>
                <input type="checkbox" id=id.clone() name=name.clone() value="true" checked=checked aria-describedby=described/>
                <span class="choice-text"><b>{field.name}</b></span>
            </label>
            <FieldNotes name/>
        </div>
    }
}

/// Somebody, or several people, chosen by their names.
#[component]
pub fn PersonField(
    /// Name in the form and in the command.
    name: &'static str,
    /// Several.
    #[prop(optional)]
    several: bool,
) -> impl IntoView {
    let label = if several {
        approval::USERS
    } else {
        approval::USER
    };
    view! { <Pick name=name.to_owned() label=say(label).to_owned() typed=String::new() several optional=false/> }
}

/// The people who can be named on this page.
#[derive(Debug, Clone, Default)]
pub struct People(pub Vec<PersonView>);

/// A list of people by name and unit, which a field narrows; boxes where several can be chosen. Where nobody is known, by sign-in name.
#[component]
fn Pick(
    name: String,
    label: String,
    /// Sign-in names that it begins with, divided by commas.
    typed: String,
    several: bool,
    optional: bool,
) -> impl IntoView {
    let form = use_form();
    let people = use_context::<People>().unwrap_or_default().0;
    let id = form.id(&name);
    let came_back = form.state.with_untracked(|state| {
        let values = state.values(&name);
        (!values.is_empty()).then(|| values.join(","))
    });
    let typed = came_back.unwrap_or(typed);
    let asked = StoredValue::new(name.clone());
    let has_error = move || asked.with_value(|name| form.error(name).is_some());
    let mark = optional.then(|| view! { <OptionalMark/> });
    let words = RwSignal::new(String::new());
    let help = if several {
        approval::PEOPLE_HINT
    } else {
        approval::PERSON_HINT
    };
    let control = if people.is_empty() {
        let described = described_by(&id, true);
        view! {
            <FieldNotes name=name.clone() help=Some(help)/>
            <input id=id.clone() name=name type="text" value=typed autocomplete="off" autocapitalize="none" spellcheck="false"
                aria-invalid=move || has_error().then_some("true") aria-describedby=described/>
        }
        .into_any()
    } else if several {
        view! { <FieldNotes name=name.clone()/> <Boxes name people typed words/> }.into_any()
    } else {
        view! { <FieldNotes name=name.clone()/> <Names name people typed words/> }.into_any()
    };
    // A list of boxes has no one control that the label could name.
    let head = if several && !use_context::<People>().unwrap_or_default().0.is_empty() {
        view! { <span class="label" id=format!("{id}-label")>{label} {mark}</span> }.into_any()
    } else {
        view! { <label for=id>{label} {mark}</label> }.into_any()
    };
    view! { <div class="field" class:has-error=has_error>{head} {control}</div> }
}

/// How somebody stands in a list: `王五 · 南京市城市管理局`.
fn full_name(person: &PersonView) -> String {
    format!("{} · {}", person.name, person.unit)
}

fn found_by(person: &PersonView, typed: &str) -> bool {
    fits(typed, &[&person.name, &person.unit, &person.username])
}

#[component]
fn Names(
    name: String,
    people: Vec<PersonView>,
    typed: String,
    words: RwSignal<String>,
) -> impl IntoView {
    let form = use_form();
    let id = form.id(&name);
    let asked = StoredValue::new(name.clone());
    let has_error = move || asked.with_value(|name| form.error(name).is_some());
    // Somebody who cannot be chosen from here stays as typed.
    let known = people.iter().any(|person| person.username == typed);
    let other = (!known && !typed.is_empty()).then(|| {
        view! { <option value=typed.clone() selected=true>{typed.clone()}</option> }
    });
    let options = people
        .into_iter()
        .map(|person| {
            let selected = person.username == typed;
            let label = full_name(&person);
            let value = person.username.clone();
            let hidden = move || !found_by(&person, &words.get());
            view! { <option value=value selected=selected lang="zh-CN" hidden=hidden>{label}</option> }
        })
        .collect_view();
    view! {
        <div class="finder">
            <Finder label=approval::FIND_PERSON words id=format!("{id}-search")/>
            <select
                id=id.clone()
                name=name
                autocomplete="off"
                aria-invalid=move || has_error().then_some("true")
                aria-describedby=described_by(&id, false)
            >
                <option value="">{say(common::PLEASE_CHOOSE)}</option>
                {other}
                {options}
            </select>
        </div>
    }
}

#[component]
fn Boxes(
    name: String,
    people: Vec<PersonView>,
    typed: String,
    words: RwSignal<String>,
) -> impl IntoView {
    let form = use_form();
    let id = form.id(&name);
    let chosen: Vec<String> = typed
        .split([',', '，', '、', ';', '；'])
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect();
    let others = chosen
        .iter()
        .filter(|username| !people.iter().any(|person| person.username == **username))
        .map(|username| PersonView {
            username: username.clone(),
            name: username.clone(),
            unit: String::new(),
        });
    let all: Vec<PersonView> = others
        .collect::<Vec<_>>()
        .into_iter()
        .chain(people)
        .collect();
    let box_name = name.clone();
    let boxes = all
        .into_iter()
        .enumerate()
        .map(|(index, person)| {
            // The first box has the field's own id, so that the list of errors leads here.
            let id = if index == 0 { id.clone() } else { format!("{id}-{index}") };
            let checked = chosen.contains(&person.username);
            let (value, label) = (person.username.clone(), full_name(&person));
            let hidden = move || !found_by(&person, &words.get());
            view! {
                <label class="choice slim" for=id.clone() hidden=hidden>
                    <input type="checkbox" id=id.clone() name=box_name.clone() value=value checked=checked/>
                    <span lang="zh-CN">{label}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <Finder label=approval::FIND_PERSON words id=format!("{id}-search")/>
        <div class="people-picker" role="group" aria-labelledby=format!("{id}-label") aria-describedby=format!("{id}-error")>{boxes}</div>
    }
}
