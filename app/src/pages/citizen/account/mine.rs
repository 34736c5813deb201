//! The own requests, the newest first. Of a confidential one number and state, and the way to its query code.
//! Not here: one of them (`one`).
//! Reads without script, as all of the account does.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::citizen::{OwnPage, OwnRow};
use shared::text::citizen;
use shared::text::citizen::account as words;
use shared::text::citizen::data;
use shared::text::citizen::mandate;

use crate::api::citizen::own_requests;
use crate::components::access::Guarded;
use crate::components::empty::Empty;
use crate::components::page::{Loaded, Page, by_query, fixed};
use crate::components::pager::Pager;
use crate::components::ticket::{StateBadge, TicketNumber, When};
use crate::context::{say, use_locale};
use crate::routes::need_of;

/// The page's own address.
const PATH: &str = "/me";

/// `/me`
#[component]
pub fn MinePage() -> impl IntoView {
    view! {
        <Guarded need=need_of(PATH)>
            <Page title=fixed(words::MINE)>
                <Content/>
            </Page>
        </Guarded>
    }
}

#[component]
fn Content() -> impl IntoView {
    let query = use_query_map();
    let resource = by_query(own_requests);
    let show = move |page: OwnPage| {
        let later = query.with_untracked(|query| query.get("cursor").is_some());
        view! { <List page later/> }
    };
    view! {
        <div class="stack">
            <p class="row">
                <a class="button primary" href="/file" rel="external">{say(citizen::FILE_DOOR)}</a>
                <a class="button" href="/me/mandates">{say(mandate::MANDATES)}</a>
                <a class="button" href="/me/account">{say(words::ACCOUNT)}</a>
                <a class="button" href="/me/data">{say(data::DATA)}</a>
            </p>
            <Loaded resource show/>
        </div>
    }
}

#[component]
fn List(page: OwnPage, later: bool) -> impl IntoView {
    if page.items.is_empty() {
        return view! { <section class="card"><Empty title=words::NONE reason=words::NONE_WHY/></section> }
            .into_any();
    }
    let first = later.then(|| PATH.to_owned());
    let next = page
        .next_cursor
        .map(|cursor| format!("{PATH}?cursor={cursor}"));
    let rows = page.items.into_iter().map(|row| view! { <Line row/> });
    view! {
        <p class="muted">{say(words::LIST_HELP)}</p>
        <ul class="stack plain own-requests">{rows.collect_view()}</ul>
        <Pager first next/>
    }
    .into_any()
}

#[component]
fn Line(row: OwnRow) -> impl IntoView {
    let locale = use_locale();
    let no = row.ticket_no.clone();
    let (href, title) = match &row.title {
        Some(title) => (format!("/me/requests/{no}"), title.clone()),
        None => (format!("/track?no={no}"), say(words::DISCREET).to_owned()),
    };
    let kind = row.kind.map(|kind| kind.label(locale));
    let filed_for = row.organisation.clone().map(|name| {
        view! { <p class="small">{say(mandate::FILED_FOR)} <span lang="zh-CN">{name}</span></p> }
    });
    let why = row
        .title
        .is_none()
        .then(|| view! { <p class="muted small">{say(words::DISCREET_WHY)}</p> });
    view! {
        <li class="card stack tight">
            <div class="row between">
                <a href=href rel="external"><b>{title}</b></a>
                <StateBadge state=row.state/>
            </div>
            {filed_for}
            <p class="muted small"><TicketNumber ticket_no=no/> " · " {kind} " " <When at=row.accepted_at/></p>
            {why}
        </li>
    }
}
