//! Requests about accounts that the reader asked for or has to do with: those that wait, and those that have ended.
//! Not here: one of them (`request`), asking (`ask`).
//! The oldest that waits comes first.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::access::needs;
use shared::account::life::{AccountRequestPage, AccountRequestView};
use shared::text::account::life as words;
use shared::text::staff;

use crate::api::account::read_account_requests;
use crate::components::empty::Empty;
use crate::components::page::{Loaded, by_query, fixed};
use crate::components::pager::Pager;
use crate::components::staff::StaffPage;
use crate::components::ticket::When;
use crate::context::{say, use_actor, use_locale};

/// The page's own address.
pub(super) const PATH: &str = "/staff/account-requests";

/// `/staff/account-requests`
#[component]
pub fn AccountRequestsPage() -> impl IntoView {
    view! {
        <StaffPage path="/staff/account-requests" title=fixed(words::REQUESTS)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let query = use_query_map();
    let has_ended = move || query.with(|query| query.get("ended").is_some());
    let resource = by_query(read_account_requests);
    let show = move |page: AccountRequestPage| {
        let later = query.with_untracked(|query| query.get("cursor").is_some());
        view! { <List page ended=has_ended() later/> }
    };
    let may_ask = use_actor().is_some_and(|actor| needs::APPLYING.is_met_by(&actor));
    let ask = may_ask
        .then(|| view! { <a class="button primary" href="/staff/account-requests/new">{say(words::ASK)}</a> });
    let current = move |ended: bool| (has_ended() == ended).then_some("page");
    view! {
        <div class="stack">
            <p class="muted">{say(words::REQUESTS_WHY)}</p>
            <div class="row between">
                <nav class="row" aria-label=say(words::REQUESTS)>
                    <a class="button" href=PATH aria-current=move || current(false)>{say(words::WAITING)}</a>
                    <a class="button" href=format!("{PATH}?ended=1") aria-current=move || current(true)>{say(words::ENDED)}</a>
                </nav>
                {ask}
            </div>
            <Loaded resource show/>
        </div>
    }
}

#[component]
fn List(page: AccountRequestPage, ended: bool, later: bool) -> impl IntoView {
    if page.items.is_empty() {
        return view! {
            <section class="card"><Empty title=words::NONE reason=words::NONE_WHY/></section>
        }
        .into_any();
    }
    let (first, sign) = if ended {
        (format!("{PATH}?ended=1"), '&')
    } else {
        (PATH.to_owned(), '?')
    };
    let next = page
        .next_cursor
        .map(|cursor| format!("{first}{sign}cursor={cursor}"));
    let first = later.then_some(first);
    let lines = page
        .items
        .into_iter()
        .map(|row| view! { <Line row/> })
        .collect_view()
        .into_any();
    view! {
        <Table lines/>
        <Pager first next/>
    }
    .into_any()
}

/// A table of requests; on the account's page as well.
pub(super) fn table(rows: Vec<AccountRequestView>) -> impl IntoView {
    let lines = rows
        .into_iter()
        .map(|row| view! { <Line row/> })
        .collect_view()
        .into_any();
    view! { <Table lines/> }
}

#[component]
fn Table(lines: AnyView) -> impl IntoView {
    view! {
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::REQUESTS)>
            <table class="table cards">
                <thead>
                    <tr>
                        <th scope="col">{say(words::ACT)}</th>
                        <th scope="col">{say(words::WHO)}</th>
                        <th scope="col">{say(staff::OWN_UNIT)}</th>
                        <th scope="col">{say(words::ASKED_BY)}</th>
                        <th scope="col">{say(words::WHEN)}</th>
                        <th scope="col">{say(words::NEXT)}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Line(row: AccountRequestView) -> impl IntoView {
    let locale = use_locale();
    let href = format!("{PATH}/{}", row.id);
    let next = match row.next {
        Some(step) => step.label(locale),
        None => row.state.label(locale),
    };
    let class = if row.may_decide {
        "badge warn"
    } else {
        "badge"
    };
    view! {
        <tr>
            <td class="key"><a href=href><b>{row.kind.label(locale)}</b></a></td>
            <td data-label=say(words::WHO)>
                <span translate="no">{row.username.clone()}</span> " " <span lang="zh-CN">{row.name.clone()}</span>
            </td>
            <td data-label=say(staff::OWN_UNIT) lang="zh-CN">{row.unit_name.clone()}</td>
            <td data-label=say(words::ASKED_BY) lang="zh-CN">{row.asked.by.clone()}</td>
            <td data-label=say(words::WHEN)><When at=row.asked.at/></td>
            <td data-label=say(words::NEXT)><span class=class>{next}</span></td>
        </tr>
    }
}
