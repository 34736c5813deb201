//! Many tickets about one event into the leading one at once, for whoever may merge each of them. All are looked at before the first is merged, so that
//! a wrong number merges none; each is then a verb of its own, and what another person did meanwhile is told.
//! Not here: the verb (`verbs::life::merge`). Sent again it goes on where it stood: what is merged already is done.

use std::collections::BTreeMap;

use shared::access::needs;
use shared::command::Version;
use shared::fault::{Code, Fault, FieldFault};
use shared::ids::TicketId;
use shared::ticket::together::Gather;
use shared::ticket::verbs::Merge;
use shared::ticket::{TicketNo, Verb};
use store::record::TicketCase;

use super::{MOST, fits, other_of};
use crate::context::Ctx;
use crate::fault::Settle;
use crate::host;
use crate::tickets::flow::{self, Today};

pub use shared::ticket::together::Gathered;

/// Merges them.
///
/// # Errors
/// `access.denied`; `not_found` for a leading ticket outside the scope; at `tickets` what is wrong with the first number that cannot be merged.
pub async fn gather(ctx: &Ctx, id: TicketId, command: Gather) -> Result<Gathered, Fault> {
    ctx.ask(needs::DISPATCHING)?;
    let scope = ctx.reach(needs::DISPATCHING)?;
    let db = ctx.services.store().reader();
    let lead = store::tickets::case::load(&db, &scope, id).await;
    let lead = lead.settle(&ctx.services)?.ok_or_else(Fault::missing)?;
    let numbers: Vec<TicketNo> = command
        .tickets
        .iter()
        .filter_map(|no| TicketNo::parse(no))
        .collect();
    let reference = ctx.services.reference().await?;
    let today = Today::of(&reference, ctx.now());
    let other = other_of(&lead);
    let mut merged = Vec::new();
    let mut waiting: Vec<TicketCase> = Vec::new();
    for no in numbers {
        let case = one(ctx, &no).await?;
        if case.joined.as_ref().is_some_and(|it| it.lead_id == id) {
            merged.push(no);
            continue;
        }
        let admitted = flow::admits(Verb::Merge, &case, None, &today);
        let fitting = admitted.and_then(|()| fits(&case, &other, "tickets"));
        fitting.map_err(|fault| about(&no, &fault))?;
        if !waiting.iter().any(|it| it.ticket.id == case.ticket.id) {
            waiting.push(case);
        }
    }
    if lead.merged.len() + waiting.len() > MOST {
        return Err(Fault::new(Code::MergeFull).fact("max", MOST));
    }
    // Each is found merged when the same is sent again: no key is needed, and one would be that of another command.
    let each = Ctx {
        idempotency_key: None,
        ..ctx.clone()
    };
    for case in waiting {
        let command = Merge {
            version: Version(case.ticket.version),
            into: lead.ticket.ticket_no.clone(),
            reason: command.reason.clone(),
        };
        let no = case.ticket.ticket_no;
        let done = host::act(&each, case.ticket.id, command).await;
        done.map_err(|fault| about(&no, &fault))?;
        merged.push(no);
    }
    Ok(Gathered { merged })
}

/// The ticket of a number, in the scope of whoever merges.
async fn one(ctx: &Ctx, no: &TicketNo) -> Result<TicketCase, Fault> {
    let scope = ctx.reach(needs::DISPATCHING)?;
    let db = ctx.services.store().reader();
    let missing = || about(no, &Fault::missing());
    let id = store::tickets::find_by_no(&db, &scope, no).await;
    let id = id.settle(&ctx.services)?.ok_or_else(missing)?;
    let case = store::tickets::case::load(&db, &scope, id).await;
    case.settle(&ctx.services)?.ok_or_else(missing)
}

/// What is wrong with one of them, at the field of all.
fn about(no: &TicketNo, fault: &Fault) -> Fault {
    let why = fault.fields.first().map_or(fault.code, |field| field.code);
    let mut facts: BTreeMap<String, String> = fault.facts.clone();
    facts.insert("no".to_owned(), no.to_string());
    facts.insert("why".to_owned(), why.to_string());
    Fault::fields(vec![FieldFault {
        field: "tickets".to_owned(),
        code: Code::MergeOne,
        facts,
    }])
}
