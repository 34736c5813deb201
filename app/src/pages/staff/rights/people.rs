//! The people in reach of who gives posts, by sign-in name, found by name.
//! Not here: one person (`person`), accounts for who manages them (`account`).
//! Read next: `account::found`, which finds by name.

use leptos::prelude::*;
use shared::account::{AccountPage, AccountRow};
use shared::text::account::posts as words;
use shared::text::{account, staff};

use crate::api::rights::read_people;
use crate::components::empty::Empty;
use crate::components::page::{Loaded, by_query, fixed};
use crate::components::pager::Pager;
use crate::components::staff::StaffPage;
use crate::context::say;
use crate::pages::staff::account::found::{FindPeople, pages};

/// The page's own address.
const PATH: &str = "/office/people";

/// `/office/people`
#[component]
pub fn PeoplePage() -> impl IntoView {
    view! {
        <StaffPage path="/office/people" title=fixed(words::PEOPLE)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let resource = by_query(read_people);
    let show = |page: AccountPage| view! { <List page/> };
    view! {
        <div class="stack">
            <p class="muted">{say(words::PEOPLE_WHY)}</p>
            <p><a href="/office/teams">{say(account::teams::TEAMS)}</a></p>
            <FindPeople path=PATH/>
            <Loaded resource show/>
        </div>
    }
}

#[component]
fn List(page: AccountPage) -> impl IntoView {
    if page.items.is_empty() {
        return view! {
            <section class="card"><Empty title=account::NONE reason=account::NONE_WHY/></section>
        }
        .into_any();
    }
    let (first, next) = pages(PATH, page.next_cursor.as_deref());
    let lines = page
        .items
        .into_iter()
        .map(|row| view! { <Line row/> })
        .collect_view();
    view! {
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::PEOPLE)>
            <table class="table cards">
                <thead>
                    <tr>
                        <th scope="col">{say(staff::USERNAME)}</th>
                        <th scope="col">{say(account::NAME)}</th>
                        <th scope="col">{say(staff::OWN_UNIT)}</th>
                        <th scope="col">{say(words::POSTS)}</th>
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
fn Line(row: AccountRow) -> impl IntoView {
    let href = format!("{PATH}/{}", row.username);
    let roles = if row.role_names.is_empty() {
        say(account::NO_ROLES).to_owned()
    } else {
        row.role_names.join(" · ")
    };
    view! {
        <tr>
            <td class="key"><a href=href translate="no"><b>{row.username}</b></a></td>
            <td class="nowrap" data-label=say(account::NAME) lang="zh-CN">{row.name}</td>
            <td data-label=say(staff::OWN_UNIT) lang="zh-CN">{row.unit_name}</td>
            <td data-label=say(words::POSTS)>{roles}</td>
        </tr>
    }
}
