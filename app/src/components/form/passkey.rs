//! Where a form waits for a passkey: the form comes back with what the browser is to be asked, the browser asks, and the form goes on its way
//! with the answer. Needs script; a form that came back without it says so.
//! Not here: asking (`browser::passkey`), the buttons that begin it, when an answer is good (services).

use leptos::prelude::*;
use shared::text::Text;
use shared::text::account::factor as words;

use super::{FieldNotes, use_form};
use crate::context::say;

/// The place of a passkey in the form around it.
#[component]
pub fn Ceremony(
    /// The field of the answer.
    name: &'static str,
    /// What of the form that came back the browser is asked.
    options: &'static str,
) -> impl IntoView {
    let form = use_form();
    let says = RwSignal::new(None::<Text>);
    let live = RwSignal::new(false);
    Effect::new(move || live.set(true));
    #[cfg(feature = "hydrate")]
    crate::browser::passkey::watch(form, name, options, says);
    let asked = move || form.state.with(|state| state.value(options).is_some());
    let status = move || says.get().map(say);
    let without_script = move || {
        (asked() && !live.get())
            .then(|| view! { <p class="note warn">{say(words::PASSKEY_NO_SCRIPT)}</p> })
    };
    view! {
        <div class="field" id=form.id(name)>
            <FieldNotes name/>
            <p class="muted" role="status">{status}</p>
            {without_script}
            <input type="hidden" name=name id=form.id(&answer_of(name)) value=""/>
        </div>
    }
}

/// The id of the hidden field, beside that of the place.
pub(crate) fn answer_of(name: &str) -> String {
    format!("{name}-answer")
}
