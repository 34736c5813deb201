//! Commands on approvals that cannot be read: who may not do the verb is told that and nothing else; who may is told everything that is wrong
//! at once, also what only the case knows (people who do not exist, fields of its form).
//! Not here: reading (`shared::command`), reading the fields of a command that is otherwise sound (`verbs`), filing (`start`).

use shared::approval::Part;
use shared::approval::verbs::{Approvals, CaseVerb, On};
use shared::command::{PartNo, Sent, Typed, Username};
use shared::fault::{Class, Fault};
use shared::ids::ApprovalId;
use shared::verb::Piece;
use store::record::{ApprovalCase, Task};
use uuid::Uuid;

use super::forms;
use super::perform::found;
use super::verbs::{asked, fields, start_element};
use super::working_copy::{WorkingCopy, variables};
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::host::people::People;
use crate::host::{Halt, Host as _, Hosted as _, Scene};

/// What a caller is told whose command cannot be read.
pub(super) async fn refused<V: CaseVerb<Of = Approvals>>(
    ctx: &Ctx,
    id: Uuid,
    sent: &Sent,
    mut fault: Fault,
) -> Fault {
    match judged::<V>(ctx, ApprovalId(id), sent)
        .await
        .settle(&ctx.services)
    {
        Ok(more) => {
            let known = |field: &str| fault.fields.iter().any(|it| it.field == field);
            let new: Vec<_> = more
                .fields
                .into_iter()
                .filter(|it| !known(&it.field))
                .collect();
            fault.fields.extend(new);
            fault
        }
        Err(refusal) => match refusal.code.class() {
            Class::SignedOut | Class::Denied | Class::Missing | Class::Conflict => {
                let object = ApprovalCase::object(&ApprovalId(id));
                ApprovalCase::refusal(ctx, V::DESCRIPTOR.verb, object, &refusal).await;
                refusal
            }
            _ => fault,
        },
    }
}

/// What is wrong beside what reading has found; a fault without fields where nothing is.
async fn judged<V: CaseVerb<Of = Approvals>>(
    ctx: &Ctx,
    id: ApprovalId,
    sent: &Sent,
) -> Result<Fault, Failure> {
    ctx.ask(V::DESCRIPTOR.need)?;
    if V::DESCRIPTOR.on == On::Incident {
        // It may be a ticket's.
        return Ok(Fault::fields(Vec::new()));
    }
    let services = &ctx.services;
    let reader = services.store().reader();
    let case = found(ctx, &reader, id).await?;
    let reference = services.reference().await?;
    let library = case.library(services, &reader, &reference).await?;
    let typed = sent.peek::<Typed>("fields").unwrap_or_default();
    let named = named(sent);
    let mut names = forms::names(typed.all());
    names.extend(named.iter().map(|(_, name)| name.as_str().to_owned()));
    let people = People::find(&reader, (&reference, ctx.now()), &names)
        .await?
        .in_reach_of(&ctx.actor);
    let copy = WorkingCopy::open(Scene::of(ctx, &reference, &library, &people), case)?;
    let task = sent.peek::<i64>("task").map(|task| Piece {
        task,
        part: sent.peek::<PartNo>("part").unwrap_or_default().0,
    });
    let piece = task.filter(|_| V::DESCRIPTOR.on == On::Task);
    if V::DESCRIPTOR.on != On::Task || piece.is_some() {
        let admitted = Approvals::admits::<V>(&copy, V::DESCRIPTOR.verb, piece);
        admitted.map_err(|halt| match halt {
            Halt::Failure(failure) => failure,
            Halt::Stopped(_) => Fault::missing().into(),
        })?;
    }
    let mut wrong = Fault::fields(Vec::new());
    for (field, name) in named {
        if let Err(fault) = people.must(field, name.as_str()) {
            wrong.fields.extend(fault.fields);
        }
    }
    if V::FIELDS.iter().any(|field| field.name == "fields")
        && let Err(fault) = form(&copy, piece, &typed)?
    {
        wrong.fields.extend(fault.fields);
    }
    Ok(wrong)
}

/// Sign-in names with the fields that name them.
fn named(sent: &Sent) -> Vec<(&'static str, Username)> {
    let user = sent.peek::<Username>("user").map(|user| ("user", user));
    let users: Vec<Username> = sent.peek("users").unwrap_or_default();
    let users = users.into_iter().map(|user| ("users", user));
    user.into_iter().chain(users).collect()
}

/// What is wrong in the fields of the form that stands at a task, or at the start for a correction.
fn form(
    copy: &WorkingCopy<'_>,
    piece: Option<Piece>,
    typed: &Typed,
) -> Result<Result<(), Fault>, Failure> {
    let task: Option<&Task> = match piece {
        Some(piece) => copy.find(piece.task, piece.part),
        None => asked(copy),
    };
    let (element, present) = match task {
        Some(task) if task.kind == Part::Main => (task.element.clone(), copy.visible(task.task_no)),
        Some(task) if task.kind == Part::Correction && !typed.all().is_empty() => (
            start_element(copy).unwrap_or_default(),
            variables(&copy.case.approval.inside.variables)?,
        ),
        _ => return Ok(Ok(())),
    };
    Ok(fields(copy, (&element, &present), typed.all()).map(drop))
}
