//! A search on PostgreSQL looks at the newest days first: a full-text index knows no order, and a common word has hits on every day.
//! Not here: the search's index and its query (`search`), what is older than the last window (`list`).
//! Texts: the index of words leads. Each window is longer than the one before.

use shared::access::Scope;
use shared::calendar::Instant;
use shared::query::{Sort, TicketQuery};
use uuid::Uuid;

use super::super::cursor::Cursor;
use super::super::filter::{Leave, conditions, words_of};
use super::super::{row, search};
use super::order::keyset;
use crate::StoreError;
use crate::database::Handle;
use crate::scope::{unit_known, within};
use crate::sql::{Sql, only, vals};

/// Days of the windows in which a search looks first: at ten million tickets a day has thirty thousand.
const WINDOWS: [i64; 4] = [1, 3, 9, 27];

/// Whether a list is a search by newest acceptance, which reads day by day.
pub(super) fn is_search(query: &TicketQuery) -> bool {
    query.sort == Sort::AcceptedDesc && words_of(&query.filter).is_some_and(search::is_searchable)
}

/// The newest day that a search has to look at: of the cursor, or of the newest ticket that the filter allows.
pub(super) async fn newest_day(
    h: Handle<'_>,
    query: &TicketQuery,
    cursor: Option<Cursor>,
) -> Result<i64, StoreError> {
    let time_of = |id: Uuid| i64::try_from(id.as_u128() >> 80).unwrap_or(i64::MAX);
    let newest = if let Some(cursor) = cursor {
        Some(time_of(cursor.id))
    } else {
        let sql = Sql::new(
            "select t.id from tickets t order by t.id desc limit 1",
            vals![],
        );
        // Past the net, under which it would be looked for row by row; no more than its day is taken of it.
        let row = h.beside().one(sql).await?;
        row.map(|row| only(&row).map(time_of)).transpose()?
    };
    let newest = newest.unwrap_or_default();
    let bound = query.filter.accepted_to.unwrap_or(newest).min(newest);
    Ok(search::day(Instant(bound)))
}

/// From the newest day backwards, each window longer than the one before.
pub(super) fn windows(newest: i64) -> impl Iterator<Item = std::ops::RangeInclusive<i64>> {
    let mut last = newest;
    WINDOWS.into_iter().map(move |days| {
        let window = last - days + 1..=last;
        last -= days;
        window
    })
}

/// The hits of these days, newest first; PostgreSQL only.
pub(super) fn found_on(
    scope: &Scope,
    query: &TicketQuery,
    (now, cursor): (Instant, Option<Cursor>),
    days: std::ops::RangeInclusive<i64>,
) -> Sql {
    let leave = Leave {
        q: true,
        ..Leave::default()
    };
    let mut sql = Sql::new("select ", vals![]);
    sql.text(*row::COLUMNS)
        .text(" from tickets t where 1 = 1")
        .append(within(scope))
        .append(unit_known(scope, &query.filter))
        .append(conditions(&query.filter, now, false, leave));
    if let Some(words) = words_of(&query.filter) {
        sql.append(search::matching_on(words, days));
    }
    let id = cursor.map(|c| c.id);
    keyset(&mut sql, " and t.id < ?", id, " order by t.id desc");
    sql
}
