//! Saved views: a menu of them with the form that keeps the present one beside the list, and a page where they are renamed, shared and deleted.
//! Not here: what a view finds (the list itself), the rules (services).
//! Without script all are links and plain forms.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::ids::ViewId;
use shared::query::TicketQuery;
use shared::query::view::{NEVER, ViewRhythm, ViewRow, ViewShare, ViewSubscription};
use shared::text::{query as words, views as following};

use super::PATH;
use crate::api::staff::views::read_views;
use crate::components::form::{Field, FieldNames, Form, Hidden, Select, SelectItem, SubmitButton};
use crate::components::page::{Loaded, by_query, fixed};
use crate::components::staff::StaffPage;
use crate::components::ticket::When;
use crate::components::work_list::WorkCards;
use crate::context::{say, use_locale};

/// The page's own address.
const VIEWS: &str = "/views";

/// `/views`
#[component]
pub fn ViewsPage() -> impl IntoView {
    view! {
        <StaffPage path="/tickets" title=fixed(words::VIEWS)>
            <Content/>
        </StaffPage>
    }
}

/// What the fields are called where something is wrong with them.
fn named() {
    let names = [
        ("name", words::NAME),
        ("shared", words::SHARED),
        ("rhythm", following::RHYTHM),
        ("query", following::QUERY),
    ];
    let names = names.map(|(name, label)| (name.to_owned(), say(label).to_owned()));
    provide_context(FieldNames(names.to_vec()));
}

#[component]
fn Content() -> impl IntoView {
    named();
    let resource = by_query(async |_| read_views().await);
    let show = |rows: Vec<ViewRow>| view! { <Whole rows/> };
    let query = use_query_map();
    let note = move || {
        let done = query.with(|query| query.get("done"));
        done.map(|done| {
            let said = if done == "follow" {
                following::DONE
            } else {
                words::SAVED
            };
            view! { <p class="note ok">{say(said)}</p> }
        })
    };
    view! {
        <div class="stack">
            <div aria-live="polite" class="done-note">{note}</div>
            <p><a href=PATH>{say(shared::text::staff::LIST_TITLE)}</a></p>
            <Loaded resource show/>
        </div>
    }
}

#[component]
fn Whole(rows: Vec<ViewRow>) -> impl IntoView {
    let card = |row: ViewRow| view! { <One row/> };
    view! { <WorkCards rows none=words::VIEWS_NONE none_why=words::VIEWS_NONE_WHY card/> }
}

/// A view; its owner changes it.
#[component]
fn One(row: ViewRow) -> impl IntoView {
    let locale = use_locale();
    let broken = row
        .broken
        .then(|| view! { <p class="note warn">{say(words::BROKEN)}</p> });
    let whose = match &row.by {
        Some(name) => words::by(name, locale),
        None => row.shared.label(locale).to_owned(),
    };
    let own = row.by.is_none().then(|| {
        let base = format!("{VIEWS}/{}", row.id);
        let version = Signal::stored(row.version.to_string());
        let (name, shared) = (row.name.clone(), row.shared);
        view! {
            <details class="fold">
                <summary>{say(words::RENAME)}</summary>
                <Form action=format!("{base}/change") prefix=format!("change-{}-", row.id) class="stack" label=say(words::RENAME)>
                    <Hidden name="version" value=version/>
                    <Field name="name" label=words::NAME value=name/>
                    <Share value=shared/>
                    <div><SubmitButton label=words::KEEP/></div>
                </Form>
                <Form action=format!("{base}/delete") prefix=format!("delete-{}-", row.id) class="stack" label=say(words::DELETE)>
                    <div><SubmitButton label=words::DELETE class="danger"/></div>
                </Form>
            </details>
        }
    });
    view! {
        <section class="card stack">
            <h2 class="section-title"><a href=address(&row.query)>{row.name.clone()}</a></h2>
            <p class="muted small">{whose}</p>
            {broken}
            <Follow id=row.id subscription=row.subscription/>
            {own}
        </section>
    }
}

/// Whether the reader is told of it, what the last count came to, and the form that changes it.
#[component]
fn Follow(id: ViewId, subscription: Option<ViewSubscription>) -> impl IntoView {
    let locale = use_locale();
    let last = subscription.map(|it| {
        let found = match (it.found, it.counted_at) {
            (Some(n), Some(at)) => {
                let n = following::found(n, it.more, locale);
                view! { <b>{n}</b> " " <span class="muted small"><When at/></span> }.into_any()
            }
            _ => view! { <span class="muted small">{say(following::NOT_YET)}</span> }.into_any(),
        };
        view! { <p>{it.rhythm.label(locale)} " · " {found}</p> }
    });
    let mut items = vec![SelectItem::new(NEVER, say(following::NEVER))];
    items.extend(
        ViewRhythm::ALL
            .iter()
            .map(|rhythm| SelectItem::new(rhythm.to_string(), rhythm.label(locale))),
    );
    let chosen = subscription.map_or(NEVER, |it| it.rhythm.as_str());
    view! {
        {last}
        <details class="fold">
            <summary>{say(following::FOLLOW)}</summary>
            <Form action=format!("{VIEWS}/{id}/follow") prefix=format!("follow-{id}-") class="stack" label=say(following::FOLLOW)>
                <Select name="rhythm" label=following::RHYTHM help=following::HELP items=Signal::stored(items) value=chosen/>
                <div><SubmitButton label=following::KEEP class=""/></div>
            </Form>
        </details>
    }
}

#[component]
fn Share(value: ViewShare) -> impl IntoView {
    let locale = use_locale();
    let items: Vec<SelectItem> = ViewShare::ALL
        .iter()
        .map(|share| SelectItem::new(share.to_string(), share.label(locale)))
        .collect();
    view! { <Select name="shared" label=words::SHARED items=Signal::stored(items) value=value.to_string()/> }
}

/// The menu beside the list, and the form that keeps what is listed.
#[component]
pub fn Views(rows: Vec<ViewRow>, query: TicketQuery) -> impl IntoView {
    named();
    let locale = use_locale();
    let (own, others): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.by.is_none());
    let links = |rows: Vec<ViewRow>| {
        rows.into_iter()
            .map(|row| {
                let by = row.by.as_ref().map(|name| words::by(name, locale));
                view! { <li><a href=address(&row.query)>{row.name}</a> " " <span class="muted small">{by}</span></li> }
            })
            .collect_view()
    };
    let own =
        (!own.is_empty()).then(|| view! { <p>{say(words::OWN_VIEWS)}</p><ul>{links(own)}</ul> });
    let others = (!others.is_empty())
        .then(|| view! { <p>{say(words::OF_OTHERS)}</p><ul>{links(others)}</ul> });
    let present = TicketQuery {
        cursor: None,
        ..query
    };
    let keeps = !present.to_query().is_empty();
    let keep = keeps.then(|| {
        view! {
            <Form action=VIEWS prefix="view-" class="stack" label=say(words::SAVE)>
                <Hidden name="query" value=Signal::stored(present.to_query())/>
                <Field name="name" label=words::NAME/>
                <Share value=ViewShare::Nobody/>
                <div><SubmitButton label=words::SAVE class=""/></div>
            </Form>
        }
    });
    view! {
        <details class="fold">
            <summary>{say(words::VIEWS)}</summary>
            <div class="stack">
                {own}
                {others}
                <p><a href=VIEWS>{say(words::ALL_VIEWS)}</a></p>
                {keep}
            </div>
        </details>
    }
}

fn address(query: &str) -> String {
    format!("{PATH}?{query}")
}
