//! What is kept about a citizen who has signed in: account, consent, the own requests with what they hold, and who looked at it in the clear.
//! Not here: following a request (`requests`), closing the account (`account`).
//! Staff are told by role and unit. Of what somebody else filed for an organisation nothing of that person is shown.

use std::collections::BTreeMap;

use aws_lc_rs::digest::{SHA256, digest};
use shared::access::Role;
use shared::citizen::own_data::{OwnApproval, OwnData, OwnDataRow, OwnHeld, OwnLook};
use shared::citizen::wish::{WishKind, WishState};
use shared::fault::Fault;
use shared::ids::CaseId;
use shared::person::mask_id;
use shared::register::TextCode;
use shared::text::notification::sms::LANGUAGE;
use shared::ticket::Verb;
use store::citizens;
use store::record::{AuditEntry, Ticket};
use store::tickets::case::Mine;

use super::requests::{PAGE, reach};
use super::{Known, myself, wishes};
use crate::context::Ctx;
use crate::fault::Settle;
use crate::paging;
use crate::personal::{READ, kind_of};
use crate::reference::Reference;
use crate::tickets::rights::is_discreet;
use crate::views::{persons, related};

/// Look-ups of the number that are told, the newest.
const MOST_LOOKS: usize = 50;

/// A page of it.
///
/// # Errors
/// `session.signed_out`, `input.cursor`; of the store.
pub async fn own_data(ctx: &Ctx, cursor: Option<&str>) -> Result<OwnData, Fault> {
    let known = myself(ctx)?;
    let services = &ctx.services;
    let before = cursor.map(paging::id).transpose()?;
    let db = services.store().reader();
    let mine = reach(ctx, &known);
    let found = citizens::of_citizen(&db, &mine, before, PAGE + 1).await;
    let mut found = found.settle(services)?;
    let next_cursor = paging::cut(&mut found, PAGE as usize).map(|ticket| ticket.id.to_string());
    let shown: Vec<bool> = found
        .iter()
        .map(|ticket| is_told(ctx, &mine, ticket))
        .collect();
    let asked = wishes::of(ctx, &known).await?;
    let may = |ticket: &Ticket, kind: WishKind| {
        let mut waiting = asked.iter().filter(|it| it.state == WishState::Asked);
        kind.fits(ticket.state) && !waiting.any(|it| it.ticket == ticket.id && it.kind == kind)
    };
    let reference = services.reference().await?;
    let mut looks = looks(ctx, &reference, &found, &shown).await?;
    let mut approvals = approvals(ctx, &found, &shown).await?;
    let row = |(ticket, shown): (&Ticket, bool)| OwnDataRow {
        ticket_no: ticket.ticket_no.clone(),
        state: ticket.state,
        accepted_at: ticket.accepted_at,
        held: shown.then(|| held(ticket)),
        looks: looks.remove(&object(ticket)).unwrap_or_default(),
        approvals: approvals
            .remove(&CaseId::from(ticket.id))
            .unwrap_or_default(),
        may_correct: shown && may(ticket, WishKind::Correction),
        may_erase: shown && may(ticket, WishKind::Erasure),
    };
    let items = found.iter().zip(shown).map(row).collect();
    let agreed = citizens::agreed(&db, known.account.id).await;
    let agreed = agreed.settle(services)?;
    let words = reference.lists.said(TextCode::Privacy, "", LANGUAGE);
    let today = digest(&SHA256, words.as_bytes());
    let looked_up = if before.is_none() {
        looked_up(ctx, &reference, &known).await?
    } else {
        Vec::new()
    };
    let account = account(&known);
    Ok(OwnData {
        looked_up,
        agreed_is_current: agreed
            .as_ref()
            .is_some_and(|(_, to)| to.as_slice() == today.as_ref()),
        agreed_at: agreed.map(|(at, _)| at),
        items,
        next_cursor,
        wishes: wishes::own(ctx, asked),
        ..account
    })
}

/// Whether the page tells what a ticket holds: neither of a discreet one, nor of what somebody else filed for an organisation.
pub(super) fn is_told(ctx: &Ctx, mine: &Mine, ticket: &Ticket) -> bool {
    let db = ctx.services.store().reader();
    let contact = ticket.citizen.as_ref().and_then(|it| it.phone.as_deref());
    let is_own =
        contact.is_some_and(|phone| mine.phone.contains(&citizens::phone_hash(&db, phone)));
    is_own && !is_discreet(ticket)
}

/// The account alone.
fn account(known: &Known) -> OwnData {
    OwnData {
        phone: known.account.phone.clone(),
        name: known.account.name.clone(),
        since: known.account.made_at,
        seen_at: known.account.seen_at,
        agreed_at: None,
        agreed_is_current: false,
        looked_up: Vec::new(),
        wishes: Vec::new(),
        items: Vec::new(),
        next_cursor: None,
    }
}

fn object(ticket: &Ticket) -> String {
    format!("ticket:{}", ticket.id)
}

fn held(ticket: &Ticket) -> OwnHeld {
    let citizen = ticket.citizen.clone().unwrap_or_default();
    OwnHeld {
        name: citizen.name,
        phone: citizen.phone,
        backup_contact: citizen.backup_contact,
        email: citizen.email,
        id_number: citizen.id_number.as_deref().map(mask_id),
        organisation: citizen.organisation,
        address: ticket.address.clone(),
        content: ticket.content.clone(),
    }
}

/// The approvals that they started.
async fn approvals(
    ctx: &Ctx,
    tickets: &[Ticket],
    shown: &[bool],
) -> Result<BTreeMap<CaseId, Vec<OwnApproval>>, Fault> {
    let pairs = tickets.iter().zip(shown).filter(|(_, shown)| **shown);
    let cases: Vec<CaseId> = pairs.map(|(ticket, _)| ticket.id.into()).collect();
    let db = ctx.services.store().reader();
    let caused = store::approvals::caused_by(&db, &cases).await;
    let mut found: BTreeMap<CaseId, Vec<OwnApproval>> = BTreeMap::new();
    for it in caused.settle(&ctx.services)? {
        found.entry(it.by).or_default().push(OwnApproval {
            approval_no: it.approval_no,
            status: it.status,
            started_at: it.started_at,
            erased_at: it.erased_at,
        });
    }
    Ok(found)
}

/// Who looked at them in the clear, by the audit's object.
async fn looks(
    ctx: &Ctx,
    reference: &Reference,
    tickets: &[Ticket],
    shown: &[bool],
) -> Result<BTreeMap<String, Vec<OwnLook>>, Fault> {
    let objects: Vec<String> = tickets
        .iter()
        .zip(shown)
        .filter(|(_, shown)| **shown)
        .map(|(ticket, _)| object(ticket))
        .collect();
    let db = ctx.services.store().reader();
    let actions = [Verb::Reveal.as_str(), READ];
    let rows = store::audit::of_objects(&db, &actions, &objects).await;
    let mut looks: BTreeMap<String, Vec<OwnLook>> = BTreeMap::new();
    for row in rows.settle(&ctx.services)? {
        if let Some(look) = look(reference, &row) {
            looks.entry(row.object).or_default().push(look);
        }
    }
    Ok(looks)
}

/// Who looked the number up, or asked for its tickets alone.
async fn looked_up(ctx: &Ctx, reference: &Reference, known: &Known) -> Result<Vec<OwnLook>, Fault> {
    let phone = &known.account.phone;
    let mut objects = related::objects_of(ctx, phone);
    objects.extend(persons::objects_of(ctx, phone).await?);
    let db = ctx.services.store().reader();
    let actions = ["tickets.related", "tickets.person"];
    let rows = store::audit::of_objects(&db, &actions, &objects).await;
    let rows = rows.settle(&ctx.services)?;
    let looks = rows.iter().filter_map(|row| look(reference, row));
    Ok(looks.take(MOST_LOOKS).collect())
}

fn look(reference: &Reference, row: &AuditEntry) -> Option<OwnLook> {
    let fact = |name: &str| row.facts.get(name).map(String::as_str);
    Some(OwnLook {
        at: row.at,
        kind: kind_of(row)?,
        role: fact("role").and_then(Role::parse),
        unit: fact("unit").map(|code| reference.unit_at(code, Some(row.at)).name),
    })
}
