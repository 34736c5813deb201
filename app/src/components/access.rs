//! Pages for people who are signed in: whoever is not gets the way to sign in and comes back afterwards.
//! A courtesy only: the services ask for rights (I6).
//! Not here: the policy (`shared::access`).

use leptos::prelude::*;
use leptos_router::hooks::use_location;
#[cfg(feature = "staff")]
use shared::access::Held;
use shared::access::{Actor, Need};
use shared::fault::Code;
#[cfg(feature = "staff")]
use shared::text::account;
use shared::text::{citizen, common};

use super::fault::FaultCard;
use super::form::Typed;
use super::page::{Page, fixed};
use crate::context::{has_citizen, say, use_actor, use_seed};
use crate::forms::FormState;

/// Shows the children to who meets the need, else the way in (401) or a refusal (403).
#[component]
pub fn Guarded(
    /// Who may see it.
    need: Need,
    children: ChildrenFn,
) -> impl IntoView {
    let actor = use_actor().unwrap_or_else(Actor::visitor);
    // Which account it is, the server knows; the page has to know only that there is one.
    let is_met = need == Need::Citizen && has_citizen();
    match need.ask(&actor).err().filter(|_| !is_met) {
        None => children().into_any(),
        Some(fault) => {
            #[cfg(feature = "ssr")]
            crate::error::set_status(fault.status());
            match fault.code {
                Code::SignedOut if need == Need::Citizen => view! { <CodeFirst/> }.into_any(),
                Code::SignedOut => view! { <SignInFirst/> }.into_any(),
                #[cfg(feature = "staff")]
                _ if actor.held.is_some_and(|held| held.code() == fault.code) => {
                    view! { <FirstThis held=actor.held/> }.into_any()
                }
                _ => view! { <Page title=fixed(common::DENIED_TITLE) heading=false><FaultCard fault/></Page> }.into_any(),
            }
        }
    }
}

/// What has to be done before anything else, with the way there. A form that was posted meanwhile is not lost from sight.
#[cfg(feature = "staff")]
#[component]
fn FirstThis(held: Option<Held>) -> impl IntoView {
    let seed = use_seed();
    let fresh = !seed.left.get_untracked();
    let posted = seed
        .with(|seed| seed.form.clone())
        .filter(|form| fresh && form.is_posted());
    held.map(|held| {
        let (title, words) = match held {
            Held::Password => (account::PASSWORD, account::PASSWORD_FIRST),
            Held::Factor => (account::factor::ASK, account::factor::ASK_WHY),
            Held::Enrolment => (account::factor::FACTOR, account::factor::REQUIRED),
        };
        view! {
            <Page title=fixed(title) width="narrow" heading=false>
                <section class="card stack">
                    <h1>{say(title)}</h1>
                    <p>{say(words)}</p>
                    <p><a class="button primary wide" href=held.page()>{say(title)}</a></p>
                    {posted.map(|form| view! { <Typed form/> })}
                </section>
            </Page>
        }
    })
}

/// A citizen's page without a citizen: the way to the code.
#[component]
fn CodeFirst() -> impl IntoView {
    view! {
        <Page title=fixed(common::SIGNED_OUT_TITLE) width="narrow" heading=false>
            <section class="card stack">
                <h1>{say(common::SIGNED_OUT_TITLE)}</h1>
                <p>{say(citizen::account::FIRST)}</p>
                <p><a class="button primary wide" href="/me/sign-in" rel="external">{say(citizen::account::SIGN_IN)}</a></p>
            </section>
        </Page>
    }
}

/// The way to sign in, which leads back to this page. A form that was posted meanwhile stands below it and can be sent again.
#[component]
fn SignInFirst() -> impl IntoView {
    let seed = use_seed();
    let fresh = !seed.left.get_untracked();
    let posted = seed
        .with(|seed| seed.form.clone())
        .filter(|form| fresh && form.is_posted());
    match posted {
        Some(form) => view! { <SendAgain form/> }.into_any(),
        None => view! { <SignInCard/> }.into_any(),
    }
}

#[component]
fn SignInCard() -> impl IntoView {
    let location = use_location();
    let href = move || {
        let here = format!(
            "{}{}",
            location.pathname.get(),
            with_question_mark(&location.search.get())
        );
        let query = leptos_router::params::ParamsMap::from_iter([("next", here)]).to_query_string();
        format!("/sign-in{query}")
    };
    view! {
        <Page title=fixed(common::SIGNED_OUT_TITLE) width="narrow" heading=false>
            <section class="card stack">
                <h1>{say(common::SIGNED_OUT_TITLE)}</h1>
                <p>{say(common::SIGN_IN_FIRST)}</p>
                <p><a class="button primary wide" href=href rel="external">{say(common::SIGN_IN)}</a></p>
            </section>
        </Page>
    }
}

/// A form that came without a session: sign in beside, then send it from here as it was, with its own key.
#[component]
fn SendAgain(form: FormState) -> impl IntoView {
    let action = form.path.clone();
    let fields = form
        .fields
        .iter()
        .map(|(name, value)| {
            view! { <input type="hidden" name=name.clone() value=value.clone()/> }
        })
        .collect_view();
    view! {
        <Page title=fixed(common::SIGNED_OUT_TITLE) width="narrow" heading=false>
            <section class="card stack">
                <h1>{say(common::SIGNED_OUT_TITLE)}</h1>
                <p>{say(common::SIGN_IN_KEPT)}</p>
                <p><a class="button primary wide" href="/sign-in?next=/account" target="_blank" rel="external noopener">{say(common::SIGN_IN_BESIDE)}</a></p>
                <form method="post" action=action>
                    {fields}
                    <button class="button wide">{say(common::SEND_AGAIN)}</button>
                </form>
                <Typed form/>
            </section>
        </Page>
    }
}

fn with_question_mark(search: &str) -> String {
    if search.is_empty() || search.starts_with('?') {
        search.to_owned()
    } else {
        format!("?{search}")
    }
}
