//! Open tasks as cards: who they wait for, since when, until when, and below each what this person can do with it.
//! Not here: the forms (`task`, `owner`).
//! A task waits behind its signers, its delegate, a correction: that is said, and nothing is offered.

use leptos::prelude::*;
use shared::approval::view::{ApprovalDetail, ApprovalRow, TaskView};
use shared::approval::{ApprovalStatus, ApprovalVerb as V, Part};
use shared::text::{approval, approval_forms as words};
use shared::ticket::view::Named;

use super::doing::{Doing, Group};
use super::{owner, task as forms};
use crate::components::light::LightChip;
use crate::components::ticket::When;
use crate::context::{say, use_locale};

/// All open tasks, those of this person first.
#[component]
pub fn Tasks(detail: ApprovalDetail) -> impl IntoView {
    let ended = matches!(
        detail.row.status,
        ApprovalStatus::Ended | ApprovalStatus::Cancelled
    );
    let mut tasks = detail.tasks;
    tasks.sort_by_key(|task| !task.mine);
    let waits = tasks.iter().any(|task| task.mine);
    // A case without tasks may still wait, for an event or a service.
    let none = tasks.is_empty().then(|| {
        let steps = detail.row.steps.join(" · ");
        if ended || steps.is_empty() {
            view! { <p class="muted">{say(approval::NO_TASKS)}</p> }.into_any()
        } else {
            view! { <p>{say(approval::WAITS_AT)} " " <b>{steps}</b></p> }.into_any()
        }
    });
    let hint = (!waits && !ended && !tasks.is_empty())
        .then(|| view! { <p class="muted">{say(words::NOTHING_TO_DO)}</p> });
    let row = detail.row;
    let card = move |task: TaskView| view! { <Task row=row.clone() task/> };
    view! {
        <section class="stack tight" aria-labelledby="tasks">
            <h2 class="section-title" id="tasks">{say(approval::TASKS)}</h2>
            {hint}
            {none}
            {tasks.into_iter().map(card).collect_view()}
        </section>
    }
}

#[component]
fn Task(row: ApprovalRow, task: TaskView) -> impl IntoView {
    let locale = use_locale();
    let class = if task.mine {
        "assignment mine"
    } else if task.active {
        "assignment"
    } else {
        "assignment past"
    };
    let kind = (task.kind != Part::Main).then(|| {
        view! { <span class="flag">{task.kind.label(locale)}</span> }
    });
    let behind = (!task.active).then(|| {
        view! { <p class="small">{say(approval::WAITING_BEHIND)}</p> }
    });
    let asked = task.asked_by.clone().map(|by| {
        view! { <div><dt>{say(approval::ASKED_BY)}</dt><dd lang="zh-CN">{by}</dd></div> }
    });
    let note = task.note.clone().map(|note| {
        view! { <div><dt>{say(words::SAID)}</dt><dd class="prose" lang="zh-CN">{note}</dd></div> }
    });
    let name = task.name.clone();
    view! {
        <section class=class aria-label=name>
            <div class="row between">
                <h3 class="task-name">{task.name.clone()}</h3>
                <span class="row">{kind} <LightChip deadline=task.deadline.clone()/></span>
            </div>
            <dl class="facts compact">
                <div><dt>{say(approval::WAITS_FOR)}</dt><dd lang="zh-CN">{words::holder(&task.holder, locale)}</dd></div>
                <div><dt>{say(words::SINCE)}</dt><dd><When at=task.opened_at/></dd></div>
                {asked}
                {note}
            </dl>
            {behind}
            <Actions row task/>
        </section>
    }
}

/// What is done with a task first, then the other ways, then those of the process owner.
#[component]
fn Actions(row: ApprovalRow, task: TaskView) -> impl IntoView {
    let all = |wanted: &dyn Fn(V) -> bool| -> Vec<Doing> {
        let verbs = task.actions.iter().copied().filter(|verb| wanted(*verb));
        verbs.map(|verb| Doing::task(&row, &task, verb)).collect()
    };
    // A task that waits for somebody else is handed over by the process owner only.
    let of_owner = |verb: V| verb == V::ChangeDue || verb == V::Transfer && !task.mine;
    let first = |verb: V| matches!(verb, V::Approve | V::Refuse | V::Claim);
    let decide = all(&|verb| verb == V::Approve)
        .first()
        .map(|doing| forms::decide(*doing, &task));
    let claim = all(&|verb| verb == V::Claim)
        .first()
        .map(|doing| forms::claim(*doing));
    let others = all(&|verb| !first(verb) && !of_owner(verb));
    let owners = all(&of_owner);
    let ways = others
        .iter()
        .map(|doing| forms::form(*doing, &task))
        .collect_view();
    let owner_ways = owners
        .iter()
        .map(|doing| owner::of_task(*doing))
        .collect_view();
    view! {
        {claim}
        {decide}
        <Group title=approval::MORE_ACTIONS verbs=others>{ways}</Group>
        <Group title=approval::OWNER_ACTIONS verbs=owners>{owner_ways}</Group>
    }
}

/// Where a task can be sent back to: the step before, the initiator, then every step that was done.
pub(super) fn targets(task: &TaskView) -> Vec<Named> {
    let mut targets = Vec::new();
    let named = |code: &str, name: &str| Named {
        code: code.to_owned(),
        name: name.to_owned(),
    };
    if let Some(before) = task.back_to.first() {
        let name = format!("{} · {}", say(approval::TO_PREVIOUS), before.name);
        targets.push(named(shared::approval::TO_PREVIOUS, &name));
    }
    targets.push(named(
        shared::approval::TO_INITIATOR,
        say(approval::TO_INITIATOR),
    ));
    targets.extend(task.back_to.iter().skip(1).cloned());
    targets
}
