//! Whose a file is: whoever may see the case that it hangs on may see it, asked on each request; adding asks for a part in the case.
//! Outside of that there is neither case nor file, and nobody learns which of both.
//! Not here: what is taken (`limits`).

use shared::access::{Permission, needs};
use shared::fault::{Code, Fault};
use shared::file::{FileCase, Hook};
use shared::ids::{ApprovalId, AssignmentId, DraftId, IncomingId, TicketId};
use shared::ticket::TicketState;
use store::Conn;
use store::files::Reference;
use store::record::{ApprovalCase, Hung, Task, TicketCase};

use crate::approvals::{perform as approvals, rights as approval_rights};
use crate::context::Ctx;
use crate::fault::{Failure, Settle as _};
use crate::tickets::rights::{covers, covers_assignment, own_part_only};

/// Rights of which one lets somebody put a file to a ticket's own papers.
const DESK: [Permission; 7] = [
    Permission::TicketRegister,
    Permission::TicketAnswer,
    Permission::TicketDispatch,
    Permission::TicketReview,
    Permission::TicketFollowUp,
    Permission::TicketRedo,
    Permission::AssignmentRule,
];

/// Whether the caller sees the case; that a discreet one was looked at stands in the audit.
///
/// # Errors
/// `not_found` alike for what is not there and what is not the caller's.
pub(super) async fn see(ctx: &Ctx, hook: &Hook) -> Result<(), Fault> {
    match hook.case {
        FileCase::Ticket => crate::photos::sees_ticket(ctx, TicketId(hook.id), "file.read").await,
        FileCase::Approval => {
            ctx.ask(needs::APPROVALS).map_err(|_| Fault::missing())?;
            let db = ctx.services.store().reader();
            let found = approvals::found(ctx, &db, ApprovalId(hook.id)).await;
            found.map(drop).settle(&ctx.services)
        }
        FileCase::Form => crate::photos::own_form(ctx, DraftId(hook.id)).await,
        FileCase::Message => {
            let found = crate::gateway::incoming::shelf::sees(ctx, IncomingId(hook.id)).await;
            found.map_err(|fault| match fault.code {
                Code::AccessDenied => Fault::missing(),
                _ => fault,
            })
        }
        // Taken by the job's own way, which asks for the rights of then and writes down who took it.
        FileCase::Job => Err(Fault::missing()),
    }
}

/// The case of a file, loaded inside the caller's reach. Inside a transaction it is held until its end, so that counts and histories hold.
pub(super) enum Held {
    Ticket(Box<TicketCase>),
    Approval(Box<ApprovalCase>),
}

/// Loads the case.
///
/// # Errors
/// `not_found` where the caller does not see it, or only their own part.
pub(super) async fn held(ctx: &Ctx, conn: &dyn Conn, hook: &Hook) -> Result<Held, Failure> {
    match hook.case {
        FileCase::Ticket => {
            let scope = ctx.reach(needs::TICKETS).map_err(|_| Fault::missing())?;
            let case = store::tickets::case::load(conn, &scope, TicketId(hook.id)).await?;
            let case = case.filter(|case| !own_part_only(&ctx.actor, case));
            Ok(Held::Ticket(Box::new(case.ok_or_else(Fault::missing)?)))
        }
        FileCase::Approval => {
            ctx.ask(needs::APPROVALS).map_err(|_| Fault::missing())?;
            let case = approvals::found(ctx, conn, ApprovalId(hook.id)).await?;
            Ok(Held::Approval(Box::new(case)))
        }
        FileCase::Form | FileCase::Job | FileCase::Message => Err(Fault::missing().into()),
    }
}

/// Whether the caller may put a file there; gives the case.
///
/// # Errors
/// As `held`; `access.denied` for somebody who only looks on; a conflict when it has ended.
pub(super) async fn add(ctx: &Ctx, conn: &dyn Conn, hook: &Hook) -> Result<Held, Failure> {
    let held = held(ctx, conn, hook).await?;
    held.seen().takes(ctx, hook)?;
    Ok(held)
}

impl Held {
    /// The case, looked at.
    pub(super) fn seen(&self) -> Seen<'_> {
        match self {
            Self::Ticket(case) => Seen::Ticket(case),
            Self::Approval(case) => Seen::Approval(case),
        }
    }
}

/// A case that was loaded inside the caller's reach.
#[derive(Clone, Copy)]
pub(super) enum Seen<'a> {
    Ticket(&'a TicketCase),
    Approval(&'a ApprovalCase),
}

impl Seen<'_> {
    /// Whether the caller may put a file to this place of the case.
    pub(super) fn takes(self, ctx: &Ctx, hook: &Hook) -> Result<(), Failure> {
        match self {
            Self::Ticket(case) => to_ticket(ctx, case, hook),
            Self::Approval(case) => to_approval(ctx, case, hook),
        }
    }

    /// Whether the caller may take a file away again: their own, while they may put one there. A citizen's photos stay.
    pub(super) fn gives(self, ctx: &Ctx, file: &Reference) -> bool {
        let own = file.by.is_some() && file.by == ctx.actor.user();
        own && !file.hook.photo && self.takes(ctx, &file.hook.settled()).is_ok()
    }
}

fn to_ticket(ctx: &Ctx, case: &TicketCase, hook: &Hook) -> Result<(), Failure> {
    proves(hook, case.last_seq)?;
    let task = of_task(hook, &case.hung)?;
    let part = task.and_then(|task| task.assignment_id);
    let Some(id) = hook.assignment.map(AssignmentId).or(part) else {
        return to_papers(ctx, case);
    };
    let part = case.assignments.iter().find(|part| part.id == id);
    let part = part.ok_or_else(Fault::missing)?;
    let reach = ctx.actor.scope(Permission::AssignmentReply);
    if !reach.is_some_and(|reach| covers_assignment(&reach, case, part)) {
        return Err(Fault::denied().into());
    }
    if part.status.is_open() {
        Ok(())
    } else {
        let fault = Fault::new(Code::AssignmentNotAllowed);
        Err(fault
            .fact("status", part.status)
            .fact("verb", "reply")
            .into())
    }
}

/// The open task for which a file is.
fn of_task<'a>(hook: &Hook, hung: &'a Hung) -> Result<Option<&'a Task>, Fault> {
    let Some(no) = hook.task else { return Ok(None) };
    let task = hung.tasks.iter().find(|task| task.task_no == no);
    let unknown = || Fault::field("task", Code::InputCode);
    task.map(Some).ok_or_else(unknown)
}

/// Whether the line of the history that it proves is there.
fn proves(hook: &Hook, last: i32) -> Result<(), Fault> {
    match hook.event {
        Some(line) if !(1..=last).contains(&line) => Err(Fault::field("event", Code::InputCode)),
        _ => Ok(()),
    }
}

/// Whether the caller may put a file to the ticket's own papers.
pub(super) fn to_papers(ctx: &Ctx, case: &TicketCase) -> Result<(), Failure> {
    let may = DESK.iter().any(|permission| {
        let reach = ctx.actor.scope(*permission);
        reach.is_some_and(|reach| covers(&reach, case))
    });
    if !may {
        return Err(Fault::denied().into());
    }
    match case.ticket.state {
        state if state.is_open() => Ok(()),
        TicketState::Archived => Err(Fault::new(Code::TicketArchived).into()),
        state => {
            let fault = Fault::new(Code::FlowNotAllowed);
            Err(fault.fact("state", state).into())
        }
    }
}

fn to_approval(ctx: &Ctx, case: &ApprovalCase, hook: &Hook) -> Result<(), Failure> {
    if !approval_rights::takes_part(&ctx.actor, case) {
        return Err(Fault::denied().into());
    }
    proves(hook, case.approval.last_seq)?;
    of_task(hook, &case.hung)?;
    if case.approval.ended_at.is_none() {
        Ok(())
    } else {
        let fault = Fault::new(Code::ApprovalNotAllowed);
        Err(fault.fact("status", case.approval.status).into())
    }
}

/// Whether the caller may put a file to an approval that was loaded inside their reach.
pub(super) fn to_seen(ctx: &Ctx, case: &ApprovalCase) -> bool {
    to_approval(ctx, case, &Hook::approval(case.approval.id.0)).is_ok()
}
