//! The limit table.
//! Not here: choosing a row (`shared::process::limit::choose`), its default rows (`js_default`).
//! Rows are never changed, only added with a later `valid_from`, since tickets name the row they were counted by.

use shared::process::limit::{Limit, LimitRule};

use crate::sql::{Reader, Sql, vals};
use crate::{Conn, StoreError, Tx};

/// Every row.
pub async fn all(conn: &dyn Conn) -> Result<Vec<LimitRule>, StoreError> {
    let sql = "select id, profile, stage, channel, kind, category, urgency, region, valid_from, value, unit from limit_rules order by id";
    let rows = conn.handle().all(Sql::new(sql, vals![])).await?;
    rows.iter()
        .map(|row| {
            let mut r = Reader::new(row);
            Ok(LimitRule {
                id: r.get()?,
                profile: r.get()?,
                stage: r.code()?,
                channel: r.opt_code()?,
                kind: r.opt_code()?,
                category: r.get()?,
                urgency: r.opt_code()?,
                region: r.get()?,
                valid_from: r.get()?,
                limit: Limit {
                    value: r.int()?,
                    unit: r.code()?,
                },
            })
        })
        .collect()
}

/// Adds rows.
pub async fn put(tx: &Tx, rules: &[LimitRule]) -> Result<(), StoreError> {
    for rule in rules {
        let sql = Sql::new(
            "insert into limit_rules (id, profile, stage, channel, kind, category, urgency, region, valid_from, value, unit)
             values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            vals![
                rule.id, &rule.profile, rule.stage, rule.channel, rule.kind, rule.category.clone(), rule.urgency, rule.region.clone(),
                rule.valid_from, rule.limit.value, rule.limit.unit
            ],
        );
        tx.handle().insert(sql, "limit_rule").await?;
    }
    Ok(())
}
