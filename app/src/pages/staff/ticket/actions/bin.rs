//! Forms that put a ticket into the bin and take it out again.
//! Not here: withdrawing (`gate`), taking back an import (`pages::staff::jobs`).
//! Nothing is deleted by either.

use leptos::prelude::*;
use shared::text::ticket::bin as words;
use shared::ticket::rules::length;
use shared::ticket::{BinReason, Verb};

use super::{Act, VerbForm};
use crate::components::form::{ChoiceItem, Choices, SubmitButton, TextArea};

/// The form of a verb of this stage.
pub fn form(act: &Act) -> Option<AnyView> {
    Some(match act.verb {
        Verb::Recycle => recycle(act),
        Verb::Restore => restore(act),
        _ => return None,
    })
}

fn recycle(act: &Act) -> AnyView {
    let items = BinReason::ALL
        .iter()
        .map(|it| ChoiceItem::new(it.as_str(), it.text()))
        .collect();
    view! {
        <VerbForm act=act.clone() help=words::HELP>
            <Choices name="bin" items/>
            <TextArea name="reason" max=length::REASON as u32 rows=2/>
            <p><SubmitButton label=words::SEND class="danger"/></p>
        </VerbForm>
    }
    .into_any()
}

fn restore(act: &Act) -> AnyView {
    view! {
        <VerbForm act=act.clone() help=words::RESTORE_HELP>
            <TextArea name="reason" max=length::REASON as u32 rows=2/>
            <p><SubmitButton label=words::RESTORE_SEND/></p>
        </VerbForm>
    }
    .into_any()
}
