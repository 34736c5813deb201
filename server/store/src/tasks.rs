//! To-do lists: the open tasks that an actor may do, sorted by the time that is left.
//! Not here: doing them (services).
//! A role's reach follows from its view scope; tasks of a unit are seen by everybody of that unit who may do them.

use shared::access::{Actor, Permission, Role, Scope, scope_for};
use shared::ticket::Verb;
use uuid::Uuid;

use crate::cases::task_of;
use crate::record::{Task, Ticket};
use crate::scope::{Columns, above, area, root_of};
use crate::sql::{Sql, vals};
use crate::tickets::{ListPage, row};
use crate::{Conn, StoreError};

/// Rows of a page at most.
const PAGE: u32 = 500;
/// Counts stop here.
const MOST: i64 = 10_000;

/// Whose tasks a role may do besides its own: whoever signs for a unit may also reply for it.
fn covers(role: Role) -> Vec<Role> {
    let mut covered = vec![role];
    let mut add = |permission: Permission, roles: &[Role]| {
        if scope_for(role, permission).is_some() {
            covered.extend(roles.iter().filter(|r| **r != role));
        }
    };
    add(
        Permission::AssignmentReply,
        &[Role::UnitLiaison, Role::Handler],
    );
    add(Permission::AssignmentReview, &[Role::UnitReviewer]);
    covered.sort_unstable();
    covered.dedup();
    covered
}

/// A page of the actor's tasks with their tickets.
///
/// # Errors
/// `Cursor` for a cursor that is not ours.
pub async fn list(
    conn: &dyn Conn,
    actor: &Actor,
    verb: Option<Verb>,
    cursor: Option<&str>,
    limit: u32,
) -> Result<ListPage<(Task, Ticket)>, StoreError> {
    let h = conn.handle();
    let Some(reach) = reach(actor) else {
        return Ok(ListPage {
            items: Vec::new(),
            next_cursor: None,
        });
    };
    let limit = limit.clamp(1, PAGE) as usize;
    let mut sql = Sql::new("select ", vals![]);
    sql.text(row::COLUMNS)
        .text(", ")
        .text(crate::cases::TASK_COLUMNS)
        .text(", k.due_key from tasks k cross join tickets t where t.id = k.ticket_id");
    sql.append(reach);
    if let Some(verb) = verb {
        // Verbs of a task are few words with blanks between; the marks around keep one word from being part of another.
        sql.push(
            " and (' ' || k.verbs || ' ') like ?",
            vals![format!("% {} %", verb.as_str())],
        );
    }
    if let Some(cursor) = cursor {
        let (key, ticket, task) = decode(cursor)?;
        sql.push(
            " and (k.due_key, k.ticket_id, k.task_no) > (?, ?, ?)",
            vals![key, ticket, task],
        );
    }
    sql.push(
        " order by k.due_key, k.ticket_id, k.task_no limit ?",
        vals![limit + 1],
    );
    let rows = h.all(sql).await?;
    let more = rows.len() > limit;
    let items = rows
        .iter()
        .take(limit)
        .map(|r| Ok((task_of(r, row::WIDTH)?, row::read(r, h.seal())?)))
        .collect::<Result<Vec<_>, StoreError>>()?;
    let next_cursor = items.last().filter(|_| more).map(|(task, _)| {
        let key = task.due_at.map_or(i64::MAX, |at| at.0);
        encode(key, task.ticket_id.0, task.task_no)
    });
    Ok(ListPage { items, next_cursor })
}

/// How many tasks wait for the actor, counted up to 10,000.
pub async fn count(conn: &dyn Conn, actor: &Actor) -> Result<i64, StoreError> {
    let Some(reach) = reach(actor) else {
        return Ok(0);
    };
    let mut sql = Sql::new(
        "select count(*) from (select 1 from tasks k where 1 = 1",
        vals![],
    );
    sql.append(reach).push(" limit ?) x", vals![MOST]);
    conn.handle().number(sql).await
}

/// ` and (… or …)`: for every role the tasks it may do; `None` when there can be none.
fn reach(actor: &Actor) -> Option<Sql> {
    if actor.system {
        return Some(Sql::default());
    }
    let mut sql = Sql::new(" and (", vals![]);
    let mut any = false;
    for role in &actor.roles {
        let Some(scope) = scope_for(*role, Permission::TicketView).map(|kind| kind.bind(actor))
        else {
            continue;
        };
        sql.text(if any {
            " or (k.role in "
        } else {
            "(k.role in "
        });
        any = true;
        sql.list(
            covers(*role)
                .into_iter()
                .map(crate::sql::Bind::bind)
                .collect(),
        );
        match scope {
            Scope::Own(user) => {
                sql.push(" and k.unit is null and k.ticket_id in (select o.id from tickets o where o.accepted_by = ?)", vals![user]);
            }
            Scope::Unit(unit) => drop(sql.push(" and k.unit = ?", vals![unit])),
            Scope::UnitTree(path) => {
                sql.push(
                    " and (k.unit = ? or (k.unit_path >= ? and k.unit_path < ?))",
                    vals![root_of(&path), &path, above(&path)],
                );
            }
            Scope::Region(prefix) => centre(&mut sql, &prefix),
            Scope::All => drop(sql.text(" and k.unit is null")),
        }
        sql.text(")");
    }
    sql.text(")");
    any.then_some(sql)
}

/// Tasks of no unit in an area.
fn centre(sql: &mut Sql, prefix: &str) {
    let columns = Columns {
        city: "k.city",
        region: "k.region",
    };
    sql.text(" and k.unit is null")
        .append(area(&columns, prefix));
}

fn encode(key: i64, ticket: Uuid, task: i64) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD
        .encode(format!("1|{key}|{}|{task}", ticket.simple()))
}

fn decode(cursor: &str) -> Result<(i64, Uuid, i64), StoreError> {
    use base64::Engine as _;
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD
        .decode(cursor)
        .map_err(|_| StoreError::Cursor)?;
    let text = String::from_utf8(bytes).map_err(|_| StoreError::Cursor)?;
    let ["1", key, ticket, task] = text.split('|').collect::<Vec<_>>()[..] else {
        return Err(StoreError::Cursor);
    };
    Ok((
        key.parse().map_err(|_| StoreError::Cursor)?,
        Uuid::parse_str(ticket).map_err(|_| StoreError::Cursor)?,
        task.parse().map_err(|_| StoreError::Cursor)?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_liaison_sees_the_handlers_tasks_and_a_dispatcher_only_dispatching() {
        assert_eq!(
            covers(Role::UnitLiaison),
            [Role::UnitLiaison, Role::Handler]
        );
        assert_eq!(covers(Role::Dispatcher), [Role::Dispatcher]);
        assert!(covers(Role::UnitReviewer).contains(&Role::Handler));
    }

    #[test]
    fn a_cursor_is_read_back_and_nonsense_is_refused() {
        let id = Uuid::from_u128(5);
        assert_eq!(
            decode(&encode(i64::MAX, id, 3)).expect("own"),
            (i64::MAX, id, 3)
        );
        assert!(decode("x").is_err());
    }
}
