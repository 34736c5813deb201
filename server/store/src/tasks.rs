//! To-do lists: the open tasks that an actor may do, sorted by the time that is left.
//! Not here: doing them (services).
//! A role's reach follows from its view scope; tasks of a unit are seen by everybody of that unit who may do them.

use shared::access::{Actor, Permission, Role, Scope, scope_for};
use shared::ticket::Verb;
use uuid::Uuid;

use crate::cases::task_of;
use crate::record::{Task, Ticket};
use crate::scope::{above, city_of, root_of};
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
    let limit = limit.clamp(1, PAGE) as usize;
    let after = cursor.map(decode).transpose()?;
    let Some(sql) = page(actor, verb, (after, limit), h.is_sqlite()) else {
        return Ok(ListPage {
            items: Vec::new(),
            next_cursor: None,
        });
    };
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
    let h = conn.handle();
    match counting(actor, h.is_sqlite()) {
        Some(sql) => h.number(sql).await,
        None => Ok(0),
    }
}

/// Both statements of a to-do list's beginning, for measurements.
pub(crate) fn statements(actor: &Actor, limit: usize, sqlite: bool) -> Vec<Sql> {
    let page = page(actor, None, (None, limit), sqlite);
    page.into_iter().chain(counting(actor, sqlite)).collect()
}

/// The page behind a place, with one row more than asked for.
fn page(
    actor: &Actor,
    verb: Option<Verb>,
    (after, limit): (Option<(i64, Uuid, i64)>, usize),
    sqlite: bool,
) -> Option<Sql> {
    let keys = keys(actor, verb, sqlite, |arm| {
        if let Some((key, ticket, task)) = after {
            arm.push(
                " and (k.due_key, k.ticket_id, k.task_no) > (?, ?, ?)",
                vals![key, ticket, task],
            );
        }
        arm.text(" order by k.due_key, k.ticket_id, k.task_no");
        arm.limit(limit + 1);
    })?;
    let mut sql = Sql::new("select ", vals![]);
    sql.text(row::COLUMNS)
        .text(", ")
        .text(crate::cases::TASK_COLUMNS)
        .text(", k.due_key from (")
        .append(keys)
        .text(
            ") m cross join tasks k cross join tickets t where k.ticket_id = m.ticket_id and k.task_no = m.task_no and t.id = m.ticket_id
             order by k.due_key, k.ticket_id, k.task_no",
        );
    sql.limit(limit + 1);
    Some(sql)
}

fn counting(actor: &Actor, sqlite: bool) -> Option<Sql> {
    let keys = keys(actor, None, sqlite, |arm| {
        arm.push(" limit ?", vals![MOST]);
    })?;
    let mut sql = Sql::new("select count(*) from (select * from (", vals![]);
    sql.append(keys).push(") m limit ?) x", vals![MOST]);
    Some(sql)
}

/// The keys of the tasks that the actor may do, each once: one walk along an index for each way in which a task may be the actor's, cut at
/// its end. `None` when there can be none.
fn keys(actor: &Actor, verb: Option<Verb>, sqlite: bool, end: impl Fn(&mut Sql)) -> Option<Sql> {
    let mut sql = Sql::default();
    let mut first = true;
    for arm in arms(actor, sqlite) {
        sql.text(if first {
            "select * from (select k.due_key, k.ticket_id, k.task_no from tasks k where 1 = 1"
        } else {
            " union select * from (select k.due_key, k.ticket_id, k.task_no from tasks k where 1 = 1"
        });
        first = false;
        sql.append(arm);
        if let Some(verb) = verb {
            // Verbs of a task are few words with blanks between; the marks around keep one word from being part of another.
            sql.push(
                " and (' ' || k.verbs || ' ') like ?",
                vals![format!("% {} %", verb.as_str())],
            );
        }
        end(&mut sql);
        sql.text(") u");
    }
    (!first).then_some(sql)
}

/// ` and …` for every role of the actor and every role whose tasks it covers; what does not lead to an index stands aside.
fn arms(actor: &Actor, sqlite: bool) -> Vec<Sql> {
    if actor.system {
        return vec![Sql::default()];
    }
    let mut arms = Vec::new();
    for role in &actor.roles {
        let Some(scope) = scope_for(*role, Permission::TicketView).map(|kind| kind.bind(actor))
        else {
            continue;
        };
        let covered = covers(*role);
        for role in &covered {
            let (lead, aside) = reach(&scope);
            let mut arm = Sql::new(" and k.role = ?", vals![*role]);
            arm.append(lead).append(aside.aside(sqlite));
            arms.push(arm);
        }
        if let Scope::UnitTree(path) = &scope {
            arms.push(below(path, covered, sqlite));
        }
    }
    arms
}

/// The tasks of a subtree, for all roles at once: no index has them in the order of time left, so they are sorted.
fn below(path: &str, roles: Vec<Role>, sqlite: bool) -> Sql {
    let mut arm = Sql::new(
        " and k.unit is not null and k.unit_path >= ? and k.unit_path < ?",
        vals![path, above(path)],
    );
    let mut of_roles = Sql::new(" and k.role in ", vals![]);
    of_roles.list(roles.into_iter().map(crate::sql::Bind::bind).collect());
    arm.append(of_roles.aside(sqlite));
    arm
}

/// Which tasks of a role a scope reaches: what leads to the index, and what is looked at row by row.
fn reach(scope: &Scope) -> (Sql, Sql) {
    let centre = || Sql::new(" and k.unit is null", vals![]);
    match scope {
        Scope::Own(user) => {
            let mut own = centre();
            own.push(
                " and exists (select 1 from tickets o where o.id = k.ticket_id and o.accepted_by = ?)",
                vals![*user],
            );
            (Sql::default(), own)
        }
        Scope::Unit(unit) => (Sql::new(" and k.unit = ?", vals![unit]), Sql::default()),
        Scope::UnitTree(path) => (
            Sql::new(" and k.unit = ?", vals![root_of(path)]),
            Sql::default(),
        ),
        Scope::Region(prefix) => of_centre(prefix),
        Scope::All => (Sql::default(), centre()),
    }
}

fn of_centre(prefix: &str) -> (Sql, Sql) {
    let city = || Sql::new(" and k.unit is null and k.city = ?", vals![city_of(prefix)]);
    match prefix.len() {
        4 => (city(), Sql::default()),
        // A province: the index of the role alone has the order.
        0..=3 => (
            Sql::default(),
            Sql::new(
                " and k.unit is null and k.city >= ? and k.city < ?",
                vals![prefix, above(prefix)],
            ),
        ),
        _ => (
            city(),
            Sql::new(
                " and k.region >= ? and k.region < ?",
                vals![prefix, above(prefix)],
            ),
        ),
    }
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
