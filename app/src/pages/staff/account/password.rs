//! Changing the own password: the present one, the new one twice, with the rules at the field.
//! Not here: what a good one is (`services::sessions::password`), setting one by a link (`pages::citizen::sign_in`).
//! Also the page of whoever must choose one before anything else.

use leptos::prelude::*;
use shared::access::Held;
use shared::text::account as words;

use crate::components::form::{Field, Form, SubmitButton};
use crate::components::page::fixed;
use crate::components::staff::StaffPage;
use crate::context::{say, use_actor};

/// `/account/password`
#[component]
pub fn PasswordPage() -> impl IntoView {
    view! {
        <StaffPage path="/account/password" title=fixed(words::PASSWORD)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let actor = use_actor();
    let must = actor
        .as_ref()
        .is_some_and(|actor| actor.held == Some(Held::Password));
    let username = actor.map(|actor| actor.username).unwrap_or_default();
    let why = if must {
        view! { <p class="note warn">{say(words::PASSWORD_FIRST)}</p> }.into_any()
    } else {
        view! { <p class="muted">{say(words::PASSWORD_WHY)}</p> }.into_any()
    };
    view! {
        <section class="card stack">
            {why}
            <Form action="/account/password" class="stack" failed=words::PASSWORD_KEPT label=say(words::PASSWORD)>
                // Whatever keeps passwords for the person wants to know whose this is.
                <input type="text" name="username" autocomplete="username" value=username hidden=true/>
                <Field name="current" kind="password" autocomplete="current-password"/>
                <Field name="password" label=words::NEW_PASSWORD kind="password" autocomplete="new-password" help=words::PASSWORD_RULES/>
                <Field name="password_again" kind="password" autocomplete="new-password"/>
                <SubmitButton label=words::PASSWORD_SEND/>
            </Form>
        </section>
    }
}
