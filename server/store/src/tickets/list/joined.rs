//! The page of several posts' scopes: the page of each along its own index, and of these the page of all, each ticket once.
//! Not here: the page of one scope (`list`), counts (`count`).
//! One walk with all scopes beside it would pass every ticket to fill the page of somebody who works for two small units.

use std::cmp::Ordering;
use std::collections::HashSet;

use shared::access::Scope;
use shared::calendar::Instant;
use shared::query::{Sort, TicketQuery};

use super::super::cursor::Cursor;
use super::{Rows, limit_of, rows};
use crate::StoreError;
use crate::database::Handle;

/// The page of all of these scopes.
pub(super) async fn joined(
    h: Handle<'_>,
    scopes: &[Scope],
    query: &TicketQuery,
    (now, cursor): (Instant, Option<Cursor>),
) -> Result<Rows, StoreError> {
    let (sort, limit) = (query.sort, limit_of(query));
    let query = &behind(query, cursor);
    let (mut found, mut more) = (Vec::new(), false);
    for scope in scopes {
        let page = rows(h, scope, query, (now, cursor)).await?;
        more |= page.more;
        let places = page.found.into_iter();
        found.extend(places.map(|(place, ticket)| (common(place, sort), ticket)));
    }
    let is_back = cursor.is_some_and(|cursor| cursor.back);
    found.sort_by(|(a, _), (b, _)| {
        let order = in_order(sort, a, b);
        if is_back { order.reverse() } else { order }
    });
    let mut seen = HashSet::new();
    found.retain(|(place, _)| seen.insert(place.id));
    more |= found.len() > limit;
    found.truncate(limit);
    Ok(Rows { found, more })
}

/// A place that every scope understands: row numbers of a search are known only where the search leads.
fn common(place: Cursor, sort: Sort) -> Cursor {
    match sort {
        Sort::AcceptedDesc | Sort::AcceptedAsc | Sort::Best => Cursor { key: None, ..place },
        Sort::DueAsc | Sort::UpdatedDesc => place,
    }
}

/// The query from a place on: its time of acceptance, which the id carries (I8), bounds what a search has to pass.
pub(super) fn behind(query: &TicketQuery, cursor: Option<Cursor>) -> TicketQuery {
    let mut rest = query.clone();
    let Some(at) = cursor.and_then(|cursor| i64::try_from(cursor.id.as_u128() >> 80).ok()) else {
        return rest;
    };
    let filter = &mut rest.filter;
    match query.sort {
        Sort::AcceptedDesc | Sort::Best => {
            let to = at.saturating_add(1);
            filter.accepted_to = Some(filter.accepted_to.map_or(to, |old| old.min(to)));
        }
        Sort::AcceptedAsc => {
            filter.accepted_from = Some(filter.accepted_from.map_or(at, |old| old.max(at)));
        }
        Sort::DueAsc | Sort::UpdatedDesc => {}
    }
    rest
}

fn in_order(sort: Sort, a: &Cursor, b: &Cursor) -> Ordering {
    match sort {
        Sort::AcceptedDesc | Sort::Best => b.id.cmp(&a.id),
        Sort::AcceptedAsc => a.id.cmp(&b.id),
        // Those without a deadline come last.
        Sort::DueAsc => (a.key.is_none(), a.key, a.id).cmp(&(b.key.is_none(), b.key, b.id)),
        Sort::UpdatedDesc => (b.key, b.id).cmp(&(a.key, a.id)),
    }
}
