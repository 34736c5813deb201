//! File (发起) an application: the active version, its start form, its number, its process up to the first person.
//! Not here: verbs on a case that is there (`verbs`).
//! The number is area, definition, day and sequence: `320100-permit-sample-20260302-00001`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bpmn::model::{Event, NodeKind, TaskKind};
use bpmn::{Definition, StartAt, Value, Vars};
use shared::access::needs;
use shared::approval::command::Start;
use shared::approval::view::{ApprovalActed, StartView};
use shared::approval::{ApprovalStatus, ApprovalVerb, rules};
use shared::command::{Command as _, Line, Sent, Typed};
use shared::fault::{Code, Fault, both};
use shared::ids::{ApprovalId, CaseId, UserId};
use shared::ticket::view::Named;
use store::Tx;
use store::record::{Approval, ApprovalCase, ApprovalChange, Inside, Involved};

use super::denied::recorded;
use super::discreet::Sight;
use super::forms;
use super::initiator::initiator_variable;
use super::people::People;
use super::working_copy::{Halt, Scene, Told, WorkingCopy};
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::host::Hosted as _;
use crate::host::library::{Library, Pins};
use crate::host::perform::{Trouble, given};
use crate::host::time::Whose;
use crate::host::{entered, idempotency};
use crate::process::is_reserved;
use crate::reference::Reference;
use crate::tickets::own;

/// Definitions on a page at most.
const LISTED: usize = 200;

/// The plain start event of a definition's main process.
pub(crate) fn start_element(definition: &Definition) -> Option<String> {
    let process = definition.process(definition.process_id())?;
    process.nodes.iter().find_map(|node| match &node.kind {
        NodeKind::Start(start) if start.event == Event::None && node.parent.is_none() => {
            Some(node.id.clone())
        }
        _ => None,
    })
}

/// The first user task on the way from the plain start, looked for in the order of the flows.
pub(crate) fn first_step(definition: &Definition) -> Option<String> {
    let process = definition.process(definition.process_id())?;
    let start = process.place(&start_element(definition)?)?;
    let mut seen = BTreeSet::from([start]);
    let mut open = std::collections::VecDeque::from([start]);
    while let Some(at) = open.pop_front() {
        let node = &process.nodes[at];
        if let NodeKind::Task(facts) = &node.kind
            && facts.kind == TaskKind::User
        {
            return Some(node.id.clone());
        }
        for flow in &node.outgoing {
            let target = process.flows[*flow].target;
            if seen.insert(target) {
                open.push_back(target);
            }
        }
    }
    None
}

/// What can be filed now: definitions with an active version, the ticket's own left out.
///
/// # Errors
/// `access.denied` without the right to file.
pub async fn startable(ctx: &Ctx) -> Result<Vec<StartView>, Fault> {
    let what = ("approval.startable", "approvals".to_owned());
    recorded(ctx, what, choices(ctx)).await
}

async fn choices(ctx: &Ctx) -> Result<Vec<StartView>, Fault> {
    ctx.ask(needs::FILING)?;
    let services = &ctx.services;
    let reader = services.store().reader();
    let now = ctx.now();
    let heads = store::definitions::heads(&reader).await.settle(services)?;
    let mut newest: Vec<(String, i32)> = Vec::new();
    for head in heads
        .iter()
        .rev()
        .filter(|head| !is_reserved(&head.key) && head.is_active(now))
    {
        if !newest.iter().any(|(key, _)| *key == head.key) {
            newest.push((head.key.clone(), head.version));
        }
    }
    newest.reverse();
    let people = super::views::people(ctx).await.settle(services)?;
    let reference = services.reference().await?;
    let region = ctx.actor.region.as_deref().unwrap_or_default();
    let own = own::asked_of_approvals(&reference, region);
    let mut out = Vec::new();
    for (key, version) in newest.into_iter().take(LISTED) {
        let definition = services
            .machinery()
            .definition(&reader, &key, version)
            .await
            .settle(services)?;
        let Some(definition) = definition else {
            continue;
        };
        // What begins only by itself is filed by nobody.
        let Some(start) = start_element(&definition) else {
            continue;
        };
        let empty = (&Vars::new(), &Sight::default());
        let form = forms::view(&definition, &start, empty, ctx.locale);
        out.push(StartView {
            definition: Named {
                name: definition.name_in(ctx.locale).to_owned(),
                code: key,
            },
            version,
            form,
            people: people.clone(),
            own: own.clone(),
        });
    }
    Ok(out)
}

/// Key of a definition.
type Key = Line<1, { rules::ELEMENT }>;

struct Filing {
    ctx: Ctx,
    reference: Arc<Reference>,
    command: Start,
    /// Who files, in which unit.
    user: UserId,
    unit: (String, String, String),
}

/// Files an application.
///
/// # Errors
/// `process.not_active` when no version is active; faults of the form's fields; `approval.stopped`.
pub async fn start(ctx: &Ctx, command: Start) -> Result<ApprovalActed, Fault> {
    let what = (
        "approval.start",
        format!("process:{}", &*command.definition),
    );
    let done = recorded(ctx, what, file(ctx, command)).await;
    let outcome = done
        .as_ref()
        .map_or_else(|fault| fault.code.as_str(), |_| "ok");
    tracing::info!(target: "minsheng::verb", verb = "start", outcome, "approval");
    done
}

/// Reads an application: title and form are told together, so that nobody corrects them in rounds.
///
/// # Errors
/// `input.invalid` with every field.
pub async fn read_start(ctx: &Ctx, sent: Sent) -> Result<Start, Fault> {
    let (key, typed) = (sent.peek::<Key>("definition"), sent.peek::<Typed>("fields"));
    let own = sent.peek::<Typed>("own").unwrap_or_default();
    let read = Start::read(sent);
    let (Err(fault), Some(key), Some(typed)) = (&read, key, typed) else {
        return read;
    };
    match judged(ctx, &key, (&typed, &own)).await {
        Ok(Err(more)) => both(Err(fault.clone()), Err(more)).map(|(command, ())| command),
        _ => read,
    }
}

/// What is wrong in the fields of a start form.
async fn judged(
    ctx: &Ctx,
    key: &str,
    (typed, own): (&Typed, &Typed),
) -> Result<Result<(), Fault>, Failure> {
    ctx.ask(needs::FILING)?;
    let reader = ctx.services.store().reader();
    let Some((version, pins)) = ctx.services.active(&reader, key).await? else {
        return Ok(Ok(()));
    };
    let library = ctx.services.library(&reader, (key, version), &pins).await?;
    let reference = ctx.services.reference().await?;
    let people = People::find(&reader, (&reference, ctx.now()), &forms::names(typed.all()))
        .await?
        .in_reach_of(&ctx.actor);
    let form = forms::Form {
        people: &people,
        present: &Vars::new(),
    };
    let start = start_element(&library.main).filter(|_| !is_reserved(key));
    let read = start.map(|start| forms::read(&library.main, &start, typed.all(), form));
    let region = ctx.actor.region.as_deref().unwrap_or_default();
    let own = answers(ctx, &reference, (region, own));
    let read = read.map_or(Ok(()), |read| read.map(drop));
    Ok(both(read, own.map(drop)).map(drop))
}

async fn file(ctx: &Ctx, command: Start) -> Result<ApprovalActed, Fault> {
    ctx.ask(needs::FILING)?;
    let actor = &ctx.actor;
    let unit = actor
        .unit
        .clone()
        .zip(actor.unit_path.clone())
        .zip(actor.region.clone())
        .map(|((unit, path), region)| (unit, path, region));
    let (Some(user), Some(unit)) = (actor.user(), unit) else {
        return Err(Fault::denied());
    };
    let work = Arc::new(Filing {
        ctx: ctx.done(command.done_at.map(|moment| moment.0)),
        reference: ctx.services.reference().await?,
        command,
        user,
        unit,
    });
    let done = idempotency::twice(|| {
        let work = Arc::clone(&work);
        ctx.services
            .store()
            .write(move |tx| Box::pin(async move { work.act(tx).await }))
    });
    match done.await {
        Ok(acted) => Ok(acted),
        Err(Trouble::Failure(failure)) => Err(ctx.services.fault(failure)),
        Err(Trouble::Stopped(_, incident)) => {
            Err(Fault::new(Code::ApprovalStopped).fact("element", &incident.element))
        }
    }
}

impl Filing {
    async fn act(&self, tx: &Tx) -> Result<ApprovalActed, Trouble> {
        let ctx = &self.ctx;
        let key: &str = &self.command.definition;
        let call = idempotency::Call::new(ctx, "approval.start", key, &self.command)?;
        if let Some(answer) = call.stored(tx).await? {
            return Ok(answer);
        }
        let not_active = || Fault::new(Code::ProcessNotActive).fact("definition", key);
        if is_reserved(key) {
            return Err(not_active().into());
        }
        entered::in_time(ctx.now(), ctx.done_at)?;
        let (version, pins) = ctx.services.active(tx, key).await?.ok_or_else(not_active)?;
        let library = ctx.services.library(tx, (key, version), &pins).await?;
        let library = library.in_hours_of(Whose::Unit(self.unit.0.clone()));
        let people = People::find(
            tx,
            (&self.reference, ctx.now()),
            &forms::names(self.command.fields.all()),
        )
        .await?
        .in_reach_of(&ctx.actor);
        let start = start_element(&library.main).ok_or_else(not_active)?;
        let form = forms::Form {
            people: &people,
            present: &Vars::new(),
        };
        let vars = forms::read(&library.main, &start, self.command.fields.all(), form);
        let own = answers(ctx, &self.reference, (&self.unit.2, &self.command.own));
        let (mut vars, own) = both(vars, own)?;
        let actor = (&*ctx.actor.username, &*ctx.actor.name);
        initiated(&mut vars, &library.main, actor, &self.unit.0);
        let beginning = Beginning {
            library: &library,
            people: &people,
            definition: (key, version, pins),
            title: self.command.title.to_string(),
            initiator: (self.user, &ctx.actor.name),
            unit: self.unit.clone(),
            at: (StartAt::None, start),
            caused_by: None,
            filed: true,
            hops: 0,
            own,
        };
        let change = begin(ctx, tx, &self.reference, beginning, vars).await?;
        let acted = ApprovalCase::acted(&change);
        call.keep(tx, &acted).await?;
        Ok(acted)
    }
}

/// Answers to what the office asks of approvals of a place, all in one: an approval is sealed whole. A partner's program answers what it knows.
fn answers(
    ctx: &Ctx,
    reference: &Reference,
    (region, sent): (&str, &Typed),
) -> Result<BTreeMap<String, String>, Fault> {
    let asked = own::Asked {
        by_citizen: false,
        completely: ctx.actor.who.partner().is_none(),
        without_person: false,
    };
    let fields = reference.lists.own_fields_of_approvals(region);
    let read = own::read_of(reference, (fields, None), sent, asked)?;
    Ok(read.plain.into_iter().chain(read.personal).collect())
}

/// Who filed it, as every process sees it, and under the name that another engine's file gives to it.
pub(super) fn initiated(
    vars: &mut Vars,
    definition: &Definition,
    (username, name): (&str, &str),
    unit: &str,
) {
    let theirs = initiator_variable(definition).map(|variable| (variable, username));
    let ours = [
        ("initiator", username),
        ("initiator_name", name),
        ("initiator_unit", unit),
    ];
    for (variable, value) in theirs.into_iter().chain(ours) {
        vars.insert(variable.to_owned(), Value::Text(value.to_owned()));
    }
}

/// What a new case is made of.
pub(super) struct Beginning<'a> {
    pub library: &'a Library,
    pub people: &'a People,
    /// Key, version, and the versions of what it may call.
    pub definition: (&'a str, i32, Pins),
    pub title: String,
    pub initiator: (UserId, &'a str),
    /// Code, path and area of the initiator's unit.
    pub unit: (String, String, String),
    /// Where it starts, and the start event.
    pub at: (StartAt<'a>, String),
    /// The case whose event starts it.
    pub caused_by: Option<CaseId>,
    /// Whether a person files it, himself or by what he did elsewhere; a clock does not.
    pub filed: bool,
    pub hops: i32,
    /// Answers to the office's own fields.
    pub own: BTreeMap<String, String>,
}

/// Makes a case and takes it through its process up to the first wait. One whose process cannot be begun is there all the same, and waits at
/// its start as an incident until its owner has put things right and tries again.
pub(super) async fn begin(
    ctx: &Ctx,
    tx: &Tx,
    reference: &Reference,
    new: Beginning<'_>,
    vars: Vars,
) -> Result<ApprovalChange, Trouble> {
    let now = ctx.now();
    let (key, version, pins) = new.definition;
    let (unit, unit_path, region) = new.unit;
    let sequence = store::approvals::draw(tx, &region, key, now.date()).await?;
    let (user, name) = new.initiator;
    let approval = Approval {
        id: ApprovalId(ctx.services.new_id()),
        approval_no: format!(
            "{region}-{key}-{}-{sequence:05}",
            now.date().format("%Y%m%d")
        ),
        version: 1,
        definition: key.to_owned(),
        definition_version: version,
        pins,
        title: new.title,
        status: ApprovalStatus::Running,
        outcome: None,
        started_at: now,
        started_by: user,
        started_by_name: name.to_owned(),
        unit,
        unit_path,
        region,
        paused_at: None,
        paused_for: None,
        ended_at: None,
        updated_at: now,
        last_seq: 0,
        erased_at: None,
        caused_by: new.caused_by,
        filed: new.filed,
        inside: Inside {
            state: None,
            variables: serde_json::to_string(&vars)
                .map_err(anyhow::Error::new)
                .map_err(Failure::from)?,
            own: new.own,
        },
    };
    let object = format!("approval:{}", approval.id);
    let scene = Scene::of(ctx, reference, new.library, new.people);
    let (at, element) = new.at;
    let opened = || {
        let mut copy = WorkingCopy::fresh(scene, ApprovalCase::of(approval.clone()));
        copy.hops = new.hops;
        let told = Told {
            element: Some(element.clone()),
            ..Told::default()
        };
        copy.event(ApprovalVerb::Start, told);
        copy.involve(user, name, Involved::Initiator);
        copy
    };
    let mut copy = opened();
    match copy.begin(at, vars) {
        Ok(()) => {}
        Err(Halt::Stopped(incident)) => {
            copy = opened();
            copy.hold(&element, &incident);
        }
        Err(Halt::Failure(failure)) => return Err(failure.into()),
    }
    copy.audit(ctx.audit("approval.start", object, "ok"));
    let change = given(ctx, tx, copy).await?;
    store::approvals::save(tx, &change).await?;
    Ok(change.into_change())
}
