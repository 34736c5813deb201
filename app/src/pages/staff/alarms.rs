//! The overtime alarm: what waits too long at the gate, and emergencies that nobody has signed for in time; its number above the to-dos.
//! Not here: the rules (services). The kinds are links, so that it reads without script.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;
use shared::ladder::{Alarm, AlarmCount, AlarmPage, AlarmRow};
use shared::text::staff;
use shared::text::ticket::alarm as words;
use shared::text::time;

use crate::api::staff::alarms::{alarm_count, read_alarms};
use crate::components::empty::Empty;
use crate::components::page::{Loaded, by_query, fixed};
use crate::components::pager::Pager;
use crate::components::staff::StaffPage;
use crate::components::ticket::{StateBadge, TicketNumber, When};
use crate::context::{say, use_locale};

/// The page's own address.
const PATH: &str = "/alarms";

/// `/alarms`
#[component]
pub fn AlarmsPage() -> impl IntoView {
    view! {
        <StaffPage path="/alarms" title=fixed(words::ALARMS)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let resource = by_query(read_alarms);
    let show = |page: AlarmPage| view! { <Found page/> };
    view! {
        <div class="stack">
            <p class="muted">{say(words::WHY)}</p>
            <Loaded resource show/>
        </div>
    }
}

/// The page's address for a kind, behind a cursor.
fn address(alarm: Alarm, cursor: Option<String>) -> String {
    let pairs = [
        ("alarm", Some(alarm.as_str().to_owned())),
        ("cursor", cursor),
    ];
    let query: ParamsMap = pairs
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect();
    format!("{PATH}{}", query.to_query_string())
}

#[component]
fn Found(page: AlarmPage) -> impl IntoView {
    let locale = use_locale();
    let here = page.alarm;
    let later = use_query_map().with_untracked(|query| query.get("cursor").is_some());
    let first = later.then(|| address(here, None));
    let next = page.next_cursor.map(|cursor| address(here, Some(cursor)));
    let link = move |it: AlarmCount| {
        let current = (it.alarm == here).then_some("true");
        view! {
            <a class="chip" href=address(it.alarm, None) aria-current=current>
                {it.alarm.label(locale)} " " <span class="num">{staff::grouped(it.count)}</span>
            </a>
        }
    };
    let links = page.counts.into_iter().map(link).collect_view();
    let list = if page.items.is_empty() {
        view! { <section class="card"><Empty title=words::NONE reason=words::NONE_WHY/></section> }
            .into_any()
    } else {
        view! { <List items=page.items/> }.into_any()
    };
    view! {
        <nav class="row" aria-label=say(words::ALARMS)>{links}</nav>
        <p class="muted small">{words::allowed(page.allowed, locale)}</p>
        {list}
        <Pager first next/>
    }
}

#[component]
fn List(items: Vec<AlarmRow>) -> impl IntoView {
    let locale = use_locale();
    let line = move |row: AlarmRow| {
        let waits = time::hours_and_minutes(row.minutes, locale);
        let unit = row.unit.map(|unit| unit.name);
        let ticket = row.ticket;
        view! {
            <tr>
                <td class="key">
                    <a href=format!("/tickets/{}", ticket.id)><TicketNumber ticket_no=ticket.ticket_no.clone()/></a>
                    <span class="block" lang="zh-CN">{ticket.title}</span>
                </td>
                <td data-label=say(words::STATE)><StateBadge state=ticket.state/></td>
                <td data-label=say(words::SINCE)><b>{waits}</b> " · " <When at=row.since/></td>
                <td data-label=say(words::UNIT) lang="zh-CN">{unit}</td>
            </tr>
        }
    };
    let lines = items.into_iter().map(line).collect_view();
    view! {
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::ALARMS)>
            <table class="table cards">
                <thead>
                    <tr>
                        <th scope="col">{say(words::TICKET)}</th>
                        <th scope="col">{say(words::STATE)}</th>
                        <th scope="col">{say(words::SINCE)}</th>
                        <th scope="col">{say(words::UNIT)}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
}

/// How many ring, above the to-dos; nothing while none does.
#[component]
pub fn AlarmNote() -> impl IntoView {
    let locale = use_locale();
    let resource = by_query(async |_| alarm_count().await);
    let show = move |count: i64| {
        (count > 0).then(|| {
            view! { <p class="note warn" role="status"><a href=PATH>{words::rings(count, locale)}</a></p> }
        })
    };
    view! { <Loaded resource show/> }
}
