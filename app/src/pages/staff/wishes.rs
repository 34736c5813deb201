//! What citizens wish about their data in a ticket: those that wait with the answer, and those that are over.
//! Not here: the citizen's side (`pages::citizen::account`), what the form does (`forms::staff::wishes`).
//! Reads and sends without script.

use leptos::prelude::*;
use shared::citizen::wish::{WishPage, WishShelf, WishState, WishView};
use shared::text::citizen::wish as words;
use shared::text::{Text, clock};
use shared::ticket::rules::length;

use crate::api::mandates::read_wishes;
use crate::components::form::{Form, Hidden, SubmitButton, TextArea, came_back};
use crate::components::page::{fixed, of_address};
use crate::components::staff::StaffPage;
use crate::components::ticket::{TicketNumber, When};
use crate::components::work_list::{Doors, LiveRows, Shelves, TableWords, WorkList};
use crate::context::{say, use_locale, use_now};

/// The page's own address.
const PATH: &str = "/staff/wishes";

/// `/staff/wishes`
#[component]
pub fn WishesPage() -> impl IntoView {
    view! {
        <StaffPage path="/staff/wishes" title=fixed(words::TITLE)>
            <Content/>
        </StaffPage>
    }
}

/// What is said of what was done.
fn told(done: &str) -> Option<Text> {
    (done == "decide").then_some(words::DECIDED_DONE)
}

/// The shelves of the page.
const SHELVES: Shelves<WishShelf> = Shelves {
    path: PATH,
    label: words::TITLE,
    all: WishShelf::ALL,
    usual: WishShelf::Waiting,
    parse: WishShelf::parse,
    text: WishShelf::text,
};

/// The table's words.
static TABLE: TableWords = TableWords {
    label: words::TITLE,
    heads: &[
        words::TICKET,
        words::WISH,
        words::RIGHT,
        words::UNTIL,
        words::STANDS,
        words::WHAT_TO_DO,
    ],
    none: words::NONE,
    none_why: words::NONE_WHY,
};

#[component]
fn Content() -> impl IntoView {
    let resource = of_address(SHELVES.asked(), read_wishes);
    let show = move |page: WishPage| view! { <List page/> };
    view! {
        <WorkList told help=words::HELP resource show>
            <Doors shelves=SHELVES/>
        </WorkList>
    }
}

#[component]
fn List(page: WishPage) -> impl IntoView {
    let pager = (!page.items.is_empty()).then(|| SHELVES.pager(page.next_cursor));
    let line = |it: WishView| view! { <Line it/> };
    view! {
        <LiveRows table={&TABLE} rows=page.items line/>
        {pager}
    }
}

#[component]
fn Line(it: WishView) -> impl IntoView {
    let (locale, now) = (use_locale(), use_now());
    let class = if it.state == WishState::Asked {
        "badge warn"
    } else {
        "badge"
    };
    let ticket = match it.ticket {
        Some(id) => {
            let ticket_no = it.ticket_no.clone();
            view! { <a href=format!("/tickets/{id}")><TicketNumber ticket_no/></a> }.into_any()
        }
        None => ().into_any(),
    };
    let right = [it.name.clone(), it.phone.clone(), it.email.clone()];
    let right: Vec<String> = right.into_iter().flatten().collect();
    let late = it
        .is_late
        .then(|| view! { <br/><span class="badge warn">{say(words::LATE)}</span> });
    let by = it
        .decided_by
        .clone()
        .map(|by| view! { <br/><span class="muted small" translate="no">{by}</span> });
    let answer = it
        .answer
        .clone()
        .map(|answer| view! { <br/><span class="small" lang="zh-CN">{answer}</span> });
    let kind = it.kind.label(locale);
    view! {
        <tr>
            <td class="key">{ticket} <br/><span class="muted small"><When at=it.asked_at/></span></td>
            <td data-label=say(words::WISH)><b>{kind}</b> <br/><span lang="zh-CN">{it.words.clone()}</span></td>
            <td data-label=say(words::RIGHT) lang="zh-CN">{right.join(" · ")}</td>
            <td data-label=say(words::UNTIL)>{clock::date(it.answer_until, now, locale)} {late}</td>
            <td data-label=say(words::STANDS)>
                <span class=class>{it.state.label(locale)}</span> {by} {answer}
            </td>
            <td data-label=say(words::WHAT_TO_DO)><Ways it/></td>
        </tr>
    }
}

/// The answer to what waits, nothing for what is over.
#[component]
fn Ways(it: WishView) -> impl IntoView {
    if it.state != WishState::Asked {
        return ().into_any();
    }
    let (id, version) = (it.id, it.version.to_string());
    let again = version.clone();
    let path = format!("{PATH}/{id}/decide");
    let open = came_back(&path);
    let labelled = |word: Text| format!("{} {}", say(word), it.ticket_no);
    view! {
        <div class="stack tight">
            <Form action=path.clone() prefix=format!("agree-{id}-") mark="agree" label=labelled(words::CARRY_OUT)>
                <Hidden name="version" value=Signal::stored(again)/>
                <SubmitButton label=words::CARRY_OUT class=""/>
            </Form>
            <details class="fold" open=open>
                <summary>{say(words::REFUSE)}</summary>
                <Form action=path prefix=format!("refuse-{id}-") mark="refuse" label=labelled(words::REFUSE)>
                    <Hidden name="version" value=Signal::stored(version)/>
                    <TextArea name="reason" label=words::REASON help=words::REASON_HELP max=length::REASON as u32 rows=2/>
                    <SubmitButton label=words::REFUSE class="" name="refuse" value="1".to_owned()/>
                </Form>
            </details>
        </div>
    }
    .into_any()
}
