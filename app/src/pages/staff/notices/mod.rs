//! One's own notices: the newest first, unread ones marked, each with the way to its ticket. How one wants to be told: `settings`.
//! Not here: how they come to be (services). Reads and sends without script.

mod settings;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::notice::{NoticePage, NoticeView};
use shared::text::notice as words;

use crate::api::notices::read_notices;
use crate::components::empty::Empty;
use crate::components::form::{Form, Hidden, SubmitButton};
use crate::components::page::{Loaded, by_query, fixed};
use crate::components::pager::Pager;
use crate::components::staff::StaffPage;
use crate::components::ticket::{CaseNumber, When};
use crate::context::{say, use_locale};

pub use settings::NoticeSettingsPage;

/// The page's own address.
const PATH: &str = "/notices";

/// `/notices`
#[component]
pub fn NoticesPage() -> impl IntoView {
    view! {
        <StaffPage path="/notices" title=fixed(words::NOTICES)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let query = use_query_map();
    let note = move || {
        let done = query.with(|query| query.get("done"));
        (done.as_deref() == Some("read"))
            .then(|| view! { <p class="note ok">{say(words::READ_DONE)}</p> })
    };
    let resource = by_query(read_notices);
    let show = move |page: NoticePage| {
        let get = |name: &str| query.with_untracked(|query| query.get(name));
        let (unread, later) = (get("unread").is_some(), get("cursor").is_some());
        view! { <List page unread later/> }
    };
    view! {
        <div class="stack">
            <div aria-live="polite" class="done-note">{note}</div>
            <Loaded resource show/>
        </div>
    }
}

#[component]
fn List(page: NoticePage, unread: bool, later: bool) -> impl IntoView {
    let locale = use_locale();
    let here = if unread { "/notices?unread=1" } else { PATH };
    let other = if unread {
        view! { <a href=PATH>{say(words::ALL)}</a> }
    } else {
        view! { <a href="/notices?unread=1">{say(words::UNREAD_ONLY)}</a> }
    };
    let first = later.then(|| here.to_owned());
    let next = page.next_cursor.clone().map(|cursor| {
        let joint = if unread { '&' } else { '?' };
        format!("{here}{joint}cursor={cursor}")
    });
    let all = (page.unread > 0).then(|| {
        view! {
            <Form action="/notices/read" prefix="all-" label=say(words::READ_ALL)>
                <SubmitButton label=words::READ_ALL class=""/>
            </Form>
        }
    });
    let content = if page.items.is_empty() {
        view! { <section class="card"><Empty title=words::NONE reason=words::NONE_WHY/></section> }
            .into_any()
    } else {
        let lines = page
            .items
            .into_iter()
            .map(|notice| view! { <Line notice/> });
        view! { <ul class="notices stack tight">{lines.collect_view()}</ul> }.into_any()
    };
    view! {
        <div class="row between">
            <span class="row"><b>{words::unread(page.unread, locale)}</b> {other} <a href="/account/notices">{say(words::SETTINGS)}</a> <a href="/rules">{say(shared::text::register::reading::RULES)}</a></span>
            {all}
        </div>
        {content}
        <Pager first next/>
    }
}

#[component]
fn Line(notice: NoticeView) -> impl IntoView {
    let locale = use_locale();
    let id = notice.id;
    let unread = !notice.is_read;
    let (name, case) = match (notice.ticket, notice.approval) {
        (None, Some(approval)) => ("approval", approval.to_string()),
        (None, None) => ("kind", notice.kind.to_string()),
        (ticket, _) => (
            "ticket",
            ticket.map(|it| it.to_string()).unwrap_or_default(),
        ),
    };
    let read = unread.then(|| {
        view! {
            <Form
                action=format!("{PATH}/{id}/read")
                prefix=format!("read-{id}-")
                label=format!("{} {}", say(words::READ), notice.ticket_no)
            >
                <SubmitButton label=words::READ class="link"/>
            </Form>
        }
    });
    let tickets = (notice.tickets.len() > 1).then(|| {
        let links = notice.tickets.iter().map(|ticket| {
            let (href, no) = (format!("/tickets/{}", ticket.id), ticket.no.clone());
            view! { <li><a href=href><CaseNumber number=no/></a></li> }
        });
        view! {
            <details class="fold">
                <summary>{say(words::TICKETS)}</summary>
                <ul class="row">{links.collect_view()}</ul>
            </details>
        }
    });
    let new = unread.then(|| view! { <span class="badge">{say(words::NEW)}</span> " " });
    view! {
        <li class="card row between" class:unread=unread>
            <span class="stack tight">
                <span>{new}<b>{notice.kind.label(locale)}</b> " " <span class="muted small"><When at=notice.at/></span></span>
                <span class="prose">{notice.words}</span>
                {tickets}
            </span>
            <span class="row">
                <Form
                    action=format!("{PATH}/{id}/open")
                    prefix=format!("open-{id}-")
                    label=format!("{} {}", say(words::OPEN), notice.ticket_no)
                >
                    <Hidden name=name value=Signal::stored(case)/>
                    <SubmitButton label=words::OPEN class=""/>
                </Form>
                {read}
            </span>
        </li>
    }
}
