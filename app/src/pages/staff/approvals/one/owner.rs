//! Forms of the process owner on a running case: deadline, another holder, jump, variables, messages.
//! Not here: incidents (`incidents`), versions and migrations (`processes`).
//! Each but a message wants a reason, which stands in the history and the audit.

use leptos::prelude::*;
use shared::approval::view::AwaitedView;
use shared::approval::{ApprovalVerb as V, EventKind};
use shared::text::{approval, approval_forms as words};
use shared::ticket::view::Named;

use super::doing::{Doing, Fold, VerbForm};
use super::task::{WORDS, hand_over};
use crate::components::form::{Check, Field, Select, SelectItem, SubmitButton, TextArea};

/// Verbs on a task.
pub fn of_task(doing: Doing) -> AnyView {
    let form = match doing.verb {
        V::ChangeDue => view! {
            <VerbForm doing>
                <Field name="due_on" label=approval::DUE_ON help=words::DUE_HELP kind="date"/>
                <Reason/>
                <p><SubmitButton label=doing.verb.text() class=""/></p>
            </VerbForm>
        }
        .into_any(),
        V::Transfer => hand_over(doing, words::TRANSFER_OWNER_HELP),
        _ => return ().into_any(),
    };
    view! { <Fold doing>{form}</Fold> }.into_any()
}

/// Verbs on the whole case.
pub fn of_case(doing: Doing, elements: Vec<Named>, awaits: &[AwaitedView]) -> AnyView {
    let form = match doing.verb {
        V::Jump => jump(doing, elements),
        V::Message => message(doing, awaits),
        V::SetVariables => view! {
            <VerbForm doing>
                <TextArea name="variables" label=approval::VARIABLES help=words::VARIABLES_HELP max=20_000 rows=4/>
                <Reason/>
                <p><SubmitButton label=doing.verb.text() class=""/></p>
            </VerbForm>
        }
        .into_any(),
        _ => return ().into_any(),
    };
    view! { <Fold doing>{form}</Fold> }.into_any()
}

fn message(doing: Doing, awaits: &[AwaitedView]) -> AnyView {
    let items: Vec<SelectItem> = awaits
        .iter()
        .filter(|awaited| awaited.kind == EventKind::Message)
        .map(|awaited| SelectItem::new(awaited.name.clone(), awaited.name.clone()))
        .collect();
    view! {
        <VerbForm doing help=words::MESSAGE_HELP>
            <Select name="name" label=approval::AWAITED items=Signal::stored(items)/>
            <TextArea name="variables" label=approval::VARIABLES help=words::VARIABLES_HELP optional=true max=20_000 rows=3/>
            <p><SubmitButton label=doing.verb.text() class=""/></p>
        </VerbForm>
    }
    .into_any()
}

fn jump(doing: Doing, elements: Vec<Named>) -> AnyView {
    let items: Vec<SelectItem> = elements
        .into_iter()
        .map(|element| {
            let label = format!("{} ({})", element.name, element.code);
            SelectItem::new(element.code, label)
        })
        .collect();
    view! {
        <VerbForm doing help=words::JUMP_HELP>
            <Select name="go" label=approval::JUMP_TO items=Signal::stored(items)/>
            <Check name="despite" label=approval::DESPITE/>
            <Reason/>
            <p><SubmitButton label=doing.verb.text() class=""/></p>
        </VerbForm>
    }
    .into_any()
}

#[component]
fn Reason() -> impl IntoView {
    view! { <TextArea name="reason" label=approval::REASON max=WORDS rows=2/> }
}
