//! Signing in again inside a form whose session has ended: only the password, then the form can be sent as it stands.
//! Not here: the sign-in page (`pages::citizen::sign_in`), which opens beside for whoever has no script.
//! The field has no name, so that the password is never sent with the form around it.

use leptos::html;
use leptos::prelude::*;
use shared::text::{common, fields};

use super::FormContext;
use crate::context::{say, use_actor};

/// The password field with its button, and the way to sign in on another page.
#[component]
pub fn SignInAgain(
    /// The form that waits.
    form: FormContext,
) -> impl IntoView {
    let password = NodeRef::<html::Input>::new();
    let wrong = RwSignal::new(None::<String>);
    #[cfg(feature = "hydrate")]
    let locale = crate::context::use_locale();
    let live = RwSignal::new(false);
    Effect::new(move || live.set(true));
    let id = form.id("sign-in-again");
    let field = use_actor().map(|actor| {
        #[cfg(feature = "hydrate")]
        let go = {
            let username = actor.username.clone();
            move || crate::browser::sign_in::again(username.clone(), password, form, wrong, locale)
        };
        #[cfg(not(feature = "hydrate"))]
        let go = || ();
        #[cfg_attr(
            not(feature = "hydrate"),
            expect(clippy::clone_on_copy, reason = "the browser's closure is none")
        )]
        let pressed = go.clone();
        let on_key = move |event: leptos::ev::KeyboardEvent| {
            if event.key() == "Enter" {
                event.prevent_default();
                pressed();
            }
        };
        let label = format!(
            "{} · {}",
            fields::label("password").map_or("", say),
            actor.username
        );
        view! {
            <div class="sign-in-again" hidden=move || !live.get()>
                <label for=id.clone()>{label}</label>
                <div class="row">
                    <input id=id node_ref=password type="password" autocomplete="current-password" on:keydown=on_key/>
                    <button type="button" class="button primary" on:click=move |_| go()>{say(common::SIGN_IN_AND_GO_ON)}</button>
                </div>
                <p class="field-error" role="alert">{move || wrong.get()}</p>
            </div>
        }
    });
    view! {
        {field}
        <p><a href="/sign-in?next=/account" target="_blank" rel="external noopener">{say(common::SIGN_IN_BESIDE)}</a></p>
    }
}
