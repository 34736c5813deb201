//! The accounts in reach of who manages them, by sign-in name, found by name.
//! Not here: one account (`one`), making accounts (`import`, `requests`).
//! Read next: `found`, which finds by name.

use leptos::prelude::*;
use shared::account::{AccountPage, AccountRow};
use shared::text::account::life;
use shared::text::{account as words, staff};

use crate::api::account::read_accounts;
use crate::components::empty::Empty;
use crate::components::page::{Loaded, by_query, fixed};
use crate::components::pager::Pager;
use crate::components::staff::StaffPage;
use crate::context::say;

use super::found::{FindPeople, pages};

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
    let resource = by_query(read_accounts);
    let show = |page: AccountPage| view! { <List page/> };
    view! {
        <div class="stack">
            <FindPeople path=PATH/>
            <div class="row">
                <a class="button" href="/staff/import">{say(words::IMPORT)}</a>
                <a class="button" href="/staff/platforms">{say(shared::text::account::platform::TITLE)}</a>
                <a class="button" href="/staff/account-requests">{say(life::REQUESTS)}</a>
            </div>
            <Loaded resource show/>
        </div>
    }
}

#[component]
fn List(page: AccountPage) -> impl IntoView {
    if page.items.is_empty() {
        return view! {
            <section class="card"><Empty title=words::NONE reason=words::NONE_WHY/></section>
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
            <td class="whole" data-label=say(words::NAME) lang="zh-CN">{row.name.clone()}</td>
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
    let state = row.state.text();
    let given = row
        .password_given
        .then(|| view! { " " <span class="badge">{say(words::GIVEN)}</span> });
    view! { <span class="badge state">{say(state)}</span> {given} }
}
