//! A fault as a card: what happened, what is safe, what to do, the incident number small.
//! Also for whole pages that could not be made.
//! Not here: faults of forms (`form::summary`).

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use shared::fault::{Class, Code, Fault};
use shared::text::{Text, common, faults, touched};

use super::page::HasHeading;
use crate::context::{say, use_actor, use_locale, use_revision};

/// In the place of what was asked for in a way that cannot be read: what is wrong with each field.
pub fn wrong_fields(fault: &Fault) -> impl IntoView + use<> {
    let locale = use_locale();
    let words = fault
        .fields
        .iter()
        .map(|field| faults::field_message(field, locale))
        .map(|words| view! { <p>{words}</p> })
        .collect_view();
    view! { <section class="card" role="alert">{words}</section> }
}

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
        Class::Conflict if fault.code == Code::ReportUnsound => touched::NOT_SHOWN,
        Class::Conflict => common::NOT_DONE,
        // A page that is only read was asked for with something that cannot be read, such as a filter.
        Class::Input => common::NOT_READ_TITLE,
        Class::TooLarge | Class::Slow => common::NOT_SENT,
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
    // What would be a wrong number stands in red in its place.
    let tone = (fault.code == Code::ReportUnsound).then_some("note bad");
    let sentences = sentences
        .into_iter()
        .map(|sentence| view! { <p class=tone>{sentence}</p> })
        .collect_view();
    let heading = if use_context::<HasHeading>().is_some() {
        view! { <h2>{say(title)}</h2> }.into_any()
    } else {
        view! { <h1>{say(title)}</h1> }.into_any()
    };
    view! {
        <section class="card stack fault" role="alert">
            {heading}
            {sentences}
            {fault.incident.map(|id| view! { <p class="incident">{say(common::INCIDENT)} " " {id}</p> })}
            <p class="row">
                <WayOut code=fault.code/>
            </p>
        </section>
    }
}

/// Where to go from here, and for what passes by itself the same page once more.
#[component]
fn WayOut(code: Code) -> impl IntoView {
    let location = use_location();
    let here = move || format!("{}{}", location.pathname.get(), location.search.get());
    let (href, word): (&str, Text) = match code {
        Code::LookupExpired => ("/track", common::TO_TRACK),
        Code::ReportUnsound => ("/reports/checks", touched::CHECKS),
        _ if code.class() == Class::SignedOut => ("/sign-in", common::SIGN_IN),
        // The same page asked for nothing in particular; a link that begins so keeps the path and leaves the question.
        _ if code.class() == Class::Input => ("?", common::WITHOUT_CONDITIONS),
        _ if use_actor().is_some() => ("/tasks", common::TO_WORK),
        _ => ("/", common::TO_HOME),
    };
    // Signing in belongs to the staff's pages, whose browser code is another file.
    let rel = matches!(href, "/sign-in" | "?").then_some("external");
    let again = (code.class() == Class::Busy).then(|| {
        let revision = use_revision();
        let retry = move |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            revision.update(|revision| *revision += 1);
        };
        view! { <a class="button primary" href=here rel="external" on:click=retry>{say(common::TRY_AGAIN)}</a> }
    });
    let class = if again.is_some() {
        "button"
    } else {
        "button primary"
    };
    view! { {again} <a class=class href=href rel=rel>{say(word)}</a> }
}
