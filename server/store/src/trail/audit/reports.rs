//! Monthly reports about the audit: signed once, never changed; and counting a month's rows.
//! Not here: what a report says (services).
//! Texts: one walk along the time of the rows.

use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult, QueryOrder as _, QuerySelect as _};
use shared::calendar::Instant;

use crate::entity::table;
use crate::entity::trail::audit::report::{Beside, Column, Entity};
use crate::seal::sha256;
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError, Tx};

pub use crate::entity::trail::audit::report::AuditReport;

/// How often an act was done.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Acted {
    /// Its code.
    pub action: String,
    /// Rows.
    pub counted: i64,
    /// Of these, what did not come to pass.
    pub failed: i64,
    /// Number of the last row.
    pub last_row: i64,
}

/// Every act between two times.
pub async fn acts(conn: &dyn Conn, from: Instant, to: Instant) -> Result<Vec<Acted>, StoreError> {
    let sql = "select action, count(*) as counted, count(case when outcome not in ('ok', 'alarm') then 1 end) as failed, max(n) as last_row from audit where at >= ? and at < ? group by action order by action";
    let sql = Sql::new(sql, vals![from.0, to.0]);
    conn.handle().rows::<Acted>(sql).await
}

/// Alarms that a rule raised.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Raised {
    /// Code of the rule.
    pub rule: String,
    /// How many.
    pub counted: i64,
}

/// Alarms between two times.
pub async fn raised(
    conn: &dyn Conn,
    from: Instant,
    to: Instant,
) -> Result<Vec<Raised>, StoreError> {
    let sql = "select rule, count(*) as counted from audit_alarms where at >= ? and at < ? group by rule order by rule";
    let sql = Sql::new(sql, vals![from.0, to.0]);
    conn.handle().rows::<Raised>(sql).await
}

/// What is signed.
fn message(month: &str, content: &str) -> Vec<u8> {
    [
        b"minsheng-audit-report-1".as_slice(),
        month.as_bytes(),
        &[0],
        &sha256(content.as_bytes()),
    ]
    .concat()
}

/// Signs a report and keeps it; false where there is one of the month.
pub async fn keep(
    tx: &Tx,
    (month, made_at): (&str, Instant),
    content: &str,
) -> Result<bool, StoreError> {
    let h = tx.handle();
    let (key_id, signature) = h.seal().sign_audit(&message(month, content));
    let report = AuditReport {
        month: month.to_owned(),
        made_at,
        content: content.to_owned(),
        key_id,
        signature,
    };
    let mut sql = Sql::new(table::insert::<Entity>().head, vals![]);
    sql.list(report.values(Beside {}))
        .text(" on conflict (month) do nothing");
    Ok(h.run(sql).await? == 1)
}

/// Whether there is one of a month.
pub async fn is_there(conn: &dyn Conn, month: &str) -> Result<bool, StoreError> {
    let one = Entity::find().filter(Column::Month.eq(month)).limit(1);
    Ok(conn.handle().find_one(one).await?.is_some())
}

/// Reports, the newest first, each with the digest of its content and whether its signature holds.
pub async fn list(
    conn: &dyn Conn,
    limit: u64,
) -> Result<Vec<(AuditReport, String, bool)>, StoreError> {
    let h = conn.handle();
    let select = Entity::find().order_by_desc(Column::Month).limit(limit);
    let reports = h.records::<_, AuditReport>(select).await?;
    let judged = |report: AuditReport| {
        let hash = hex::encode(sha256(report.content.as_bytes()));
        let said = message(&report.month, &report.content);
        let holds = h
            .seal()
            .audit_signature_holds(&report.key_id, &said, &report.signature);
        (report, hash, holds)
    };
    Ok(reports.into_iter().map(judged).collect())
}
