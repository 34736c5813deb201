//! Signing in by a code: first the number, then, in the same form, the code that came to it.
//! The first time the privacy statement stands there to be agreed to: the code waits for that.
//! Not here: staff's sign-in (`pages::citizen::sign_in`).

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::text::citizen::account as words;

use crate::components::form::{Check, Field, Form, Hidden, StepButton, SubmitButton, use_form};
use crate::components::page::{Page, fixed};
use crate::context::say;
use crate::forms::STEP;

/// The form's address.
const PATH: &str = "/me/sign-in";

/// `/me/sign-in`
#[component]
pub fn CitizenSignInPage() -> impl IntoView {
    let closed = use_query_map().with_untracked(|query| query.get("done"));
    let closed = closed.filter(|done| done == "close");
    view! {
        <Page title=fixed(words::SIGN_IN) width="narrow" heading=false>
            <section class="card stack">
                <h1>{say(words::SIGN_IN)}</h1>
                {closed.map(|_| view! { <p class="note ok">{say(words::CLOSED)}</p> })}
                <p>{say(words::INTRO)}</p>
                <Form action=PATH class="stack" failed=words::NOT_IN>
                    <Steps/>
                </Form>
                <p class="muted">{say(words::SHARED)}</p>
            </section>
        </Page>
    }
}

/// The number alone, or the number with its code.
#[component]
fn Steps() -> impl IntoView {
    let form = use_form();
    let (is_sent, asks) = form.state.with_untracked(|state| {
        let asks = state.field_fault("agree").is_some() || state.value("agree").is_some();
        (state.value("sent").is_some(), asks)
    });
    let number = view! { <Field name="phone" kind="tel" inputmode="tel" autocomplete="tel"/> };
    if !is_sent {
        return view! {
            {number}
            <SubmitButton label=words::SEND class="primary wide" name=STEP value="send"/>
        }
        .into_any();
    }
    let agree = asks.then(|| {
        view! {
            <Check name="agree" label=words::AGREE/>
            <p><a href="/privacy" rel="external" target="_blank">{say(words::READ_PRIVACY)}</a></p>
        }
    });
    view! {
        {number}
        <Hidden name="sent" value=Signal::stored("yes".to_owned())/>
        <p class="note" role="status">{say(words::SENT)}</p>
        <Field name="sms_code" help=words::CODE_HELP inputmode="numeric" autocomplete="one-time-code"/>
        {agree}
        <SubmitButton label=words::GO_ON class="primary wide"/>
        <StepButton label=words::AGAIN value="again"/>
    }
    .into_any()
}
