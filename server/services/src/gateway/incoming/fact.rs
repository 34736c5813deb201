//! A message on a ticket: a line of its history that changes nothing else but that work goes on which waited for the citizen, a notice to whoever works on it, and the message's own row, in one
//! transaction.
//! Not here: which ticket (`place`, `shelf`). What is archived is sealed and takes nothing more.

use shared::access::ActorKind;
use shared::incoming::{IN_HISTORY, IncomingState};
use shared::notice::{NoticeKind, Told};
use shared::register::ToldEvent;
use shared::ticket::{TicketState, Verb};
use store::Tx;
use store::incoming::{self, IncomingMessage};
use store::record::{Event, TicketCase};

use crate::context::Ctx;
use crate::fault::Failure;
use crate::gateway::inside::{self, Subject};
use crate::host::jobs;
use crate::reference::Reference;
use crate::tickets::{holds, ladder};

/// Writes it; `false` where the ticket takes no more, or somebody was quicker.
pub(super) async fn write(
    tx: &Tx,
    (ctx, reference): (&Ctx, &Reference),
    case: &TicketCase,
    message: IncomingMessage,
) -> Result<bool, Failure> {
    let ticket = &case.ticket;
    if matches!(ticket.state, TicketState::Archived | TicketState::Recycled) {
        return Ok(false);
    }
    let settled = IncomingMessage {
        state: IncomingState::Linked,
        ticket_id: Some(ticket.id),
        ticket_no: Some(ticket.ticket_no.clone()),
        settled_at: Some(ctx.now()),
        settled_by: ctx.actor.user(),
        settled_name: ctx.actor.signature(),
        ..message
    };
    if !incoming::settle(tx, &settled).await? {
        return Ok(false);
    }
    let line = line(ctx, case, &settled);
    let place = (ticket.id, Some(line.seq));
    let files = store::files::pass_over(tx, settled.id, place).await?;
    store::tickets::case::note_line(tx, case, &line).await?;
    if holds::waits_for_citizen(ticket) {
        // What was waited for is there: the clocks go on in the same moment.
        let process = Ctx::process(&ctx.services);
        let goes_on =
            jobs::beside::<TicketCase, ()>(&process, tx, ticket.id.into(), holds::supplied);
        Box::pin(goes_on).await?;
    }
    tell(tx, (ctx, reference), case).await?;
    let mut entry = ctx.audit("incoming.link", format!("ticket:{}", ticket.id), "ok");
    let id = settled.id.to_string();
    entry.facts.insert("incoming".to_owned(), id);
    if files > 0 {
        entry.facts.insert("files".to_owned(), files.to_string());
    }
    store::audit::append(tx, &[entry]).await?;
    Ok(true)
}

fn line(ctx: &Ctx, case: &TicketCase, message: &IncomingMessage) -> Event {
    let letter = &message.letter;
    let parts = [letter.subject.as_str(), letter.text.as_str()];
    let said: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let said = said.join("\n");
    let mut note: String = said.chars().take(IN_HISTORY).collect();
    if message.is_cut || note.len() < said.len() {
        note.push('…');
    }
    let facts = [
        ("incoming_way".to_owned(), message.way.to_string()),
        ("incoming".to_owned(), message.id.to_string()),
    ];
    let state = case.ticket.state;
    Event {
        case_id: case.ticket.id.into(),
        seq: case.last_seq + 1,
        verb: Verb::Receive,
        at: ctx.now(),
        by: None,
        by_name: None,
        unit: None,
        assignment_id: None,
        element: None,
        task_no: None,
        from_state: Some(state),
        to_state: state,
        note: Some(note).filter(|note| !note.is_empty()),
        facts: facts.into(),
        actor: Some(ActorKind::Citizen),
        actor_code: None,
        done_at: None,
    }
}

/// Tells whoever works on the ticket, unless the office tells nobody of that.
async fn tell(
    tx: &Tx,
    (ctx, reference): (&Ctx, &Reference),
    case: &TicketCase,
) -> Result<(), Failure> {
    let ticket = &case.ticket;
    let told = reference.lists.tells(&ticket.region, ToldEvent::StaffWrote);
    if told.is_none() {
        return Ok(());
    }
    let told = Told {
        kind: NoticeKind::Wrote,
        no: ticket.ticket_no.to_string(),
        by: ctx.actor.user(),
        approval: None,
    };
    for audience in ladder::at_work(reference, case) {
        let subject = Subject {
            ticket: Some(ticket.id),
            region: &ticket.region,
        };
        let key = (ctx.services.new_id(), ctx.now());
        let notice = inside::notice(&audience, &told, subject, key);
        store::outbox::put(tx, &notice).await?;
    }
    Ok(())
}
