//! The fields of a reply: what was done, which stays inside, and the answer, which the citizens read.
//! Not here: the forms that have them (`unit`, `bulk`), what is checked in them (`checklist`).

use leptos::prelude::*;
use shared::fault::Code;
use shared::query::phrase::PhraseUse;
use shared::text::ticket;
use shared::ticket::rules::length;
use shared::ticket::{HandleResult, Solved};

use crate::components::form::{
    Check, ChoiceItem, Choices, Field, Phrases, TextArea, use_form, yes_no,
};

/// The fields, in the order in which they are asked.
#[component]
pub fn ReplyFields(
    /// What was done, where it is known already.
    #[prop(optional)]
    handling: String,
    /// The answer, where it is known already.
    #[prop(optional)]
    public_reply: String,
    /// What is known of calls to the citizen, before they are asked about.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let facts = HandleResult::ALL
        .iter()
        .map(|it| ChoiceItem::new(it.as_str(), it.text()))
        .collect();
    let solved = Solved::ALL
        .iter()
        .map(|it| ChoiceItem::new(it.as_str(), it.text()))
        .collect();
    view! {
        <TextArea name="handling" help=ticket::REPLY_HELP value=handling max=length::ANSWER as u32 rows=4/>
        <TextArea name="public_reply" help=ticket::REPLY_PUBLIC_HELP value=public_reply max=length::ANSWER as u32 rows=5/>
        <Phrases name="public_reply" purpose=PhraseUse::Reply/>
        <Anyway/>
        <Choices name="fact_true" items=facts layout="inline"/>
        <Choices name="solved" items=solved layout="inline"/>
        <TextArea name="unsolved_reason" optional=true help=ticket::REPLY_UNSOLVED_HELP max=length::REASON as u32 rows=2/>
        {children.map(|children| children())}
        <Choices name="contacted" items=yes_no() layout="inline"/>
        <Field name="contact_tries" kind="number" inputmode="numeric" optional=true help=ticket::REPLY_TRIES_HELP/>
        <TextArea name="basis" optional=true max=length::REASON as u32 rows=2/>
    }
}

/// Offered once a number was found in the answer for the citizen.
#[component]
fn Anyway() -> impl IntoView {
    let form = use_form();
    let is_asked = move || {
        form.state.with(|state| {
            let fault = state.field_fault("public_reply");
            fault.is_some_and(|fault| fault.code == Code::InputPersonal)
                || state.value("anyway").is_some()
        })
    };
    move || is_asked().then(|| view! { <Check name="anyway" label=ticket::REPLY_ANYWAY/> })
}
