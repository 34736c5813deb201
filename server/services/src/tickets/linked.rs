//! The other side of a link: linking and unlinking are a line in the history of the other ticket too, in the transaction of the verb.
//! Not here: the verbs (`verbs::life::link`), what a page shows of links (`views`). What is archived gets its line behind those that are sealed.
//! The line names number and kind of link; what was said to it stands at the ticket whose verb it was, for who sees both.

use std::collections::BTreeMap;

use shared::access::needs;
use shared::ticket::{TicketNo, TicketState, Verb};
use store::record::{Event, TicketCase};
use store::{Decided, Tx};

use crate::context::Ctx;
use crate::fault::Failure;

/// The fact that names the other ticket.
const NO: &str = "linked_no";
/// The fact that names the kind of link.
const KIND: &str = "link";

/// Writes the lines that a change brings at other tickets.
pub(super) async fn beside(
    ctx: &Ctx,
    tx: &Tx,
    change: &Decided<TicketCase>,
) -> Result<(), Failure> {
    let lines = change.events.iter();
    let lines = lines.filter(|line| matches!(line.verb, Verb::Link | Verb::Unlink));
    for line in lines {
        let no = line.facts.get(NO).and_then(|no| TicketNo::parse(no));
        let found = match no {
            Some(no) => other(ctx, tx, &no).await?,
            None => None,
        };
        if let Some(case) = found {
            let line = mirrored(line, &change.after, &case);
            store::tickets::case::note_line(tx, &case, &line).await?;
        }
    }
    Ok(())
}

/// The other ticket inside the scope of whoever acts, unless it was taken back.
async fn other(ctx: &Ctx, tx: &Tx, no: &TicketNo) -> Result<Option<TicketCase>, Failure> {
    let Some(scope) = needs::TICKETS.scope(&ctx.actor) else {
        return Ok(None);
    };
    let Some(id) = store::tickets::find_by_no(tx, &scope, no).await? else {
        return Ok(None);
    };
    let case = store::tickets::case::load(tx, &scope, id).await?;
    Ok(case.filter(|case| case.ticket.state != TicketState::Recycled))
}

/// The line as it stands at the other ticket.
fn mirrored(line: &Event, own: &TicketCase, other: &TicketCase) -> Event {
    let state = other.ticket.state;
    let mut facts = BTreeMap::from([(NO.to_owned(), own.ticket.ticket_no.to_string())]);
    if let Some(kind) = line.facts.get(KIND) {
        facts.insert(KIND.to_owned(), kind.clone());
    }
    Event {
        case_id: other.ticket.id.into(),
        seq: other.last_seq + 1,
        verb: line.verb,
        at: line.at,
        by: line.by,
        by_name: line.by_name.clone(),
        unit: line.unit.clone(),
        assignment_id: None,
        element: None,
        task_no: None,
        from_state: Some(state),
        to_state: state,
        note: None,
        facts,
        actor: line.actor,
        actor_code: line.actor_code.clone(),
        done_at: None,
    }
}
