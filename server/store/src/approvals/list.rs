//! Lists of approvals: what waits for the actor, what the actor filed, did or reads along, and everything in the actor's scope.
//! Not here: one approval (`load`), what a process owner looks at (`owner`), the filters (`filter`), orders and cursors (`walk`).
//! Texts: every list walks one index in its order, unless a filter names few approvals, which are gathered; to-dos are those of every kind of
//! case (`host::to_do`).

use shared::access::{Actor, Scope};
use shared::approval::ApprovalStatus;
use shared::approval::query::{ApprovalFilter, ApprovalSort};
use shared::calendar::Instant;

use super::filter::{conditions, id_bounds, leads};
use super::reach::within;
use super::row;
use super::walk::Walk;
use crate::host::to_do;
use crate::record::{Approval, Involved, Task};
use crate::scope::{above, city_of, parts};
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError};

/// Rows of a page at most.
const PAGE: u32 = 200;
/// A set up to this size is read whole and sorted; among more, a walk in the list's order meets its rows soon enough.
const FEW: i64 = 5_000;

/// Which approvals.
#[derive(Debug, Clone, PartialEq)]
pub enum Shelf {
    /// What waits for the actor, nearest deadline first.
    ToDo,
    /// What the actor filed, did or reads along.
    Mine(Involved),
    /// Everything in the scope.
    All(Scope),
}

/// What is wanted of a shelf. A to-do list has neither filters nor another order.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    /// Filters.
    pub filter: ApprovalFilter,
    /// Another scope in which they must lie as well.
    pub also: Option<Scope>,
    /// Order.
    pub sort: ApprovalSort,
    /// From the page before or behind.
    pub cursor: Option<String>,
    /// 1 to 200.
    pub limit: u32,
    /// When; decides the light.
    pub now: Instant,
}

/// An approval with the task for which it stands on a to-do list, and its open elements as JSON.
pub type Listed = (Approval, Option<Task>, String);

/// A page of a shelf.
#[derive(Debug)]
pub struct Page {
    /// The rows in the list's order.
    pub items: Vec<Listed>,
    /// Where the next page begins; `None` on the last one.
    pub next_cursor: Option<String>,
    /// Where the page before begins; `None` on the first one, and on a to-do list.
    pub prev_cursor: Option<String>,
}

/// A page of a shelf.
///
/// # Errors
/// `Cursor` for a cursor that is not ours.
pub async fn list(
    conn: &dyn Conn,
    actor: &Actor,
    shelf: &Shelf,
    wanted: &Wanted,
) -> Result<Page, StoreError> {
    let rows = wanted.limit.clamp(1, PAGE);
    let cursor = wanted.cursor.as_deref();
    if *shelf == Shelf::ToDo {
        let page = to_do::approvals(conn, actor, cursor, rows).await?;
        let listed = |(task, approval, steps)| (approval, Some(task), steps);
        return Ok(Page {
            items: page.items.into_iter().map(listed).collect(),
            next_cursor: page.next_cursor,
            prev_cursor: None,
        });
    }
    let walk = Walk::of(wanted.sort, cursor)?;
    let limit = rows as usize;
    let mut items = Vec::new();
    for way in ways(conn, actor, shelf, wanted).await? {
        items.extend(read(conn, way, walk, limit + 1).await?);
    }
    walk.merge(&mut items);
    let around = walk.cut(&mut items, limit);
    Ok(Page {
        items,
        next_cursor: around.next,
        prev_cursor: around.prev,
    })
}

/// How many approvals a shelf and its filters reach, counted up to `cap`; none of a to-do list, which is counted by itself.
pub async fn count(
    conn: &dyn Conn,
    actor: &Actor,
    (shelf, wanted): (&Shelf, &Wanted),
    cap: usize,
) -> Result<i64, StoreError> {
    let ways = ways(conn, actor, shelf, wanted).await?;
    if ways.is_empty() {
        return Ok(0);
    }
    conn.handle().number(counting(ways, cap)).await
}

/// Each way is counted up to the cap, and what several have in common once.
fn counting(ways: Vec<Way>, cap: usize) -> Sql {
    let mut sql = Sql::new("select count(*) from (select * from (", vals![]);
    for (index, way) in ways.into_iter().enumerate() {
        sql.text(if index > 0 { " union " } else { "" })
            .text("select * from (select a.id")
            .append(way.from);
        sql.limit(cap).text(") u");
    }
    sql.text(") m");
    sql.limit(cap).text(") x");
    sql
}

/// The statements of a scope's page, for measurements.
pub(crate) async fn statements(
    conn: &dyn Conn,
    scope: &Scope,
    wanted: &Wanted,
) -> Result<Vec<Sql>, StoreError> {
    let walk = Walk::of(wanted.sort, wanted.cursor.as_deref())?;
    let mut all = Vec::new();
    for part in parts(scope) {
        let way = in_scope(conn, part, wanted).await?;
        let mut sql = Sql::new("select a.id", vals![]);
        sql.append(ordered(conn, way, walk));
        sql.limit(wanted.limit as usize);
        all.push(sql);
    }
    Ok(all)
}

/// ` and …` for the filters, and for the other scope.
fn asked(filter: &ApprovalFilter, wanted: &Wanted) -> Sql {
    let mut sql = conditions(filter, wanted.now);
    if let Some(scope) = &wanted.also {
        sql.append(within(scope));
    }
    sql
}

/// ` from … where …`, and how its rows come.
struct Way {
    from: Sql,
    /// The column in which the id stands.
    key: &'static str,
    /// Its rows do not come in the list's order: they are gathered and sorted.
    gathers: bool,
}

/// The ways of a shelf: of several posts' scopes each its own.
async fn ways(
    conn: &dyn Conn,
    actor: &Actor,
    shelf: &Shelf,
    wanted: &Wanted,
) -> Result<Vec<Way>, StoreError> {
    let sqlite = conn.handle().is_sqlite();
    match shelf {
        Shelf::ToDo => Ok(Vec::new()),
        Shelf::Mine(part) => {
            let Some(user) = actor.user() else {
                return Ok(Vec::new());
            };
            let mut from = Sql::new(
                " from case_people p cross join approvals a where p.user_id = ? and p.part = ? and a.id = p.case_id",
                vals![user, part.code()],
            );
            from.append(asked(&wanted.filter, wanted).aside(sqlite));
            Ok(vec![Way {
                from,
                key: "p.case_id",
                gathers: wanted.sort == ApprovalSort::UpdatedDesc,
            }])
        }
        Shelf::All(scope) => {
            let mut ways = Vec::new();
            for part in parts(scope) {
                ways.push(in_scope(conn, part, wanted).await?);
            }
            Ok(ways)
        }
    }
}

/// The way in one post's scope: along the smallest set that a filter names, if it is small, else along the scope's own index. PostgreSQL decides
/// itself.
async fn in_scope(conn: &dyn Conn, scope: &Scope, wanted: &Wanted) -> Result<Way, StoreError> {
    let h = conn.handle();
    let (mut best, mut least) = (None, FEW);
    if h.is_sqlite() {
        for lead in leads(&wanted.filter) {
            let size = size(conn, &lead, least).await?;
            if size < least {
                (best, least) = (Some(lead), size);
            }
        }
    }
    let Some(mut from) = best else {
        let from = in_area(conn, scope, wanted).await?;
        return Ok(Way {
            from,
            key: "a.id",
            gathers: false,
        });
    };
    let mut rest = within(scope);
    rest.append(asked(&wanted.filter, wanted));
    from.append(rest.aside(h.is_sqlite()));
    Ok(Way {
        from,
        key: "a.id",
        gathers: true,
    })
}

/// How many rows a set has, counted up to a bound.
async fn size(conn: &dyn Conn, lead: &Sql, most: i64) -> Result<i64, StoreError> {
    let mut sql = Sql::new("select count(*) from (select 1", vals![]);
    sql.append(lead.clone());
    sql.limit(usize::try_from(most).unwrap_or(0)).text(") x");
    conn.handle().number(sql).await
}

/// ` from … where …` of an area: its own index leads, for everything that of the one status asked for; the rest stands aside.
async fn in_area(conn: &dyn Conn, scope: &Scope, wanted: &Wanted) -> Result<Sql, StoreError> {
    let h = conn.handle();
    let mut of_status = Sql::default();
    let mut filter = wanted.filter.clone();
    let by_filing = wanted.sort != ApprovalSort::UpdatedDesc;
    let one: Option<ApprovalStatus> = match filter.status[..] {
        [status] if by_filing => Some(status),
        _ => None,
    };
    if let Some(status) = one {
        filter.status.clear();
        of_status.push(" and a.status = ?", vals![status]);
    }
    let mut rest = within(scope);
    let mut sql = Sql::new(" from approvals a where 1 = 1", vals![]);
    match scope {
        Scope::All => drop(sql.append(of_status)),
        // A province's people walk with everybody: nearly all cities are theirs.
        Scope::Region(prefix) if prefix.len() < 4 => drop(sql.append(of_status)),
        Scope::Region(prefix) => {
            sql.push(" and a.city = ?", vals![city_of(prefix)]);
            rest.append(of_status);
        }
        Scope::Unit(unit) => {
            sql.push(" and a.unit = ?", vals![unit]);
            rest.append(of_status);
        }
        Scope::Own(_) | Scope::Team(_) | Scope::Any(_) => {
            sql.append(std::mem::take(&mut rest));
            rest.append(of_status);
        }
        Scope::UnitTree(path) => {
            if h.is_sqlite() && few_below(conn, path).await? {
                sql.append(std::mem::take(&mut rest));
            }
            rest.append(of_status);
        }
    }
    if by_filing {
        sql.append(id_bounds(&filter));
    }
    rest.append(asked(&filter, wanted));
    sql.append(rest.aside(h.is_sqlite()));
    Ok(sql)
}

/// Whether a subtree has so few approvals that they are sorted.
async fn few_below(conn: &dyn Conn, path: &str) -> Result<bool, StoreError> {
    let sql = Sql::new(
        "select count(*) from (select 1 from approvals a where a.unit_path >= ? and a.unit_path < ? limit ?) x",
        vals![path, above(path), FEW],
    );
    Ok(conn.handle().number(sql).await? < FEW)
}

/// A way in the list's order; the order of rows that are gathered leads to no index.
fn ordered(conn: &dyn Conn, way: Way, walk: Walk) -> Sql {
    let aside = way.gathers && conn.handle().is_sqlite();
    let mut sql = way.from;
    sql.append(walk.order(way.key).aside(aside));
    sql
}

/// The next rows of a way.
async fn read(
    conn: &dyn Conn,
    way: Way,
    walk: Walk,
    rows: usize,
) -> Result<Vec<Listed>, StoreError> {
    let h = conn.handle();
    let mut sql = Sql::new("select ", vals![]);
    sql.text(*row::COLUMNS).append(ordered(conn, way, walk));
    sql.limit(rows);
    let found = h.all(sql).await?;
    let found = found.iter().map(|found| {
        let (approval, steps) = row::read(found, h.seal())?;
        Ok((approval, None, steps))
    });
    found.collect()
}
