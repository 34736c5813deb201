//! The fields that all tickets of an act share: none of a signature, the unit of a dispatch, the texts of a reply.
//! Not here: the forms of single tickets (`ticket::actions`, `dispatch`).
//! The names are those of the verb's own fields.

use leptos::prelude::*;
use shared::text::{bulk as words, desk};
use shared::ticket::bulk::BulkAct;
use shared::ticket::rules::length;
use shared::ticket::view::Named;

use crate::components::form::{SubmitButton, TextArea};
use crate::components::unit_select::UnitSelect;
use crate::context::say;
use crate::pages::staff::ticket::ReplyFields;

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
    view! {
        <p class="help">{say(words::REPLY_HELP)}</p>
        <ReplyFields/>
        <p><SubmitButton label=BulkAct::Reply.text()/></p>
    }
    .into_any()
}
