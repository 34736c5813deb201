//! The look before an act on many tickets: for each what would be done, or why it cannot be, by the checks that the runner asks.
//! Not here: doing it (`run`).
//! A ticket out of reach is told as one that is not there.

use shared::access::needs;
use shared::fault::{Class, Code, Fault};
use shared::ids::TicketId;
use shared::ticket::bulk::{BulkAct, BulkItem, BulkPreview, BulkRow, MOST};
use store::record::{Assignment, TicketCase};

use super::{said, suits, wrong_number};
use crate::context::Ctx;
use crate::reference::Reference;
use crate::spans;
use crate::tickets::flow::{self, Today};
use crate::tickets::rights;
use crate::views;
use crate::views::show::{Eye, own_part_of};

/// What an act would do to these tickets.
///
/// # Errors
/// `access.denied` for who sees no tickets; `ticket.bulk.items` for too many.
pub async fn preview(ctx: &Ctx, act: BulkAct, tickets: &[TicketId]) -> Result<BulkPreview, Fault> {
    spans::called(ctx, "ticket.bulk.preview", looked(ctx, act, tickets)).await
}

async fn looked(ctx: &Ctx, act: BulkAct, tickets: &[TicketId]) -> Result<BulkPreview, Fault> {
    ctx.ask(needs::TICKETS)?;
    if tickets.len() > MOST {
        return Err(wrong_number(tickets.len()));
    }
    let reference = ctx.services.reference().await?;
    let mut rows = Vec::with_capacity(tickets.len());
    for (index, id) in tickets.iter().enumerate() {
        if tickets[..index].contains(id) {
            continue;
        }
        match views::in_reach(ctx, *id).await {
            Ok(case) => rows.extend(of_case(ctx, &reference, act, &case)),
            Err(fault) if matches!(fault.code.class(), Class::Missing | Class::Denied) => {
                rows.push(BulkRow {
                    ticket: *id,
                    row: None,
                    unit: None,
                    item: None,
                    code: Some(fault.code.to_string()),
                    words: Some(said(&fault, ctx.locale)),
                });
            }
            Err(fault) => return Err(fault),
        }
    }
    spans::rows(rows.len());
    Ok(BulkPreview { act, rows })
}

/// A row for each part that it would be done to, or one that says why it is done to none.
fn of_case(ctx: &Ctx, reference: &Reference, act: BulkAct, case: &TicketCase) -> Vec<BulkRow> {
    let eye = Eye::of(ctx, reference);
    let row = eye.row(&case.ticket);
    let row = if rights::own_part_only(&ctx.actor, case) {
        own_part_of(row)
    } else {
        row
    };
    let one = |item: Option<BulkItem>, unit: Option<&str>, fault: Option<&Fault>| BulkRow {
        ticket: case.ticket.id,
        row: Some(row.clone()),
        unit: unit.map(|unit| reference.unit(unit)),
        item,
        code: fault.map(|fault| fault.code.to_string()),
        words: fault.map(|fault| said(fault, ctx.locale)),
    };
    match judged(ctx, reference, act, case) {
        Ok(parts) => parts
            .into_iter()
            .map(|(item, unit)| one(Some(item), unit, None))
            .collect(),
        Err(fault) => vec![one(None, None, Some(&fault))],
    }
}

/// What of a ticket an act fits, each with its unit.
fn judged<'c>(
    ctx: &Ctx,
    reference: &Reference,
    act: BulkAct,
    case: &'c TicketCase,
) -> Result<Vec<(BulkItem, Option<&'c str>)>, Fault> {
    let verb = act.verb();
    let scope = verb.need().scope(&ctx.actor).ok_or_else(Fault::denied)?;
    let today = Today::of(reference, ctx.now());
    let item = |part: Option<&Assignment>| BulkItem {
        ticket: case.ticket.id,
        assignment: part.map(|part| part.id),
        version: part.map_or(case.ticket.version, |part| part.version),
    };
    if !verb.is_of_assignment() {
        if !rights::covers(&scope, case) {
            return Err(Fault::denied());
        }
        flow::admits(verb, case, None, &today)?;
        suits(act, &case.ticket)?;
        if case.ticket.category.is_none() {
            return Err(Fault::new(Code::BulkCategory));
        }
        return Ok(vec![(item(None), None)]);
    }
    let mut refused = Fault::denied();
    let mut fits = Vec::new();
    for part in &case.assignments {
        if !rights::covers_assignment(&scope, case, part) {
            continue;
        }
        match flow::admits(verb, case, Some(part), &today) {
            Ok(()) => fits.push((item(Some(part)), Some(part.unit.as_str()))),
            Err(fault) => refused = fault,
        }
    }
    if fits.is_empty() {
        return Err(refused);
    }
    suits(act, &case.ticket)?;
    Ok(fits)
}
