//! Related parts of exported tickets: assignments, history, follow-ups, a line each while they are gathered. Whoever exports reads of them what the
//! ticket's page shows, without numbers of people and houses; of a ticket that is seen only through a part that was given back, nothing.
//! Not here: the sheets and files that become of the lines (`archive`, `format::book`), headings (`shared::text::export`).
//! Tickets are loaded one by one, inside the reader's scope, as the page does it.

use serde::{Deserialize, Serialize};
use shared::access::needs;
use shared::export::ExportPart;
use shared::text::Locale;
use shared::ticket::view::HistoryEvent;
use store::record::{Assignment, Event, FollowUp, Ticket, TicketCase};

use super::columns::{said, yes_no};
use super::format::Value;
use super::without_private;
use crate::context::Ctx;
use crate::fault::Failure;
use crate::reference::Reference;
use crate::tickets::rights::{is_own, own_part_only};
use crate::views::show::Eye;

/// One gathered line of a related part. The list's own rows are lists of values, so that each line tells what it is.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Line {
    /// Of which part.
    #[serde(rename = "p")]
    pub(super) part: ExportPart,
    /// What stands in it.
    #[serde(rename = "r")]
    pub(super) row: Vec<Value>,
}

/// Gathered lines.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub(super) bytes: Vec<u8>,
    pub(super) rows: u64,
}

impl Gathered {
    fn add(&mut self, part: ExportPart, row: Vec<Value>) -> anyhow::Result<()> {
        serde_json::to_writer(&mut self.bytes, &Line { part, row })?;
        self.bytes.push(b'\n');
        self.rows += 1;
        Ok(())
    }
}

/// The related parts of tickets.
pub(super) async fn lines(
    ctx: &Ctx,
    reference: &Reference,
    tickets: &[&Ticket],
    parts: &[ExportPart],
) -> Result<Gathered, Failure> {
    let mut gathered = Gathered::default();
    let Some(scope) = needs::TICKETS.scope(&ctx.actor) else {
        return Ok(gathered);
    };
    if parts.is_empty() {
        return Ok(gathered);
    }
    let db = ctx.services.store().report_reader().under(&scope);
    for ticket in tickets {
        let Some(case) = store::tickets::case::load(&db, &scope, ticket.id).await? else {
            continue;
        };
        let events = if parts.contains(&ExportPart::History) {
            store::tickets::case::history(&db, ticket.id).await?
        } else {
            Vec::new()
        };
        let of = Of {
            ctx,
            reference,
            case: &case,
        };
        for part in parts {
            let rows = match part {
                ExportPart::Assignments => of.assignments(),
                ExportPart::History => of.history(&events),
                ExportPart::FollowUps => of.follow_ups(),
            };
            for row in rows {
                gathered.add(*part, row)?;
            }
        }
    }
    Ok(gathered)
}

/// A case for one reader.
struct Of<'a> {
    ctx: &'a Ctx,
    reference: &'a Reference,
    case: &'a TicketCase,
}

impl Of<'_> {
    fn locale(&self) -> Locale {
        self.ctx.locale
    }

    fn number(&self) -> Value {
        Value::Word(self.case.ticket.ticket_no.as_str().to_owned())
    }

    fn assignments(&self) -> Vec<Vec<Value>> {
        let eye = Eye::of(self.ctx, self.reference);
        let own_part = own_part_only(&self.ctx.actor, self.case);
        let seen = self.case.assignments.iter();
        let seen = seen.filter(|part| !own_part || is_own(&self.ctx.actor, part));
        let row = |part: &Assignment| {
            let view = eye.assignment(self.case, part);
            let reply = view.reply.as_ref();
            let handling = reply.map(|reply| without_private(&reply.handling));
            let answer = reply.map(|reply| without_private(&reply.public_reply));
            vec![
                self.number(),
                word(view.role.label(self.locale())),
                said(view.unit.name),
                word(view.status.label(self.locale())),
                Value::At(Some(view.dispatched_at)),
                Value::At(view.signed_at),
                Value::At(view.deadline.due_at),
                word(view.deadline.light.label(self.locale())),
                Value::At(view.replied_at),
                Value::Count(i64::from(view.return_count)),
                said(handling.unwrap_or_default()),
                said(answer.unwrap_or_default()),
            ]
        };
        seen.map(row).collect()
    }

    fn history(&self, events: &[Event]) -> Vec<Vec<Value>> {
        let eye = Eye::of(self.ctx, self.reference);
        let lines = eye.history(self.case, events).into_iter();
        let row = |line: HistoryEvent| {
            let before = line.from_state.map(|state| state.label(self.locale()));
            let note = line.note.as_deref().map(without_private);
            vec![
                self.number(),
                Value::Count(i64::from(line.seq)),
                Value::At(Some(line.done_at.unwrap_or(line.at))),
                word(line.verb.label(self.locale())),
                said(line.by.unwrap_or_default()),
                said(line.unit.map(|unit| unit.name).unwrap_or_default()),
                word(before.unwrap_or_default()),
                word(line.to_state.label(self.locale())),
                said(note.unwrap_or_default()),
            ]
        };
        lines.map(row).collect()
    }

    fn follow_ups(&self) -> Vec<Vec<Value>> {
        if own_part_only(&self.ctx.actor, self.case) {
            return Vec::new();
        }
        let row = |call: &FollowUp| {
            let solved = call.solved.map(|solved| solved.label(self.locale()));
            let rated = call.satisfaction.map(|rated| rated.label(self.locale()));
            let outcome = call.outcome.filter(|_| !call.connected);
            let outcome = outcome.map(|outcome| outcome.label(self.locale()));
            let opinion = call.opinion.as_deref().map(without_private);
            vec![
                self.number(),
                Value::At(Some(call.done_at.unwrap_or(call.at))),
                said(call.by_name.clone().unwrap_or_default()),
                word(call.channel.label(self.locale())),
                word(yes_no(call.connected).get(self.locale())),
                word(solved.unwrap_or_default()),
                word(rated.unwrap_or_default()),
                word(outcome.unwrap_or_default()),
                said(opinion.unwrap_or_default()),
            ]
        };
        self.case.follow_ups.iter().map(row).collect()
    }
}

/// A word of ours.
fn word(text: &str) -> Value {
    Value::Word(text.to_owned())
}
