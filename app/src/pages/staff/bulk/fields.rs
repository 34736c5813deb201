//! The fields that all tickets of an act share: none of a signature, the unit of a dispatch, the texts of a reply.
//! Not here: the forms of single tickets (`ticket::actions`, `dispatch`).
//! The names are those of the verb's own fields.

use leptos::prelude::*;
use shared::fault::Code;
use shared::text::{bulk as words, desk, ticket};
use shared::ticket::bulk::BulkAct;
use shared::ticket::rules::length;
use shared::ticket::view::Named;
use shared::ticket::{HandleResult, Solved};

use crate::components::form::{
    Check, ChoiceItem, Choices, Field, SubmitButton, TextArea, use_form, yes_no,
};
use crate::components::unit_select::UnitSelect;
use crate::context::say;

/// The fields of an act, and its button.
#[component]
pub(super) fn Shared(act: BulkAct, units: Vec<Named>) -> impl IntoView {
    match act {
        BulkAct::Sign => sign(),
        BulkAct::Dispatch => dispatch(units),
        BulkAct::Reply => reply(),
    }
}

fn sign() -> AnyView {
    view! {
        <p class="help">{say(words::SIGN_HELP)}</p>
        <p><SubmitButton label=BulkAct::Sign.text()/></p>
    }
    .into_any()
}

fn dispatch(units: Vec<Named>) -> AnyView {
    if units.is_empty() {
        return view! { <p class="note warn">{say(desk::NO_UNITS_WHY)}</p> }.into_any();
    }
    view! {
        <p class="help">{say(words::DISPATCH_HELP)}</p>
        <UnitSelect name="lead" units=units.clone()/>
        <UnitSelect name="assisting" units optional=true/>
        <TextArea name="advice" optional=true max=length::ADVICE as u32 rows=3/>
        <p class="muted small">{say(desk::TOLD)}</p>
        <p><SubmitButton label=BulkAct::Dispatch.text()/></p>
    }
    .into_any()
}

fn reply() -> AnyView {
    let facts = HandleResult::ALL
        .iter()
        .map(|it| ChoiceItem::new(it.as_str(), it.text()))
        .collect();
    let solved = Solved::ALL
        .iter()
        .map(|it| ChoiceItem::new(it.as_str(), it.text()))
        .collect();
    view! {
        <p class="help">{say(words::REPLY_HELP)}</p>
        <TextArea name="handling" help=ticket::REPLY_HELP max=length::ANSWER as u32 rows=4/>
        <TextArea name="public_reply" help=ticket::REPLY_PUBLIC_HELP max=length::ANSWER as u32 rows=5/>
        <Anyway/>
        <Choices name="fact_true" items=facts layout="inline"/>
        <Choices name="solved" items=solved layout="inline"/>
        <TextArea name="unsolved_reason" optional=true help=ticket::REPLY_UNSOLVED_HELP max=length::REASON as u32 rows=2/>
        <Choices name="contacted" items=yes_no() layout="inline"/>
        <Field name="contact_tries" kind="number" inputmode="numeric" optional=true help=ticket::REPLY_TRIES_HELP/>
        <TextArea name="basis" optional=true max=length::REASON as u32 rows=2/>
        <p><SubmitButton label=BulkAct::Reply.text()/></p>
    }
    .into_any()
}

/// Offered once a number was found in the answer for the citizens.
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
