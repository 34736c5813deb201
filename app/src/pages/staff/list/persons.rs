//! Looking for a person: by phone, name or identity number, with a reason; a fold beside the list, and a page of its own.
//! Not here: the condition that it becomes (`conditions`), who may and what is kept (services).
//! It is a posted form: the address of the list gets a mark, never what was typed.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;
use shared::access::needs;
use shared::query::TicketQuery;
use shared::query::person::PersonKey;
use shared::text::{query as words, staff};
use shared::ticket::rules::length;

use super::PATH;
use crate::components::form::{
    Field, FieldNames, Form, Select, SelectItem, SubmitButton, TextArea, came_back, use_form,
};
use crate::components::page::fixed;
use crate::components::staff::StaffPage;
use crate::context::{say, use_actor, use_locale};

/// The form's address.
const PERSONS: &str = "/persons";

/// The fold; nothing for whoever may not look at citizens.
#[component]
pub fn Persons(query: TicketQuery) -> impl IntoView {
    let may = use_actor().is_some_and(|actor| needs::REVEAL.is_met_by(&actor));
    may.then(|| view! { <Ask query open=came_back(PERSONS)/> })
}

/// `/persons`
#[component]
pub fn PersonsPage() -> impl IntoView {
    view! {
        <StaffPage path=PERSONS title=fixed(words::PERSON)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let asked = use_query_map().with_untracked(ParamsMap::to_query_string);
    let query = TicketQuery::from_query(asked.trim_start_matches('?')).unwrap_or_default();
    view! {
        <div class="stack">
            <p><a href=PATH>{say(staff::LIST_TITLE)}</a></p>
            <Ask query open=true/>
        </div>
    }
}

/// What else the list asks; what was posted comes back.
#[component]
fn Kept(query: String) -> impl IntoView {
    let value = use_form().initial("query", Some(query));
    view! { <input type="hidden" name="query" value=value/> }
}

#[component]
fn Ask(query: TicketQuery, open: bool) -> impl IntoView {
    let locale = use_locale();
    let names = [
        ("key", words::PERSON_KEY),
        ("value", words::PERSON_VALUE),
        ("reason", words::PERSON_REASON),
    ];
    let names = names.map(|(name, label)| (name.to_owned(), say(label).to_owned()));
    provide_context(FieldNames(names.to_vec()));
    let waiting = use_query_map().with_untracked(|asked| asked.get("filling"));
    let note = waiting
        .filter(|waiting| !waiting.is_empty() && waiting.bytes().all(|b| b.is_ascii_digit()))
        .map(|waiting| view! { <p class="note warn">{words::filling(&waiting, locale)}</p> });
    let items: Vec<SelectItem> = PersonKey::ALL
        .iter()
        .map(|key| SelectItem::new(key.to_string(), key.label(locale)))
        .collect();
    let present = TicketQuery {
        cursor: None,
        ..query
    };
    view! {
        {note}
        <details class="fold" open=open>
            <summary>{say(words::PERSON)}</summary>
            <Form action=PERSONS prefix="person-" class="stack" label=say(words::PERSON)>
                <p class="muted small">{say(words::PERSON_HELP)}</p>
                <Kept query=present.to_query()/>
                <Select name="key" label=words::PERSON_KEY items=Signal::stored(items) value=PersonKey::Phone.to_string()/>
                <Field name="value" label=words::PERSON_VALUE help=words::PERSON_VALUE_HELP/>
                <TextArea name="reason" label=words::PERSON_REASON max=length::REVEAL as u32 rows=2/>
                <div><SubmitButton label=words::PERSON_SEND class=""/></div>
            </Form>
        </details>
    }
}
