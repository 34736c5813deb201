//! What a choice of units would mean before it is made: each unit's load and the deadlines it would get (`domain.md` 3.2, row 6).
//! Not here: dispatching (`tickets::dispatch`).
//! Computed exactly as the dispatch would, from now.

use shared::access::Permission;
use shared::fault::{Code, Fault};
use shared::ids::TicketId;
use shared::process::limit::Stage;
use shared::ticket::view::{DeadlineView, DispatchPreview};

use super::read::view_scope;
use super::show::{Clocked, Eye};
use crate::cases::opening;
use crate::cases::perform::require;
use crate::context::Ctx;
use crate::fault::Settle;
use crate::reference::Timed;

/// Units of one preview.
const MOST: usize = 50;

/// Load and deadlines of each unit, in the given order.
///
/// # Errors
/// `input.unit` for a unit that cannot get assignments; `not_found` outside the scope.
pub async fn dispatch_preview(
    ctx: &Ctx,
    id: TicketId,
    units: &[String],
) -> Result<Vec<DispatchPreview>, Fault> {
    require(ctx, Permission::TicketDispatch)?;
    let scope = view_scope(ctx)?;
    let reference = ctx.services.reference().await?;
    let known = |code: &String| {
        reference
            .units
            .get(code)
            .is_some_and(opening::takes_assignments)
    };
    if units.len() > MOST || !units.iter().all(known) {
        return Err(Fault::field("units", Code::InputUnit));
    }
    let db = ctx.services.store().reader();
    let ticket = store::cases::load(&db, &scope, id)
        .await
        .settle(&ctx.services)?
        .ok_or_else(Fault::missing)?
        .ticket;
    let load = store::units::open_assignments(&db, units)
        .await
        .settle(&ctx.services)?;
    let eye = Eye {
        actor: &ctx.actor,
        reference: &reference,
        now: ctx.now(),
    };
    let sign = opening::deadline(&reference, &ticket, Stage::Sign, ctx.now());
    let handle = opening::deadline(&reference, &ticket, Stage::Handle, ctx.now());
    let preview = |code: &String| DispatchPreview {
        unit: reference.unit(code),
        open_assignments: load.get(code).copied().unwrap_or_default(),
        sign_due: view(&eye, sign),
        due: view(&eye, handle),
    };
    Ok(units.iter().map(preview).collect())
}

fn view(eye: &Eye<'_>, timed: Option<Timed>) -> DeadlineView {
    eye.deadline(Clocked {
        from: Some(eye.now),
        due_at: timed.map(|timed| timed.due.at),
        warn_at: timed.map(|timed| timed.due.warn_at),
        provisional: timed.is_some_and(|timed| timed.due.provisional),
        limit: timed.map(|timed| (timed.limit.value, timed.limit.unit)),
        done_at: None,
    })
}
