//! Forms that correct and erase what a ticket keeps about its citizen.
//! Not here: what is shown of it (`pages::staff::ticket::citizen`).
//! Nothing is filled in beforehand: what is masked would come back masked.

use leptos::prelude::*;
use shared::text::account::personal as words;
use shared::ticket::Verb;
use shared::ticket::rules::length;

use super::{Act, VerbForm};
use crate::components::form::{Field, SubmitButton, TextArea};

/// The form of a verb of this stage.
pub fn form(act: &Act) -> Option<AnyView> {
    Some(match act.verb {
        Verb::CorrectCitizen => correct(act),
        Verb::EraseCitizen => erase(act),
        _ => return None,
    })
}

fn correct(act: &Act) -> AnyView {
    view! {
        <VerbForm act=act.clone() help=words::CORRECT_HELP>
            <Field name="name" optional=true/>
            <Field name="phone" inputmode="tel" optional=true/>
            <Field name="email" inputmode="email" optional=true/>
            <TextArea name="reason" max=length::REASON as u32 rows=2/>
            <p><SubmitButton label=words::CORRECT_SEND class=""/></p>
        </VerbForm>
    }
    .into_any()
}

fn erase(act: &Act) -> AnyView {
    view! {
        <VerbForm act=act.clone() help=words::ERASE_HELP>
            <TextArea name="reason" max=length::REASON as u32 rows=2/>
            <p><SubmitButton label=words::ERASE_SEND class="danger"/></p>
        </VerbForm>
    }
    .into_any()
}
