//! Lookup by ticket number and query code. A missing number and a wrong code get the same answer after the same work.
//! Tries are counted per number, so that nobody can try a million codes on one ticket; the count is kept as an HMAC.
//! Not here: what the citizen sees (`timeline`).

use shared::fault::{Code, Fault};
use shared::ticket::command::Lookup;
use shared::ticket::view::{AttachmentView, PublicTicket};
use shared::ticket::{TicketNo, rules};
use store::record::Case;

use super::timeline;
use crate::context::Ctx;
use crate::fault::Settle;

/// Wrong tries until the number is locked.
const TRIES: i32 = 5;
/// How long it stays locked, in minutes.
const LOCK_MINUTES: i64 = 60;
const MINUTE: i64 = 60_000;

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
    let (_, case) = own_case(ctx, &lookup).await?;
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
    let (_, case) = own_case(ctx, lookup).await?;
    let reference = ctx.services.reference().await?;
    let files = store::attachments::of_ticket(&ctx.services.store().reader(), case.ticket.id)
        .await
        .settle(&ctx.services)?;
    let ticket = &case.ticket;
    let place = reference.division_path(ticket.street.as_deref().unwrap_or(&ticket.region));
    let own = Own {
        place: match ticket.address.as_deref() {
            Some(address) => format!("{place} {address}"),
            None => place,
        },
        content: ticket.content.clone(),
        photos: files
            .into_iter()
            .map(crate::views::show::attachment_view)
            .collect(),
    };
    Ok((timeline::public_ticket(&case, &reference, ctx.now()), own))
}

/// The case behind number and code, with the claim that proves it.
///
/// # Errors
/// As [`lookup`].
pub(crate) async fn own_case(ctx: &Ctx, lookup: &Lookup) -> Result<(Claim, Case), Fault> {
    rules::lookup(lookup)?;
    let no = TicketNo::parse(&lookup.ticket_no).ok_or_else(|| Fault::new(Code::LookupWrong))?;
    let code: String = lookup.code.trim().chars().map(ascii_digit).collect();
    let store = ctx.services.store();
    let claim = Claim {
        code_hash: store.seal().query_code_hash(no.as_str(), &code),
        no,
    };
    let key = store.seal().hash("lookup-tries", claim.no.as_str());
    let now = ctx.now();
    let db = store.reader();
    let tries = store::lookups::get(&db, &key, now)
        .await
        .settle(&ctx.services)?;
    if let Some(until) = tries.locked_until {
        return Err(locked((until.0 - now.0 + MINUTE - 1) / MINUTE));
    }
    if let Some(case) = store::cases::load_public(&db, &claim.no, &claim.code_hash)
        .await
        .settle(&ctx.services)?
    {
        if tries.wrong > 0 {
            store
                .write(move |tx| Box::pin(async move { store::lookups::clear(tx, &key).await }))
                .await
                .settle(&ctx.services)?;
        }
        return Ok((claim, case));
    }
    let lock = store::lookups::Lock {
        after: TRIES,
        minutes: LOCK_MINUTES,
    };
    store
        .write(move |tx| Box::pin(async move { store::lookups::wrong(tx, &key, now, lock).await }))
        .await
        .settle(&ctx.services)?;
    Err(Fault::new(Code::LookupWrong))
}

fn locked(minutes: i64) -> Fault {
    Fault::new(Code::LookupLocked).fact("minutes", minutes.max(1))
}

/// Full-width digits as phones type them.
fn ascii_digit(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
        _ => c,
    }
}
