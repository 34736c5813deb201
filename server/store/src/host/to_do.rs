//! To-do lists of every kind of case: the open tasks that an actor may do, sorted by the time that is left.
//! Not here: doing them (services).
//! In tickets a role's reach follows from its view scope, and tasks of a unit are seen by everybody of that unit who may do them; in approvals a
//! task is somebody's by name, as one of several, or by role and unit or area.

use sea_orm::QueryResult;
use shared::access::{Actor, Permission, Post, Role, Scope};
use shared::ticket::Verb;
use uuid::Uuid;

use super::tasks;
use crate::approvals::reach::{area as within_city, city};
use crate::record::{Approval, CaseKind, Task, Ticket};
use crate::scope::{Columns, above, among, area, root_of};
use crate::sql::{Sql, vals};
use crate::tickets::ListPage;
use crate::{Conn, StoreError, approvals, tickets};

/// Rows of a page at most.
const PAGE: u32 = 500;
/// Counts stop here.
const MOST: i64 = 10_000;

/// Whose tasks somebody in a post may do: those that the role names, whoever signs for a unit may also reply for it,
/// and whoever reviews dispatches finds them among the supervisor's.
fn covers(post: &Post) -> Vec<Role> {
    let mut covered = post.tasks.clone();
    let mut add = |permission: Permission, roles: &[Role]| {
        if post.grants.of(permission).is_some() {
            covered.extend(roles);
        }
    };
    add(
        Permission::AssignmentReply,
        &[Role::UnitLiaison, Role::Handler],
    );
    add(Permission::AssignmentReview, &[Role::UnitReviewer]);
    add(Permission::DispatchReview, &[Role::Supervisor]);
    // What goes back to intake is an agent's own; who leads the shift sees to all of it, and to what came in by itself.
    if covered.contains(&Role::ShiftLead) {
        covered.push(Role::Agent);
    }
    covered.sort_unstable();
    covered.dedup();
    covered
}

/// A page of the actor's tasks in tickets and their applications, with their tickets.
///
/// # Errors
/// `Cursor` for a cursor that is not ours.
pub async fn tickets(
    conn: &dyn Conn,
    actor: &Actor,
    verb: Option<Verb>,
    cursor: Option<&str>,
    limit: u32,
) -> Result<ListPage<(Task, Ticket)>, StoreError> {
    let h = conn.handle();
    let wanted = Wanted {
        kind: CaseKind::Ticket,
        verb,
        limit: limit.clamp(1, PAGE) as usize,
    };
    let (rows, next_cursor) = page_of(conn, actor, wanted, cursor).await?;
    let items = rows
        .iter()
        .map(|r| Ok((tasks::read(r)?, tickets::row::read(r, h.seal())?)))
        .collect::<Result<Vec<_>, StoreError>>()?;
    Ok(ListPage { items, next_cursor })
}

/// A page of the actor's tasks in approvals, with their approvals and the open elements of each as JSON.
///
/// # Errors
/// `Cursor` for a cursor that is not ours.
pub async fn approvals(
    conn: &dyn Conn,
    actor: &Actor,
    cursor: Option<&str>,
    limit: u32,
) -> Result<ListPage<(Task, Approval, String)>, StoreError> {
    let h = conn.handle();
    let wanted = Wanted {
        kind: CaseKind::Approval,
        verb: None,
        limit: limit.clamp(1, PAGE) as usize,
    };
    let (rows, next_cursor) = page_of(conn, actor, wanted, cursor).await?;
    let items = rows
        .iter()
        .map(|r| {
            let (approval, steps) = approvals::row::read(r, h.seal())?;
            Ok((tasks::read(r)?, approval, steps))
        })
        .collect::<Result<Vec<_>, StoreError>>()?;
    Ok(ListPage { items, next_cursor })
}

/// How many tasks in cases of a kind wait for the actor, counted up to 10,000.
pub async fn count(conn: &dyn Conn, actor: &Actor, kind: CaseKind) -> Result<i64, StoreError> {
    let h = conn.handle();
    match counting(actor, kind, h.is_sqlite()) {
        Some(sql) => h.number(sql).await,
        None => Ok(0),
    }
}

/// Both statements of the beginning of a list, for measurements.
pub(crate) fn statements(actor: &Actor, limit: usize, sqlite: bool) -> Vec<Sql> {
    let wanted = Wanted {
        kind: CaseKind::Ticket,
        verb: None,
        limit,
    };
    let page = page(actor, wanted, None, sqlite);
    page.into_iter()
        .chain(counting(actor, CaseKind::Ticket, sqlite))
        .collect()
}

/// Which tasks of the actor, and how many.
#[derive(Clone, Copy)]
struct Wanted {
    kind: CaseKind,
    /// Only those that wait for this verb.
    verb: Option<Verb>,
    limit: usize,
}

/// A place in the order of all lists: time left, case, task, part.
type Place = (i64, Uuid, i64, i32);

async fn page_of(
    conn: &dyn Conn,
    actor: &Actor,
    wanted: Wanted,
    cursor: Option<&str>,
) -> Result<(Vec<QueryResult>, Option<String>), StoreError> {
    let h = conn.handle();
    let after = cursor.map(decode).transpose()?;
    let Some(sql) = page(actor, wanted, after, h.is_sqlite()) else {
        return Ok((Vec::new(), None));
    };
    let mut rows = h.all(sql).await?;
    let more = rows.len() > wanted.limit;
    rows.truncate(wanted.limit);
    let next_cursor = match rows.last().filter(|_| more) {
        Some(last) => Some(encode(&tasks::read(last)?)),
        None => None,
    };
    Ok((rows, next_cursor))
}

/// The page behind a place, with one row more than asked for. Text: the keys are found along the indexes of the to-do lists, and each task and
/// head is looked up behind them.
fn page(actor: &Actor, wanted: Wanted, after: Option<Place>, sqlite: bool) -> Option<Sql> {
    let limit = wanted.limit + 1;
    let keys = keys(actor, (wanted.kind, wanted.verb), sqlite, |arm| {
        if let Some((key, case, task, part)) = after {
            arm.push(
                " and (k.due_key, k.case_id, k.task_no, k.part) > (?, ?, ?, ?)",
                vals![key, case, task, part],
            );
        }
        arm.text(" order by k.due_key, k.case_id, k.task_no, k.part");
        arm.limit(limit);
    })?;
    let mut sql = Sql::new("select ", vals![]);
    match wanted.kind {
        CaseKind::Ticket | CaseKind::Application => sql.text(*tickets::row::COLUMNS),
        CaseKind::Approval => sql.text(*approvals::row::COLUMNS),
    };
    sql.text(", ")
        .text(*tasks::NAMED)
        .text(" from (")
        .append(keys)
        .text(") m cross join tasks k cross join ")
        .text(match wanted.kind {
            // An application is shown as its ticket, on which it is decided.
            CaseKind::Ticket | CaseKind::Application => {
                "tickets t where t.id = coalesce((select q.ticket_id from applications q where q.id = m.case_id), m.case_id)"
            }
            CaseKind::Approval => "approvals a where a.id = m.case_id",
        })
        .text(
            " and k.case_id = m.case_id and k.task_no = m.task_no and k.part = m.part
             order by k.due_key, k.case_id, k.task_no, k.part",
        );
    sql.limit(limit);
    Some(sql)
}

fn counting(actor: &Actor, kind: CaseKind, sqlite: bool) -> Option<Sql> {
    let keys = keys(actor, (kind, None), sqlite, |arm| {
        arm.push(" limit ?", vals![MOST]);
    })?;
    let mut sql = Sql::new("select count(*) from (select * from (", vals![]);
    sql.append(keys).push(") m limit ?) x", vals![MOST]);
    Some(sql)
}

/// The keys of the tasks that the actor may do, each once: one walk along an index for each way in which a task may be the actor's, cut at
/// its end. `None` when there can be none.
fn keys(
    actor: &Actor,
    (kind, verb): (CaseKind, Option<Verb>),
    sqlite: bool,
    end: impl Fn(&mut Sql),
) -> Option<Sql> {
    let arms = match kind {
        CaseKind::Ticket | CaseKind::Application => arms(actor, sqlite),
        CaseKind::Approval => approval_arms(actor),
    };
    let mut sql = Sql::default();
    let mut first = true;
    for arm in arms {
        sql.text(if first { "" } else { " union " })
            .text("select * from (select k.due_key, k.case_id, k.task_no, k.part from tasks k");
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

/// What every arm of tickets begins with: whatever is open waits, for whoever has the role.
const OF_TICKETS: &str = " where k.case_kind = 'T' and k.active and k.assignee is null";
/// The same of applications: of each role that may.
const OF_APPLICATIONS: &str = " where k.case_kind = 'Q' and k.active and k.assignee is null";

/// ` and …` for every post of the actor and every role whose tasks it covers; what does not lead to an index stands aside.
fn arms(actor: &Actor, sqlite: bool) -> Vec<Sql> {
    if actor.is_system() {
        return vec![
            Sql::new(OF_TICKETS, vals![]),
            Sql::new(OF_APPLICATIONS, vals![]),
        ];
    }
    let mut arms = Vec::new();
    for post in &actor.posts {
        let Some(scope) = actor.scope_of(post, Permission::TicketView) else {
            continue;
        };
        let covered = covers(post);
        for role in &covered {
            let (lead, aside) = reach(&scope);
            let mut arm = Sql::new(OF_TICKETS, vals![]);
            arm.push(" and k.role = ?", vals![*role])
                .append(lead)
                .append(aside.aside(sqlite));
            arms.push(arm);
        }
        let decided = post.tasks.iter().filter_map(|role| {
            let scope = actor.scope_of(post, decides(*role))?;
            let (lead, aside) = reach(&scope);
            let mut arm = Sql::new(OF_APPLICATIONS, vals![]);
            arm.push(" and k.role = ?", vals![*role])
                .append(lead)
                .append(aside.aside(sqlite));
            Some(arm)
        });
        arms.extend(decided);
        if let Scope::UnitTree(path) = &scope {
            arms.push(below(path, covered, sqlite));
        }
    }
    arms
}

/// The right with which a role does tasks of applications.
const fn decides(role: Role) -> Permission {
    match role {
        Role::ClosingReviewer => Permission::TicketReview,
        Role::UnitReviewer => Permission::AssignmentReview,
        _ => Permission::AssignmentRule,
    }
}

/// The tasks of a subtree, for all roles at once: no index has them in the order of time left, so they are sorted.
fn below(path: &str, roles: Vec<Role>, sqlite: bool) -> Sql {
    let mut arm = Sql::new(OF_TICKETS, vals![]);
    arm.push(
        " and k.unit_path >= ? and k.unit_path < ?",
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
                " and exists (select 1 from tickets o where o.id = k.case_id and o.accepted_by = ?)",
                vals![*user],
            );
            (Sql::default(), own)
        }
        Scope::Team(people) => {
            let mut own = centre();
            own.append(among(
                " and exists (select 1 from tickets o where o.id = k.case_id and o.accepted_by in ",
                people,
            ))
            .text(")");
            (Sql::default(), own)
        }
        Scope::Unit(unit) => (Sql::new(" and k.unit = ?", vals![unit]), Sql::default()),
        Scope::UnitTree(path) => (
            Sql::new(" and k.unit = ?", vals![root_of(path)]),
            Sql::default(),
        ),
        Scope::Region(prefix) => of_centre(prefix),
        // One post binds to one scope.
        Scope::Any(_) => (Sql::default(), Sql::new(" and 1 = 0", vals![])),
        Scope::All => (Sql::default(), centre()),
    }
}

fn of_centre(prefix: &str) -> (Sql, Sql) {
    let columns = Columns {
        city: "k.city",
        region: "k.region",
    };
    let mut sql = Sql::new(" and k.unit is null", vals![]);
    sql.append(area(&columns, prefix));
    if prefix.len() < 4 {
        // A province: the index of the role alone has the order.
        (Sql::default(), sql)
    } else {
        (sql, Sql::default())
    }
}

/// One walk for each way in which a task may be the actor's; what one filed oneself is nobody's own to decide.
fn approval_arms(actor: &Actor) -> Vec<Sql> {
    const FREE: &str = " and (k.barred is null or k.barred <> ?)";
    let Some(user) = actor.user() else {
        return Vec::new();
    };
    let arm = |condition: &'static str, values| {
        let mut sql = Sql::new(condition, values);
        sql.push(FREE, vals![user]);
        sql
    };
    let mut arms = vec![arm(
        " where k.case_kind = 'A' and k.active and k.assignee = ?",
        vals![user],
    )];
    if !actor.may(Permission::ApprovalAct) {
        return arms;
    }
    for other in &actor.stands_for {
        arms.push(arm(
            " where k.case_kind = 'A' and k.active and k.kind <> 'C' and k.assignee = ?",
            vals![other.user],
        ));
        arms.push(arm(
            " join task_candidates c on c.case_id = k.case_id and c.task_no = k.task_no
              where c.user_id = ? and k.case_kind = 'A' and k.active and k.assignee is null and k.part = 0",
            vals![other.user],
        ));
    }
    arms.push(arm(
        " join task_candidates c on c.case_id = k.case_id and c.task_no = k.task_no
          where c.user_id = ? and k.case_kind = 'A' and k.active and k.assignee is null and k.part = 0",
        vals![user],
    ));
    let does = actor
        .posts
        .iter()
        .flat_map(|post| post.tasks.iter().map(move |role| (&post.place, role)));
    for (place, role) in does {
        arms.push(arm(
            " where k.case_kind = 'A' and k.active and k.assignee is null and k.unit is not null and k.unit = ? and k.role = ?",
            vals![&place.unit, *role],
        ));
        if let Some(prefix) = city(place) {
            let mut sql = arm(
                " where k.case_kind = 'A' and k.active and k.assignee is null and k.unit is null and k.role = ?",
                vals![*role],
            );
            sql.text(" and ")
                .append(within_city("k.city", "k.region", &prefix));
            arms.push(sql);
        }
    }
    arms
}

fn encode(task: &Task) -> String {
    use base64::Engine as _;
    let key = task.due_at.unwrap_or(tasks::NO_LIMIT).0;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(format!(
        "2|{key}|{}|{}|{}",
        task.case_id.0.simple(),
        task.task_no,
        task.part
    ))
}

fn decode(cursor: &str) -> Result<Place, StoreError> {
    use base64::Engine as _;
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD
        .decode(cursor)
        .map_err(|_| StoreError::Cursor)?;
    let text = String::from_utf8(bytes).map_err(|_| StoreError::Cursor)?;
    let ["2", key, case, task, part] = text.split('|').collect::<Vec<_>>()[..] else {
        return Err(StoreError::Cursor);
    };
    Ok((
        key.parse().map_err(|_| StoreError::Cursor)?,
        Uuid::parse_str(case).map_err(|_| StoreError::Cursor)?,
        task.parse().map_err(|_| StoreError::Cursor)?,
        part.parse().map_err(|_| StoreError::Cursor)?,
    ))
}

#[cfg(test)]
mod tests {
    use shared::calendar::Instant;
    use shared::ids::CaseId;

    use super::*;

    #[test]
    fn a_liaison_sees_the_handlers_tasks_and_a_dispatcher_only_dispatching() {
        let of = |role| covers(&Post::shipped(1, role, shared::access::Place::default()));
        assert_eq!(of(Role::UnitLiaison), [Role::UnitLiaison, Role::Handler]);
        assert_eq!(of(Role::Dispatcher), [Role::Dispatcher]);
        assert!(of(Role::UnitReviewer).contains(&Role::Handler));
    }

    #[test]
    fn a_cursor_is_read_back_and_nonsense_is_refused() {
        let id = Uuid::from_u128(5);
        let case = (CaseId(id), CaseKind::Approval);
        let task = Task::fresh(case, 3, "step", Instant(0));
        assert_eq!(decode(&encode(&task)).expect("own"), (i64::MAX, id, 3, 0));
        assert!(decode("x").is_err());
    }
}
