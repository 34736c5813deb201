//! The people in reach of who gives posts, by sign-in name, found by name.
//! Not here: one person (`person`), accounts for who manages them (`account`).
//! Finding is a plain GET form to the page itself.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::account::{AccountPage, AccountRow};
use shared::text::account::posts as words;
use shared::text::{account, staff};

use crate::api::rights::read_people;
use crate::components::empty::Empty;
use crate::components::page::{Loaded, by_query, fixed};
use crate::components::pager::Pager;
use crate::components::staff::StaffPage;
use crate::context::say;

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
    let query = use_query_map();
    let typed = query.with_untracked(|query| query.get("q").unwrap_or_default());
    let resource = by_query(read_people);
    let show = move |page: AccountPage| {
        let sought = query.with_untracked(|query| query.get("q").unwrap_or_default());
        let later = query.with_untracked(|query| query.get("cursor").is_some());
        view! { <List page sought later/> }
    };
    #[cfg(feature = "hydrate")]
    let on_submit = crate::browser::query::interceptor(PATH);
    #[cfg(not(feature = "hydrate"))]
    let on_submit = |_: leptos::ev::SubmitEvent| {};
    view! {
        <div class="stack">
            <p class="muted">{say(words::PEOPLE_WHY)}</p>
            <form method="get" action=PATH class="filters" role="search" aria-label=say(account::FIND) on:submit=on_submit>
                <div class="field wide-field">
                    <label for="q">{say(account::FIND)}</label>
                    <input type="search" id="q" name="q" value=typed autocomplete="off" maxlength="40"/>
                </div>
                <div class="field"><button class="button primary">{say(account::FIND_SEND)}</button></div>
            </form>
            <Loaded resource show/>
        </div>
    }
}

/// The address of a page of the list.
fn address(sought: &str, cursor: Option<&str>) -> String {
    let mut pairs = Vec::new();
    if !sought.is_empty() {
        pairs.push(("q", sought.to_owned()));
    }
    if let Some(cursor) = cursor {
        pairs.push(("cursor", cursor.to_owned()));
    }
    let query = leptos_router::params::ParamsMap::from_iter(pairs).to_query_string();
    format!("{PATH}{query}")
}

#[component]
fn List(page: AccountPage, sought: String, later: bool) -> impl IntoView {
    if page.items.is_empty() {
        return view! {
            <section class="card"><Empty title=account::NONE reason=account::NONE_WHY/></section>
        }
        .into_any();
    }
    let first = later.then(|| address(&sought, None));
    let next = page
        .next_cursor
        .map(|cursor| address(&sought, Some(&cursor)));
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
            <td data-label=say(account::NAME) lang="zh-CN">{row.name}</td>
            <td data-label=say(staff::OWN_UNIT) lang="zh-CN">{row.unit_name}</td>
            <td data-label=say(words::POSTS)>{roles}</td>
        </tr>
    }
}
