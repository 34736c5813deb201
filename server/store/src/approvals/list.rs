//! Lists of approvals: what waits for the actor, what the actor filed, did or reads along, and everything in the actor's scope.
//! Not here: one approval (`load`), what a process owner looks at (`owner`).
//! Texts: every list walks one index in its order; to-dos are those of every kind of case (`host::to_do`).

use shared::access::{Actor, Scope};
use shared::approval::ApprovalStatus;
use uuid::Uuid;

use super::reach::within;
use super::row;
use crate::host::to_do;
use crate::record::{Approval, Involved, Task};
use crate::scope::{above, city_of, parts};
use crate::sql::{Sql, vals};
use crate::tickets::ListPage;
use crate::{Conn, StoreError};

/// Rows of a page at most.
const PAGE: u32 = 200;

/// Which approvals.
#[derive(Debug, Clone, PartialEq)]
pub enum Shelf {
    /// What waits for the actor, nearest deadline first.
    ToDo,
    /// What the actor filed, did or reads along, newest first.
    Mine(Involved),
    /// Everything in the scope, newest first.
    All(Scope, Option<ApprovalStatus>),
}

/// An approval with the task for which it stands on a to-do list, and its open elements as JSON.
pub type Listed = (Approval, Option<Task>, String);

/// A page of a shelf.
///
/// # Errors
/// `Cursor` for a cursor that is not ours.
pub async fn list(
    conn: &dyn Conn,
    actor: &Actor,
    shelf: &Shelf,
    cursor: Option<&str>,
    limit: u32,
) -> Result<ListPage<Listed>, StoreError> {
    let rows = limit.clamp(1, PAGE);
    let limit = rows as usize;
    match shelf {
        Shelf::ToDo => {
            let page = to_do::approvals(conn, actor, cursor, rows).await?;
            let listed = |(task, approval, steps)| (approval, Some(task), steps);
            Ok(ListPage {
                items: page.items.into_iter().map(listed).collect(),
                next_cursor: page.next_cursor,
            })
        }
        Shelf::Mine(part) => {
            let Some(user) = actor.user() else {
                return Ok(empty());
            };
            let sql = Sql::new(
                " from case_people p cross join approvals a where p.user_id = ? and p.part = ? and a.id = p.case_id",
                vals![user, part.code()],
            );
            newest(conn, sql, "p.case_id", cursor, limit).await
        }
        Shelf::All(scope, status) => of_scope(conn, (scope, *status), cursor, limit).await,
    }
}

/// The page of a scope; of several posts' scopes the page of each along its own index, and of these the page of all, each approval once.
async fn of_scope(
    conn: &dyn Conn,
    (scope, status): (&Scope, Option<ApprovalStatus>),
    cursor: Option<&str>,
    limit: usize,
) -> Result<ListPage<Listed>, StoreError> {
    let (mut items, mut more) = (Vec::new(), false);
    for part in parts(scope) {
        let from = in_area(conn, part, status).await?;
        let page = newest(conn, from, "a.id", cursor, limit).await?;
        more |= page.next_cursor.is_some();
        items.extend(page.items);
    }
    items.sort_by_key(|(approval, ..)| std::cmp::Reverse(approval.id));
    items.dedup_by_key(|(approval, ..)| approval.id);
    more |= items.len() > limit;
    items.truncate(limit);
    let next_cursor = cursor_of(&items, more);
    Ok(ListPage { items, next_cursor })
}

/// Where the next page begins, if there is one.
fn cursor_of(items: &[Listed], more: bool) -> Option<String> {
    let (approval, ..) = items.last().filter(|_| more)?;
    Some(approval.id.to_string())
}

/// The statements of a scope's first page, for measurements.
pub(crate) async fn statements(
    conn: &dyn Conn,
    scope: &Scope,
    status: Option<ApprovalStatus>,
    limit: usize,
) -> Result<Vec<Sql>, StoreError> {
    let mut all = Vec::new();
    for part in parts(scope) {
        let mut sql = Sql::new("select a.id", vals![]);
        sql.append(in_area(conn, part, status).await?)
            .text(" order by a.id desc");
        sql.limit(limit);
        all.push(sql);
    }
    Ok(all)
}

/// ` from … where …` of an area: its own index leads, for everything that of the status; the rest stands aside.
async fn in_area(
    conn: &dyn Conn,
    scope: &Scope,
    status: Option<ApprovalStatus>,
) -> Result<Sql, StoreError> {
    let h = conn.handle();
    let mut of_status = Sql::default();
    if let Some(status) = status {
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
    sql.append(rest.aside(h.is_sqlite()));
    Ok(sql)
}

/// Whether a subtree has so few approvals that they are sorted; among more, a walk from the newest on meets them soon enough.
async fn few_below(conn: &dyn Conn, path: &str) -> Result<bool, StoreError> {
    const FEW: i64 = 5_000;
    let sql = Sql::new(
        "select count(*) from (select 1 from approvals a where a.unit_path >= ? and a.unit_path < ? limit ?) x",
        vals![path, above(path), FEW],
    );
    Ok(conn.handle().number(sql).await? < FEW)
}

fn empty() -> ListPage<Listed> {
    ListPage {
        items: Vec::new(),
        next_cursor: None,
    }
}

async fn newest(
    conn: &dyn Conn,
    from: Sql,
    key: &'static str,
    cursor: Option<&str>,
    limit: usize,
) -> Result<ListPage<Listed>, StoreError> {
    let h = conn.handle();
    let mut sql = Sql::new("select ", vals![]);
    sql.text(*row::COLUMNS).append(from);
    if let Some(cursor) = cursor {
        let id = Uuid::parse_str(cursor).map_err(|_| StoreError::Cursor)?;
        sql.text(" and ").text(key).push(" < ?", vals![id]);
    }
    sql.text(" order by ")
        .text(key)
        .push(" desc limit ?", vals![limit + 1]);
    let rows = h.all(sql).await?;
    let more = rows.len() > limit;
    let items = rows
        .iter()
        .take(limit)
        .map(|found| {
            let (approval, steps) = row::read(found, h.seal())?;
            Ok((approval, None, steps))
        })
        .collect::<Result<Vec<Listed>, StoreError>>()?;
    let next_cursor = cursor_of(&items, more);
    Ok(ListPage { items, next_cursor })
}
