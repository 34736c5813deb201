//! To-dos: the open tasks of the actor's roles, in the actor's unit or area, the least time left first.
//! Not here: doing them (`tickets`).
//! A task's own limit is shown, which may end long before the ticket's.

use shared::access::{lies_in, needs};
use shared::fault::{Code, Fault};
use shared::ids::AssignmentId;
use shared::ticket::Verb;
use shared::ticket::view::{ResponsibleView, TaskPage, TaskRow};
use store::record::{CaseKind, Task, Ticket};

use super::show::{Clocked, Eye};
use crate::context::Ctx;
use crate::fault::Settle;
use crate::spans;

/// Largest page.
const MOST: u32 = 200;

/// Which tasks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskQuery {
    /// Opaque; from the page before.
    pub cursor: Option<String>,
    /// 1 to 200.
    pub limit: u32,
    /// Only tasks that wait for this verb.
    pub verb: Option<Verb>,
}

impl Default for TaskQuery {
    fn default() -> Self {
        Self {
            cursor: None,
            limit: 50,
            verb: None,
        }
    }
}

/// A page of the actor's tasks; for roles without tasks it is empty.
///
/// # Errors
/// `session.signed_out`; `input.number` for a limit out of range; `input.cursor`.
pub async fn tasks(ctx: &Ctx, query: TaskQuery) -> Result<TaskPage, Fault> {
    spans::called(ctx, "task.list", page(ctx, query)).await
}

async fn page(ctx: &Ctx, query: TaskQuery) -> Result<TaskPage, Fault> {
    ctx.ask(needs::TO_DO)?;
    if !(1..=MOST).contains(&query.limit) {
        return Err(Fault::field("limit", Code::InputNumber));
    }
    let reference = ctx.services.reference().await?;
    let db = ctx.services.store().reader();
    let cursor = query.cursor.as_deref();
    let reading = async {
        store::host::to_do::tickets(&db, &ctx.actor, query.verb, cursor, query.limit)
            .await
            .settle(&ctx.services)
    };
    let page = ctx.wanted.read(reading).await?;
    spans::rows(page.items.len());
    let parts: Vec<AssignmentId> = page
        .items
        .iter()
        .filter_map(|(task, _)| task.assignment_id)
        .collect();
    let named = store::tickets::responsible::of_parts(&db, &parts)
        .await
        .settle(&ctx.services)?;
    let eye = Eye::of(ctx, &reference);
    let responsible = |id: &AssignmentId| {
        let (user, name) = named.get(id)?;
        Some(ResponsibleView {
            id: *user,
            name: name.clone(),
            is_own: ctx.actor.users().any(|own| own == *user),
            stand_in: None,
        })
    };
    let row = |(task, ticket): &(Task, Ticket)| TaskRow {
        ticket: eye.row(ticket),
        assignment: task.assignment_id,
        responsible: task.assignment_id.as_ref().and_then(&responsible),
        verbs: task
            .verbs
            .split_whitespace()
            .filter_map(Verb::parse)
            .collect(),
        due: eye.deadline(
            reference
                .hours
                .of_post(task.role, task.unit.as_deref(), &ticket.region),
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
    };
    Ok(TaskPage {
        items: page.items.iter().filter(|it| knows(it)).map(row).collect(),
        next_cursor: page.next_cursor,
    })
}

/// Whether whoever has the task is to know of it: not a unit that came below the one that the ticket is about, whose part the centre recalls (V13).
fn knows((task, ticket): &(Task, Ticket)) -> bool {
    let path = task.unit_path.as_deref().unwrap_or_default();
    let accused = ticket.accused_unit.as_deref();
    accused.is_none_or(|unit| !lies_in(path, unit))
}

/// How many tasks wait for the actor.
///
/// # Errors
/// `session.signed_out`.
pub async fn task_count(ctx: &Ctx) -> Result<i64, Fault> {
    spans::called(ctx, "task.count", counted(ctx)).await
}

async fn counted(ctx: &Ctx) -> Result<i64, Fault> {
    ctx.ask(needs::TO_DO)?;
    let db = ctx.services.store().reader();
    let reading = async {
        store::host::to_do::count(&db, &ctx.actor, CaseKind::Ticket)
            .await
            .settle(&ctx.services)
    };
    ctx.wanted.read(reading).await
}
