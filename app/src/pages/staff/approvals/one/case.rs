//! Forms of the verbs on the whole case: the correction, which comes first for whoever filed, and the others below the tasks.
//! Not here: verbs of tasks (`task`), handing in papers (`facts`).
//! The correction shows the start form with its present values.

use leptos::prelude::*;
use shared::approval::ApprovalVerb as V;
use shared::approval::view::ApprovalDetail;
use shared::text::{Text, approval, approval_forms as words};

use super::doing::{Doing, Fold, Group, VerbForm};
use super::owner;
use super::task::{Note, WORDS};
use crate::components::asked::{AskedFields, PersonField};
use crate::components::form::{SubmitButton, TextArea};
use crate::context::say;

/// What has to be corrected, with the form; nothing for everybody else.
#[component]
pub fn Correction(detail: ApprovalDetail) -> impl IntoView {
    let doing = Doing::whole(&detail.row, V::Correct);
    detail.actions.contains(&V::Correct).then(|| {
        view! {
            <section class="card warn stack tight" aria-labelledby="correction">
                <h2 class="section-title" id="correction">{say(approval::CORRECTION_WANTED)}</h2>
                <p class="prose" lang="zh-CN">{detail.correction.unwrap_or_default()}</p>
                <VerbForm doing help=words::CORRECT_HELP>
                    <AskedFields fields=detail.start_form/>
                    <TextArea name="note" label=approval::CORRECTED max=WORDS rows=3/>
                    <p><SubmitButton label=doing.verb.text()/></p>
                </VerbForm>
            </section>
        }
    })
}

/// Everything else that can be done with the case.
#[component]
pub fn CaseActions(detail: ApprovalDetail) -> impl IntoView {
    let all = |wanted: fn(V) -> bool| -> Vec<Doing> {
        let verbs = detail.actions.iter().copied().filter(|verb| wanted(*verb));
        verbs.map(|verb| Doing::whole(&detail.row, verb)).collect()
    };
    let others = all(|verb| {
        !matches!(
            verb,
            V::Correct | V::Supply | V::Jump | V::SetVariables | V::Message
        )
    });
    let owners = all(|verb| matches!(verb, V::Jump | V::SetVariables | V::Message));
    let ways = others.iter().map(|doing| form(*doing)).collect_view();
    let elements = detail.elements.clone();
    let owner_ways = owners
        .iter()
        .map(|doing| owner::of_case(*doing, elements.clone(), &detail.awaits))
        .collect_view();
    (!others.is_empty() || !owners.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="whole">
                <h2 class="section-title" id="whole">{say(words::WHOLE)}</h2>
                <Group title=approval::MORE_ACTIONS verbs=others>{ways}</Group>
                <Group title=approval::OWNER_ACTIONS verbs=owners>{owner_ways}</Group>
            </section>
        }
    })
}

fn form(doing: Doing) -> AnyView {
    let form = match doing.verb {
        V::TakeBack => reasoned(doing, words::TAKE_BACK_HELP, true, ""),
        V::Suspend => reasoned(doing, words::SUSPEND_HELP, false, ""),
        V::Resume => reasoned(doing, words::RESUME_HELP, true, "primary"),
        V::Cancel => reasoned(doing, words::CANCEL_HELP, false, "danger"),
        V::EraseApplicant => reasoned(doing, words::ERASE_HELP, false, "danger"),
        V::Copy => copy(doing),
        _ => return ().into_any(),
    };
    view! { <Fold doing>{form}</Fold> }.into_any()
}

fn reasoned(doing: Doing, help: Text, optional: bool, class: &'static str) -> AnyView {
    view! {
        <VerbForm doing help=help>
            <TextArea name="reason" label=approval::REASON optional max=WORDS rows=2/>
            <p><SubmitButton label=doing.verb.text() class/></p>
        </VerbForm>
    }
    .into_any()
}

fn copy(doing: Doing) -> AnyView {
    view! {
        <VerbForm doing help=words::COPY_HELP>
            <PersonField name="users" several=true/>
            <Note/>
            <p><SubmitButton label=doing.verb.text() class=""/></p>
        </VerbForm>
    }
    .into_any()
}
