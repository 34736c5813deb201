//! Fields that are data: what a process's form asks, and people named by sign-in name (`.field`, `datalist#people`).
//! Not here: fields that are the same everywhere (`form`), reading what was typed (services).
//! Their names are `fields.<id>`; `names` gives them to the lists of errors.

use leptos::prelude::*;
use shared::approval::view::{FieldView, PersonView};
use shared::text::{Text, approval, approval_forms, common};

use super::form::{FieldNames, FieldNotes, LongText, OptionalMark, described_by, use_form};
use crate::context::{say, use_locale};

/// Longest long text when the field says nothing.
const LONG: u32 = 4_000;
/// The id of the list of people.
const PEOPLE: &str = "people";

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
        "person" => view! { <Line field name typed help=approval::PERSON_HINT/> }.into_any(),
        "people" => view! { <Line field name typed help=approval::PEOPLE_HINT/> }.into_any(),
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
    /// Names people; the list of them completes what is typed.
    #[prop(optional)]
    help: Option<Text>,
) -> impl IntoView {
    let form = use_form();
    let id = form.id(&name);
    let asked = StoredValue::new(name.clone());
    let has_error = move || asked.with_value(|name| form.error(name).is_some());
    let described = described_by(&id, help.is_some());
    let optional = (!field.required).then(|| view! { <OptionalMark/> });
    view! {
        <div class="field" class:has-error=has_error>
            <label for=id.clone()>{field.name} {optional}</label>
            <FieldNotes name=name.clone() help/>
            <input
                id=id
                name=name
                type=kind
                value=typed
                list=help.map(|_| PEOPLE)
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

/// Somebody, or several people, by sign-in name.
#[component]
pub fn PersonField(
    /// Name in the form and in the command.
    name: &'static str,
    /// Several, divided by commas.
    #[prop(optional)]
    several: bool,
) -> impl IntoView {
    let (label, help) = if several {
        (approval::USERS, approval::PEOPLE_HINT)
    } else {
        (approval::USER, approval::PERSON_HINT)
    };
    let form = use_form();
    let id = form.id(name);
    let value = form.initial(name, None);
    let has_error = move || form.error(name).is_some();
    let described = described_by(&id, true);
    view! {
        <div class="field" class:has-error=has_error>
            <label for=id.clone()>{say(label)}</label>
            <FieldNotes name help=Some(help)/>
            <input
                id=id
                name=name
                type="text"
                value=value
                list=PEOPLE
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                aria-required="true"
                aria-invalid=move || has_error().then_some("true")
                aria-describedby=described
            />
        </div>
    }
}

/// The people who can be named; stands once on a page.
#[component]
pub fn PeopleList(
    /// The people.
    people: Vec<PersonView>,
) -> impl IntoView {
    let options = people
        .into_iter()
        .map(|person| {
            let label = format!("{} · {}", person.name, person.unit);
            view! { <option value=person.username label=label></option> }
        })
        .collect_view();
    view! { <datalist id=PEOPLE>{options}</datalist> }
}
