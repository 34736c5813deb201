//! What is wrong with a form, on top of it, with a link to each field. Focused when it appears.
//! Input faults list their fields; other faults say what happened, with the incident number small.
//! Not here: sentences (`shared::text::faults`), names of fields (`names`).

use leptos::prelude::*;
use shared::fault::{Class, Code, Fault};
#[cfg(feature = "staff")]
use shared::text::account;
use shared::text::{Locale, common, faults};

#[cfg(feature = "staff")]
use super::sign_in_again::SignInAgain;
#[cfg(feature = "staff")]
use super::{Ceremony, SubmitButton};
use super::{FieldNames, FormContext, use_form};
use crate::context::{say, use_locale};
#[cfg(feature = "staff")]
use crate::forms::{PROOF, PROOF_OPTIONS, PROOF_PASSKEY, PROOF_WAY, PROVED};

/// The id of a form's summary after its prefix.
pub const SUMMARY: &str = "errors";

/// The summary of the form around it; nothing while there is no fault.
#[component]
pub fn ErrorSummary() -> impl IntoView {
    let form = use_form();
    let (locale, names) = (use_locale(), FieldNames::here());
    move || {
        form.state.with(|state| {
            let fault = state.fault.as_ref();
            let summary = fault.map(|fault| summary(form, fault, &names, locale));
            #[cfg(feature = "staff")]
            let proved = state.value(PROVED).filter(|_| fault.is_none()).map(
                |_| view! { <p class="note ok" role="status">{say(account::factor::PROVED)}</p> },
            );
            #[cfg(not(feature = "staff"))]
            let proved = None::<()>;
            (summary, proved)
        })
    }
}

fn summary(
    form: FormContext,
    fault: &Fault,
    names: &FieldNames,
    locale: Locale,
) -> impl IntoView + use<> {
    let title = match fault.code.class() {
        Class::Input if !fault.fields.is_empty() => {
            common::fields_to_correct(fault.fields.len(), locale)
        }
        Class::Conflict => say(common::NOT_DONE).to_owned(),
        _ if fault.code == Code::ProofNeeded => say(common::PROVE_FIRST).to_owned(),
        _ => say(form.failed).to_owned(),
    };
    let lines = fault.fields.iter().map(|field| {
        let sentence = faults::field_message(field, locale);
        let label = names.own(&field.field);
        let label = label.or_else(|| form.called(&field.field));
        let label = label.or_else(|| names.of(&field.field));
        let text = label.map_or_else(
            || sentence.clone(),
            |label| common::labelled(&label, &sentence, locale),
        );
        view! { <li><a href=format!("#{}", form.id(&field.field))>{text}</a></li> }
    });
    let lines = lines.collect_view();
    let message = (fault.fields.is_empty() || fault.code == Code::ProofNeeded)
        .then(|| view! { <p>{faults::sentence(fault.code, &fault.facts, locale)}</p> });
    let incident = fault
        .incident
        .clone()
        .map(|id| view! { <p class="incident">{say(common::INCIDENT)} " " {id}</p> });
    view! {
        <div class="error-summary" role="alert" tabindex="-1" id=form.id(SUMMARY) autofocus=true>
            <h2>{title}</h2>
            {message}
            <ul>{lines}</ul>
            {incident}
            {way_on(form, fault, locale)}
        </div>
    }
}

/// The field that a dangerous act asks for again. It stands inside the form, so that the form's own button sends it as well.
#[cfg(feature = "staff")]
#[component]
fn Proof(form: FormContext, wrong: Option<String>) -> impl IntoView {
    let id = form.id(PROOF);
    let (help, error) = (format!("{id}-help"), format!("{id}-error"));
    let described = format!("{help} {error}");
    view! {
        <div class="field">
            <label for=id.clone()>{say(account::PROOF)}</label>
            <p class="help" id=help>{say(account::PROOF_HELP)}</p>
            {wrong.map(|words| view! { <p class="field-error" id=error>{words}</p> })}
            <input id=id name=PROOF type="password" autocomplete="current-password" aria-required="true" aria-describedby=described/>
        </div>
        <ByPasskey/>
    }
}

/// The same by a passkey, for whoever has one: asked by script alone, which a passkey needs anyway.
#[cfg(feature = "staff")]
#[component]
fn ByPasskey() -> impl IntoView {
    let offered = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    leptos::task::spawn_local(async move {
        let ways = crate::api::account::read_second_ways().await;
        let _ = offered.try_set(ways.is_ok_and(|ways| ways.passkey));
    });
    move || {
        offered.get().then(|| {
            view! {
                <Ceremony name=PROOF_PASSKEY options=PROOF_OPTIONS/>
                <div><SubmitButton label=account::factor::PROVE_BY_PASSKEY class="" name=PROOF_WAY value="passkey"/></div>
            }
        })
    }
}

/// Where only another page helps: the look-up, or signing in again. What was typed stays in the form meanwhile.
fn way_on(form: FormContext, fault: &Fault, locale: Locale) -> Option<AnyView> {
    match fault.code {
        Code::LookupExpired => {
            Some(view! { <p><a href="/track">{say(common::TO_TRACK)}</a></p> }.into_any())
        }
        #[cfg(feature = "staff")]
        Code::SignedOut | Code::SessionExpired => Some(view! { <SignInAgain form/> }.into_any()),
        #[cfg(feature = "staff")]
        Code::ProofNeeded => {
            let wrong = fault.fields.iter().find(|field| field.field == PROOF);
            let wrong = wrong.map(|field| faults::field_message(field, locale));
            Some(view! { <Proof form wrong/> }.into_any())
        }
        _ => {
            let _ = (form, locale);
            None
        }
    }
}
