//! The identities of a provider that sign in to the own account: linking one, taking one away. For who manages accounts, those of somebody else.
//! Not here: signing in by one (`pages::citizen::sign_in`), what is believed (`services::sessions::provider`).
//! Linking leads to the provider and back; without script the button does the same.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::account::provider::{IdentityView, OwnIdentities};
use shared::text::account::provider as words;

use crate::api::account::read_own_identities;
use crate::components::form::{Field, Form, SubmitButton};
use crate::components::page::{Loaded, fixed, of_address};
use crate::components::staff::StaffPage;
use crate::components::ticket::When;
use crate::context::{say, use_locale};

/// `/account/provider`
#[component]
pub fn ProviderPage() -> impl IntoView {
    view! {
        <StaffPage path="/account/provider" title=fixed(words::PROVIDER)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let query = use_query_map();
    let note = move || {
        let done = query.with(|query| query.get("done"));
        let words = match done.as_deref() {
            Some("linked") => Some(words::LINKED),
            Some("unlinked") => Some(words::UNLINKED),
            _ => None,
        };
        words.map(|words| view! { <p class="note ok">{say(words)}</p> })
    };
    let resource = of_address(String::new, |_| read_own_identities());
    let show = |own: OwnIdentities| view! { <Own own/> };
    view! {
        <div class="stack account">
            <div aria-live="polite" class="done-note">{note}</div>
            <p class="muted">{say(words::WHY)}</p>
            <Loaded resource show/>
        </div>
    }
}

#[component]
fn Own(own: OwnIdentities) -> impl IntoView {
    let list = if own.items.is_empty() {
        view! { <p>{say(words::NONE)}</p> }.into_any()
    } else {
        let lines = own
            .items
            .into_iter()
            .map(|item| view! { <One item/> })
            .collect_view();
        view! { <div class="stack">{lines}</div> }.into_any()
    };
    let off = own
        .issuer
        .is_none()
        .then(|| view! { <p class="note">{say(words::OFF)}</p> });
    let link = own.may_link.then(|| {
        view! {
            <section class="card stack">
                <h2 class="section-title">{say(words::LINK)}</h2>
                <Form action="/account/provider" prefix="link-" class="stack" label=say(words::LINK)>
                    <p class="muted">{say(words::LINK_WHY)}</p>
                    <div><SubmitButton label=words::LINK/></div>
                </Form>
            </section>
        }
    });
    view! {
        {off}
        {list}
        {link}
    }
}

/// An own identity with the button that takes it away.
#[component]
fn One(item: IdentityView) -> impl IntoView {
    let action = format!("/account/provider/{}/remove", item.id);
    let prefix = format!("unlink-{}-", item.id);
    let label = words::unlink_of(&item.subject, use_locale());
    view! {
        <section class="card stack">
            <Shown item/>
            <Form action prefix class="stack" label>
                <p class="muted">{say(words::UNLINK_WHY)}</p>
                <div><SubmitButton label=words::UNLINK class=""/></div>
            </Form>
        </section>
    }
}

/// What is known of an identity.
#[component]
fn Shown(item: IdentityView) -> impl IntoView {
    let used = match item.used_at {
        Some(at) => view! { <When at/> }.into_any(),
        None => say(words::NEVER).into_any(),
    };
    view! {
        <dl class="facts">
            <div><dt>{say(words::ISSUER)}</dt><dd translate="no">{item.issuer}</dd></div>
            <div><dt>{say(words::SUBJECT)}</dt><dd translate="no"><code>{item.subject}</code></dd></div>
            <div><dt>{say(words::SINCE)}</dt><dd><When at=item.linked_at/></dd></div>
            <div><dt>{say(words::USED)}</dt><dd>{used}</dd></div>
        </dl>
    }
}

/// Somebody's identities, for who manages accounts.
#[component]
pub(super) fn Identities(
    /// The address of the account's page.
    base: String,
    /// What is linked.
    items: Vec<IdentityView>,
) -> impl IntoView {
    let form = if items.is_empty() {
        view! {
            <Form action=format!("{base}/link") prefix="link-" class="stack" label=say(words::LINK_OF)>
                <Field name="subject" help=words::SUBJECT_HELP/>
                <div><SubmitButton label=words::LINK_OF class=""/></div>
            </Form>
        }
        .into_any()
    } else {
        view! {
            <Form action=format!("{base}/unlink") prefix="unlink-" class="stack" label=say(words::UNLINK)>
                <p class="muted">{say(words::UNLINK_WHY)}</p>
                <div><SubmitButton label=words::UNLINK class=""/></div>
            </Form>
        }
        .into_any()
    };
    let lines = items
        .into_iter()
        .map(|item| view! { <Shown item/> })
        .collect_view();
    view! {
        <section class="card stack">
            <h2 class="section-title">{say(words::PROVIDER)}</h2>
            {lines}
            {form}
        </section>
    }
}
