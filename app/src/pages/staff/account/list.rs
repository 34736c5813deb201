//! The accounts in reach of who manages them, by sign-in name, found by name.
//! Not here: one account (`one`), making accounts (`minsheng user create`).
//! Finding is a plain GET form to the page itself.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::account::{AccountPage, AccountRow};
use shared::text::{account as words, staff};

use crate::api::account::read_accounts;
use crate::components::empty::Empty;
use crate::components::page::{Loaded, by_query, fixed};
use crate::components::pager::Pager;
use crate::components::staff::StaffPage;
use crate::context::say;

/// The page's own address.
const PATH: &str = "/staff/accounts";

/// `/staff/accounts`
#[component]
pub fn AccountsPage() -> impl IntoView {
    view! {
        <StaffPage path="/staff/accounts" title=fixed(words::ACCOUNTS)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let query = use_query_map();
    let typed = query.with_untracked(|query| query.get("q").unwrap_or_default());
    let resource = by_query(read_accounts);
    let show = move |page: AccountPage| {
        let words = query.with_untracked(|query| query.get("q").unwrap_or_default());
        let later = query.with_untracked(|query| query.get("cursor").is_some());
        view! { <List page words later/> }
    };
    #[cfg(feature = "hydrate")]
    let on_submit = crate::browser::query::interceptor(PATH);
    #[cfg(not(feature = "hydrate"))]
    let on_submit = |_: leptos::ev::SubmitEvent| {};
    view! {
        <div class="stack">
            <form method="get" action=PATH class="filters" role="search" aria-label=say(words::FIND) on:submit=on_submit>
                <div class="field wide-field">
                    <label for="q">{say(words::FIND)}</label>
                    <input type="search" id="q" name="q" value=typed autocomplete="off" maxlength="40"/>
                </div>
                <div class="field"><button class="button primary">{say(words::FIND_SEND)}</button></div>
            </form>
            <Loaded resource show/>
        </div>
    }
}

/// The address of a page of the list.
fn address(words: &str, cursor: Option<&str>) -> String {
    let mut pairs = Vec::new();
    if !words.is_empty() {
        pairs.push(("q", words.to_owned()));
    }
    if let Some(cursor) = cursor {
        pairs.push(("cursor", cursor.to_owned()));
    }
    let query = leptos_router::params::ParamsMap::from_iter(pairs).to_query_string();
    format!("{PATH}{query}")
}

#[component]
fn List(page: AccountPage, words: String, later: bool) -> impl IntoView {
    if page.items.is_empty() {
        return view! {
            <section class="card"><Empty title=words::NONE reason=words::NONE_WHY/></section>
        }
        .into_any();
    }
    let first = later.then(|| address(&words, None));
    let next = page
        .next_cursor
        .map(|cursor| address(&words, Some(&cursor)));
    let lines = page
        .items
        .into_iter()
        .map(|row| view! { <Line row/> })
        .collect_view();
    view! {
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::ACCOUNTS)>
            <table class="table cards">
                <thead>
                    <tr>
                        <th scope="col">{say(staff::USERNAME)}</th>
                        <th scope="col">{say(words::NAME)}</th>
                        <th scope="col">{say(staff::OWN_UNIT)}</th>
                        <th scope="col">{say(staff::ROLES)}</th>
                        <th scope="col">{say(words::STATE)}</th>
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
    view! {
        <tr>
            <td class="key"><a href=href translate="no"><b>{row.username.clone()}</b></a></td>
            <td data-label=say(words::NAME) lang="zh-CN">{row.name.clone()}</td>
            <td data-label=say(staff::OWN_UNIT) lang="zh-CN">{row.unit_name.clone()}</td>
            <td data-label=say(staff::ROLES)>{roles(&row)}</td>
            <td data-label=say(words::STATE)><AccountState row/></td>
        </tr>
    }
}

/// The names of the roles.
pub(super) fn roles(row: &AccountRow) -> String {
    if row.role_names.is_empty() {
        say(words::NO_ROLES).to_owned()
    } else {
        row.role_names.join(" · ")
    }
}

/// Open or closed, and whether the password is still somebody else's.
#[component]
pub(super) fn AccountState(
    /// The account.
    row: AccountRow,
) -> impl IntoView {
    let state = if row.active {
        words::ACTIVE
    } else {
        words::CLOSED
    };
    let given = row
        .password_given
        .then(|| view! { " " <span class="badge">{say(words::GIVEN)}</span> });
    view! { <span class="badge state">{say(state)}</span> {given} }
}
