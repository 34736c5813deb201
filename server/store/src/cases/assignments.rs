//! Rows of assignments, and the list of tickets per unit that follows from them.
//! Not here: the ticket (`tickets::row`), when they are written (`save`, the bulk writer).
//! Columns are read and written in one order.

use std::collections::BTreeSet;

use sea_orm::{QueryResult, Value};
use shared::access::Scope;
use shared::ids::{AssignmentId, TicketId, UserId};
use shared::ticket::AssignmentStatus;
use uuid::Uuid;

use crate::database::Handle;
use crate::record::{Assignment, Reply};
use crate::scope::above;
use crate::sql::{Bind as _, Reader, Sql, vals};
use crate::{Conn, StoreError, Tx};

/// Columns in the order of `read` and `assignment_values`.
pub(crate) const ASSIGNMENT_COLUMNS: &str = "id, ticket_id, version, cycle_no, slot, role, unit, unit_path, status, dispatched_at, dispatched_by, sign_due_at, due_at,
 warn_at, provisional, limit_rule, limit_value, limit_unit, signed_at, signed_by, replied_at, replied_by, return_count, final_ruling, reply_passed,
 ended_at, updated_at, advice, reply";

pub(crate) fn read(row: &QueryResult) -> Result<Assignment, StoreError> {
    let mut r = Reader::new(row);
    Ok(Assignment {
        id: AssignmentId(r.get()?),
        ticket_id: TicketId(r.get()?),
        version: r.int()?,
        cycle_no: r.int()?,
        slot: r.get()?,
        role: r.code()?,
        unit: r.get()?,
        unit_path: r.get()?,
        status: r.code()?,
        dispatched_at: r.at()?,
        dispatched_by: r.get::<Option<Uuid>>()?.map(UserId),
        sign_due_at: r.opt_at()?,
        due_at: r.opt_at()?,
        warn_at: r.opt_at()?,
        provisional: r.get()?,
        limit_rule: r.get()?,
        limit_value: r.opt_int()?,
        limit_unit: r.opt_code()?,
        signed_at: r.opt_at()?,
        signed_by: r.get::<Option<Uuid>>()?.map(UserId),
        replied_at: r.opt_at()?,
        replied_by: r.get::<Option<Uuid>>()?.map(UserId),
        return_count: r.int()?,
        final_ruling: r.get()?,
        reply_passed: r.get()?,
        ended_at: r.opt_at()?,
        updated_at: r.at()?,
        advice: r.get()?,
        reply: reply(r.get()?)?,
    })
}

fn reply(text: Option<String>) -> Result<Option<Reply>, StoreError> {
    text.map(|t| serde_json::from_str(&t).map_err(|e| StoreError::Broken(e.into())))
        .transpose()
}

/// All values of a row.
pub(crate) fn assignment_values(a: &Assignment) -> Result<Vec<Value>, StoreError> {
    let reply = a
        .reply
        .as_ref()
        .map(serde_json::to_string)
        .transpose()
        .map_err(|e| StoreError::Broken(e.into()))?;
    Ok(vals![
        a.id,
        a.ticket_id,
        a.version,
        a.cycle_no,
        &a.slot,
        a.role,
        &a.unit,
        &a.unit_path,
        a.status,
        a.dispatched_at,
        a.dispatched_by,
        a.sign_due_at,
        a.due_at,
        a.warn_at,
        a.provisional,
        a.limit_rule,
        a.limit_value,
        a.limit_unit,
        a.signed_at,
        a.signed_by,
        a.replied_at,
        a.replied_by,
        a.return_count,
        a.final_ruling,
        a.reply_passed,
        a.ended_at,
        a.updated_at,
        a.advice.clone(),
        reply,
    ])
}

/// All assignments of a ticket in the order of dispatch.
pub(crate) async fn of_ticket(
    h: Handle<'_>,
    ticket: TicketId,
) -> Result<Vec<Assignment>, StoreError> {
    let mut sql = Sql::new("select ", vals![]);
    sql.text(ASSIGNMENT_COLUMNS).push(
        " from assignments where ticket_id = ? order by dispatched_at, id",
        vals![ticket],
    );
    h.all(sql).await?.iter().map(read).collect()
}

/// Of these tickets those in which a unit's scope still has a part: an assignment that was neither returned nor recalled. Through the others
/// it sees what it did itself, and no more. Scopes that are no unit's have all of them.
pub async fn live_parts(
    conn: &dyn Conn,
    scope: &Scope,
    tickets: &[TicketId],
) -> Result<BTreeSet<TicketId>, StoreError> {
    let mut sql = Sql::new(
        "select distinct a.ticket_id from assignments a where a.status not in (?, ?)",
        vals![AssignmentStatus::Returned, AssignmentStatus::Recalled],
    );
    match scope {
        Scope::Unit(code) => sql.push(" and a.unit = ?", vals![code]),
        Scope::UnitTree(path) => sql.push(
            " and a.unit_path >= ? and a.unit_path < ?",
            vals![path, above(path)],
        ),
        Scope::Own(_) | Scope::Region(_) | Scope::All => {
            return Ok(tickets.iter().copied().collect());
        }
    };
    if tickets.is_empty() {
        return Ok(BTreeSet::new());
    }
    sql.text(" and a.ticket_id in ")
        .list(tickets.iter().map(|id| id.bind()).collect());
    conn.handle()
        .all(sql)
        .await?
        .iter()
        .map(|row| Ok(TicketId(Reader::new(row).get()?)))
        .collect()
}

/// Inserts a new assignment (version 1) or changes one whose version is one less.
pub(super) async fn save(tx: &Tx, assignment: &Assignment) -> Result<(), StoreError> {
    let h = tx.handle();
    if assignment.version == 1 {
        let mut sql = Sql::new("insert into assignments (", vals![]);
        sql.text(ASSIGNMENT_COLUMNS)
            .text(") values ")
            .list(assignment_values(assignment)?);
        h.insert(sql, "assignment").await?;
        for row in unit_rows(assignment) {
            let mut sql = Sql::new(
                "insert into ticket_units (unit, ticket_id, direct) values ",
                vals![],
            );
            sql.list(row).text(" on conflict (unit, ticket_id) do update set direct = true where excluded.direct and not ticket_units.direct");
            h.run(sql).await?;
        }
        return Ok(());
    }
    if h.run(update(assignment)?).await? == 1 {
        return Ok(());
    }
    let current = h
        .number(Sql::new(
            "select version from assignments where id = ?",
            vals![assignment.id],
        ))
        .await?;
    Err(StoreError::Conflict {
        object: format!("assignment:{}", assignment.id),
        expected: assignment.version - 1,
        current: i32::try_from(current).unwrap_or(0),
    })
}

fn update(a: &Assignment) -> Result<Sql, StoreError> {
    let mut values = assignment_values(a)?;
    // Id, ticket, cycle, slot, role, unit, path and the moment of dispatch never change.
    let [_, _, version, _, _, _, _, _, status, _, by, rest @ ..] = values.as_mut_slice() else {
        return Err(StoreError::broken("assignment row"));
    };
    let mut set = vec![version.clone(), status.clone(), by.clone()];
    set.extend(rest.iter().cloned());
    let mut sql = Sql::new(
        "update assignments set version = ?, status = ?, dispatched_by = ?, sign_due_at = ?, due_at = ?, warn_at = ?, provisional = ?, limit_rule = ?,
         limit_value = ?, limit_unit = ?, signed_at = ?, signed_by = ?, replied_at = ?, replied_by = ?, return_count = ?, final_ruling = ?,
         reply_passed = ?, ended_at = ?, updated_at = ?, advice = ?, reply = ?",
        set,
    );
    sql.push(" where id = ? and version = ?", vals![a.id, a.version - 1]);
    Ok(sql)
}

/// Rows of `ticket_units`: the unit itself and every unit above it, so that a subtree's list needs no search.
pub(crate) fn unit_rows(assignment: &Assignment) -> Vec<Vec<Value>> {
    let mut units: Vec<&str> = assignment
        .unit_path
        .split('/')
        .filter(|code| !code.is_empty())
        .collect();
    if !units.contains(&assignment.unit.as_str()) {
        units.push(&assignment.unit);
    }
    units
        .into_iter()
        .map(|unit| vals![unit, assignment.ticket_id, unit == assignment.unit])
        .collect()
}
