//! One search over tickets, approvals and people, a few of each, for whoever may see them.
//! Not here: the ticket list's own search (`read`), names that can be given a task (`approvals::views::people`).
//! Each group runs in the reader's scope and is bounded: tickets and approvals along their index, people by name in the own city.

pub(crate) mod hits;
pub(crate) mod reads;
pub(crate) mod widening;

use shared::access::needs;
use shared::approval::query::{ApprovalFilter, ApprovalSort, Sought as ApprovalWords};
use shared::fault::{Code, Fault};
use shared::input;
use shared::query::search::{
    FoundApprovals, FoundPeople, FoundPerson, FoundTickets, MOST_CHARS, MOST_ROWS, SearchPage,
};
use shared::query::{TicketFilter, TicketQuery};
use shared::ticket::view::TicketRow;
use store::approvals::{Shelf, Wanted};
use store::record::Approval;
use store::users::Sought;

use super::read::{list, listable};
use crate::approvals::views::rows_of;
use crate::context::Ctx;
use crate::fault::Settle;

/// People who are looked at by name; closed accounts are left out afterwards.
const PEOPLE: u64 = 50;

/// A few of everything that the words are found in; nothing for no words. Tickets are looked for with synonyms as well, unless only the words
/// themselves are wanted.
///
/// # Errors
/// `access.denied` when nobody is signed in; at `q` `input.too_long`, and `input.search` for signs alone.
pub async fn search(ctx: &Ctx, q: &str, is_exact: bool) -> Result<SearchPage, Fault> {
    ctx.ask(needs::DIRECTORY)?;
    let q = input::line(q);
    if q.is_empty() {
        return Ok(SearchPage::default());
    }
    if q.chars().count() > MOST_CHARS {
        let mut fault = Fault::field("q", Code::InputTooLong);
        if let Some(field) = fault.fields.first_mut() {
            field.facts.insert("max".to_owned(), MOST_CHARS.to_string());
        }
        return Err(fault);
    }
    listable(&asked(&q))?;
    let sees = needs::TICKETS.is_met_by(&ctx.actor);
    let also = if is_exact || !sees {
        Vec::new()
    } else {
        let reference = ctx.services.reference().await?;
        let place = ctx.actor.region.as_deref().unwrap_or_default();
        let wide = TicketFilter {
            exact: false,
            ..asked(&q)
        };
        widening::also(&reference, place, &wide)
    };
    Ok(SearchPage {
        tickets: if sees {
            Some(tickets(ctx, &q, &also).await?)
        } else {
            None
        },
        approvals: approvals(ctx, &q).await?,
        people: people(ctx, &q).await?,
        also,
        q,
    })
}

/// What is asked of tickets: these words alone, since what stands for them is asked for by itself, behind them.
fn asked(words: &str) -> TicketFilter {
    TicketFilter {
        q: Some(words.to_owned()),
        exact: true,
        ..TicketFilter::default()
    }
}

/// Those with the words themselves first, then those with synonyms, each once.
async fn tickets(ctx: &Ctx, q: &str, also: &[String]) -> Result<FoundTickets, Fault> {
    let mut items: Vec<TicketRow> = Vec::new();
    let mut goes_on = false;
    for words in std::iter::once(q).chain(also.iter().map(String::as_str)) {
        let query = TicketQuery {
            filter: asked(words),
            limit: 6,
            ..TicketQuery::default()
        };
        let page = list(ctx, query).await?;
        goes_on |= page.next_cursor.is_some();
        for row in page.items {
            if !items.iter().any(|known| known.id == row.id) {
                items.push(row);
            }
        }
        if items.len() > MOST_ROWS {
            break;
        }
    }
    let more = goes_on || items.len() > MOST_ROWS;
    items.truncate(MOST_ROWS);
    Ok(FoundTickets { items, more })
}

/// Those whose title has the words in it, numbers of people left out, or whose number begins so; none for signs, and for a few digits.
async fn approvals(ctx: &Ctx, words: &str) -> Result<Option<FoundApprovals>, Fault> {
    if !needs::APPROVALS.is_met_by(&ctx.actor) {
        return Ok(None);
    }
    if ApprovalWords::of(words).is_none() {
        return Ok(Some(FoundApprovals {
            items: Vec::new(),
            more: false,
        }));
    }
    let db = ctx.services.store().reader();
    let shelf = Shelf::All(ctx.reach(needs::APPROVALS)?);
    let wanted = Wanted {
        filter: ApprovalFilter {
            q: Some(words.to_owned()),
            ..ApprovalFilter::default()
        },
        also: None,
        sort: ApprovalSort::USUAL,
        cursor: None,
        limit: u32::try_from(MOST_ROWS).unwrap_or(u32::MAX),
        now: ctx.now(),
    };
    let page = store::approvals::list(&db, &ctx.actor, &shelf, &wanted);
    let page = ctx.wanted.read(async { page.await.settle(&ctx.services) });
    let page = page.await?;
    let more = page.next_cursor.is_some();
    let hits = page.items.into_iter();
    let hits: Vec<(Approval, String)> = hits.map(|(it, _, steps)| (it, steps)).collect();
    let items = rows_of(ctx, &hits).await.settle(&ctx.services)?;
    Ok(Some(FoundApprovals { items, more }))
}

/// People with an account in the own city, or in the province for its people.
async fn people(ctx: &Ctx, words: &str) -> Result<Option<FoundPeople>, Fault> {
    let Some(path) = &ctx.actor.unit_path else {
        return Ok(None);
    };
    // The first two codes of a path are the province's centre and the city's.
    let city: String = path.split_inclusive('/').take(2).collect();
    let reference = ctx.services.reference().await?;
    let units = reference.units.values();
    let units = units.filter(|unit| unit.path.starts_with(&city));
    let sought = Sought {
        units: Some(units.map(|unit| unit.code.clone()).collect()),
        words: Some(words.to_owned()),
        after: None,
        limit: PEOPLE,
    };
    let found = store::users::page(&ctx.services.store().reader(), sought).await;
    let mut found = found.settle(&ctx.services)?;
    found.retain(|user| user.active);
    let more = found.len() > MOST_ROWS;
    found.truncate(MOST_ROWS);
    let items = found.into_iter().map(|user| FoundPerson {
        unit: reference.unit(&user.unit).name,
        username: user.username,
        name: user.name,
    });
    Ok(Some(FoundPeople {
        items: items.collect(),
        more,
    }))
}
