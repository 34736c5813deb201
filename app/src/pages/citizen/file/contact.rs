//! How to reach the citizen, and who will see who they are.
//! Not here: what is kept of an anonymous form (nothing; `forms::citizen::file`).
//! Of a citizen who has signed in, name and number stand there already; another number makes it somebody else's request.
//! With script the name and phone fade out for anonymous forms; without it they are simply not kept.

use leptos::prelude::*;
use shared::text::citizen;

use crate::components::form::{Check, ChoiceItem, Choices, Field, use_form};
use crate::context::use_seed;

/// The last group of the form.
#[component]
pub fn Contact() -> impl IntoView {
    let items = vec![
        ChoiceItem::with_help("open", citizen::OPEN, citizen::OPEN_HELP),
        ChoiceItem::with_help(
            "confidential",
            citizen::CONFIDENTIAL,
            citizen::CONFIDENTIAL_HELP,
        ),
        ChoiceItem::with_help("anonymous", citizen::ANONYMOUS, citizen::ANONYMOUS_HELP),
    ];
    let anonymous = RwSignal::new(use_form().initial("identity", None) == "anonymous");
    let on_change = Callback::new(move |value: String| anonymous.set(value == "anonymous"));
    let (phone, name) = use_seed().with(|seed| {
        let citizen = seed.citizen.clone().unwrap_or_default();
        (
            citizen.phone.unwrap_or_default(),
            citizen.name.unwrap_or_default(),
        )
    });
    view! {
        <Choices name="identity" items legend=citizen::IDENTITY value="open" on_change=on_change/>
        <div class="grid-2" hidden=move || anonymous.get()>
            <Field name="citizen.phone" kind="tel" inputmode="tel" autocomplete="tel" help=citizen::PHONE_HELP value=phone/>
            <Field name="citizen.name" autocomplete="name" optional=true value=name/>
        </div>
        <Check name="no_reply" label=citizen::NO_REPLY help=citizen::NO_REPLY_HELP/>
    }
}
