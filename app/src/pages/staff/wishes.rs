//! What citizens wish about their data in a ticket: those that wait with the answer, and those that are over.
//! Not here: the citizen's side (`pages::citizen::account`), what the form does (`forms::staff::wishes`).
//! Reads and sends without script.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::citizen::wish::{WishPage, WishShelf, WishState, WishView};
use shared::text::citizen::wish as words;
use shared::text::{Text, clock};
use shared::ticket::rules::length;

use crate::api::mandates::read_wishes;
use crate::components::empty::Empty;
use crate::components::form::{Form, Hidden, SubmitButton, TextArea, came_back};
use crate::components::page::{fixed, of_address};
use crate::components::pager::Pager;
use crate::components::staff::StaffPage;
use crate::components::ticket::{TicketNumber, When};
use crate::components::work_list::WorkList;
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

#[component]
fn Content() -> impl IntoView {
    let query = use_query_map();
    let locale = use_locale();
    let shelf = move || {
        let said = query.with(|query| query.get("shelf"));
        let said = said.as_deref().and_then(WishShelf::parse);
        said.unwrap_or(WishShelf::Waiting)
    };
    let doors = WishShelf::ALL
        .iter()
        .copied()
        .map(|door| {
            let current = move || (shelf() == door).then_some("page");
            let href = format!("{PATH}?shelf={door}");
            view! { <a class="button" href=href aria-current=current>{door.label(locale)}</a> }
        })
        .collect_view();
    let address = move || {
        let cursor = query.with(|query| query.get("cursor"));
        format!("shelf={}&cursor={}", shelf(), cursor.unwrap_or_default())
    };
    let resource = of_address(address, read_wishes);
    let show = move |page: WishPage| {
        let later = query.with_untracked(|query| query.get("cursor").is_some());
        view! { <List page shelf=shelf() later/> }
    };
    view! {
        <WorkList told help=words::HELP resource show>
            <nav class="row" aria-label=say(words::TITLE)>{doors}</nav>
        </WorkList>
    }
}

#[component]
fn List(page: WishPage, shelf: WishShelf, later: bool) -> impl IntoView {
    if page.items.is_empty() {
        return view! {
            <section class="card"><Empty title=words::NONE reason=words::NONE_WHY/></section>
        }
        .into_any();
    }
    let first = format!("{PATH}?shelf={shelf}");
    let next = page
        .next_cursor
        .map(|cursor| format!("{first}&cursor={cursor}"));
    let first = later.then_some(first);
    let lines = page
        .items
        .into_iter()
        .map(|it| view! { <Line it/> })
        .collect_view();
    view! {
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::TITLE)>
            <table class="table cards">
                <thead>
                    <tr>
                        <th scope="col">{say(words::TICKET)}</th>
                        <th scope="col">{say(words::WISH)}</th>
                        <th scope="col">{say(words::RIGHT)}</th>
                        <th scope="col">{say(words::UNTIL)}</th>
                        <th scope="col">{say(words::STANDS)}</th>
                        <th scope="col">{say(words::WHAT_TO_DO)}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
        <Pager first next/>
    }
    .into_any()
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
