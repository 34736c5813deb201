//! Counting rows of the audit person by person, and what rules found so, until somebody dismisses it.
//! Not here: the rules (services).
//! Ids are drawn when an alarm is found, so their order is that of finding.

use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult, QueryOrder as _, QuerySelect as _};
use shared::calendar::Instant;

use super::first_row;
use crate::entity::table;
use crate::entity::trail::audit::alarm::{Beside, Column, Entity};
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError, Tx};

pub use crate::entity::trail::audit::alarm::AuditAlarm;

/// What one person did since a time.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Counted {
    /// Sign-in name.
    pub who: String,
    /// Rows.
    pub counted: i64,
    /// Different objects among them.
    pub objects: i64,
    /// Number of the first row.
    pub first_row: i64,
    /// Number of the last one.
    pub last_row: i64,
}

/// Counts what people did since a time, of some acts that came to pass.
pub async fn counted(
    conn: &dyn Conn,
    since: Instant,
    actions: &[&str],
) -> Result<Vec<Counted>, StoreError> {
    let Some(first) = first_row(conn, since).await? else {
        return Ok(Vec::new());
    };
    // Text: for each act a walk along its index, from the first number of the time on.
    let mut sql = Sql::new(
        "select actor_name as who, count(*) as counted, count(distinct object) as objects, min(n) as first_row, max(n) as last_row from audit where n >= ? and at >= ? and outcome = 'ok' and actor is not null and action in ",
        vals![first, since.0],
    );
    let actions = actions.iter().map(|action| (*action).into());
    sql.list(actions.collect())
        .text(" group by actor_name order by actor_name");
    conn.handle().rows::<Counted>(sql).await
}

/// Whoever did some acts with the same text on so many objects since a time, a row a text.
pub async fn same_text(
    conn: &dyn Conn,
    since: Instant,
    actions: &[&str],
    least: i64,
) -> Result<Vec<Counted>, StoreError> {
    let Some(first) = first_row(conn, since).await? else {
        return Ok(Vec::new());
    };
    let h = conn.handle();
    let texts = if h.is_sqlite() {
        r#" and instr(facts, '"text_mac":"') > 0 group by actor_name, substr(facts, instr(facts, '"text_mac":"') + 12, 16) having count(distinct object) >= "#
    } else {
        r#" and strpos(facts, '"text_mac":"') > 0 group by actor_name, substr(facts, strpos(facts, '"text_mac":"') + 12, 16) having count(distinct object) >= "#
    };
    // Text: for each act a walk along its index, from the first number of the day on; what stands in the text of the facts is cut out by place.
    let mut sql = Sql::new(
        "select actor_name as who, count(*) as counted, count(distinct object) as objects, min(n) as first_row, max(n) as last_row from audit where n >= ? and at >= ? and outcome = 'ok' and actor is not null and action in ",
        vals![first, since.0],
    );
    let actions = actions.iter().map(|action| (*action).into());
    sql.list(actions.collect())
        .text(texts)
        .push("?", vals![least])
        .text(" order by actor_name");
    h.rows::<Counted>(sql).await
}

/// Keeps an alarm; false where one of its rule, person and stretch is there.
pub async fn raise(tx: &Tx, alarm: &AuditAlarm) -> Result<bool, StoreError> {
    let mut sql = Sql::new(table::insert::<Entity>().head, vals![]);
    sql.list(alarm.values(Beside {}))
        .text(" on conflict (rule, who, stretch) do nothing");
    Ok(tx.handle().run(sql).await? == 1)
}

/// Alarms that wait, or those that were dismissed, the newest first, behind one of them.
pub async fn page(
    conn: &dyn Conn,
    dismissed: bool,
    before: Option<Uuid>,
    limit: u64,
) -> Result<Vec<AuditAlarm>, StoreError> {
    let mut select = Entity::find().filter(if dismissed {
        Column::DismissedAt.is_not_null()
    } else {
        Column::DismissedAt.is_null()
    });
    if let Some(before) = before {
        select = select.filter(Column::Id.lt(before));
    }
    let select = select.order_by_desc(Column::Id).limit(limit);
    conn.handle().records(select).await
}

/// How many alarms about somebody wait.
pub async fn about(conn: &dyn Conn, who: &str) -> Result<i64, StoreError> {
    // Text: a count along its own index.
    let sql = Sql::new(
        "select count(*) from audit_alarms where who = ? and dismissed_at is null",
        vals![who],
    );
    conn.handle().number(sql).await
}

/// One alarm.
pub async fn find(conn: &dyn Conn, id: Uuid) -> Result<Option<AuditAlarm>, StoreError> {
    let one = Entity::find().filter(Column::Id.eq(id)).limit(1);
    let found = conn.handle().records::<_, AuditAlarm>(one).await?;
    Ok(found.into_iter().next())
}

/// Writes that it was dismissed; false when somebody else has.
pub async fn dismiss(tx: &Tx, alarm: &AuditAlarm) -> Result<bool, StoreError> {
    let update = Entity::update_many()
        .set(alarm.moved())
        .filter(Column::Id.eq(alarm.id))
        .filter(Column::DismissedAt.is_null());
    Ok(tx.handle().change(&update).await? == 1)
}
