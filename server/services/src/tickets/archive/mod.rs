//! Archiving (归档): tickets that were closed long enough ago, that can be opened again no more and about which nothing is asked, are sealed and read
//! only from then on (`domain.md` 3.2, row 25). A night's work in batches; each ticket is archived and sealed in a transaction of its own, so that a
//! server that is killed leaves nothing half done and the next goes on.
//! `erase` takes the citizen out of what was archived long ago. At a citizen's word the place goes as well, and the seal goes on fitting (`beside`).
//! Not here: what is digested (`seal`), that no verb fits any more but linking (`shared::ticket::rules::flow`).

pub(crate) mod erase;
mod seal;

use chrono::{Days, Timelike as _};
use shared::calendar::{Instant, day_start};
use shared::ids::TicketId;
use shared::process::mismatch::Mismatch;
use shared::ticket::view::ArchiveView;
use shared::ticket::{TicketState, Verb};
use store::consistency::Findings;
use store::record::{ApplicationCase, Archive, Ticket, TicketCase};
use store::{Conn, Decided, Tx};

use crate::context::{Ctx, Services};
use crate::fault::Failure;
use crate::host::{Told, WorkingCopy, jobs};
use crate::jobs::Done;
use crate::reference::Reference;

/// Name of the job.
const JOB: &str = "archive";
/// Tickets of one run.
const BATCH: u32 = 200;
/// Seals that are looked at together.
const TOGETHER: u64 = 256;
/// The hours in which it works.
pub(crate) const NIGHT: std::ops::Range<u32> = 1..5;

/// Archives what is due, a batch of it.
pub(crate) async fn run(services: &Services) -> Result<Done, Failure> {
    let now = services.now();
    // A clock that has just jumped forwards may jump back: what is sealed stays so.
    if !NIGHT.contains(&now.local().hour()) || !services.clock_is_settled() {
        return Ok(Done::default());
    }
    let reference = services.reference().await?;
    let before = closed_before(&reference, now);
    let due = store::tickets::archives::due(&services.store().reader(), before, BATCH).await?;
    let more = due.len() == BATCH as usize;
    let mut count = 0;
    for id in due {
        count += u64::from(archive(services, id, before).await?);
    }
    Ok(Done {
        count,
        more: more && count > 0,
    })
}

/// What was closed before then is archived: neither sooner than the office says, nor while it can be opened again.
fn closed_before(reference: &Reference, now: Instant) -> Instant {
    let days = reference.archive_days.max(reference.reopen_days);
    let days = Days::new(u64::try_from(days).unwrap_or(0));
    let today = now.date();
    day_start(today.checked_sub_days(days).unwrap_or(today))
}

/// One ticket; false where it is not due any more.
async fn archive(services: &Services, id: TicketId, before: Instant) -> Result<bool, Failure> {
    let ctx = Ctx::job(services, JOB);
    services
        .store()
        .write(move |tx| {
            let ctx = ctx.clone();
            Box::pin(async move { archive_in(&ctx, tx, id, before).await })
        })
        .await
}

async fn archive_in(ctx: &Ctx, tx: &Tx, id: TicketId, before: Instant) -> Result<bool, Failure> {
    let ends = |copy: &mut WorkingCopy<'_, TicketCase>| -> Result<Option<()>, Failure> {
        let is_due = copy.case.ticket.state == TicketState::Closed
            && copy.case.ticket.closed_at.is_some_and(|at| at < before)
            && !copy.case.applications.iter().any(ApplicationCase::is_open);
        if !is_due {
            return Ok(None);
        }
        copy.ticket().state = TicketState::Archived;
        copy.event(Verb::Archive, Told::default());
        Ok(Some(()))
    };
    let archived = jobs::beside::<TicketCase, ()>(ctx, tx, id.into(), ends).await?;
    if archived.is_none() {
        return Ok(false);
    }
    let matters = store::tickets::archives::matters(tx, &[id]).await?;
    let matter = matters.get(&id);
    let matter = matter.ok_or_else(|| anyhow::anyhow!("ticket {id} is not there to be sealed"))?;
    let sealed = seal::of(matter, ctx.now(), salt(&ctx.services))?;
    store::tickets::archives::keep(tx, &sealed).await?;
    Ok(true)
}

/// Drawn for one seal.
fn salt(services: &Services) -> Vec<u8> {
    let mut salt = vec![0; 16];
    services.ids().fill(&mut salt);
    salt
}

/// Whether there is something left to erase: who spoke, or in what is archived where.
pub(crate) const fn holds_person(ticket: &Ticket) -> bool {
    ticket.citizen.is_some()
        || (matches!(ticket.state, TicketState::Archived) && seal::has_place(ticket))
}

/// What follows for the seal when a verb takes the place out of an archived ticket: it stays as it is, without its salt and with a signed erasure.
pub(crate) async fn beside(
    ctx: &Ctx,
    tx: &Tx,
    change: &Decided<TicketCase>,
) -> Result<(), Failure> {
    let (Some(before), after) = (&change.before, &change.after.ticket) else {
        return Ok(());
    };
    let is_erased = seal::has_place(&before.ticket) && !seal::has_place(after);
    if !is_erased || after.state != TicketState::Archived {
        return Ok(());
    }
    let id = after.id;
    let sealed = store::tickets::archives::seals(tx, &[id]).await?.pop();
    let matter = store::tickets::archives::matters(tx, &[id])
        .await?
        .remove(&id);
    let (Some(sealed), Some(mut matter)) = (sealed, matter) else {
        return Ok(());
    };
    matter.ticket = before.ticket.clone();
    let kept = match seal::without_place(&matter, &sealed, &salt(&ctx.services))? {
        Some(kept) => store::tickets::archives::erased(tx, kept, ctx.now()),
        // It was not what was sealed before, and goes on being told as such; the salt goes all the same.
        None => Archive {
            salt: None,
            ..sealed
        },
    };
    Ok(store::tickets::archives::replace(tx, &kept).await?)
}

/// How a ticket is sealed, as its page shows it; nothing for one that is not archived.
pub(crate) async fn view(conn: &dyn Conn, id: TicketId) -> Result<Option<ArchiveView>, Failure> {
    let Some(sealed) = store::tickets::archives::seals(conn, &[id]).await?.pop() else {
        return Ok(None);
    };
    let matters = store::tickets::archives::matters(conn, &[id]).await?;
    let broken = matters
        .get(&id)
        .map(|matter| {
            let is_signed = store::tickets::archives::erasure_holds(conn, &sealed);
            seal::broken(matter, &sealed, is_signed)
        })
        .transpose()?;
    Ok(Some(ArchiveView {
        at: sealed.sealed_at,
        seal: sealed.seal,
        events: sealed.events,
        files: sealed.files,
        broken: broken.flatten(),
        erased_at: sealed.erased_at,
    }))
}

/// Compares the archived tickets behind one with their seals, up to the last of a page.
pub(crate) async fn check_page(
    conn: &dyn Conn,
    (mut after, last): (Option<TicketId>, Option<TicketId>),
    found: &mut Findings,
) -> Result<(), Failure> {
    loop {
        let seals = store::tickets::archives::seals_behind(conn, (after, last), TOGETHER).await?;
        let Some(behind) = seals.last().map(|seal| seal.ticket_id) else {
            return Ok(());
        };
        check(conn, &seals, found).await?;
        after = Some(behind);
    }
}

/// The same of these tickets.
pub(crate) async fn check_these(
    conn: &dyn Conn,
    ids: &[TicketId],
    found: &mut Findings,
) -> Result<(), Failure> {
    let seals = store::tickets::archives::seals(conn, ids).await?;
    check(conn, &seals, found).await
}

async fn check(conn: &dyn Conn, seals: &[Archive], found: &mut Findings) -> Result<(), Failure> {
    if seals.is_empty() {
        return Ok(());
    }
    let ids: Vec<TicketId> = seals.iter().map(|seal| seal.ticket_id).collect();
    let matters = store::tickets::archives::matters(conn, &ids).await?;
    for sealed in seals {
        let Some(matter) = matters.get(&sealed.ticket_id) else {
            continue;
        };
        // Taken back with the import that had brought it.
        if matter.ticket.state == TicketState::Recycled {
            continue;
        }
        let is_signed = store::tickets::archives::erasure_holds(conn, sealed);
        if let Some(part) = seal::broken(matter, sealed, is_signed)? {
            let part = part.as_str().to_owned();
            found.of_ticket(sealed.ticket_id, Mismatch::Seal { part });
        }
    }
    Ok(())
}
