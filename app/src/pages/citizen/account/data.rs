//! What is kept about the number that is signed in: account, consent, what each request holds, and who looked at it in the clear.
//! Not here: the forms that ask for a correction or an erasure (`wishes`), following a request (`one`), changing the name and closing the account (`settings`).
//! Reads without script, as all of the account does.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::citizen::own_data::{OwnApproval, OwnData, OwnDataRow, OwnHeld, OwnLook};
use shared::text::citizen::account;
use shared::text::citizen::data as words;
use shared::text::citizen::wish;
use shared::text::{Text, common, fields};

use super::wishes::{Ask, Asked};
use crate::api::citizen::read_own_data;
use crate::components::access::Guarded;
use crate::components::page::{Loaded, Page, by_query, fixed};
use crate::components::pager::Pager;
use crate::components::ticket::{StateBadge, TicketNumber, When};
use crate::context::{say, use_locale};
use crate::routes::need_of;

/// The page's own address.
const PATH: &str = "/me/data";

/// `/me/data`
#[component]
pub fn OwnDataPage() -> impl IntoView {
    view! {
        <Guarded need=need_of("/me/data")>
            <Page title=fixed(words::DATA)>
                <Content/>
            </Page>
        </Guarded>
    }
}

#[component]
fn Content() -> impl IntoView {
    let query = use_query_map();
    let resource = by_query(read_own_data);
    let show = move |data: OwnData| {
        let later = query.with_untracked(|query| query.get("cursor").is_some());
        view! { <Whole data later/> }
    };
    let done = query.with_untracked(|query| query.get("done"));
    let note = match done.as_deref() {
        Some("ask") => Some(wish::ASK_DONE),
        Some("take-back") => Some(wish::TAKE_BACK_DONE),
        _ => None,
    };
    view! {
        <div class="stack">
            {note.map(|note| view! { <p class="note ok">{say(note)}</p> })}
            <p class="muted">{say(words::INTRO)}</p>
            <Loaded resource show/>
            <section class="card stack tight">
                <h2 class="section-title">{say(words::RIGHTS)}</h2>
                <p>{say(words::RIGHTS_HELP)}</p>
                <p><a href="/me/account">{say(account::ACCOUNT)}</a></p>
            </section>
            <p><a href="/me">{say(account::TO_MINE)}</a></p>
        </div>
    }
}

#[component]
fn Whole(data: OwnData, later: bool) -> impl IntoView {
    let mut data = data;
    let first = later.then(|| PATH.to_owned());
    let next = data.next_cursor.take();
    let next = next.map(|cursor| format!("{PATH}?cursor={cursor}"));
    let wishes = std::mem::take(&mut data.wishes);
    let looked_up = std::mem::take(&mut data.looked_up);
    let looked_up = (!looked_up.is_empty()).then(|| {
        view! { <section class="card stack tight"><Looks looks=looked_up title=words::LOOKED_UP/></section> }
    });
    let rows = std::mem::take(&mut data.items).into_iter();
    let rows = rows.map(|row| view! { <Request row/> }).collect_view();
    view! {
        <AccountFacts data/>
        {looked_up}
        <Asked wishes/>
        <h2 class="section-title">{say(words::REQUESTS)}</h2>
        <p class="muted small">{say(words::ID_MASKED)} " " {say(words::DISCREET)}</p>
        <ul class="stack plain">{rows}</ul>
        <Pager first next/>
    }
}

#[component]
fn AccountFacts(data: OwnData) -> impl IntoView {
    let name = data.name.map(|name| {
        view! { <div><dt>{say(words::NAME)}</dt><dd lang="zh-CN">{name}</dd></div> }
    });
    let agreed = data.agreed_at.map(|at| {
        view! { <div><dt>{say(words::AGREED)}</dt><dd><When at/></dd></div> }
    });
    let old =
        (!data.agreed_is_current).then(|| view! { <p class="note">{say(words::AGREED_OLD)}</p> });
    view! {
        <section class="card stack tight">
            <dl class="facts">
                <div><dt>{say(words::NUMBER)}</dt><dd class="num" translate="no">{data.phone}</dd></div>
                {name}
                <div><dt>{say(words::SINCE)}</dt><dd><When at=data.since/></dd></div>
                <div><dt>{say(words::SEEN)}</dt><dd><When at=data.seen_at/></dd></div>
                {agreed}
            </dl>
            {old}
            <p><a href="/privacy">{say(words::STATEMENT)}</a></p>
        </section>
    }
}

#[component]
fn Request(row: OwnDataRow) -> impl IntoView {
    let is_shown = row.held.is_some();
    let (may_correct, may_erase) = (row.may_correct, row.may_erase);
    let ticket_no = row.ticket_no.clone();
    let held = row.held.map(|held| view! { <Held held/> });
    let looks = is_shown.then(|| view! { <Looks looks=row.looks title=words::LOOKS/> });
    let approvals =
        (!row.approvals.is_empty()).then(|| view! { <Approvals approvals=row.approvals/> });
    view! {
        <li class="card stack tight">
            <div class="row between">
                <TicketNumber ticket_no=row.ticket_no/>
                <StateBadge state=row.state/>
            </div>
            <p class="muted small"><When at=row.accepted_at/></p>
            {held}
            {looks}
            {approvals}
            <Ask ticket_no may_correct may_erase/>
        </li>
    }
}

/// A field's name as a text; fields of the citizen block all have one.
fn label(field: &str) -> Text {
    fields::label(field).unwrap_or(common::OPTIONAL)
}

#[component]
fn Held(held: OwnHeld) -> impl IntoView {
    let facts = [
        ("citizen.name", held.name),
        ("citizen.phone", held.phone),
        ("citizen.backup_contact", held.backup_contact),
        ("citizen.email", held.email),
        ("citizen.id_number", held.id_number),
        ("citizen.organisation", held.organisation),
        ("address", held.address),
        ("content", Some(held.content)),
    ];
    let fact = |(field, value): (&'static str, Option<String>)| {
        value.filter(|value| !value.is_empty()).map(|value| {
            view! { <div><dt>{say(label(field))}</dt><dd lang="zh-CN">{value}</dd></div> }
        })
    };
    view! { <dl class="facts">{facts.into_iter().map(fact).collect_view()}</dl> }
}

#[component]
fn Approvals(approvals: Vec<OwnApproval>) -> impl IntoView {
    let locale = use_locale();
    let line = |it: OwnApproval| {
        let erased = it
            .erased_at
            .map(|at| view! { " · " {say(words::ERASED)} " " <When at/> });
        view! {
            <li>
                <span class="num" translate="no">{it.approval_no}</span> " " {it.status.label(locale)} " " <When at=it.started_at/>
                {erased}
            </li>
        }
    };
    let lines = approvals.into_iter().map(line).collect_view();
    view! {
        <div>
            <b>{say(words::APPROVALS)}</b>
            <ul class="small">{lines}</ul>
        </div>
    }
}

#[component]
fn Looks(looks: Vec<OwnLook>, title: Text) -> impl IntoView {
    let locale = use_locale();
    if looks.is_empty() {
        return view! { <p class="muted small">{say(words::NO_LOOKS)}</p> }.into_any();
    }
    let line = |look: OwnLook| {
        let role = look
            .role
            .map_or(say(words::NOT_KNOWN), |role| role.label(locale));
        let unit = look.unit.unwrap_or_default();
        view! { <li><When at=look.at/> " " <span lang="zh-CN">{unit}</span> " " {role} " · " {look.kind.label(locale)}</li> }
    };
    let lines = looks.into_iter().map(line).collect_view();
    view! {
        <div>
            <b>{say(title)}</b>
            <ul class="small">{lines}</ul>
        </div>
    }
    .into_any()
}
