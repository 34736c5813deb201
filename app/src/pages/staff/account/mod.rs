//! The own account: who I am here, which roles I hold, what I may do and how far it reaches; password (`password`), sessions (`sessions`).
//! Also others' accounts (`list`, `one`, `import`), and requests about them (`requests`, `request`, `ask`).
//! Read from the page's seed: rights come from the store with every request.

mod ask;
mod factor;
pub(in crate::pages::staff) mod found;
mod import;
mod keys;
mod life;
mod list;
mod one;
mod passkeys;
mod password;
mod platforms;
mod provider;
mod request;
mod requests;
mod reviews;
mod sessions;
mod stand_ins;

pub use ask::AskAccountPage;
pub use factor::FactorPage;
pub use import::ImportStaffPage;
pub use keys::KeysPage;
pub use list::AccountsPage;
pub use one::OneAccountPage;
pub use password::PasswordPage;
pub use platforms::PlatformsPage;
pub use provider::ProviderPage;
pub use request::AccountRequestPage;
pub use requests::AccountRequestsPage;
pub use reviews::{ReviewPage, ReviewsPage};
pub use sessions::SessionsPage;
pub use stand_ins::StandInsPage;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::access::{Actor, Permission, Scope};
use shared::text::{Text, account as words, common, notice, staff};
use shared::ticket::view::Named;

use crate::api::staff::read_own_unit;
use crate::components::page::{Loaded, fixed, of_address};
use crate::components::staff::StaffPage;
use crate::context::{say, use_actor, use_locale};

/// `/account`
#[component]
pub fn AccountPage() -> impl IntoView {
    view! {
        <StaffPage path="/account" title=fixed(staff::ACCOUNT)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let resource = of_address(String::new, |_| read_own_unit());
    let show = |unit: Option<Named>| {
        let unit = unit.map(|unit| unit.name);
        use_actor().map(|actor| view! { <Account actor unit/> })
    };
    let query = use_query_map();
    let note = move || {
        let done = query.with(|query| query.get("done"));
        (done.as_deref() == Some("password"))
            .then(|| view! { <p class="note ok">{say(words::PASSWORD_CHANGED)}</p> })
    };
    view! {
        <div aria-live="polite" class="done-note">{note}</div>
        <Loaded resource show/>
    }
}

#[component]
fn Account(actor: Actor, unit: Option<String>) -> impl IntoView {
    let locale = use_locale();
    let mut roles: Vec<&str> = actor.posts.iter().map(|post| post.name(locale)).collect();
    roles.dedup();
    let roles = roles.join(" · ");
    let rights: Vec<_> = Permission::ALL
        .iter()
        .filter_map(|permission| Some((*permission, actor.scope(*permission)?)))
        .collect();
    let row = |(permission, scope): (Permission, Scope)| {
        view! {
            <tr>
                <th scope="row">{permission.label(locale)}</th>
                <td data-label=say(staff::REACH)>{say(reach(&scope))}</td>
            </tr>
        }
    };
    let table = if rights.is_empty() {
        view! { <p class="note">{say(staff::NO_RIGHTS)}</p> }.into_any()
    } else {
        view! {
            <div class="table-wrap">
                <table class="table cards">
                    <thead><tr><th scope="col">{say(staff::RIGHTS)}</th><th scope="col">{say(staff::REACH)}</th></tr></thead>
                    <tbody>{rights.into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <div class="stack account">
            <section class="card">
                <h2 class="section-title" lang="zh-CN">{actor.name.clone()}</h2>
                <dl class="facts">
                    <div><dt>{say(staff::USERNAME)}</dt><dd translate="no">{actor.username.clone()}</dd></div>
                    <div><dt>{say(staff::OWN_UNIT)}</dt><dd lang="zh-CN">{unit.unwrap_or_else(|| "—".to_owned())}</dd></div>
                    <div><dt>{say(staff::ROLES)}</dt><dd>{roles}</dd></div>
                </dl>
                <div class="row after">
                    <a class="button" href="/account/password">{say(words::PASSWORD)}</a>
                    <a class="button" href="/account/factor">{say(words::factor::FACTOR)}</a>
                    <a class="button" href="/account/provider">{say(words::provider::PROVIDER)}</a>
                    <a class="button" href="/account/notices">{say(notice::SETTINGS)}</a>
                    <a class="button" href="/account/sessions">{say(words::SESSIONS)}</a>
                    <a class="button" href="/account/stand-ins">{say(words::stand_in::STAND_INS)}</a>
                    <form method="post" action="/sign-out"><button class="button">{say(common::SIGN_OUT)}</button></form>
                </div>
            </section>
            {table}
        </div>
    }
}

const fn reach(scope: &Scope) -> Text {
    match scope {
        Scope::Own(_) => staff::REACH_OWN,
        Scope::Team(_) => staff::REACH_TEAM,
        Scope::Unit(_) => staff::REACH_UNIT,
        Scope::UnitTree(_) => staff::REACH_TREE,
        Scope::Region(_) => staff::REACH_REGION,
        Scope::Any(_) => staff::REACH_ANY,
        Scope::All => staff::REACH_ALL,
    }
}
