//! A file that comes to a case or goes from it is a line of the case's history and a row of the feed, in the transaction of the file.
//! A line says of what kind the file is and where it belongs, never its name, which may say anything of anybody; whoever may see the files of a case
//! that is not discreet reads the name beside the line as long as the file is there.
//! Not here: the words (`text`), who may (`rights`).

use std::collections::BTreeMap;

use shared::approval::ApprovalVerb;
use shared::fault::Fault;
use shared::file::FileView;
use shared::ids::UserId;
use shared::ticket::Verb;
use shared::ticket::view::HistoryEvent;
use store::files::{Blob, Reference};
use store::record::{ApprovalCase, ApprovalEvent, Event, TicketCase};

use super::rights::Held;
use crate::context::Ctx;
use crate::fault::Failure;

/// The fact of a line with the file's id.
const FILE: &str = "file";
/// The fact that is put beside it for who may read it.
const NAME: &str = "file_name";

/// What happened to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    Added,
    Removed,
}

/// Writes the line and the row.
pub(super) async fn tell(
    ctx: &Ctx,
    tx: &store::Tx,
    held: &Held,
    (file, blob, told): (&Reference, &Blob, Told),
) -> Result<(), Failure> {
    let line = Line {
        by: ctx.actor.user(),
        by_name: ctx.actor.signature(),
        unit: ctx.actor.unit.clone(),
        facts: facts(file, blob),
    };
    match held {
        Held::Ticket(case) => {
            let verb = match told {
                Told::Added => Verb::AddFile,
                Told::Removed => Verb::RemoveFile,
            };
            let line = of_ticket(ctx, case, (file, verb, line));
            store::tickets::case::note_line(tx, case, &line).await?;
        }
        Held::Approval(case) => {
            let verb = match told {
                Told::Added => ApprovalVerb::AddFile,
                Told::Removed => ApprovalVerb::RemoveFile,
            };
            let line = of_approval(ctx, case, (file, verb, line));
            store::approvals::note_file(tx, case, &line).await?;
        }
    }
    Ok(())
}

/// Who, and of what.
struct Line {
    by: Option<UserId>,
    by_name: Option<String>,
    unit: Option<String>,
    facts: BTreeMap<String, String>,
}

fn facts(file: &Reference, blob: &Blob) -> BTreeMap<String, String> {
    let mut facts = BTreeMap::from([
        (FILE.to_owned(), file.id.to_string()),
        ("file_kind".to_owned(), blob.kind.to_string()),
        ("file_place".to_owned(), file.hook.place().to_string()),
    ]);
    if let Some(slot) = &file.hook.slot {
        facts.insert("material".to_owned(), slot.clone());
        facts.insert("material_version".to_owned(), file.version.to_string());
    }
    facts
}

fn of_ticket(ctx: &Ctx, case: &TicketCase, (file, verb, line): (&Reference, Verb, Line)) -> Event {
    let state = case.ticket.state;
    Event {
        case_id: case.ticket.id.into(),
        seq: case.last_seq + 1,
        verb,
        at: ctx.now(),
        by: line.by,
        by_name: line.by_name,
        unit: line.unit,
        assignment_id: file.hook.assignment.map(shared::ids::AssignmentId),
        element: None,
        task_no: file.hook.task,
        from_state: Some(state),
        to_state: state,
        note: None,
        facts: line.facts,
        actor: Some(ctx.actor.who.kind()),
        actor_code: ctx.actor.who.code().map(str::to_owned),
        done_at: None,
    }
}

fn of_approval(
    ctx: &Ctx,
    case: &ApprovalCase,
    (file, verb, line): (&Reference, ApprovalVerb, Line),
) -> ApprovalEvent {
    let approval = &case.approval;
    let task = file.hook.task;
    let task = task.and_then(|no| case.hung.tasks.iter().find(|task| task.task_no == no));
    ApprovalEvent {
        case_id: approval.id.into(),
        seq: approval.last_seq + 1,
        verb,
        at: ctx.now(),
        by: line.by,
        by_name: line.by_name,
        unit: line.unit,
        assignment_id: None,
        element: task.map(|task| task.element.clone()),
        task_no: file.hook.task,
        from_state: Some(approval.status),
        to_state: Some(approval.status),
        note: None,
        facts: line.facts,
        actor: Some(ctx.actor.who.kind()),
        actor_code: ctx.actor.who.code().map(str::to_owned),
        done_at: None,
    }
}

/// Puts the names of files beside the lines of a ticket that is not discreet.
pub(crate) fn named(events: &mut [HistoryEvent], files: &[FileView]) {
    for event in events {
        name(&mut event.facts, files);
    }
}

/// The same for one line of any kind of case.
pub(crate) fn name(facts: &mut BTreeMap<String, String>, files: &[FileView]) {
    let file = facts.get(FILE).and_then(|id| id.parse().ok());
    let file = file.and_then(|id| files.iter().find(|file| file.id == id));
    if let Some(file) = file {
        facts.insert(NAME.to_owned(), file.name.clone());
    }
}

/// The files of a ticket whose names may stand beside its history; none of a discreet one.
pub(crate) async fn of_ticket_seen(
    ctx: &Ctx,
    case: &TicketCase,
    events: &[HistoryEvent],
) -> Result<Vec<FileView>, Fault> {
    let tells = events.iter().any(|event| event.verb.is_of_file());
    if !tells || crate::tickets::rights::is_discreet(&case.ticket) {
        return Ok(Vec::new());
    }
    super::of_seen(ctx, case).await.map(|(files, _)| files)
}
