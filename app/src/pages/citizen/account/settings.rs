//! The account: number, name, sessions; signing out everywhere, and closing it.
//! Not here: the requests (`mine`).
//! What cannot be undone folds open first.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::citizen::CitizenView;
use shared::text::citizen::account as words;

use crate::api::citizen::own_account;
use crate::components::access::Guarded;
use crate::components::form::{Field, Form, SubmitButton, came_back};
use crate::components::page::{Loaded, Page, fixed};
use crate::components::ticket::When;
use crate::context::{say, use_locale, use_revision};
use crate::routes::need_of;

/// `/me/account`
#[component]
pub fn CitizenAccountPage() -> impl IntoView {
    view! {
        <Guarded need=need_of("/me/account")>
            <Page title=fixed(words::ACCOUNT)>
                <Content/>
            </Page>
        </Guarded>
    }
}

#[component]
fn Content() -> impl IntoView {
    let done = use_query_map().with_untracked(|query| query.get("done"));
    let done = done.filter(|done| done == "name");
    let revision = use_revision();
    let resource = Resource::new_blocking(move || revision.get(), |_| own_account());
    let show = |account: CitizenView| view! { <Account account/> };
    view! {
        <div class="stack">
            {done.map(|_| view! { <p class="note ok">{say(words::NAME_DONE)}</p> })}
            <Loaded resource show/>
            <p><a href="/me">{say(words::TO_MINE)}</a></p>
        </div>
    }
}

#[component]
fn Account(account: CitizenView) -> impl IntoView {
    let devices = words::devices(account.sessions, use_locale());
    let open = came_back("/me/account/close");
    view! {
        <section class="card stack">
            <dl class="facts">
                <div><dt>{say(words::NUMBER)}</dt><dd class="num" translate="no">{account.phone}</dd></div>
                <div><dt>{say(words::SINCE)}</dt><dd><When at=account.since/></dd></div>
                <div><dt>{say(words::SESSIONS)}</dt><dd>{devices}</dd></div>
            </dl>
            <Form action="/me/account/name" prefix="name-" class="stack">
                <Field name="name" help=words::NAME_HELP autocomplete="name" optional=true value=account.name.unwrap_or_default()/>
                <p><SubmitButton label=words::NAME_SEND/></p>
            </Form>
        </section>
        <section class="card stack">
            <p>{say(words::EVERYWHERE_HELP)}</p>
            <Form action="/me/account/everywhere" prefix="everywhere-" label=say(words::EVERYWHERE)>
                <SubmitButton label=words::EVERYWHERE class=""/>
            </Form>
        </section>
        <details class="fold card" open=open>
            <summary><b>{say(words::CLOSE)}</b></summary>
            <div class="stack">
                <p class="help">{say(words::CLOSE_HELP)}</p>
                <Form action="/me/account/close" prefix="close-" label=say(words::CLOSE)>
                    <SubmitButton label=words::CLOSE_SEND class="danger"/>
                </Form>
            </div>
        </details>
    }
}
