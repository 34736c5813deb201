//! The page before a place: the same list read from the place towards its beginning, its rows turned round.
//! Not here: the page behind a place (`list`), the cursor's text (`cursor`).
//! Of the orders of acceptance each is the other one turned round; the others walk their index the other way.

use shared::access::Scope;
use shared::calendar::Instant;
use shared::query::{Sort, TicketQuery};

use super::super::cursor::Cursor;
use super::drive::Drive;
use super::order::{Phase, Place, keyset, pair};
use super::{Rows, page};
use crate::StoreError;
use crate::database::Handle;
use crate::sql::Sql;

/// The page before a place, in the list's own order; less than a page is the first page as it is now. Whether others lie before it is `more`.
pub(super) async fn before(
    h: Handle<'_>,
    scope: &Scope,
    query: &TicketQuery,
    (now, cursor): (Instant, Cursor),
) -> Result<Option<Rows>, StoreError> {
    let mut rows = match turned(query.sort) {
        Some(sort) => {
            let query = TicketQuery {
                sort,
                ..query.clone()
            };
            let at = Cursor {
                back: false,
                ..cursor
            };
            // On PostgreSQL a search of all months gathers its hits: it ends where the place is.
            let query = if h.is_sqlite() {
                query
            } else {
                super::joined::behind(&query, Some(at))
            };
            page(h, scope, &query, (now, Some(at))).await?
        }
        None => page(h, scope, query, (now, Some(cursor))).await?,
    };
    rows.found.reverse();
    Ok(rows.more.then_some(rows))
}

/// Whether a list of this order can be read towards its beginning.
pub(super) const fn is_turnable(sort: Sort) -> bool {
    matches!(
        sort,
        Sort::AcceptedDesc | Sort::AcceptedAsc | Sort::DueAsc | Sort::UpdatedDesc
    )
}

/// The order that is this one turned round.
const fn turned(sort: Sort) -> Option<Sort> {
    match sort {
        Sort::AcceptedDesc => Some(Sort::AcceptedAsc),
        Sort::AcceptedAsc => Some(Sort::AcceptedDesc),
        _ => None,
    }
}

/// The parts of a list from a place backwards: where it lies among rows without a sort value, those with one come behind.
pub(super) fn phases(sort: Sort, cursor: Cursor) -> Vec<Phase> {
    match (sort, cursor.key) {
        (Sort::DueAsc, None) => vec![Phase::WithoutKey { after: true }, Phase::WithKey],
        _ => vec![Phase::WithKey],
    }
}

/// Where the part ends and in which order it is read towards its beginning.
pub(super) fn along(sql: &mut Sql, drive: &Drive, sort: Sort, place: Place) {
    let id = place.cursor.map(|c| c.id);
    let key = place.cursor.and_then(|c| c.key);
    match (sort, place.phase, drive) {
        (Sort::DueAsc, Phase::WithoutKey { after }, _) => {
            sql.text(" and t.due_at is null");
            let id = id.filter(|_| after);
            keyset(sql, " and t.id < ?", id, " order by t.id desc");
        }
        (Sort::DueAsc, Phase::WithKey, _) => {
            sql.text(" and t.due_at is not null");
            pair(
                sql,
                " and (t.due_at, t.id) < (?, ?)",
                key,
                id,
                " order by t.due_at desc, t.id desc",
            );
        }
        (_, _, Drive::Unit { .. }) => pair(
            sql,
            " and (d.updated_at, d.ticket_id) > (?, ?)",
            key,
            id,
            " order by d.updated_at, d.ticket_id",
        ),
        _ => pair(
            sql,
            " and (t.updated_at, t.id) > (?, ?)",
            key,
            id,
            " order by t.updated_at, t.id",
        ),
    }
}
