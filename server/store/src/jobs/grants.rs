//! Standing approvals: exports of a person that need no second person's word for a while.
//! Who sees which is decided as for jobs: by the person, and for who looks after jobs by where the person works.
//! Not here: what an approval covers (`services::exports`).

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select,
};
use shared::access::Scope;
use shared::calendar::Instant;
use shared::ids::{JobId, UserId};

use super::Seen;
use crate::entity::trail::export_grant::{ActiveModel, Column, Entity, Model};
use crate::{Conn, StoreError, Tx};

/// A standing approval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The job with which it was given; its name.
    pub job: JobId,
    /// Whose exports it is for.
    pub asker: UserId,
    /// Their name.
    pub asker_name: String,
    /// Division code of their unit.
    pub region: String,
    /// What the exports are for.
    pub purpose: String,
    /// What may stand beside the usual: own fields, related parts, personal data in the clear.
    pub columns: Vec<String>,
    /// Rows at most.
    pub most_rows: i64,
    /// The second person's name.
    pub given_by: String,
    /// Since when.
    pub given_at: Instant,
    /// Until when.
    pub ends_at: Instant,
}

fn read(row: Model) -> Grant {
    let columns = row.own_columns.split(',').filter(|code| !code.is_empty());
    Grant {
        job: JobId(row.job_id),
        asker: UserId(row.asker),
        asker_name: row.asker_name,
        region: row.region,
        purpose: row.purpose,
        columns: columns.map(str::to_owned).collect(),
        most_rows: row.most_rows,
        given_by: row.given_by,
        given_at: Instant(row.given_at),
        ends_at: Instant(row.ends_at),
    }
}

/// Writes a standing approval.
pub async fn grant(tx: &Tx, new: &Grant) -> Result<(), StoreError> {
    let row = ActiveModel {
        job_id: Set(new.job.0),
        asker: Set(new.asker.0),
        asker_name: Set(new.asker_name.clone()),
        region: Set(new.region.clone()),
        purpose: Set(new.purpose.clone()),
        own_columns: Set(new.columns.join(",")),
        most_rows: Set(new.most_rows),
        given_by: Set(new.given_by.clone()),
        given_at: Set(new.given_at.0),
        ends_at: Set(new.ends_at.0),
        withdrawn_at: Set(None),
        withdrawn_by: Set(None),
    };
    tx.handle().change(&Entity::insert(row)).await?;
    Ok(())
}

/// Those that hold now.
fn holding(now: Instant) -> Select<Entity> {
    Entity::find()
        .filter(Column::EndsAt.gt(now.0))
        .filter(Column::WithdrawnAt.is_null())
}

/// Those of a person that hold now.
pub async fn grants_of(
    conn: &dyn Conn,
    asker: UserId,
    now: Instant,
) -> Result<Vec<Grant>, StoreError> {
    let select = holding(now).filter(Column::Asker.eq(asker.0));
    let rows = conn.handle().find(select).await?;
    Ok(rows.into_iter().map(read).collect())
}

/// Those that hold now, as far as the reader sees them; those that end first come first.
pub async fn grants(
    conn: &dyn Conn,
    seen: &Seen,
    now: Instant,
    limit: u32,
) -> Result<Vec<Grant>, StoreError> {
    let mut reached = Condition::any();
    if let Some(own) = seen.own {
        reached = reached.add(Column::Asker.eq(own.0));
    }
    for part in seen.scope.iter().flat_map(Scope::parts) {
        match part {
            Scope::All => reached = reached.add(Column::JobId.is_not_null()),
            Scope::Region(prefix) if !prefix.is_empty() => {
                reached = reached.add(Column::Region.starts_with(prefix.as_str()));
            }
            _ => {}
        }
    }
    if reached.is_empty() {
        return Ok(Vec::new());
    }
    let select = holding(now)
        .filter(reached)
        .order_by_asc(Column::EndsAt)
        .order_by_asc(Column::JobId)
        .limit(u64::from(limit));
    let rows = conn.handle().find(select).await?;
    Ok(rows.into_iter().map(read).collect())
}

/// Ends a standing approval before its day; false when it holds no more.
pub async fn withdraw(tx: &Tx, job: JobId, by: &str, now: Instant) -> Result<bool, StoreError> {
    let ended = Entity::update_many()
        .filter(Column::JobId.eq(job.0))
        .filter(Column::WithdrawnAt.is_null())
        .filter(Column::EndsAt.gt(now.0))
        .col_expr(Column::WithdrawnAt, Expr::value(now.0))
        .col_expr(Column::WithdrawnBy, Expr::value(by));
    Ok(tx.handle().change(&ended).await? == 1)
}
