//! Forms of the verbs on one task.
//! Not here: those of the process owner (`owner`), those of the whole case (`case`).
//! Limits of lengths are shown by the counters and kept by the rules.

use leptos::prelude::*;
use shared::approval::view::TaskView;
use shared::approval::{ApprovalVerb as V, SignPlace, rules};
use shared::text::{Text, approval, approval_forms as words};

use super::doing::{Doing, Fold, VerbForm};
use super::tasks::targets;
use crate::components::asked::{AskedFields, PersonField};
use crate::components::form::{
    ChoiceItem, Choices, Field, Select, SelectItem, SubmitButton, TextArea,
};

/// Characters of an opinion, reason or note.
pub(super) const WORDS: u32 = rules::WORDS as u32;

/// Approve and refuse: one form, two buttons.
pub fn decide(doing: Doing, task: &TaskView) -> AnyView {
    let fields = task.form.clone();
    view! {
        <VerbForm doing>
            <AskedFields fields/>
            <TextArea name="opinion" label=approval::OPINION help=words::OPINION_HELP optional=true max=WORDS rows=3/>
            <p class="row decide">
                <SubmitButton label=V::Approve.text() name="approved" value="yes"/>
                <SubmitButton label=V::Refuse.text() class="danger" name="approved" value="no"/>
            </p>
        </VerbForm>
    }
    .into_any()
}

/// Claim: only a button.
pub fn claim(doing: Doing) -> AnyView {
    view! {
        <VerbForm doing help=words::CLAIM_HELP>
            <p><SubmitButton label=doing.verb.text() class=""/></p>
        </VerbForm>
    }
    .into_any()
}

/// The fold of any other verb.
pub fn form(doing: Doing, task: &TaskView) -> AnyView {
    let form = match doing.verb {
        V::Reject => reject(doing, task),
        V::AskCorrection => ask_correction(doing),
        V::AcceptLacking => accept_lacking(doing, task),
        V::AddSigner => add_signer(doing),
        V::RemoveSigner => with_note(doing, words::REMOVE_HELP),
        V::Transfer => hand_over(doing, words::TRANSFER_HELP),
        V::Delegate => hand_over(doing, words::DELEGATE_HELP),
        V::Release => bare(doing, words::RELEASE_HELP),
        _ => return ().into_any(),
    };
    view! { <Fold doing>{form}</Fold> }.into_any()
}

fn reject(doing: Doing, task: &TaskView) -> AnyView {
    let items: Vec<SelectItem> = targets(task)
        .into_iter()
        .map(|target| SelectItem::new(target.code, target.name))
        .collect();
    let first = items.first().map(|item| item.value.clone());
    view! {
        <VerbForm doing help=words::REJECT_HELP>
            <Select name="to" label=approval::BACK_TO items=Signal::stored(items) value=first.unwrap_or_default()/>
            <TextArea name="opinion" label=approval::OPINION max=WORDS rows=3/>
            <p><SubmitButton label=doing.verb.text() class=""/></p>
        </VerbForm>
    }
    .into_any()
}

fn ask_correction(doing: Doing) -> AnyView {
    view! {
        <VerbForm doing help=words::ASK_HELP>
            <TextArea name="missing" label=approval::MISSING max=WORDS rows=4/>
            <p><SubmitButton label=doing.verb.text() class=""/></p>
        </VerbForm>
    }
    .into_any()
}

fn accept_lacking(doing: Doing, task: &TaskView) -> AnyView {
    let fields = task.form.clone();
    view! {
        <VerbForm doing help=words::LACKING_HELP>
            <TextArea name="papers" label=approval::PAPERS_MISSING max=WORDS rows=3/>
            <Field name="working_days" label=approval::WORKING_DAYS inputmode="numeric" value="5"/>
            <AskedFields fields/>
            <TextArea name="opinion" label=approval::OPINION optional=true max=WORDS rows=2/>
            <p><SubmitButton label=doing.verb.text() class=""/></p>
        </VerbForm>
    }
    .into_any()
}

fn add_signer(doing: Doing) -> AnyView {
    let places = SignPlace::ALL
        .iter()
        .map(|place| ChoiceItem::new(place.as_str(), place.text()))
        .collect();
    let usual = SignPlace::Before.as_str();
    view! {
        <VerbForm doing help=words::SIGNER_HELP>
            <PersonField name="user"/>
            <Choices name="place" items=places legend=approval::PLACE value=usual/>
            <Note/>
            <p><SubmitButton label=doing.verb.text() class=""/></p>
        </VerbForm>
    }
    .into_any()
}

/// Somebody gets the task, for good or for a while.
pub(super) fn hand_over(doing: Doing, help: Text) -> AnyView {
    view! {
        <VerbForm doing help=help>
            <PersonField name="user"/>
            <Note/>
            <p><SubmitButton label=doing.verb.text() class=""/></p>
        </VerbForm>
    }
    .into_any()
}

fn with_note(doing: Doing, help: Text) -> AnyView {
    view! {
        <VerbForm doing help=help>
            <Note/>
            <p><SubmitButton label=doing.verb.text() class=""/></p>
        </VerbForm>
    }
    .into_any()
}

fn bare(doing: Doing, help: Text) -> AnyView {
    view! {
        <VerbForm doing help=help>
            <p><SubmitButton label=doing.verb.text() class=""/></p>
        </VerbForm>
    }
    .into_any()
}

/// What goes with it, for whoever gets it.
#[component]
pub(super) fn Note() -> impl IntoView {
    view! { <TextArea name="note" label=approval::NOTE optional=true max=WORDS rows=2/> }
}
