//! Who looked at citizens' data in the clear, in the area of who asks: read from the audit, without a copy beside it.
//! Not here: recording a look (`tickets::verbs::reveal`), the audit as the auditor reads it (`audit`).
//! Looks at tickets outside the reader's area are left out, so a page may be short.

use shared::access::{Role, Scope, needs};
use shared::fault::Fault;
use shared::person::conceal;
use shared::personal::looks::{PersonalLook, PersonalLooks};
use shared::ticket::{TicketNo, Verb};
use store::audit::AuditQuery;
use store::record::AuditEntry;

use crate::context::Ctx;
use crate::fault::Settle;
use crate::reference::Reference;
use crate::watch::watched;

/// Rows of the audit that one page looks through.
const PAGE: u32 = 50;

/// A page of looks, the newest first.
///
/// # Errors
/// `access.denied`, `input.cursor`.
pub async fn looks(ctx: &Ctx, cursor: Option<&str>) -> Result<PersonalLooks, Fault> {
    watched(ctx, "personal.looks", "personal-looks", page(ctx, cursor)).await
}

async fn page(ctx: &Ctx, cursor: Option<&str>) -> Result<PersonalLooks, Fault> {
    ctx.ask(needs::PERSONAL)?;
    let scope = ctx.reach(needs::PERSONAL)?;
    let reference = ctx.services.reference().await?;
    let query = AuditQuery {
        action: Some(Verb::Reveal.as_str().to_owned()),
        cursor: cursor.map(str::to_owned),
        limit: PAGE,
        ..AuditQuery::default()
    };
    let db = ctx.services.store().reader();
    let found = store::audit::list(&db, &query).await;
    let found = found.settle(&ctx.services)?;
    let mut items = Vec::new();
    for row in found.items {
        let entry = row.entry;
        let no = entry.facts.get("ticket_no").map(String::as_str);
        let no = no.and_then(TicketNo::parse);
        let Some(no) = no.filter(|_| entry.outcome == "ok") else {
            continue;
        };
        if is_within(ctx, &scope, &no).await? {
            items.push(view(&reference, &no, &entry));
        }
    }
    Ok(PersonalLooks {
        items,
        next_cursor: found.next_cursor,
    })
}

async fn is_within(ctx: &Ctx, scope: &Scope, no: &TicketNo) -> Result<bool, Fault> {
    let db = ctx.services.store().reader();
    let found = store::tickets::find_by_no(&db, scope, no).await;
    found.settle(&ctx.services).map(|id| id.is_some())
}

fn view(reference: &Reference, no: &TicketNo, entry: &AuditEntry) -> PersonalLook {
    let fact = |name: &str| entry.facts.get(name).map(String::as_str);
    PersonalLook {
        at: entry.at,
        by: entry.actor_name.clone(),
        role: fact("role").and_then(Role::parse),
        unit: fact("unit").map(|code| reference.unit_at(code, Some(entry.at)).name),
        ticket_no: no.to_string(),
        reason: entry.erasable.get("reason").map(|words| conceal(words)),
    }
}
