//! Open requests of others that are shown to a citizen who files about the same, and the one of them that he joins (我也遇到).
//! Shown is what everybody may know: what sort of matter, where, since when, how it stands; no number, nobody's words, nothing confidential and no tip-off.
//! What was shown is named by a token, which is good only with words that are nearly the same: whoever guesses learns nothing.
//! Not here: the desk's look (`alike`), merging (`super`), how often somebody may look (`tries`, where the call is decoded).

use shared::access::Scope;
use shared::calendar::Instant;
use shared::fault::Fault;
use shared::place;
use shared::quality::similarity;
use shared::ticket::command::Register;
use shared::ticket::rules::length;
use shared::ticket::together::{AlikeQuery, AlikeView};
use shared::ticket::{RequestKind, TicketNo};
use store::record::Ticket;
use store::{Conn, StoreError};

use super::alike::{DAY, DAYS, NEAR, OF_MATTER, is_worked_on};
use crate::context::Ctx;
use crate::fault::Settle;
use crate::reference::Reference;
use crate::tickets::place_of;

/// So many are shown at most.
const MOST: usize = 3;
/// Bytes of a token.
const TOKEN: usize = 12;

/// What is looked for.
#[derive(Clone, Copy)]
struct Looks<'a> {
    /// Six digits.
    region: &'a str,
    category: Option<&'a str>,
    content: &'a str,
}

/// Whether who files so may be shown others' requests, and join one: under the own name, and about what others may know.
fn is_open(kind: Option<RequestKind>, is_hidden: bool) -> bool {
    !is_hidden && kind != Some(RequestKind::TipOff)
}

/// The city's area, in which one may be merged.
pub(crate) fn city_of(region: &str) -> Scope {
    Scope::Region(place::city(region).unwrap_or(region).to_owned())
}

/// The likeliest few.
async fn look(conn: &dyn Conn, looks: Looks<'_>, now: Instant) -> Result<Vec<Ticket>, StoreError> {
    if looks.content.chars().count() < length::CONTENT_MIN {
        return Ok(Vec::new());
    }
    let since = Instant(now.0 - DAYS * DAY);
    let scope = city_of(looks.region);
    let found = match looks.category {
        Some(category) => {
            let matter = (looks.region, category);
            store::tickets::open_of_matter(conn, &scope, matter, since, OF_MATTER).await?
        }
        None => store::tickets::open_of_place(conn, &scope, looks.region, since, OF_MATTER).await?,
    };
    let mut near: Vec<(u32, Ticket)> = found
        .into_iter()
        .filter(is_worked_on)
        .map(|ticket| (similarity(looks.content, &ticket.content), ticket))
        .filter(|(percent, _)| *percent >= NEAR)
        .collect();
    near.sort_by_key(|(percent, _)| std::cmp::Reverse(*percent));
    near.truncate(MOST);
    Ok(near.into_iter().map(|(_, ticket)| ticket).collect())
}

/// What a form says, looked at.
async fn of_form(
    ctx: &Ctx,
    reference: &Reference,
    asked: &AlikeQuery,
) -> Result<Vec<Ticket>, Fault> {
    let hidden = matches!(asked.identity.as_str(), "confidential" | "anonymous");
    if !reference.web_filing || !is_open(RequestKind::parse(&asked.kind), hidden) {
        return Ok(Vec::new());
    }
    let code = if asked.street.is_empty() {
        &asked.county
    } else {
        &asked.street
    };
    let Some(place) = place_of(reference, code) else {
        return Ok(Vec::new());
    };
    let looks = Looks {
        region: &place.region,
        category: Some(asked.category.as_str()).filter(|code| !code.is_empty()),
        content: &asked.content,
    };
    let db = ctx.services.store().reader();
    look(&db, looks, ctx.now()).await.settle(&ctx.services)
}

/// Open requests of others that may be about the same as what a citizen's form says so far.
///
/// # Errors
/// Of the store.
pub async fn for_citizen(ctx: &Ctx, asked: &AlikeQuery) -> Result<Vec<AlikeView>, Fault> {
    let reference = ctx.services.reference().await?;
    let found = of_form(ctx, &reference, asked).await?;
    let view = |ticket: &Ticket| {
        let code = ticket.category.as_deref();
        let category = code.and_then(|code| reference.category(code));
        let (matter_zh, matter_en) = category
            .map(|category| (category.path_zh, category.path_en))
            .unwrap_or_default();
        AlikeView {
            token: token(ctx, &ticket.ticket_no),
            matter_zh,
            matter_en,
            place: reference.region(&ticket.region).name,
            state: ticket.state,
            accepted_at: ticket.accepted_at,
        }
    };
    Ok(found.iter().map(view).collect())
}

/// The number of the one that a token stands for, among those that the form is shown; nothing for any other word.
///
/// # Errors
/// Of the store.
pub async fn named(ctx: &Ctx, asked: &AlikeQuery, token: &str) -> Result<Option<TicketNo>, Fault> {
    let reference = ctx.services.reference().await?;
    let found = of_form(ctx, &reference, asked).await?;
    let mut numbers = found.into_iter().map(|ticket| ticket.ticket_no);
    Ok(numbers.find(|no| self::token(ctx, no) == token))
}

fn token(ctx: &Ctx, no: &TicketNo) -> String {
    let mac = ctx.services.keys().mac("me-too", no.as_str());
    hex::encode(mac.into_iter().take(TOKEN).collect::<Vec<u8>>())
}

/// Whether a ticket is among those that are shown to who files this: asked once more in the write.
pub(crate) async fn was_shown(
    conn: &dyn Conn,
    (command, no): (&Register, &TicketNo),
    (region, category): (&str, Option<&str>),
    now: Instant,
) -> Result<bool, StoreError> {
    let hidden = command.confidential.0 || command.anonymous.0;
    if !is_open(Some(command.kind), hidden) {
        return Ok(false);
    }
    let looks = Looks {
        region,
        category,
        content: &command.content,
    };
    let found = look(conn, looks, now).await?;
    Ok(found.iter().any(|ticket| ticket.ticket_no == *no))
}
