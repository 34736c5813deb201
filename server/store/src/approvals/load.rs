//! Loading an approval inside a scope, with everything that is open of it, in a constant number of queries.
//! Not here: saving (`save`), lists (`list`).
//! Inside a write transaction on PostgreSQL the row is locked, so that two verbs on one approval follow each other.

use std::collections::BTreeMap;

use shared::ids::{ApprovalId, UserId};
use uuid::Uuid;

use super::reach::{Reach, reached};
use super::row;
use crate::database::Handle;
use crate::record::{ApprovalCase, ApprovalEvent, ApprovalPerson, Involved};
use crate::sql::{Reader, Sql, vals};
use crate::{Conn, StoreError};

/// An approval in somebody's reach; `None` outside of it.
pub async fn load(
    conn: &dyn Conn,
    reach: Reach<'_>,
    id: ApprovalId,
) -> Result<Option<ApprovalCase>, StoreError> {
    let mut condition = Sql::new(" where a.id = ?", vals![id]);
    condition.append(reached(reach));
    find(conn.handle(), condition).await
}

/// The id of an approval in somebody's reach by its number; `None` outside of it.
pub async fn id_of(
    conn: &dyn Conn,
    reach: Reach<'_>,
    approval_no: &str,
) -> Result<Option<ApprovalId>, StoreError> {
    let mut sql = Sql::new(
        "select a.id from approvals a where a.approval_no = ?",
        vals![approval_no],
    );
    sql.append(reached(reach));
    let found = conn.handle().one(sql).await?;
    found
        .map(|row| Ok(ApprovalId(Reader::new(&row).get()?)))
        .transpose()
}

/// Any approval, for jobs of the system itself; never on behalf of a person.
pub async fn load_unscoped(
    conn: &dyn Conn,
    id: ApprovalId,
) -> Result<Option<ApprovalCase>, StoreError> {
    find(conn.handle(), Sql::new(" where a.id = ?", vals![id])).await
}

async fn find(h: Handle<'_>, condition: Sql) -> Result<Option<ApprovalCase>, StoreError> {
    let mut sql = Sql::new("select ", vals![]);
    sql.text(row::COLUMNS)
        .text(" from approvals a")
        .append(condition);
    if h.locks_rows() {
        sql.text(" for update");
    }
    let Some(found) = h.one(sql).await? else {
        return Ok(None);
    };
    let mut case = ApprovalCase::of(row::read(&found, h.seal())?);
    let id = case.approval.id;
    let mut sql = Sql::new("select ", vals![]);
    sql.text(row::TASK_COLUMNS).push(
        " from approval_tasks k where k.approval_id = ? order by k.task_no, k.part",
        row::one(id),
    );
    for found in h.all(sql).await? {
        case.tasks.push(row::read_task(&mut Reader::new(&found))?);
    }
    let of = |text: &'static str| Sql::new(text, row::one(id));
    for found in h
        .all(of("select timer_no, element, due_at, held_at from approval_timers where approval_id = ? order by timer_no"))
        .await?
    {
        case.timers.push(row::read_timer(&mut Reader::new(&found))?);
    }
    for found in h
        .all(of("select task_no, element, service, tries, next_try_at from approval_calls where approval_id = ? order by task_no"))
        .await?
    {
        case.calls.push(row::read_call(&mut Reader::new(&found))?);
    }
    for found in h
        .all(of("select n, name, asked_at, due_at, supplied_at, note from approval_papers where approval_id = ? order by n"))
        .await?
    {
        case.papers.push(row::read_paper(&mut Reader::new(&found))?);
    }
    for found in h
        .all(of(
            "select kind, name from approval_listeners where approval_id = ?",
        ))
        .await?
    {
        let mut r = Reader::new(&found);
        case.listens.insert((r.code()?, r.get()?));
    }
    let mut sql = Sql::new("select ", vals![]);
    sql.text(row::INCIDENT_COLUMNS).push(
        " from approval_incidents i where i.approval_id = ? order by i.n",
        row::one(id),
    );
    for found in h.all(sql).await? {
        case.incidents
            .push(row::read_incident(&mut Reader::new(&found))?);
    }
    people(h, &mut case).await?;
    places(h, &mut case).await?;
    Ok(Some(case))
}

async fn people(h: Handle<'_>, case: &mut ApprovalCase) -> Result<(), StoreError> {
    let id = case.approval.id;
    let sql = "select user_id, part, name from approval_people where approval_id = ? order by part, name, user_id";
    for found in h.all(Sql::new(sql, row::one(id))).await? {
        let mut r = Reader::new(&found);
        let user = UserId(r.get()?);
        let code: String = r.get()?;
        let part = Involved::parse(&code)
            .ok_or_else(|| StoreError::broken(format!("unknown part {code}")))?;
        case.people.push(ApprovalPerson {
            user,
            part,
            name: r.get()?,
        });
    }
    let sql = "select task_no, user_id from approval_candidates where approval_id = ? order by task_no, user_id";
    for found in h.all(Sql::new(sql, row::one(id))).await? {
        let mut r = Reader::new(&found);
        let (task, user): (i64, Uuid) = (r.get()?, r.get()?);
        case.candidates.entry(task).or_default().push(UserId(user));
    }
    Ok(())
}

async fn places(h: Handle<'_>, case: &mut ApprovalCase) -> Result<(), StoreError> {
    let approval = &case.approval;
    let steps = Sql::new(
        "select steps from approvals where id = ?",
        row::one(approval.id),
    );
    let Some(found) = h.one(steps).await? else {
        return Ok(());
    };
    let text: String = found.try_get_by_index(0)?;
    case.places = serde_json::from_str::<BTreeMap<String, i64>>(&text)
        .map_err(|e| StoreError::Broken(e.into()))?;
    Ok(())
}

/// The history of an approval, oldest first. The caller has loaded it inside the scope.
pub async fn history(conn: &dyn Conn, id: ApprovalId) -> Result<Vec<ApprovalEvent>, StoreError> {
    let sql = "select seq, verb, at, by_user, by_name, unit, element, task_no, note, facts from approval_events where approval_id = ? order by seq";
    conn.handle()
        .all(Sql::new(sql, row::one(id)))
        .await?
        .iter()
        .map(row::read_event)
        .collect()
}
