//! Sends a form through the server function instead of loading the page anew.
//! Buttons with `data-plain` and forms with chosen files are left to the browser, which can do them as well.
//! A second click while a form is on its way does nothing; the idempotency key guards the rest.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use shared::fault::{Class, Code, Fault};
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlElement, HtmlFormElement};

use crate::components::form::{FormContext, SUMMARY};
use crate::context::use_seed;
use crate::error::AppError;
use crate::forms::{FormState, Posted, Submitted, form_key};

/// What a `Form` does when it is submitted.
pub fn interceptor(
    action: String,
    form: FormContext,
    done: Option<Callback<()>>,
) -> impl FnMut(SubmitEvent) + 'static {
    let navigate = use_navigate();
    let seed = use_seed();
    #[cfg(feature = "staff")]
    let person = crate::context::use_actor().and_then(|actor| actor.user());
    move |event: SubmitEvent| {
        let submitter = event.submitter();
        let plain = submitter
            .as_ref()
            .is_some_and(|button| button.has_attribute("data-plain"));
        let Some(element) = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlFormElement>().ok())
        else {
            return;
        };
        if plain || event.default_prevented() {
            return;
        }
        event.prevent_default();
        if form.busy.get_untracked() || form.hold.get_untracked().is_some() {
            return;
        }
        let posted = Posted {
            path: action.clone(),
            fields: fields(
                &element,
                submitter.and_then(|button| button.dyn_into().ok()),
            ),
        };
        #[cfg(feature = "staff")]
        let kept = person.map(|user| super::kept::place_of(user, address_of(&posted)));
        let (navigate, seed) = (navigate.clone(), seed.clone());
        form.busy.set(true);
        leptos::task::spawn_local(async move {
            let path = posted.path.clone();
            let answer = crate::api::forms::submit(posted).await;
            match answer {
                Ok(Submitted::Moved { to, whole_page }) => {
                    #[cfg(feature = "staff")]
                    if let Some(kept) = kept {
                        super::kept::sent(kept);
                    }
                    if let Some(done) = done {
                        // Nothing to do when the reader has left the page meanwhile.
                        done.try_run(());
                    }
                    if whole_page {
                        let _ = window().location().assign(&to);
                        return;
                    }
                    let _ = form.busy.try_set(false);
                    let _ = form.state.try_set(FormState::default());
                    let _ = form.key.try_set(form_key(&super::random_key(), &path));
                    seed.returned.set(None);
                    seed.revision.update(|revision| *revision += 1);
                    navigate(&to, NavigateOptions::default());
                }
                Ok(Submitted::Again(state)) if is_conflict(&state) => {
                    // The page is read anew with the new versions; the form comes back with what was typed.
                    let _ = form.busy.try_set(false);
                    seed.returned.set(Some(state));
                    seed.revision.update(|revision| *revision += 1);
                }
                Ok(Submitted::Again(state)) => show(form, state),
                Err(AppError(fault)) => show(
                    form,
                    FormState {
                        path,
                        fields: Vec::new(),
                        fault: Some(fault),
                    },
                ),
            }
        });
    }
}

/// Path and mark of a form.
#[cfg(feature = "staff")]
fn address_of(posted: &Posted) -> String {
    let mark = posted
        .fields
        .iter()
        .find(|(name, _)| name == crate::forms::MARK);
    crate::forms::address(&posted.path, mark.map_or("", |(_, mark)| mark))
}

/// Somebody else was faster.
fn is_conflict(state: &FormState) -> bool {
    state
        .fault
        .as_ref()
        .is_some_and(|fault| fault.code.class() == Class::Conflict)
}

/// Shows a refusal; what was typed is still in the fields.
fn show(form: FormContext, state: FormState) {
    let refused = state.fault.is_some();
    let used = |fault: &Fault| fault.code == Code::IdempotencyReused;
    if state.fault.as_ref().is_some_and(used) {
        // Sent before with other words: whoever presses again means it, under a key of its own.
        let key = form_key(&super::random_key(), &state.path);
        let _ = form.key.try_set(key);
    }
    let _ = form.busy.try_set(false);
    let _ = form.state.try_set(state);
    if refused {
        super::focus_later(&form.id(SUMMARY));
    }
}

/// Names and values as the browser would post them, files apart: photos were uploaded before.
pub(super) fn fields(
    form: &HtmlFormElement,
    submitter: Option<HtmlElement>,
) -> Vec<(String, String)> {
    let Ok(data) = FormData::new_with_form(form) else {
        return Vec::new();
    };
    let mut fields = Vec::new();
    for entry in data.entries().into_iter().flatten() {
        let pair = js_sys::Array::from(&entry);
        if let (Some(name), Some(value)) = (pair.get(0).as_string(), pair.get(1).as_string()) {
            fields.push((name, value));
        }
    }
    let attribute = |name| {
        submitter
            .as_ref()
            .and_then(|button: &HtmlElement| button.get_attribute(name))
    };
    if let (Some(name), Some(value)) = (attribute("name"), attribute("value")) {
        fields.push((name, value));
    }
    fields
}

/// The current fields of the form inside an element, for a draft.
pub fn typed(holder: &str) -> Option<Vec<(String, String)>> {
    let form = super::element(holder)?.query_selector("form").ok()??;
    Some(fields(&form.dyn_into().ok()?, None))
}
