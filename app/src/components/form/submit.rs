//! Buttons of a form: the one that sends it, and those that go to its next step without sending it.
//! While a hydrated form is being sent its button says so and ignores clicks; without script the idempotency key does.
//! Not here: links that look like buttons (plain `a.button`).

use leptos::prelude::*;
use shared::text::{Text, common};

use super::use_form;
use crate::context::{say, use_locale};
use crate::forms::STEP;

/// The button that sends the form; its word says what happens.
#[component]
pub fn SubmitButton(
    /// What happens.
    label: Text,
    /// Classes beside `button`.
    #[prop(default = "primary")]
    class: &'static str,
    /// Sent with the form when this button is pressed.
    #[prop(optional)]
    name: Option<&'static str>,
    /// Sent with the form when this button is pressed.
    #[prop(optional, into)]
    value: Option<String>,
) -> impl IntoView {
    let (form, locale) = (use_form(), use_locale());
    let waits = move || form.busy.get() || form.hold.get().is_some();
    view! {
        <button
            type="submit"
            class=format!("button {class}")
            name=name
            value=value
            aria-busy=move || form.busy.get().then_some("true")
            aria-disabled=move || waits().then_some("true")
        >
            {move || if form.busy.get() { common::SENDING.get(locale) } else { label.get(locale) }}
        </button>
        <span class="muted" aria-live="polite">{move || form.hold.get().map(|why| why.get(locale))}</span>
    }
}

/// A button that posts the form to get its next step; never intercepted, since hydrated pages do the step in place.
#[component]
pub fn StepButton(
    /// What happens.
    label: Text,
    /// Which step.
    value: &'static str,
) -> impl IntoView {
    view! { <button type="submit" class="button" name=STEP value=value data-plain="">{say(label)}</button> }
}
