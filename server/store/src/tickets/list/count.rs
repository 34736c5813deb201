//! How many tickets a scope and a filter reach: exactly up to a cap, or for a page, where a search is looked through only so far.
//! Not here: the list itself (`list`), which index it is read along (`way`).
//! Texts: a count is bounded along an index. A common word stands in half of all tickets: whoever sees one city's would have every hit looked up, for a number beside the list.

use shared::access::Scope;
use shared::calendar::Instant;
use shared::query::TicketFilter;

use super::super::filter::{Leave, NOT_RECYCLED, conditions, words_of};
use super::super::search::{self, Words, found, matching};
use super::drive::{Asked, from, rid_bounds, unit_of};
use super::lead::Reading;
use super::way::{small_set, way};
use crate::database::Handle;
use crate::scope::{parts, reaches, unit_known, within};
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError};

/// Hits of a search that are looked up at most for a page's number, and the same on PostgreSQL, where each costs five times as much.
const LOOKED: [usize; 2] = [10_000, 2_000];
/// Up to this many hits are gathered to be compared with the tickets of a small set; with more of them each ticket is asked for by itself.
const GATHERED: usize = 50_000;

/// A number beside a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// Tickets that were counted, at most the cap.
    pub n: i64,
    /// There may be more: the cap was reached, or not every hit of the search was looked up.
    pub more: bool,
}

/// How many tickets the scope and the filter reach, counted up to `cap`; ask for one more than is shown to know whether there are more.
pub async fn count_capped(
    conn: &dyn Conn,
    scope: &Scope,
    filter: &TicketFilter,
    cap: i64,
    now: Instant,
) -> Result<i64, StoreError> {
    let h = conn.handle();
    let froms = counted(h, scope, filter, now).await?;
    h.number(up_to(&froms, cap, h.is_sqlite())).await
}

/// ` from … where …` for a number alone.
async fn counted(
    h: Handle<'_>,
    scope: &Scope,
    filter: &TicketFilter,
    now: Instant,
) -> Result<Vec<Sql>, StoreError> {
    if let [part] = parts(scope)
        && let Some(alone) = of_unit_alone(asked(h, part, filter, now))
    {
        return Ok(vec![alone]);
    }
    ways(h, scope, filter, now).await
}

/// ` from … where …` of a unit's tickets where nothing else is asked of them: counted from the unit's own index, and no ticket is looked up
/// but those that were taken back, which are few. Nothing where the filter asks for more, or the scope is no unit.
fn of_unit_alone(asked: Asked<'_>) -> Option<Sql> {
    let (unit, direct) = unit_of(asked.scope)?;
    let mut rest = unit_known(asked.scope, asked.filter);
    rest.append(conditions(
        asked.filter,
        asked.now,
        asked.sqlite,
        Leave::default(),
    ));
    if !rest.is(NOT_RECYCLED) {
        return None;
    }
    let mut sql = Sql::new(" from ticket_units d where d.unit = ?", vals![unit]);
    if direct {
        sql.text(" and d.direct");
    }
    sql.text(" and d.ticket_id not in (select t.id from tickets t where t.state = 'RE')");
    Some(sql)
}

/// ` from … where …` along the way of each part of the scope.
pub(super) async fn ways(
    h: Handle<'_>,
    scope: &Scope,
    filter: &TicketFilter,
    now: Instant,
) -> Result<Vec<Sql>, StoreError> {
    let mut froms = Vec::new();
    for part in parts(scope) {
        let way = way(h, part, filter, None).await?;
        froms.push(from(&way.drive, asked(h, part, filter, now), Reading::Any));
    }
    Ok(froms)
}

/// The same for a page, in a time that does not grow with the number of tickets in which a searched word stands.
pub async fn tally(
    conn: &dyn Conn,
    scope: &Scope,
    filter: &TicketFilter,
    cap: i64,
    now: Instant,
) -> Result<Tally, StoreError> {
    let h = conn.handle();
    let Some(q) = words_of(filter).filter(|q| search::is_searchable(*q)) else {
        let n = count_capped(conn, scope, filter, cap.saturating_add(1), now).await?;
        return Ok(Tally {
            n: n.min(cap),
            more: n > cap,
        });
    };
    let most = looked(h.is_sqlite());
    let hits = h.number(hits_up_to(h, (filter, q), most)).await?;
    let searched = searches(h, asked(h, scope, filter, now), (q, hits)).await?;
    let sql = up_to(&searched.froms, cap.saturating_add(1), h.is_sqlite());
    let n = h.number(sql).await?;
    Ok(Tally {
        n: n.min(cap),
        more: n > cap || (searched.is_partial && hits >= as_number(most)),
    })
}

fn asked<'a>(h: Handle<'_>, scope: &'a Scope, filter: &'a TicketFilter, now: Instant) -> Asked<'a> {
    Asked {
        scope,
        filter,
        now,
        sqlite: h.is_sqlite(),
    }
}

fn looked(sqlite: bool) -> usize {
    LOOKED[usize::from(!sqlite)]
}

fn as_number(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

/// The statement that counts up to `cap` what is reached on these ways, each ticket once.
fn up_to(froms: &[Sql], cap: i64, sqlite: bool) -> Sql {
    let mut sql = Sql::new("select count(*) from (", vals![]);
    if let [one] = froms {
        sql.text("select 1").append(one.clone());
    } else {
        sql.text("select * from (");
        for (index, from) in froms.iter().enumerate() {
            sql.text(if index > 0 { " union " } else { "" })
                .text("select * from (select ")
                // Every index has the row number on SQLite, and few the id.
                .text(if sqlite { "t.rid" } else { "t.id" })
                .append(from.clone())
                .push(" limit ?) u", vals![cap]);
        }
        sql.text(") m");
    }
    sql.push(" limit ?) x", vals![cap]);
    sql
}

/// The statements of a count for a page, the ways that are chosen for them: for the test on plans.
pub(super) async fn statements(
    h: Handle<'_>,
    scope: &Scope,
    filter: &TicketFilter,
    now: Instant,
) -> Result<Vec<Sql>, StoreError> {
    let Some(q) = words_of(filter).filter(|q| search::is_searchable(*q)) else {
        let froms = counted(h, scope, filter, now).await?;
        return Ok(vec![up_to(&froms, 10_001, h.is_sqlite())]);
    };
    let hits = hits_up_to(h, (filter, q), 10_000);
    let known = h.number(hits.clone()).await?;
    let searched = searches(h, asked(h, scope, filter, now), (q, known)).await?;
    Ok(vec![hits, up_to(&searched.froms, 10_001, h.is_sqlite())])
}

/// What a search finds, to be counted.
struct Searched {
    /// ` from … where …` of each part of the scope.
    froms: Vec<Sql>,
    /// Only so many hits are looked up.
    is_partial: bool,
}

/// The ways to what a search finds in each part of the scope.
async fn searches(
    h: Handle<'_>,
    asked: Asked<'_>,
    (q, hits): (Words<'_>, i64),
) -> Result<Searched, StoreError> {
    let (mut froms, mut is_partial) = (Vec::new(), false);
    for scope in parts(asked.scope) {
        let (from, partial) = searched(h, Asked { scope, ..asked }, (q, hits)).await?;
        froms.push(from);
        is_partial |= partial;
    }
    Ok(Searched { froms, is_partial })
}

/// Counts the hits themselves, from the index alone.
fn hits_up_to(h: Handle<'_>, (filter, q): (&TicketFilter, Words<'_>), most: usize) -> Sql {
    let mut sql = Sql::new("select count(*) from (", vals![]);
    sql.append(hits(h.is_sqlite(), (filter, q), most));
    sql.text(") x");
    sql
}

/// The way to what a search finds: through the tickets of a set smaller than the hits, or through the hits, of which only so many are looked up.
async fn searched(
    h: Handle<'_>,
    asked: Asked<'_>,
    (q, hits): (Words<'_>, i64),
) -> Result<(Sql, bool), StoreError> {
    let Some(set) = small_set(h, asked, hits).await? else {
        return Ok((through_hits(asked, q), true));
    };
    let rest = TicketFilter {
        q: None,
        ..asked.filter.clone()
    };
    let of_set = Asked {
        filter: &rest,
        ..asked
    };
    let mut from = from(&set, of_set, Reading::Any);
    if !asked.sqlite {
        from.append(found(q));
    } else if h.number(hits_up_to(h, (asked.filter, q), GATHERED)).await? < as_number(GATHERED) {
        from.text(" and +t.rid in (")
            .append(self::hits(true, (asked.filter, q), GATHERED))
            .text(")");
    } else {
        from.append(matching(q));
    }
    Ok((from, false))
}

/// Row numbers or ids of the tickets in which the words stand, in the order of the index.
fn hits(sqlite: bool, (filter, q): (&TicketFilter, Words<'_>), most: usize) -> Sql {
    let mut sql = if sqlite {
        let mut sql = Sql::new(
            "select f.rowid as rid from ticket_search f where f.ticket_search match ?",
            vals![search::fts_query(q).unwrap_or_default()],
        );
        sql.append(rid_bounds(filter));
        sql
    } else {
        search::hits(q, filter.accepted_from, filter.accepted_to)
    };
    sql.limit(most);
    sql
}

fn through_hits(asked: Asked<'_>, q: Words<'_>) -> Sql {
    let Asked {
        scope,
        filter,
        now,
        sqlite,
    } = asked;
    let leave = Leave {
        q: true,
        ..Leave::default()
    };
    let found = hits(sqlite, (filter, q), looked(sqlite));
    let mut sql = Sql::default();
    let mut rest = if sqlite {
        sql.text(" from (")
            .append(found)
            .text(") v cross join tickets t where t.rid = v.rid");
        reaches(scope)
    } else {
        // A long text has several rows in the index. Behind `offset 0` one ticket is looked up after another.
        sql.text(" from (select distinct h.ticket_id from (").append(found).text(") h) v cross join lateral (select t.* from tickets t where t.id = v.ticket_id offset 0) t where 1 = 1")
            .append(search::also(q));
        within(scope)
    };
    rest.append(unit_known(scope, filter))
        .append(conditions(filter, now, sqlite, leave));
    sql.append(rest.aside(sqlite));
    sql
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alone(scope: &Scope, filter: &TicketFilter) -> bool {
        of_unit_alone(Asked {
            scope,
            filter,
            now: Instant(0),
            sqlite: true,
        })
        .is_some()
    }

    #[test]
    fn a_units_tickets_are_counted_by_themselves_only_where_nothing_else_is_asked() {
        let unit = Scope::Unit("3201-ZJJ".to_owned());
        let tree = Scope::UnitTree("JS/3201-ZJJ/".to_owned());
        let all = TicketFilter::default();
        let tagged = TicketFilter {
            tag: Some("urgent".to_owned()),
            ..TicketFilter::default()
        };
        assert!(alone(&unit, &all));
        assert!(alone(&tree, &all));
        assert!(!alone(&unit, &tagged));
        assert!(!alone(&Scope::All, &all));
        assert!(!alone(&Scope::Any(vec![unit.clone(), tree]), &all));
    }
}
