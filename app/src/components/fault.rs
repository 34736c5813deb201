//! A fault as a card: what happened, what is safe, what to do, the incident number small.
//! Also for whole pages that could not be made.
//! Not here: faults of forms (`form::summary`).

use leptos::prelude::*;
use shared::fault::{Class, Fault};
use shared::text::{Text, common, faults};

use crate::context::{say, use_locale};

/// The card. As the only content of a page it carries the page's `h1`.
#[component]
pub fn FaultCard(
    /// What happened.
    fault: Fault,
) -> impl IntoView {
    let locale = use_locale();
    let title = match fault.code.class() {
        Class::Missing => common::MISSING_TITLE,
        Class::Denied => common::DENIED_TITLE,
        Class::SignedOut => common::SIGNED_OUT_TITLE,
        Class::Limited => common::LIMITED_TITLE,
        Class::Busy => common::BUSY_TITLE,
        Class::Conflict => common::NOT_DONE,
        Class::Input | Class::TooLarge | Class::Slow => common::NOT_SENT,
        Class::Broken => common::BROKEN_TITLE,
    };
    let sentences = if fault.fields.is_empty() {
        vec![faults::sentence(fault.code, &fault.facts, locale)]
    } else {
        fault
            .fields
            .iter()
            .map(|field| faults::field_message(field, locale))
            .collect()
    };
    let sentences = sentences
        .into_iter()
        .map(|sentence| view! { <p>{sentence}</p> })
        .collect_view();
    view! {
        <section class="card stack fault" role="alert">
            <h1>{say(title)}</h1>
            {sentences}
            {fault.incident.map(|id| view! { <p class="incident">{say(common::INCIDENT)} " " {id}</p> })}
            <p class="row">
                <WayOut class=fault.code.class()/>
            </p>
        </section>
    }
}

#[component]
fn WayOut(class: Class) -> impl IntoView {
    let (href, word): (&str, Text) = match class {
        Class::SignedOut => ("/sign-in", common::SIGN_IN),
        _ => ("/", common::TO_HOME),
    };
    // Signing in belongs to the staff's pages, whose browser code is another file.
    let rel = (class == Class::SignedOut).then_some("external");
    view! { <a class="button primary" href=href rel=rel>{say(word)}</a> }
}
