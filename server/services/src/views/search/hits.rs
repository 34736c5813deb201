//! Tickets of a list that is searched: each hit is looked for once more in the ticket as its reader sees it, so that the list is what a scan of what he
//! reads would be, and is shown with what was found. Lone characters and numbers of two or three digits have no index: the newest tickets are looked
//! through, so many a page. Not here: the index (`store`), where a reader may look (`reads`), what is shown of a ticket (`sight`).
//! Whoever was not shown a hit learns nothing of it.

use std::collections::BTreeSet;

use shared::access::{Permission, Scope};
use shared::fault::{Code, Fault};
use shared::ids::TicketId;
use shared::person::conceal;
use shared::query::search::{FoundField, FoundIn};
use shared::query::{Sort, TicketFilter, TicketQuery};
use shared::search::{Reads, Sought, is_short};
use shared::ticket::TicketNo;
use store::record::Ticket;
use store::tickets::ListPage;

use crate::context::Ctx;
use crate::fault::Settle;
use crate::reference::Reference;
use crate::spans;
use crate::views::show::Eye;
use crate::views::sight::Sight;

/// Newest hits of which the best come first, and what stands before the place in them in a cursor.
const RANKED: u32 = 200;
const BEST: &str = "best-";
/// Tickets that a page looks through at most, and those of a step.
const LOOKED: u32 = 2_000;
const STEP: u32 = 200;
/// Hits of which a number is made where each is looked at.
const COUNTED: usize = 400;

/// The tickets of a page, with what the page says beside them.
#[derive(Default)]
pub(crate) struct Gathered {
    /// The tickets, in the order of the list.
    pub(crate) items: Vec<Ticket>,
    /// Those of which the reader sees more than a part that was returned or recalled.
    pub(crate) live: BTreeSet<TicketId>,
    /// Where the next page begins.
    pub(crate) next_cursor: Option<String>,
    /// Where the page before it begins.
    pub(crate) prev_cursor: Option<String>,
    /// What was found, in the order of the tickets; nothing where no words were searched for.
    pub(crate) found: Vec<FoundIn>,
    /// So many tickets were looked through, since the words have no index.
    pub(crate) looked: Option<u32>,
}

/// What is searched for in tickets as somebody sees them.
struct Hunt<'a> {
    sought: Sought,
    reads: &'a Reads,
}

/// The words of a filter that are no number.
pub(crate) fn words_of(filter: &TicketFilter) -> Option<&str> {
    let words = filter.q.as_deref().map(str::trim).unwrap_or_default();
    (!words.is_empty() && TicketNo::parse(words).is_none()).then_some(words)
}

/// Whether the newest tickets are looked through for a filter's words.
pub(crate) fn is_looked_through(filter: &TicketFilter) -> bool {
    words_of(filter).is_some_and(is_short)
}

/// The page of a list, checked and marked where it is searched.
pub(crate) async fn gather(
    ctx: &Ctx,
    (reference, scope): (&Reference, &Scope),
    query: &TicketQuery,
) -> Result<Gathered, Fault> {
    let most = usize::try_from(query.limit).unwrap_or(usize::MAX);
    if is_looked_through(&query.filter) {
        return looked_through(ctx, (reference, scope), query, most).await;
    }
    if query.sort == Sort::Best && words_of(&query.filter).is_some() {
        return best(ctx, (reference, scope), query, most).await;
    }
    checked(ctx, (reference, scope), query).await
}

/// The best of the newest hits: those with the words in the title, then those with them in the content, then others, each from the newest on.
async fn best(
    ctx: &Ctx,
    (reference, scope): (&Reference, &Scope),
    query: &TicketQuery,
    most: usize,
) -> Result<Gathered, Fault> {
    let from: usize = match query.cursor.as_deref() {
        None => 0,
        Some(cursor) => cursor
            .strip_prefix(BEST)
            .and_then(|place| place.parse().ok())
            .ok_or_else(|| Fault::field("cursor", Code::InputCursor))?,
    };
    let newest = TicketQuery {
        sort: Sort::Best.read_by(),
        limit: RANKED,
        cursor: None,
        ..query.clone()
    };
    let all = checked(ctx, (reference, scope), &newest).await?;
    let mut ranked: Vec<(Ticket, FoundIn)> = all.items.into_iter().zip(all.found).collect();
    ranked.sort_by_key(|(_, found)| match found.place {
        None => 0,
        Some(FoundField::Content) => 1,
        Some(_) => 2,
    });
    let to = from.saturating_add(most);
    let next_cursor = (ranked.len() > to).then(|| format!("{BEST}{to}"));
    let page = ranked.into_iter().skip(from).take(most);
    let (items, found) = page.unzip();
    Ok(Gathered {
        items,
        found,
        next_cursor,
        live: all.live,
        ..Gathered::default()
    })
}

/// A page as the store has it, each hit of a search checked and marked. Its cursors are those of rows that are shown: one of a hit that is not
/// shown would name the ticket. Where none of a page is shown the next one is read, up to so many rows.
async fn checked(
    ctx: &Ctx,
    (reference, scope): (&Reference, &Scope),
    query: &TicketQuery,
) -> Result<Gathered, Fault> {
    let Some(words) = words_of(&query.filter) else {
        let (page, prev_cursor, live) = read(ctx, scope, query).await?;
        return Ok(Gathered {
            items: page.items,
            next_cursor: page.next_cursor,
            prev_cursor,
            live,
            ..Gathered::default()
        });
    };
    let hunt = Hunt {
        sought: Sought::new(words, &query.filter.also),
        reads: &query.filter.reads,
    };
    let eye = Eye::of(ctx, reference);
    let mut all = Gathered::default();
    let (mut rest, mut looked) = (query.clone(), 0);
    loop {
        let (page, prev_cursor, live) = read(ctx, scope, &rest).await?;
        looked += page.items.len();
        for ticket in page.items {
            if let Some(found) = hunt.found(&eye, &ticket, live.contains(&ticket.id)) {
                all.found.push(found);
                all.items.push(ticket);
            }
        }
        all.live.extend(live);
        let goes_on = page.next_cursor.is_some() && looked < LOOKED as usize;
        if all.items.is_empty() && goes_on {
            rest.cursor = page.next_cursor;
            continue;
        }
        let last = all.items.last().filter(|_| page.next_cursor.is_some());
        all.next_cursor = last.map(|it| store::tickets::after(it, query.sort));
        let first = all.items.first().filter(|_| prev_cursor.is_some());
        all.prev_cursor = first.map(|it| store::tickets::before(it, query.sort));
        return Ok(all);
    }
}

/// Of how many hits the reader is shown something, and whether others follow that were not looked at: for a reader who does not see everything of
/// what the scope reaches.
pub(crate) async fn shown(
    ctx: &Ctx,
    (reference, scope): (&Reference, &Scope),
    filter: &TicketFilter,
) -> Result<(usize, bool), Fault> {
    let mut rest = TicketQuery {
        filter: filter.clone(),
        limit: STEP,
        ..TicketQuery::default()
    };
    let mut found = 0;
    loop {
        let page = checked(ctx, (reference, scope), &rest).await?;
        found += page.items.len();
        if page.next_cursor.is_none() || found >= COUNTED {
            return Ok((found, page.next_cursor.is_some()));
        }
        rest.cursor = page.next_cursor;
    }
}

/// How many of the newest tickets have the words, and whether others follow that were not looked through.
pub(crate) async fn count(
    ctx: &Ctx,
    (reference, scope): (&Reference, &Scope),
    filter: &TicketFilter,
) -> Result<(usize, bool), Fault> {
    let query = TicketQuery {
        filter: filter.clone(),
        ..TicketQuery::default()
    };
    let all = looked_through(ctx, (reference, scope), &query, usize::MAX).await?;
    Ok((all.items.len(), all.next_cursor.is_some()))
}

/// The tickets among the next ones of the list, up to so many, in which the words stand.
async fn looked_through(
    ctx: &Ctx,
    (reference, scope): (&Reference, &Scope),
    query: &TicketQuery,
    most: usize,
) -> Result<Gathered, Fault> {
    let hunt = Hunt {
        sought: Sought::new(
            words_of(&query.filter).unwrap_or_default(),
            &query.filter.also,
        ),
        reads: &query.filter.reads,
    };
    let mut rest = TicketQuery {
        filter: TicketFilter {
            q: None,
            also: Vec::new(),
            ..query.filter.clone()
        },
        limit: STEP,
        ..query.clone()
    };
    let eye = Eye::of(ctx, reference);
    let mut all = Gathered::default();
    let mut looked = 0;
    loop {
        let (page, _, live) = read(ctx, scope, &rest).await?;
        all.live.extend(live.iter().copied());
        for ticket in page.items {
            looked += 1;
            let Some(found) = hunt.found(&eye, &ticket, live.contains(&ticket.id)) else {
                continue;
            };
            if all.items.len() == most {
                let last = all.items.last();
                all.next_cursor = last.map(|last| store::tickets::after(last, query.sort));
                all.looked = Some(looked);
                return Ok(all);
            }
            all.found.push(found);
            all.items.push(ticket);
        }
        if page.next_cursor.is_none() || looked >= LOOKED {
            all.next_cursor = page.next_cursor;
            all.looked = Some(looked);
            return Ok(all);
        }
        rest.cursor = page.next_cursor;
    }
}

/// A page as the store has it, the cursor of the page before it, and those of which the reader sees more than a part that ended.
async fn read(
    ctx: &Ctx,
    scope: &Scope,
    query: &TicketQuery,
) -> Result<(ListPage<Ticket>, Option<String>, BTreeSet<TicketId>), Fault> {
    let db = ctx.services.store().reader().under(scope);
    let reading = async {
        store::tickets::around(&db, scope, query, ctx.now())
            .await
            .settle(&ctx.services)
    };
    let (page, prev_cursor) = ctx.wanted.read(reading).await?;
    spans::rows(page.items.len());
    let ids: Vec<TicketId> = page.items.iter().map(|ticket| ticket.id).collect();
    let live = store::tickets::case::live_parts(&db, scope, &ids)
        .await
        .settle(&ctx.services)?;
    Ok((page, prev_cursor, live))
}

impl Hunt<'_> {
    /// What of it stands in a ticket as it is seen; nothing where it does not.
    fn found(&self, eye: &Eye<'_>, ticket: &Ticket, live: bool) -> Option<FoundIn> {
        let fields = fields(eye, ticket, live);
        let units = ticket.lead_unit.as_deref().filter(|_| live);
        let is_led = |piece: &str| {
            units.is_some_and(|unit| self.reads.units_of(piece).iter().any(|it| it == unit))
        };
        let texts = fields.iter().map(|(_, text)| text.as_str());
        if !self.sought.is_in(texts, is_led) {
            return None;
        }
        let title = fields.first().map(|(_, title)| self.sought.marked(title));
        let title = title.unwrap_or_default();
        let is_in_title = title.iter().any(|part| part.found);
        let mut behind = fields.iter().skip(1).filter(|_| !is_in_title);
        let excerpt = behind.find_map(|(field, text)| Some((*field, self.sought.excerpt(text)?)));
        let (place, excerpt) = excerpt.unzip();
        Some(FoundIn {
            id: ticket.id,
            title,
            place,
            excerpt: excerpt.unwrap_or_default(),
        })
    }
}

/// What is searched of a ticket, as somebody sees it: the title first.
fn fields(eye: &Eye<'_>, ticket: &Ticket, live: bool) -> Vec<(FoundField, String)> {
    let sight = Sight::of_row(eye.actor, eye.reference, ticket, Permission::TicketView);
    let answer = ticket.answer.as_deref().filter(|_| live);
    let answer = answer.map(|text| {
        if sight.shows_numbers() {
            text.to_owned()
        } else {
            conceal(text)
        }
    });
    let unit = ticket.lead_unit.as_deref().filter(|_| live);
    let unit = unit.map(|code| eye.reference.unit_at(code, ticket.closed_at).name);
    let fields = [
        (FoundField::Title, Some(sight.words(&ticket.title))),
        (FoundField::Content, Some(sight.words(&ticket.content))),
        (FoundField::Address, sight.address(ticket)),
        (FoundField::Answer, answer),
        (FoundField::Unit, unit),
        (FoundField::Number, Some(ticket.ticket_no.to_string())),
        (FoundField::External, ticket.external_no.clone()),
        (FoundField::Paper, ticket.paper_no.clone()),
    ];
    let fields = fields.into_iter();
    fields
        .filter_map(|(field, text)| Some((field, text?)))
        .collect()
}
