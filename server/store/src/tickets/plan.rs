//! The plan of a unit (排程): its open parts, unplanned ones first, then by day; load of each person, and how much each has on a day.
//! Not here: planning, which is a verb (`case`), what clashes (`shared::ticket::plan`).
//! All walk the open parts of one unit along one index.

use sea_orm::FromQueryResult;
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder as _, QuerySelect as _};
use shared::calendar::Instant;
use shared::ids::{AssignmentId, UserId};

use crate::entity::Col;
use crate::entity::ticket::assignment::{Column, Entity};
use crate::record::Assignment;
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError};

/// Which parts of a unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Code of the unit.
    pub unit: String,
    /// Only what somebody does or answers for.
    pub of: Option<UserId>,
    /// Behind this place: planned day and id.
    pub after: Option<(String, AssignmentId)>,
    /// How many at most.
    pub limit: u64,
}

/// Open parts of a unit, unplanned ones first, then by day.
pub async fn of_unit(conn: &dyn Conn, wanted: &Wanted) -> Result<Vec<Assignment>, StoreError> {
    let mut select = Entity::find()
        .filter(Column::Unit.eq(wanted.unit.as_str()))
        .filter(Column::EndedAt.is_null())
        .order_by_asc(Column::PlannedDay)
        .order_by_asc(Column::Id)
        .limit(wanted.limit);
    if let Some(user) = wanted.of {
        let own = Condition::any()
            .add(Column::PlannedFor.eq(Col(user)))
            .add(Column::Responsible.eq(Col(user)));
        select = select.filter(own);
    }
    if let Some((day, id)) = &wanted.after {
        let same = Condition::all()
            .add(Column::PlannedDay.eq(day.as_str()))
            .add(Column::Id.gt(Col(*id)));
        let behind = Condition::any()
            .add(Column::PlannedDay.gt(day.as_str()))
            .add(same);
        select = select.filter(behind);
    }
    conn.handle().records(select).await
}

/// What somebody has to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Load {
    /// Who does it, or answers for it where nobody is planned; none for what is nobody's.
    pub user: Option<UserId>,
    /// Open parts.
    pub open: i64,
    /// Due today.
    pub today: i64,
    /// Overdue.
    pub overdue: i64,
    /// Hours planned.
    pub hours: i64,
}

#[derive(FromQueryResult)]
struct Loaded {
    person: Col<Option<UserId>>,
    n: i64,
    today: i64,
    overdue: i64,
    hours: i64,
}

/// The load of each person of a unit, between now and the end of the day.
pub async fn load(
    conn: &dyn Conn,
    unit: &str,
    (now, until): (Instant, Instant),
) -> Result<Vec<Load>, StoreError> {
    // Text: counted along the index of open parts.
    let sql = Sql::new(
        "select coalesce(a.planned_for, a.responsible) as person, count(*) as n,
         cast(coalesce(sum(case when a.due_at >= ? and a.due_at < ? then 1 else 0 end), 0) as bigint) as today,
         cast(coalesce(sum(case when a.due_at < ? then 1 else 0 end), 0) as bigint) as overdue,
         cast(coalesce(sum(a.planned_hours), 0) as bigint) as hours
         from assignments a where a.unit = ? and a.ended_at is null group by coalesce(a.planned_for, a.responsible)",
        vals![now, until, now, unit],
    );
    let rows = conn.handle().rows::<Loaded>(sql).await?;
    let load = |row: Loaded| Load {
        user: row.person.0,
        open: row.n,
        today: row.today,
        overdue: row.overdue,
        hours: row.hours,
    };
    Ok(rows.into_iter().map(load).collect())
}

#[derive(FromQueryResult)]
struct PersonDay {
    planned_for: Col<UserId>,
    day: String,
    n: i64,
}

/// How many open parts of a unit are planned for each person on each day from one on.
pub async fn days(
    conn: &dyn Conn,
    unit: &str,
    from: &str,
) -> Result<Vec<(UserId, String, i64)>, StoreError> {
    // Text: counted along the index of open parts.
    let sql = Sql::new(
        "select a.planned_for, a.planned_day as day, count(*) as n from assignments a
         where a.unit = ? and a.ended_at is null and a.planned_day >= ? and a.planned_for is not null
         group by a.planned_for, a.planned_day",
        vals![unit, from],
    );
    let rows = conn.handle().rows::<PersonDay>(sql).await?;
    let day = |row: PersonDay| (row.planned_for.0, row.day, row.n);
    Ok(rows.into_iter().map(day).collect())
}
