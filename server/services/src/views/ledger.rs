//! The clock ledger behind a ticket's deadlines, for its page: what happened to each clock, and where its deadline stood then.
//! Not here: the arithmetic of the deadline (`shared::calendar::explain`), writing entries (`tickets::working_copy`).
//! A unit whose part was returned or recalled sees the entries of its own part only.

use shared::calendar::ClockReason;
use shared::fault::Fault;
use shared::text::Locale;
use shared::ticket::Verb;
use shared::ticket::view::LedgerLine;
use store::record::{ClockEntry, TicketCase};

use crate::context::Ctx;
use crate::fault::Settle;
use crate::reference::Reference;
use crate::tickets::rights;

/// The entries that the actor sees, oldest first.
pub(super) async fn lines(
    ctx: &Ctx,
    reference: &Reference,
    case: &TicketCase,
) -> Result<Vec<LedgerLine>, Fault> {
    let db = ctx.services.store().reader();
    let entries = store::host::clock_entries(&db, case.ticket.id.into()).await;
    let entries = entries.settle(&ctx.services)?;
    let own_part = rights::own_part_only(&ctx.actor, case);
    let line = |entry: ClockEntry| {
        let unit = match entry.assignment_id {
            None if own_part => return None,
            None => None,
            Some(id) => {
                let part = case.assignments.iter().find(|part| part.id == id)?;
                if own_part && !rights::is_own(&ctx.actor, part) {
                    return None;
                }
                Some(reference.unit_at(&part.unit, part.ended_at).name)
            }
        };
        Some(LedgerLine {
            at: entry.at,
            zh: entry.kind.label(Locale::Zh).to_owned(),
            en: entry.kind.label(Locale::En).to_owned(),
            unit,
            due_at: entry.due_at,
            due_before: entry
                .due_before
                .filter(|_| entry.due_before != entry.due_at),
            limit: entry.told().limit,
            reason_zh: why(&entry, Locale::Zh),
            reason_en: why(&entry, Locale::En),
            actor: entry.actor,
            by: entry.by_name,
        })
    };
    Ok(entries.into_iter().filter_map(line).collect())
}

/// The verb that moved a clock, or why it was counted again.
fn why(entry: &ClockEntry, locale: Locale) -> Option<String> {
    let reason = entry.reason.as_deref()?;
    let verb = Verb::parse(reason).map(|verb| verb.label(locale));
    let again = || ClockReason::parse(reason).map(|why| why.label(locale));
    verb.or_else(again).map(str::to_owned)
}
