//! Lookup by ticket number and query code. A missing number and a wrong code get the same answer after the same work.
//! A try is counted before it is known whether it is right: by number and household of addresses, and slower by number from everywhere. A
//! device that has shown the right code goes on. Counters are HMACs. Not here: what the citizen sees (`timeline`).

use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::ticket::TicketNo;
use shared::ticket::command::Lookup;
use shared::ticket::view::{AttachmentView, PublicTicket};
use store::record::{AuditEntry, TicketCase};

use super::timeline;
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::spans;
use crate::watch::note;

/// Wrong tries until the number is locked for a household.
const TRIES: i32 = 5;
/// How long it stays locked, in minutes.
const LOCK_MINUTES: i64 = 60;
/// Tries on one number from all unknown devices within an hour; beyond them one goes through each minute. Six digits are found by chance
/// once in 600 such days.
const MANY_TRIES: i64 = 30;
const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

/// A proven claim: the number, and the hash of number and code under which the ticket is found.
#[derive(Debug, Clone)]
pub(crate) struct Claim {
    pub no: TicketNo,
    pub code_hash: Vec<u8>,
}

/// The citizen's own ticket.
///
/// # Errors
/// `lookup.wrong` for a number or code that does not fit; `lookup.locked` after five wrong tries, with the minutes left.
pub async fn lookup(ctx: &Ctx, lookup: Lookup) -> Result<PublicTicket, Fault> {
    let (_, case) = spans::called(ctx, "public.lookup", own_case(ctx, &lookup)).await?;
    let reference = ctx.services.reference().await?;
    Ok(timeline::public_ticket(&case, &reference, ctx.now()))
}

/// What the citizen gave: where, their words, their photos.
#[derive(Debug, Clone)]
pub struct Own {
    /// Division and address, `南京市鼓楼区 中山路一号`.
    pub place: String,
    /// Their words.
    pub content: String,
    /// Their photos.
    pub photos: Vec<AttachmentView>,
}

/// The citizen's own ticket with what they gave, for the page that follows it.
///
/// # Errors
/// As [`lookup`].
pub async fn follow(ctx: &Ctx, lookup: &Lookup) -> Result<(PublicTicket, Own), Fault> {
    let (_, case) = spans::called(ctx, "public.follow", own_case(ctx, lookup)).await?;
    seen(ctx, &case).await
}

/// A case as its citizen sees it, with what they gave.
///
/// # Errors
/// Of the store.
pub(crate) async fn seen(ctx: &Ctx, case: &TicketCase) -> Result<(PublicTicket, Own), Fault> {
    let reference = ctx.services.reference().await?;
    let photos = crate::photos::of_seen(&ctx.services, case.ticket.id).await?;
    let ticket = &case.ticket;
    let place = reference.path_at(
        ticket.street.as_deref().unwrap_or(&ticket.region),
        ticket.closed_at,
    );
    let own = Own {
        place: match ticket.address.as_deref() {
            Some(address) => format!("{place} {address}"),
            None => place,
        },
        content: ticket.content.clone(),
        photos,
    };
    Ok((timeline::public_ticket(case, &reference, ctx.now()), own))
}

/// The case behind number and code, with the claim that proves it.
///
/// # Errors
/// As [`lookup`].
pub(crate) async fn own_case(ctx: &Ctx, lookup: &Lookup) -> Result<(Claim, TicketCase), Fault> {
    let (no, code) = (lookup.ticket_no.clone(), lookup.code.as_str());
    let claim = Claim {
        code_hash: code_hash(ctx, &no, code).await?,
        no,
    };
    if is_known(ctx, &claim).await?
        && let Some(case) = load(ctx, &claim).await?
    {
        return Ok((claim, case));
    }
    if let Some(until) = count(ctx, &claim.no).await? {
        note(ctx, entry(ctx, &claim.no, Code::LookupLocked)).await;
        return Err(locked((until.0 - ctx.now().0 + MINUTE - 1) / MINUTE));
    }
    if let Some(case) = load(ctx, &claim).await? {
        remember(ctx, &claim.no).await?;
        return Ok((claim, case));
    }
    note(ctx, entry(ctx, &claim.no, Code::LookupWrong)).await;
    Err(Fault::new(Code::LookupWrong))
}

/// The hash of number and code: by the key that made the one that is kept, where it is the right code. Codes are kept nowhere, so that their hashes
/// stay as they were made when keys change.
async fn code_hash(ctx: &Ctx, no: &TicketNo, code: &str) -> Result<Vec<u8>, Fault> {
    let seal = ctx.services.store().seal();
    let newest = seal.query_code_hash(no.as_str(), code);
    if seal.generations() < 2 {
        return Ok(newest);
    }
    let db = ctx.services.store().reader();
    let mut fits = None;
    // Each is tried, whichever fits: it takes as long for a wrong code.
    for hash in seal.query_code_hashes(no.as_str(), code) {
        let is_it = store::tickets::case::code_fits(&db, no, &hash).await;
        if is_it.settle(&ctx.services)? {
            fits = Some(hash);
        }
    }
    Ok(fits.unwrap_or(newest))
}

async fn load(ctx: &Ctx, claim: &Claim) -> Result<Option<TicketCase>, Fault> {
    let db = ctx.services.store().reader();
    store::tickets::case::load_public(&db, &claim.no, &claim.code_hash)
        .await
        .settle(&ctx.services)
}

/// The number as devices are known by it.
fn subject(ctx: &Ctx, no: &TicketNo) -> Vec<u8> {
    ctx.services.keys().mac("known-number", no.as_str())
}

/// Under which a visitor's device is known for a ticket; a citizen who has just filed is no stranger to the own number.
pub(crate) fn known_by(ctx: &Ctx, no: &TicketNo) -> Option<(Vec<u8>, Vec<u8>)> {
    if ctx.actor.user().is_some() {
        return None;
    }
    Some((subject(ctx, no), ctx.device_mac()?))
}

async fn is_known(ctx: &Ctx, claim: &Claim) -> Result<bool, Fault> {
    let Some(device) = ctx.device_mac() else {
        return Ok(false);
    };
    let subject = subject(ctx, &claim.no);
    store::devices::is_known(&ctx.services.store().reader(), &subject, &device)
        .await
        .settle(&ctx.services)
}

/// The counter of the number for the caller's household.
fn here(ctx: &Ctx, no: &TicketNo) -> Vec<u8> {
    let message = format!("{no}\u{0}{}", ctx.household());
    ctx.services.keys().mac("lookup-tries", &message)
}

/// Counts a try: `Some(until)` when it must not happen.
async fn count(ctx: &Ctx, no: &TicketNo) -> Result<Option<Instant>, Fault> {
    let keys = ctx.services.keys();
    let (here, all, slow) = (
        here(ctx, no),
        keys.mac("lookup-all", no.as_str()),
        keys.mac("lookup-slow", no.as_str()),
    );
    let now = ctx.now();
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                let limit = store::lookups::Limit {
                    tries: TRIES,
                    lock_ms: LOCK_MINUTES * MINUTE,
                };
                if let Some(until) = store::lookups::count(tx, &here, limit, now).await? {
                    return Ok(Some(until));
                }
                if store::devices::tally(tx, &all, HOUR, now).await? <= MANY_TRIES {
                    return Ok(None);
                }
                let is_next = store::devices::tally(tx, &slow, MINUTE, now).await? == 1;
                Ok((!is_next).then_some(Instant(now.0 + MINUTE)))
            })
        })
        .await
        .settle(&ctx.services)
}

/// The code was right: the household begins anew, and the device is known.
async fn remember(ctx: &Ctx, no: &TicketNo) -> Result<(), Fault> {
    let (here, subject, device, now) =
        (here(ctx, no), subject(ctx, no), ctx.device_mac(), ctx.now());
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                store::lookups::clear(tx, &here).await?;
                if let Some(device) = &device {
                    store::devices::know(tx, &subject, device, now).await?;
                }
                Ok(())
            })
        })
        .await
        .settle(&ctx.services)
}

fn entry(ctx: &Ctx, no: &TicketNo, outcome: Code) -> AuditEntry {
    ctx.audit("ticket.lookup", format!("ticket_no:{no}"), outcome.as_str())
}

fn locked(minutes: i64) -> Fault {
    Fault::new(Code::LookupLocked).fact("minutes", minutes.max(1))
}
