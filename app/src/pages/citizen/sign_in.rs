//! Sign-in of staff, and a new password by a link.
//! Not here: what happens then (`forms::session`, `services::sessions`).
//! The address may carry `next`, the page to come back to, and `token`, the link's secret.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::account::passkey::SecondView;
use shared::text::account::{factor, provider};
use shared::text::{Text, account, citizen, common};

use crate::api::account::{read_provider, read_second_ways};
use crate::components::access::Guarded;
#[cfg(feature = "staff")]
use crate::components::form::Ceremony;
use crate::components::form::{Field, Form, Hidden, SubmitButton};
use crate::components::page::{Loaded, Page, fixed, of_address};
use crate::context::say;
use crate::forms::local_path;
#[cfg(feature = "staff")]
use crate::forms::{PASSKEY, PASSKEY_OPTIONS, WAY};
use crate::routes::need_of;

/// `/sign-in`
#[component]
pub fn SignInPage() -> impl IntoView {
    let query = use_query_map();
    let next = Signal::derive(move || {
        query.with(|query| {
            query
                .get("next")
                .map_or_else(|| "/".to_owned(), |next| local_path(&next).to_owned())
        })
    });
    view! {
        <Page title=fixed(common::SIGN_IN) width="narrow" heading=false>
            <section class="card stack">
                <h1>{say(common::SIGN_IN)}</h1>
                {move || query.with(|query| query.get("done")).is_some_and(|done| done == "reset").then(|| view! { <p class="note ok">{say(account::RESET_DONE)}</p> })}
                <p class="muted">{say(citizen::SIGN_IN_FOR)}</p>
                <Form action="/sign-in" class="stack" failed=common::NOT_SIGNED_IN>
                    <Hidden name="next" value=next/>
                    <Field name="username" autocomplete="username"/>
                    <Field name="password" kind="password" autocomplete="current-password"/>
                    <SubmitButton label=common::SIGN_IN class="primary wide"/>
                </Form>
                <ByProvider next/>
            </section>
        </Page>
    }
}

/// The other way in, where there is an identity provider.
#[component]
fn ByProvider(next: Signal<String>) -> impl IntoView {
    let resource = of_address(String::new, |_| read_provider());
    let show = move |is_there: bool| {
        is_there.then(|| {
            view! {
                <p class="muted">{say(provider::OR)}</p>
                <Form action="/sign-in/provider" prefix="provider-" class="stack" failed=common::NOT_SIGNED_IN>
                    <Hidden name="next" value=next/>
                    <SubmitButton label=provider::SIGN_IN class="wide"/>
                </Form>
            }
        })
    };
    view! { <Loaded resource show/> }
}

/// `/sign-in/code`
#[component]
pub fn CodePage() -> impl IntoView {
    view! {
        <Guarded need=need_of("/sign-in/code")>
            <Page title=fixed(factor::ASK) width="narrow" heading=false>
                <section class="card stack">
                    <h1>{say(factor::ASK)}</h1>
                    <Second/>
                </section>
            </Page>
        </Guarded>
    }
}

/// The ways that the person has: a passkey, a code of the app, a recovery code.
#[component]
fn Second() -> impl IntoView {
    let resource = of_address(String::new, |_| read_second_ways());
    let show = |ways: SecondView| {
        let (why, code) = match (ways.app, ways.passkey) {
            (true, true) => (factor::ASK_EITHER, factor::CODE),
            (false, true) => (factor::ASK_PASSKEY, factor::RECOVERY_CODE),
            (_, false) => (factor::ASK_WHY, factor::CODE),
        };
        let class = if ways.passkey { "wide" } else { "primary wide" };
        view! {
            <p>{say(why)}</p>
            <Form action="/sign-in/code" class="stack" failed=common::NOT_SIGNED_IN>
                {ways.passkey.then(|| view! { <ByPasskey/> })}
                <Field name="factor_code" label=code autocomplete="one-time-code"/>
                <SubmitButton label=factor::GO_ON class/>
            </Form>
        }
    };
    view! { <Loaded resource show/> }
}

#[cfg(feature = "staff")]
#[component]
fn ByPasskey() -> impl IntoView {
    view! {
        <Ceremony name=PASSKEY options=PASSKEY_OPTIONS/>
        <SubmitButton label=factor::USE_PASSKEY class="primary wide" name=WAY value="passkey"/>
    }
}

/// Whoever is asked has signed in, and so has the staff's code.
#[cfg(not(feature = "staff"))]
#[component]
fn ByPasskey() -> impl IntoView {}

/// `/reset`
#[component]
pub fn ResetPage() -> impl IntoView {
    let query = use_query_map();
    let token = Signal::derive(move || query.with(|query| query.get("token").unwrap_or_default()));
    view! {
        <Page title=fixed(account::RESET) width="narrow" heading=false>
            <section class="card stack">
                <h1>{say(account::RESET)}</h1>
                <p>{say(account::RESET_INTRO)}</p>
                <Form action="/reset" class="stack" failed=account::PASSWORD_KEPT>
                    <Token token without=account::RESET_NO_TOKEN/>
                    <Field name="password" label=account::NEW_PASSWORD kind="password" autocomplete="new-password" help=account::PASSWORD_RULES/>
                    <Field name="password_again" kind="password" autocomplete="new-password"/>
                    <SubmitButton label=account::PASSWORD_SEND class="primary wide"/>
                </Form>
            </section>
        </Page>
    }
}

/// The token comes from the link, or from the form that came back; without it the page says so.
#[component]
fn Token(token: Signal<String>, without: Text) -> impl IntoView {
    let posted = crate::components::form::use_form().initial("token", None);
    let value = Signal::derive(move || {
        if posted.is_empty() {
            token.get()
        } else {
            posted.clone()
        }
    });
    view! {
        <Hidden name="token" value=value/>
        {move || value.get().is_empty().then(|| view! { <p class="note warn">{say(without)}</p> })}
    }
}
