//! Who looked at citizens' data in the clear, the newest first, in the reader's area.
//! Not here: the look itself (`pages::staff::ticket::citizen`), the register of fields (`fields`).
//! Nothing of the data stands here, only that it was looked at, by whom and why.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::personal::looks::{PersonalLook, PersonalLooks};
use shared::text::account::personal as words;

use crate::api::rights::read_personal_looks;
use crate::components::empty::Empty;
use crate::components::page::{Loaded, by_query, fixed};
use crate::components::pager::Pager;
use crate::components::staff::StaffPage;
use crate::components::ticket::{CaseNumber, When};
use crate::context::{say, use_locale};

/// The page's own address.
const PATH: &str = "/staff/personal-looks";

/// `/staff/personal-looks`
#[component]
pub fn PersonalLooksPage() -> impl IntoView {
    view! {
        <StaffPage path="/staff/personal-looks" title=fixed(words::LOOKS)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let query = use_query_map();
    let resource = by_query(read_personal_looks);
    let show = move |page: PersonalLooks| {
        let later = query.with_untracked(|query| query.get("cursor").is_some());
        view! { <List page later/> }
    };
    view! {
        <div class="stack">
            <p class="muted">{say(words::LOOKS_WHY)}</p>
            <p><a href="/staff/personal-fields">{say(words::FIELDS)}</a></p>
            <Loaded resource show/>
        </div>
    }
}

#[component]
fn List(page: PersonalLooks, later: bool) -> impl IntoView {
    let first = later.then(|| PATH.to_owned());
    let next = page
        .next_cursor
        .map(|cursor| format!("{PATH}?cursor={cursor}"));
    let list = if page.items.is_empty() {
        view! { <section class="card"><Empty title=words::NO_LOOKS reason=words::NO_LOOKS_WHY/></section> }
            .into_any()
    } else {
        let lines = page.items.into_iter();
        let lines = lines.map(|it| view! { <Line it/> }).collect_view();
        view! { <Table lines=lines.into_any()/> }.into_any()
    };
    view! {
        {list}
        <Pager first next/>
    }
}

#[component]
fn Table(lines: AnyView) -> impl IntoView {
    view! {
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::LOOKS)>
            <table class="table cards">
                <thead>
                    <tr>
                        <th scope="col">{say(words::WHEN)}</th>
                        <th scope="col">{say(words::WHO)}</th>
                        <th scope="col">{say(words::UNIT)}</th>
                        <th scope="col">{say(words::TICKET)}</th>
                        <th scope="col">{say(words::REASON)}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Line(it: PersonalLook) -> impl IntoView {
    let role = it.role.map(|role| role.label(use_locale()));
    view! {
        <tr>
            <td class="key"><When at=it.at/></td>
            <td data-label=say(words::WHO)><span translate="no">{it.by}</span> " " <span class="muted">{role}</span></td>
            <td data-label=say(words::UNIT) lang="zh-CN">{it.unit}</td>
            <td data-label=say(words::TICKET)><CaseNumber number=it.ticket_no/></td>
            <td data-label=say(words::REASON) lang="zh-CN">{it.reason}</td>
        </tr>
    }
}
