//! Lists of approvals: what waits for the actor, what the actor filed, did or reads along, and everything in the actor's scope.
//! Not here: one approval (`load`), what a process owner looks at (`owner`).
//! Every list walks one index in its order; to-dos are a union of such walks, each cut at the page.

use shared::access::{Actor, Permission, Scope};
use shared::approval::ApprovalStatus;
use shared::ids::UserId;
use uuid::Uuid;

use super::reach::{area, city, within};
use super::row;
use crate::record::{Approval, ApprovalTask, Involved};
use crate::scope::{above, city_of};
use crate::sql::{Reader, Sql, vals};
use crate::tickets::ListPage;
use crate::{Conn, StoreError};

/// Rows of a page at most.
const PAGE: u32 = 200;
/// Counts stop here.
const MOST: i64 = 10_000;

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
pub type Listed = (Approval, Option<ApprovalTask>, String);

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
    let limit = limit.clamp(1, PAGE) as usize;
    match shelf {
        Shelf::ToDo => to_do(conn, actor, cursor, limit).await,
        Shelf::Mine(part) => {
            let Some(user) = actor.user else {
                return Ok(empty());
            };
            let sql = Sql::new(
                " from approval_people p cross join approvals a where p.user_id = ? and p.part = ? and a.id = p.approval_id",
                vals![user, part.code()],
            );
            newest(conn, sql, "p.approval_id", cursor, limit).await
        }
        Shelf::All(scope, status) => {
            let from = in_area(conn, scope, *status).await?;
            newest(conn, from, "a.id", cursor, limit).await
        }
    }
}

/// The statement of an area's first page, for measurements.
pub(crate) async fn statement(
    conn: &dyn Conn,
    scope: &Scope,
    status: Option<ApprovalStatus>,
    limit: usize,
) -> Result<Sql, StoreError> {
    let mut sql = Sql::new("select a.id", vals![]);
    sql.append(in_area(conn, scope, status).await?)
        .text(" order by a.id desc");
    sql.limit(limit);
    Ok(sql)
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
        Scope::Own(_) => {
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
    sql.text(row::COLUMNS).text(", a.steps").append(from);
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
            let steps: String = Reader::behind(found, row::WIDTH).get()?;
            Ok((row::read(found, h.seal())?, None, steps))
        })
        .collect::<Result<Vec<Listed>, StoreError>>()?;
    let next_cursor = items
        .last()
        .filter(|_| more)
        .map(|(approval, ..)| approval.id.to_string());
    Ok(ListPage { items, next_cursor })
}

async fn to_do(
    conn: &dyn Conn,
    actor: &Actor,
    cursor: Option<&str>,
    limit: usize,
) -> Result<ListPage<Listed>, StoreError> {
    let h = conn.handle();
    let after = cursor.map(decode).transpose()?;
    let Some(user) = actor.user else {
        return Ok(empty());
    };
    let mut sql = Sql::new("select ", vals![]);
    sql.text(row::COLUMNS)
        .text(", a.steps, ")
        .text(row::TASK_COLUMNS);
    sql.text(", k.due_key from (");
    for (index, arm) in arms(actor, user).into_iter().enumerate() {
        sql.text(if index == 0 {
            "select * from ("
        } else {
            " union select * from ("
        });
        sql.append(arm);
        if let Some((key, approval, task, part)) = after {
            sql.push(
                " and (k.due_key, k.approval_id, k.task_no, k.part) > (?, ?, ?, ?)",
                vals![key, approval, task, part],
            );
        }
        sql.push(
            " order by k.due_key, k.approval_id, k.task_no, k.part limit ?) u",
            vals![limit + 1],
        );
    }
    sql.push(
        ") m join approval_tasks k on k.approval_id = m.approval_id and k.task_no = m.task_no and k.part = m.part join approvals a on a.id = m.approval_id
         order by k.due_key, k.approval_id, k.task_no, k.part limit ?",
        vals![limit + 1],
    );
    let rows = h.all(sql).await?;
    let more = rows.len() > limit;
    let items = rows
        .iter()
        .take(limit)
        .map(|found| {
            let mut r = Reader::behind(found, row::WIDTH);
            let steps: String = r.get()?;
            let task = row::read_task(&mut r)?;
            Ok((row::read(found, h.seal())?, Some(task), steps))
        })
        .collect::<Result<Vec<Listed>, StoreError>>()?;
    let next_cursor = items
        .last()
        .and_then(|(_, task, _)| task.as_ref())
        .filter(|_| more)
        .map(encode);
    Ok(ListPage { items, next_cursor })
}

/// How many tasks wait for the actor, counted up to 10,000.
pub async fn count_mine(conn: &dyn Conn, actor: &Actor) -> Result<i64, StoreError> {
    let Some(user) = actor.user else {
        return Ok(0);
    };
    let mut sql = Sql::new("select count(*) from (", vals![]);
    for (index, arm) in arms(actor, user).into_iter().enumerate() {
        sql.text(if index == 0 {
            "select * from ("
        } else {
            " union select * from ("
        });
        sql.append(arm).push(" limit ?) u", vals![MOST]);
    }
    sql.text(") m");
    conn.handle().number(sql).await
}

/// One walk for each way in which a task may be the actor's; what one filed oneself is nobody's own to decide.
fn arms(actor: &Actor, user: UserId) -> Vec<Sql> {
    const KEYS: &str = "select k.due_key, k.approval_id, k.task_no, k.part from approval_tasks k";
    const FREE: &str = " and (k.barred is null or k.barred <> ?)";
    let arm = |condition: &'static str, values| {
        let mut sql = Sql::new(KEYS, vals![]);
        sql.push(condition, values).push(FREE, vals![user]);
        sql
    };
    let mut arms = vec![arm(" where k.active and k.assignee = ?", vals![user])];
    if !actor.may(Permission::ApprovalAct) {
        return arms;
    }
    arms.push(arm(
        " join approval_candidates c on c.approval_id = k.approval_id and c.task_no = k.task_no
          where c.user_id = ? and k.active and k.assignee is null and k.part = 0",
        vals![user],
    ));
    for role in &actor.roles {
        if let Some(unit) = &actor.unit {
            arms.push(arm(
                " where k.active and k.assignee is null and k.unit is not null and k.unit = ? and k.role = ?",
                vals![unit, *role],
            ));
        }
        if let Some(prefix) = city(actor) {
            let mut sql = arm(
                " where k.active and k.assignee is null and k.unit is null and k.role = ?",
                vals![*role],
            );
            sql.text(" and ")
                .append(area("k.city", "k.region", &prefix));
            arms.push(sql);
        }
    }
    arms
}

fn encode(task: &ApprovalTask) -> String {
    use base64::Engine as _;
    let key = task.due_at.map_or(i64::MAX, |at| at.0);
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(format!(
        "1|{key}|{}|{}|{}",
        task.approval_id.0.simple(),
        task.task_no,
        task.part
    ))
}

fn decode(cursor: &str) -> Result<(i64, Uuid, i64, i32), StoreError> {
    use base64::Engine as _;
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD
        .decode(cursor)
        .map_err(|_| StoreError::Cursor)?;
    let text = String::from_utf8(bytes).map_err(|_| StoreError::Cursor)?;
    let ["1", key, approval, task, part] = text.split('|').collect::<Vec<_>>()[..] else {
        return Err(StoreError::Cursor);
    };
    Ok((
        key.parse().map_err(|_| StoreError::Cursor)?,
        Uuid::parse_str(approval).map_err(|_| StoreError::Cursor)?,
        task.parse().map_err(|_| StoreError::Cursor)?,
        part.parse().map_err(|_| StoreError::Cursor)?,
    ))
}
