//! What was filed, papers that were missing, and who reads along.
//! Not here: changing what was filed (`case`, the correction).
//! A paper that is still missing has its form beside it, for whoever filed.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use shared::approval::ApprovalVerb;
use shared::approval::rules;
use shared::approval::view::{ApprovalDetail, FactView, PaperView};
use shared::text::{Text, approval, approval_forms as words, ticket};
use shared::ticket::rules::length;

use super::super::marks::DueChip;
use super::doing::{Doing, Fold, VerbForm};
use crate::components::form::{Form, SubmitButton, TextArea};
use crate::components::ticket::{When, own_facts};
use crate::context::{say, use_locale};

/// What was filled in, by whom and when.
#[component]
pub fn Facts(detail: ApprovalDetail) -> impl IntoView {
    let reveals = detail.may_reveal && !detail.in_clear && holds_masked(&detail);
    let reveal = reveals.then(|| view! { <Reveal id=detail.row.id.to_string()/> });
    let seen = detail
        .in_clear
        .then(|| view! { <p class="note warn">{say(ticket::REVEALED)}</p> });
    let row = detail.row;
    let filled = |fact: FactView| view! { <div><dt>{fact.name}</dt><dd class="prose" lang="zh-CN">{fact.value}</dd></div> };
    let nothing = detail
        .facts
        .is_empty()
        .then(|| view! { <p class="muted">{say(words::NOTHING_FILLED_IN)}</p> });
    let own = own_facts(&detail.own, use_locale());
    let ended = detail.ended_at.map(|at| {
        view! { <div><dt>{say(words::ENDED_AT)}</dt><dd><When at/></dd></div> }
    });
    view! {
        <section class="card">
            <h2 class="section-title">{say(approval::FACTS)}</h2>
            {seen}
            {nothing}
            <dl class="facts filled" class:in-clear=detail.in_clear>{detail.facts.into_iter().map(filled).collect_view()} {own}</dl>
            <dl class="facts filed">
                <div><dt>{say(approval::FILED_BY)}</dt><dd lang="zh-CN">{row.started_by}</dd></div>
                <div><dt>{say(approval::UNIT)}</dt><dd lang="zh-CN">{detail.unit.name}</dd></div>
                <div><dt>{say(approval::FILED_AT)}</dt><dd><When at=row.started_at/></dd></div>
                {ended}
            </dl>
            {reveal}
        </section>
    }
}

/// Whether something of the case is hidden.
fn holds_masked(detail: &ApprovalDetail) -> bool {
    let notes = detail
        .history
        .iter()
        .filter_map(|event| event.note.as_deref());
    let own = detail.own.iter().any(|answer| answer.value.contains('*'));
    own || detail.facts.iter().any(|fact| fact.masked)
        || notes
            .chain([detail.row.title.as_str()])
            .any(|words| words.contains("****"))
}

/// Asks for a reason, and shows everything in the clear for some minutes.
#[component]
fn Reveal(id: String) -> impl IntoView {
    let open =
        use_params_map().with_untracked(|params| params.get("verb").as_deref() == Some("reveal"));
    view! {
        <details class="fold" open=open>
            <summary>{say(ticket::REVEAL_OPEN)}</summary>
            <Form action=format!("/approvals/{id}/reveal") prefix="reveal-" class="stack tight">
                <TextArea name="reason" help=ticket::REVEAL_HELP max=length::REVEAL as u32 rows=2/>
                <p><SubmitButton label=ticket::REVEAL_SEND class=""/></p>
            </Form>
        </details>
    }
}

/// Papers that were missing when it was accepted; nothing when there were none.
#[component]
pub fn Papers(detail: ApprovalDetail) -> impl IntoView {
    let supplies = detail.actions.contains(&ApprovalVerb::Supply);
    let row = detail.row;
    let one = move |paper: PaperView| {
        let doing =
            (supplies && paper.supplied_at.is_none()).then(|| Doing::paper(&row, paper.number));
        view! { <Paper paper doing/> }
    };
    (!detail.papers.is_empty()).then(|| {
        view! {
            <section class="card stack tight">
                <h2 class="section-title">{say(approval::PAPERS)}</h2>
                {detail.papers.into_iter().map(one).collect_view()}
            </section>
        }
    })
}

#[component]
fn Paper(paper: PaperView, doing: Option<Doing>) -> impl IntoView {
    let state: (Text, AnyView) = match paper.supplied_at {
        Some(at) => (approval::SUPPLIED, view! { <When at/> }.into_any()),
        None => (
            words::TO_BE_SUPPLIED,
            view! { <DueChip due_at=paper.due_at light=paper.light/> }.into_any(),
        ),
    };
    let form = doing.map(|doing| {
        view! {
            <Fold doing>
                <VerbForm doing>
                    <TextArea name="note" label=approval::NOTE optional=true max=rules::WORDS as u32 rows=2/>
                    <p><SubmitButton label=doing.verb.text()/></p>
                </VerbForm>
            </Fold>
        }
    });
    view! {
        <div class="sub-block">
            <div class="row between">
                <b lang="zh-CN">{paper.name}</b>
                <span class="row"><span class="badge">{say(state.0)}</span> {state.1}</span>
            </div>
            {paper.note.map(|note| view! { <p class="prose" lang="zh-CN">{note}</p> })}
            {form}
        </div>
    }
}

/// Who reads along; nothing when nobody does.
#[component]
pub fn Copies(copies: Vec<String>) -> impl IntoView {
    (!copies.is_empty()).then(|| {
        view! {
            <section class="card">
                <h2 class="section-title">{say(approval::COPIES)}</h2>
                <p lang="zh-CN">{copies.join("、")}</p>
            </section>
        }
    })
}
