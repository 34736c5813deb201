//! An answer that is nearly one of the last ones of whoever wrote it (V17), told to whoever decides about it as soon as it is sent. It hinders nothing.
//! Not here: the night's look at answers that have left (`look`), how much texts are alike (`shared::quality::similarity`).

use shared::fault::Fault;
use shared::quality::{TOO_SIMILAR, similarity};
use shared::ticket::TicketState;
use shared::ticket::view::{AssignmentView, TicketDetail};
use store::record::TicketCase;

use crate::context::Ctx;
use crate::fault::Settle;

/// Says of each answer that waits for a decision of whoever looks, how much it is like an earlier one where that is too much.
///
/// # Errors
/// Those of the store.
pub(crate) async fn tell(
    ctx: &Ctx,
    case: &TicketCase,
    detail: &mut TicketDetail,
) -> Result<(), Fault> {
    let waits = |part: &AssignmentView| part.reply.is_some() && !part.actions.is_empty();
    let decides = case.ticket.state == TicketState::ToReview && !detail.actions.is_empty();
    if !decides && !detail.assignments.iter().any(waits) {
        return Ok(());
    }
    let db = ctx.services.store().reader();
    let before = store::quality::replies_before(&db, case.ticket.id).await;
    let before = before.settle(&ctx.services)?;
    for part in &case.assignments {
        let Some(reply) = &part.reply else { continue };
        let of_part = before.iter().filter(|it| it.assignment == part.id);
        let most = of_part
            .map(|it| similarity(&reply.handling, &it.reply.handling))
            .max();
        let most = most.filter(|percent| *percent > TOO_SIMILAR);
        let mut shown = detail.assignments.iter_mut();
        if let Some(view) = shown.find(|it| it.id == part.id)
            && let Some(reply) = &mut view.reply
        {
            reply.alike = most.and_then(|percent| i32::try_from(percent).ok());
        }
    }
    Ok(())
}
