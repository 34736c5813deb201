//! Saving assignments, and the list of tickets per unit that follows from them.
//! Not here: the columns (`entity::ticket::assignment`), when they are written (`save`, the bulk writer).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult, QueryOrder as _, Value};
use shared::access::Scope;
use shared::ids::TicketId;
use shared::ticket::AssignmentStatus;

use crate::bulk::rows::Insert;
use crate::entity::ticket::assignment::{Beside, Column, Entity};
use crate::entity::ticket::ticket_unit::{self, TicketUnit};
use crate::entity::{Col, table};
use crate::record::{Assignment, Ticket};
use crate::scope::above;
use crate::sql::{Bind as _, Sql, vals};
use crate::{Conn, StoreError, Tx};

/// The insert of assignments.
pub(crate) static INSERT: LazyLock<Insert> = LazyLock::new(table::insert::<Entity>);

/// Rows of units; a direct one stays direct.
static UNITS: LazyLock<Insert> = LazyLock::new(|| Insert {
    tail: " on conflict (unit, ticket_id) do update set direct = true where excluded.direct and not ticket_units.direct",
    ..table::insert::<ticket_unit::Entity>()
});

/// All values of a row.
pub(crate) fn assignment_values(assignment: &Assignment) -> Vec<Value> {
    assignment.values(Beside {})
}

#[derive(FromQueryResult)]
struct Live {
    ticket_id: Col<TicketId>,
}

/// The assignments of these tickets, in the order of dispatch; for what stands beside the rows of a list whose scope was asked.
pub async fn parts_of(
    conn: &dyn Conn,
    tickets: &[TicketId],
) -> Result<BTreeMap<TicketId, Vec<Assignment>>, StoreError> {
    let mut of: BTreeMap<TicketId, Vec<Assignment>> = BTreeMap::new();
    if tickets.is_empty() {
        return Ok(of);
    }
    let found = Entity::find()
        .filter(Column::TicketId.is_in(tickets.iter().map(|id| Col(*id))))
        .order_by_asc(Column::DispatchedAt)
        .order_by_asc(Column::Id);
    for part in conn.handle().records::<_, Assignment>(found).await? {
        of.entry(part.ticket_id).or_default().push(part);
    }
    Ok(of)
}

/// Of these tickets those in which a unit's scope still has a part: an assignment that was neither returned nor recalled. Through the others
/// it sees what it did itself, and no more. Scopes that are no unit's have all of them.
pub async fn live_parts(
    conn: &dyn Conn,
    scope: &Scope,
    tickets: &[TicketId],
) -> Result<BTreeSet<TicketId>, StoreError> {
    let Scope::Any(parts) = scope else {
        return live_of(conn, scope, tickets).await;
    };
    let mut live = BTreeSet::new();
    for part in parts {
        let through = match part {
            Scope::Unit(_) | Scope::UnitTree(_) => tickets.to_vec(),
            _ => reached(conn, part, tickets).await?,
        };
        live.extend(live_of(conn, part, &through).await?);
    }
    Ok(live)
}

/// Which of these tickets a scope reaches.
async fn reached(
    conn: &dyn Conn,
    scope: &Scope,
    tickets: &[TicketId],
) -> Result<Vec<TicketId>, StoreError> {
    if tickets.is_empty() {
        return Ok(Vec::new());
    }
    // Text: a scope is one, here as everywhere.
    let mut sql = Sql::new(
        "select t.id as ticket_id from tickets t where t.id in ",
        vals![],
    );
    sql.list(tickets.iter().map(|id| id.bind()).collect())
        .append(crate::scope::reaches(scope));
    let rows = conn.handle().rows::<Live>(sql).await?;
    Ok(rows.into_iter().map(|row| row.ticket_id.0).collect())
}

/// The same for the scope of one post.
async fn live_of(
    conn: &dyn Conn,
    scope: &Scope,
    tickets: &[TicketId],
) -> Result<BTreeSet<TicketId>, StoreError> {
    // Text: a scope is one, here as everywhere.
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
        Scope::Own(_) | Scope::Team(_) | Scope::Region(_) | Scope::Any(_) | Scope::All => {
            return Ok(tickets.iter().copied().collect());
        }
    };
    if tickets.is_empty() {
        return Ok(BTreeSet::new());
    }
    sql.text(" and a.ticket_id in ")
        .list(tickets.iter().map(|id| id.bind()).collect());
    let rows = conn.handle().rows::<Live>(sql).await?;
    Ok(rows.into_iter().map(|row| row.ticket_id.0).collect())
}

/// Inserts a new assignment (version 1) or changes one whose version is one less.
pub(super) async fn save(
    tx: &Tx,
    assignment: &Assignment,
    accused: Option<&str>,
) -> Result<(), StoreError> {
    let h = tx.handle();
    if assignment.version == 1 {
        let mut sql = Sql::new(INSERT.head, vals![]);
        sql.list(assignment_values(assignment));
        h.insert(sql, "assignment").await?;
        let units = unit_rows(assignment, accused).into_iter();
        return table::put(
            tx,
            *UNITS,
            units.map(|unit| unit.values(ticket_unit::Beside {})),
        )
        .await;
    }
    let loaded = assignment.version - 1;
    let update = Entity::update_many()
        .set(assignment.moved())
        .filter(Column::Id.eq(Col(assignment.id)))
        .filter(Column::Version.eq(Col(loaded)));
    if h.change(&update).await? == 1 {
        return Ok(());
    }
    let now = h.find_one(Entity::find_by_id(Col(assignment.id))).await?;
    Err(StoreError::Conflict {
        object: format!("assignment:{}", assignment.id),
        expected: loaded,
        current: now.map_or(0, |row| row.version.0),
    })
}

/// Makes the rows of a ticket's units anew: the unit that it is about became another one.
pub(super) async fn reseat(
    tx: &Tx,
    ticket: &Ticket,
    assignments: &[Assignment],
) -> Result<(), StoreError> {
    let gone =
        ticket_unit::Entity::delete_many().filter(ticket_unit::Column::TicketId.eq(Col(ticket.id)));
    tx.handle().change(&gone).await?;
    let accused = ticket.accused_unit.as_deref();
    for assignment in assignments {
        let rows = unit_rows(assignment, accused).into_iter();
        let rows = rows.map(|unit| unit.values(ticket_unit::Beside {}));
        table::put(tx, *UNITS, rows).await?;
    }
    Ok(())
}

/// Rows of `ticket_units`: the unit itself and every unit above it, so that a subtree's list needs no search. The unit that the ticket is about has
/// none, nor has any below it: it is in no list of theirs. The ticket's last change stands in them as well, for lists in that order; the database
/// keeps it (`0077_unit_changes.sql`).
pub(crate) fn unit_rows(assignment: &Assignment, accused: Option<&str>) -> Vec<TicketUnit> {
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
        // A path leads down: what stands behind a unit lies below it.
        .take_while(|unit| Some(*unit) != accused)
        .map(|unit| TicketUnit {
            unit: unit.to_owned(),
            ticket_id: assignment.ticket_id,
            direct: unit == assignment.unit,
            updated_at: assignment.updated_at,
        })
        .collect()
}
