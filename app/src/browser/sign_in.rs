//! Signing in again without leaving the page: the cookies come with the answer, the page and what was typed stay.
//! Not here: the field (`components::form::sign_in_again`).
//! The answer's own way on is not taken; the form that waits gets the focus back.

use leptos::html;
use leptos::prelude::*;
use shared::text::{Locale, faults};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::components::form::{FORM, FormContext};
use crate::error::AppError;
use crate::forms::{FormState, Posted, Submitted};

/// Sends name and password; `wrong` gets the sentence of a refusal.
pub fn again(
    username: String,
    password: NodeRef<html::Input>,
    form: FormContext,
    wrong: RwSignal<Option<String>>,
    locale: Locale,
) {
    let typed = password.get_untracked().map(|field| field.value());
    let posted = Posted {
        path: "/sign-in".to_owned(),
        fields: vec![
            ("username".to_owned(), username),
            ("password".to_owned(), typed.unwrap_or_default()),
        ],
    };
    leptos::task::spawn_local(async move {
        let fault = match crate::api::forms::submit(posted).await {
            Ok(Submitted::Moved { .. }) => {
                let _ = form.state.try_set(FormState::default());
                focus_button(&form);
                return;
            }
            Ok(Submitted::Again(state)) => state.fault,
            Err(AppError(fault)) => Some(fault),
        };
        let _ = wrong.try_set(fault.map(|fault| sentence(&fault, locale)));
    });
}

fn sentence(fault: &shared::fault::Fault, locale: Locale) -> String {
    let of_field = fault.fields.first();
    of_field.map_or_else(
        || faults::sentence(fault.code, &fault.facts, locale),
        |field| faults::field_message(field, locale),
    )
}

/// The button that sends the form: one press goes on.
fn focus_button(form: &FormContext) {
    let button = super::element(&form.id(FORM))
        .and_then(|form| {
            form.query_selector("button[type=submit]:not([data-plain])")
                .ok()?
        })
        .and_then(|button| button.dyn_into::<HtmlElement>().ok());
    if let Some(button) = button {
        let _ = button.focus();
    }
}
