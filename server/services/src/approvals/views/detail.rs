//! One approval, whole: facts, open tasks with forms and verbs, papers, incidents, history.
//! Not here: lists (`rows`), the drawing (`flow`), which verbs fit (`actions`).
//! The same working copy that verbs decide on answers what may be done, so that pages and verbs cannot differ.

use std::collections::BTreeSet;

use bpmn::{FieldKind, Value};
use shared::access::{ActorKind, needs};
use shared::approval::view::{
    ApprovalDetail, ApprovalEvent as EventView, AwaitedView, FactView, IncidentView, PaperView,
    TaskView,
};
use shared::approval::{ApprovalVerb, EventKind, Part};
use shared::calendar::light;
use shared::fault::Fault;
use shared::ids::ApprovalId;
use shared::text::obstacle::Told as _;
use shared::ticket::view::Named;
use store::record::{ApprovalEvent, Involved, Task};

use super::{actions, people, rows};
use crate::approvals::discreet::{Sight, cleared};
use crate::approvals::forms;
use crate::approvals::hours_of;
use crate::approvals::perform::found;
use crate::approvals::rights;
use crate::approvals::start::start_element;
use crate::approvals::verbs::back_targets;
use crate::approvals::working_copy::{Scene, WorkingCopy, variables};
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::host::Hosted as _;
use crate::host::denied::recorded;
use crate::host::library::name_in;
use crate::host::people::People;
use crate::reference::Reference;
use crate::tickets::own;
use crate::views::show::{Clocked, Eye};

/// One approval.
///
/// # Errors
/// `not_found` outside the reader's reach.
pub async fn get(ctx: &Ctx, id: ApprovalId) -> Result<ApprovalDetail, Fault> {
    let done = async {
        ctx.ask(needs::APPROVALS)?;
        read(ctx, id, false).await.settle(&ctx.services)
    };
    let what = ("approval.view", format!("approval:{id}"));
    recorded(ctx, what, done).await
}

/// The same in the clear, for whoever may; its caller has the reason and records the look.
pub(crate) async fn in_clear(ctx: &Ctx, id: ApprovalId) -> Result<ApprovalDetail, Failure> {
    read(ctx, id, true).await
}

/// Whether somebody sees approvals as a unit does, at any of his places: by the reach, or because the own ones are all that a unit's person sees.
fn of_unit(ctx: &Ctx, reference: &Reference) -> bool {
    let scope = needs::APPROVALS.scope(&ctx.actor);
    let unit = ctx.actor.unit.as_deref();
    let unit = unit.and_then(|code| reference.units.get(code));
    scope.is_none_or(|scope| scope.has_unit()) || unit.is_some_and(|it| !it.level.is_centre())
}

#[allow(clippy::too_many_lines, reason = "one view, put together in one place")]
async fn read(ctx: &Ctx, id: ApprovalId, in_clear: bool) -> Result<ApprovalDetail, Failure> {
    let services = &ctx.services;
    let reader = services.store().reader();
    let case = found(ctx, &reader, id).await?;
    let history = store::approvals::history(&reader, id).await?;
    let reference = services.reference().await?;
    let library = case.library(services, &reader, &reference).await?;
    let nobody = People::default();
    let scene = Scene::of(ctx, &reference, &library, &nobody);
    let steps = serde_json::to_string(&case.hung.places).map_err(anyhow::Error::new)?;
    if in_clear && !rights::may_reveal(&ctx.actor, &case) {
        return Err(Fault::denied().into());
    }
    let mut row = rows::row(ctx, &case.approval, None, &steps).await?;
    if in_clear {
        row.title.clone_from(&case.approval.title);
    }
    let mut copy = WorkingCopy::open(scene, case)?;
    copy.history = history;
    let (case, history) = (&copy.case, &copy.history);
    let sight = Sight {
        in_clear,
        fields: needed(ctx, &copy),
    };
    let eye = Eye::of(ctx, &reference);
    let mut tasks = Vec::with_capacity(case.hung.tasks.len());
    for task in &case.hung.tasks {
        tasks.push(task_view((ctx, &sight), &copy, &eye, (task, history)));
    }
    let verbs = actions::of_case(&copy);
    let names_people =
        verbs.contains(&ApprovalVerb::Copy) || tasks.iter().any(|task| !task.actions.is_empty());
    let operates = rights::looks_after(&ctx.actor);
    let vars = variables(&case.approval.inside.variables)?;
    let named = People::find(
        &reader,
        (&reference, ctx.now()),
        &people_in(&library.main, &vars),
    )
    .await?;
    let start = start_element(&library.main);
    let start_form = match (&start, verbs.contains(&ApprovalVerb::Correct)) {
        (Some(start), true) => forms::view(&library.main, start, (&vars, &sight), ctx.locale),
        _ => Vec::new(),
    };
    let name = |element: &str| library.name_of(element, ctx.locale);
    let (mut files, may_add_files) = crate::files::of_approval_seen(ctx, case).await?;
    for file in &mut files {
        file.name = sight.words(std::mem::take(&mut file.name));
    }
    let mut history = events((ctx, &sight), &copy, history);
    for event in &mut history {
        crate::files::history::name(&mut event.facts, &files);
    }
    Ok(ApprovalDetail {
        files,
        may_add_files,
        unit: reference.unit(&case.approval.unit),
        ended_at: case.approval.ended_at,
        outcome: case.approval.outcome.as_deref().map(name),
        facts: facts(ctx, &copy, (&vars, &sight), &named),
        papers: papers(ctx, &copy, &sight),
        correction: sight.noted(
            case.approval
                .paused_for
                .clone()
                .filter(|_| case.approval.paused_at.is_some()),
        ),
        may_reveal: rights::may_reveal(&ctx.actor, case),
        in_clear,
        own: own::views_of(
            &reference,
            &case.approval.inside.own,
            (of_unit(ctx, &reference), in_clear),
        ),
        copies: case
            .hung
            .people
            .iter()
            .filter(|person| person.part == Involved::Reader)
            .map(|person| person.name.clone())
            .collect(),
        incidents: incidents(ctx, &copy, &sight),
        history,
        people: if names_people {
            people(ctx).await?
        } else {
            Vec::new()
        },
        start_form,
        elements: if verbs.contains(&ApprovalVerb::Jump) {
            places(ctx, &copy)
        } else {
            Vec::new()
        },
        awaits: if operates { awaited(&copy) } else { Vec::new() },
        actions: verbs,
        tasks,
        row,
    })
}

fn awaited(copy: &WorkingCopy<'_>) -> Vec<AwaitedView> {
    let view = |(kind, name): &(EventKind, String)| AwaitedView {
        kind: *kind,
        name: name.clone(),
    };
    copy.case.hung.listens.iter().map(view).collect()
}

/// Fields that the reader's own open tasks need to see.
fn needed(ctx: &Ctx, copy: &WorkingCopy<'_>) -> Vec<String> {
    let own = copy.case.hung.tasks.iter().filter(|task| {
        task.active
            && task.kind == Part::Main
            && task.assignee.is_some()
            && rights::holds(&ctx.actor, &copy.case, task)
    });
    own.filter_map(|task| {
        let definition = copy.scene.library.definition_of(&task.element)?;
        Some(cleared(definition, &task.element))
    })
    .flatten()
    .collect()
}

fn task_view(
    (ctx, sight): (&Ctx, &Sight),
    copy: &WorkingCopy<'_>,
    eye: &Eye<'_>,
    (task, history): (&Task, &[ApprovalEvent]),
) -> TaskView {
    let library = copy.scene.library;
    let verbs = actions::of_task(copy, task);
    let name = |element: &str| library.name_of(element, ctx.locale);
    let form = match (task.kind, library.definition_of(&task.element)) {
        (Part::Main, Some(definition)) if verbs.contains(&ApprovalVerb::Approve) => forms::view(
            definition,
            &task.element,
            (&copy.visible(task.task_no), sight),
            ctx.locale,
        ),
        _ => Vec::new(),
    };
    let back_to = if verbs.contains(&ApprovalVerb::Reject) {
        back_targets(history, &task.element)
            .into_iter()
            .map(|step| Named {
                code: step.to_owned(),
                name: name(step),
            })
            .collect()
    } else {
        Vec::new()
    };
    let hours = hours_of(eye.reference, &copy.case.approval, task);
    TaskView {
        task: task.task_no,
        part: task.part,
        kind: task.kind,
        name: name(&task.element),
        element: task.element.clone(),
        holder: holder(ctx, copy, eye, task),
        active: task.active,
        mine: task.active && rights::holds(&ctx.actor, &copy.case, task),
        opened_at: task.opened_at,
        deadline: eye.deadline(
            hours,
            Clocked {
                from: Some(task.opened_at),
                due_at: task.due_at,
                warn_at: task.warn_at,
                provisional: task.provisional,
                limit: None,
                extended: 0,
                done_at: None,
            },
        ),
        note: sight.noted(task.note.clone()),
        asked_by: task.asked_by_name.clone(),
        actions: verbs,
        form,
        back_to,
        is_turn: copy.is_turn(task.task_no),
    }
}

/// Who a task waits for: a person, or role and unit, or several people.
fn holder(ctx: &Ctx, copy: &WorkingCopy<'_>, eye: &Eye<'_>, task: &Task) -> String {
    if let Some(name) = &task.assignee_name {
        return name.clone();
    }
    let role = task.role.map(|role| role.label(ctx.locale).to_owned());
    let unit = task
        .unit
        .as_deref()
        .map(|unit| eye.reference.unit(unit).name);
    match (unit, role) {
        (Some(unit), Some(role)) => format!("{unit} {role}"),
        (None, Some(role)) => role,
        _ => copy
            .case
            .hung
            .candidates
            .get(&task.task_no)
            .map_or_else(|| "—".to_owned(), |several| format!("{}", several.len())),
    }
}

/// Sign-in names in the fields that ask for people.
fn people_in(definition: &bpmn::Definition, vars: &bpmn::Vars) -> Vec<String> {
    let asked = definition
        .tree()
        .all()
        .filter(|element| matches!(element.kind(), "startEvent" | "userTask"))
        .flat_map(|element| definition.form(element.id()))
        .filter(|field| matches!(field.kind, FieldKind::Person | FieldKind::People));
    asked
        .filter_map(|field| vars.get(&field.id))
        .flat_map(names_of)
        .collect()
}

fn names_of(value: &Value) -> Vec<String> {
    match value {
        Value::Text(name) => vec![name.clone()],
        Value::List(names) => names
            .iter()
            .filter_map(Value::as_text)
            .map(str::to_owned)
            .collect(),
        _ => Vec::new(),
    }
}

/// What was filled in, form by form; people are shown by their names, closed accounts by their sign-in names.
fn facts(
    ctx: &Ctx,
    copy: &WorkingCopy<'_>,
    (vars, sight): (&bpmn::Vars, &Sight),
    named: &People,
) -> Vec<FactView> {
    let library = copy.scene.library;
    let mut seen = BTreeSet::new();
    let mut out = Vec::new();
    let elements = library
        .main
        .tree()
        .all()
        .filter(|element| matches!(element.kind(), "startEvent" | "userTask"));
    for element in elements {
        for field in library.main.form(element.id()) {
            let Some(value) = vars.get(&field.id) else {
                continue;
            };
            if matches!(value, Value::Null) || !seen.insert(field.id.clone()) {
                continue;
            }
            let typed = match field.kind {
                FieldKind::Person | FieldKind::People => names_of(value)
                    .into_iter()
                    .map(|name| named.get(&name).map_or(name, |person| person.name.clone()))
                    .collect::<Vec<_>>()
                    .join("、"),
                _ => forms::typed(value),
            };
            let chosen = field
                .options
                .iter()
                .find(|option| option.value == typed)
                .map(|option| match (ctx.locale, &option.label_en) {
                    (shared::text::Locale::En, Some(en)) => en.clone(),
                    _ => option.label.clone(),
                });
            let plain = chosen.unwrap_or(typed);
            let value = sight.of(&field, plain.clone());
            out.push(FactView {
                name: forms::label(&field, ctx.locale),
                masked: value != plain,
                value,
            });
        }
    }
    out
}

fn papers(ctx: &Ctx, copy: &WorkingCopy<'_>, sight: &Sight) -> Vec<PaperView> {
    copy.case
        .papers
        .iter()
        .map(|paper| PaperView {
            number: paper.n,
            name: sight.words(paper.name.clone()),
            due_at: paper.due_at,
            supplied_at: paper.supplied_at,
            note: sight.noted(paper.note.clone()),
            light: light(ctx.now(), paper.due_at, paper.due_at, paper.supplied_at),
        })
        .collect()
}

/// Open incidents; why is for whoever looks after the process.
fn incidents(ctx: &Ctx, copy: &WorkingCopy<'_>, sight: &Sight) -> Vec<IncidentView> {
    let approval = &copy.case.approval;
    let operates = rights::looks_after(&ctx.actor);
    copy.case
        .hung
        .incidents
        .iter()
        .filter(|incident| incident.settled_at.is_none())
        .map(|incident| IncidentView {
            approval: approval.id,
            approval_no: approval.approval_no.clone(),
            ticket: None,
            version: approval.version,
            number: incident.n,
            kind: incident.kind,
            element: incident.element.clone(),
            element_name: copy.scene.library.name_of(&incident.element, ctx.locale),
            words: if operates {
                sight.words(incident.obstacle.told(ctx.locale))
            } else {
                String::new()
            },
            tries: incident.tries,
            opened_at: incident.opened_at,
        })
        .collect()
}

fn events(
    (ctx, sight): (&Ctx, &Sight),
    copy: &WorkingCopy<'_>,
    history: &[ApprovalEvent],
) -> Vec<EventView> {
    let library = copy.scene.library;
    let reference = copy.scene.reference;
    let name = |element: &str| library.name_of(element, ctx.locale);
    history
        .iter()
        .map(|event| {
            let mut facts = event.facts.clone();
            for value in facts.values_mut() {
                *value = sight.words(std::mem::take(value));
            }
            // Elements and codes are told by their names.
            for fact in ["to", "go"] {
                if let Some(value) = facts.get_mut(fact) {
                    *value = value
                        .split_whitespace()
                        .map(|element| match element {
                            shared::approval::TO_INITIATOR => shared::text::approval::TO_INITIATOR
                                .get(ctx.locale)
                                .to_owned(),
                            element => name(element),
                        })
                        .collect::<Vec<_>>()
                        .join("、");
                }
            }
            if let Some(part) = facts.get_mut("part")
                && let Some(known) = Part::parse(part)
            {
                known.label(ctx.locale).clone_into(part);
            }
            if let Some(place) = facts.get_mut("place")
                && let Some(known) = shared::approval::SignPlace::parse(place)
            {
                known.part().label(ctx.locale).clone_into(place);
            }
            // How it ended is told by where.
            if let (Some(outcome), Some(element)) = (facts.get_mut("outcome"), &event.element) {
                *outcome = name(element);
            }
            EventView {
                seq: event.seq,
                verb: event.verb,
                at: event.at,
                done_at: event.done_at,
                actor: event.doer(ActorKind::Process),
                actor_code: event.actor_code.clone(),
                by: event.by_name.clone(),
                unit: event.unit.as_deref().map(|unit| reference.unit(unit).name),
                step: event.element.as_deref().map(name),
                note: sight.noted(event.note.clone()),
                facts,
            }
        })
        .collect()
}

/// Elements at which a case can go on: tasks, gateways and events of its main process.
fn places(ctx: &Ctx, copy: &WorkingCopy<'_>) -> Vec<Named> {
    let library = copy.scene.library;
    let Some(process) = library.main.process(library.main.process_id()) else {
        return Vec::new();
    };
    process
        .nodes
        .iter()
        .filter(|node| {
            matches!(
                node.kind,
                bpmn::model::NodeKind::Task(_)
                    | bpmn::model::NodeKind::Sub(..)
                    | bpmn::model::NodeKind::Call(_)
                    | bpmn::model::NodeKind::End(_)
            )
        })
        .map(|node| Named {
            code: node.id.clone(),
            name: name_in(&library.main, &node.id, ctx.locale).to_owned(),
        })
        .collect()
}
