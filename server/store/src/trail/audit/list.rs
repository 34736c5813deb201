//! Reading the audit, newest first, and erasing values that may be erased.
//! Not here: who may (services).
//! The cursor is the row number of the last row of the page before.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{Condition, QueryOrder as _, QuerySelect as _, Select};
use shared::calendar::Instant;
use shared::ids::UserId;

use super::row::entry;
use crate::entity::Col;
use crate::entity::trail::audit::{ActiveModel, Column, Entity};
use crate::record::AuditEntry;
use crate::{Conn, StoreError, Tx};

/// The fact of a row that names the request.
pub const REQUEST: &str = "request";
/// The fact that names the session.
pub const SESSION: &str = "session";
/// The fact that names the job.
pub const JOB: &str = "job_name";

/// What to read; everything is "and".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditQuery {
    /// By whom.
    pub actor: Option<UserId>,
    /// By what is no person: `system`, `visitor`, `job:…`, `partner:…`.
    pub nobody: Option<String>,
    /// Action code.
    pub action: Option<String>,
    /// Any of these action codes; all where it is empty.
    pub actions: Vec<String>,
    /// Object, for example `ticket:<uuid>`.
    pub object: Option<String>,
    /// What stands before the colon of an object, for example `ticket`.
    pub kind: Option<String>,
    /// What came of it: `ok`, or a fault's code.
    pub outcome: Option<String>,
    /// Only what did not come to pass.
    pub failed: bool,
    /// From which address.
    pub ip: Option<String>,
    /// In which request.
    pub request: Option<String>,
    /// From, inclusive.
    pub from: Option<Instant>,
    /// To, exclusive.
    pub to: Option<Instant>,
    /// Only rows of this number and later ones.
    pub since: Option<i64>,
    /// From the page before.
    pub cursor: Option<String>,
    /// 1 to 500.
    pub limit: u32,
}

impl AuditQuery {
    /// Whether nothing but a time is asked for: then rows are read by their time, else in the order in which they were written.
    fn is_by_time(&self) -> bool {
        let narrow = self.actor.is_some()
            || self.nobody.is_some()
            || self.action.is_some()
            || !self.actions.is_empty()
            || self.object.is_some()
            || self.kind.is_some()
            || self.ip.is_some()
            || self.request.is_some()
            || self.failed
            || self.outcome.as_ref().is_some_and(|outcome| outcome != "ok");
        !narrow && (self.from.is_some() || self.to.is_some())
    }
}

/// A row with its number.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditRow {
    /// Number of the row.
    pub n: i64,
    /// The entry, without erased values.
    pub entry: AuditEntry,
}

/// A page of rows.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditPage {
    /// Newest first.
    pub items: Vec<AuditRow>,
    /// Where the next page begins.
    pub next_cursor: Option<String>,
}

/// A page of the audit.
pub async fn list(conn: &dyn Conn, query: &AuditQuery) -> Result<AuditPage, StoreError> {
    let h = conn.handle();
    let limit = query.limit.clamp(1, 500) as usize;
    let by_time = query.is_by_time();
    let mut select = narrowed(Entity::find(), query, h.is_sqlite());
    if by_time {
        select = select.order_by_desc(Column::At);
    }
    select = select.order_by_desc(Column::N).limit(limit as u64 + 1);
    if let Some(cursor) = &query.cursor {
        select = select.filter(behind(cursor, by_time)?);
    }
    let rows = h.find(select).await?;
    let more = rows.len() > limit;
    let items = rows
        .into_iter()
        .take(limit)
        .map(|row| {
            Ok(AuditRow {
                n: row.n,
                entry: entry(row)?,
            })
        })
        .collect::<Result<Vec<_>, StoreError>>()?;
    let next_cursor = items.last().filter(|_| more).map(|row| {
        if by_time {
            format!("{}.{}", row.entry.at.0, row.n)
        } else {
            row.n.to_string()
        }
    });
    Ok(AuditPage { items, next_cursor })
}

/// The rows behind a cursor: a number, or a time and a number.
fn behind(cursor: &str, by_time: bool) -> Result<Condition, StoreError> {
    let number = |text: &str| text.parse::<i64>().map_err(|_| StoreError::Cursor);
    if !by_time {
        return Ok(Condition::all().add(Column::N.lt(number(cursor)?)));
    }
    let (at, n) = cursor.split_once('.').ok_or(StoreError::Cursor)?;
    let (at, n) = (Col(Instant(number(at)?)), number(n)?);
    let earlier = Condition::any().add(Column::At.lt(at)).add(Column::N.lt(n));
    // The first part is what the index is walked by.
    Ok(Condition::all().add(Column::At.lte(at)).add(earlier))
}

/// The rows that are asked for.
fn narrowed(mut select: Select<Entity>, query: &AuditQuery, is_sqlite: bool) -> Select<Entity> {
    if let Some(actor) = query.actor {
        select = select.filter(Column::Actor.eq(Col(actor)));
    }
    if let Some(name) = &query.nobody {
        select = select
            .filter(Column::Actor.is_null())
            .filter(Column::ActorName.eq(name));
    }
    if let Some(action) = &query.action {
        select = select.filter(Column::Action.eq(action));
    }
    if !query.actions.is_empty() {
        select = select.filter(Column::Action.is_in(&query.actions));
    }
    if let Some(object) = &query.object {
        select = select.filter(Column::Object.eq(object));
    }
    // Text: the same words as in the index.
    if let Some(kind) = &query.kind {
        let before = if is_sqlite {
            "substr(object, 1, instr(object || ':', ':') - 1)"
        } else {
            "split_part(object, ':', 1)"
        };
        select = select.filter(Expr::cust(before).eq(kind.as_str()));
    }
    if query.failed || query.outcome.as_ref().is_some_and(|word| word != "ok") {
        select = select.filter(Expr::cust("outcome <> 'ok'"));
    }
    if let Some(outcome) = &query.outcome {
        select = select.filter(Column::Outcome.eq(outcome));
    }
    if let Some(ip) = &query.ip {
        let address = if is_sqlite {
            "json_extract(erasable, '$.ip')"
        } else {
            "(erasable::json ->> 'ip')"
        };
        select = select
            .filter(Expr::cust("erasable is not null"))
            .filter(Expr::cust(address).eq(ip.as_str()));
    }
    // Text: the same words as in the index, which no broken text of a row stops.
    if let Some(request) = &query.request {
        let place = if is_sqlite {
            r#"instr(facts, '"request":"')"#
        } else {
            r#"strpos(facts, '"request":"')"#
        };
        select = select
            .filter(Expr::cust(format!("{place} > 0")))
            .filter(Expr::cust(format!("substr(facts, {place} + 11, 32)")).eq(request.as_str()));
    }
    if let Some(since) = query.since {
        select = select.filter(Column::N.gte(since));
    }
    if let Some(from) = query.from {
        select = select.filter(Column::At.gte(Col(from)));
    }
    if let Some(to) = query.to {
        select = select.filter(Column::At.lt(Col(to)));
    }
    select
}

/// The number of the first row since a time; nothing where none was written since.
pub async fn first_row(conn: &dyn Conn, since: Instant) -> Result<Option<i64>, StoreError> {
    let first = Entity::find()
        .filter(Column::At.gte(Col(since)))
        .order_by_asc(Column::At)
        .order_by_asc(Column::N)
        .limit(1);
    Ok(conn.handle().find_one(first).await?.map(|row| row.n))
}

/// The rows of some actions on some objects, newest first: along the index of objects, whose rows are few.
pub async fn of_objects(
    conn: &dyn Conn,
    actions: &[&str],
    objects: &[String],
) -> Result<Vec<AuditEntry>, StoreError> {
    if objects.is_empty() {
        return Ok(Vec::new());
    }
    let select = Entity::find()
        .filter(Column::Object.is_in(objects.iter().map(String::as_str)))
        .order_by_desc(Column::N);
    let rows = conn.handle().find(select).await?;
    let of_actions = rows
        .into_iter()
        .filter(|row| actions.contains(&row.action.as_str()));
    of_actions.map(entry).collect()
}

/// Erases the erasable values of a row; the chain still holds, since it covers their salted hashes only.
pub async fn erase(tx: &Tx, id: Uuid) -> Result<bool, StoreError> {
    let erased = Entity::update_many()
        .set(ActiveModel {
            erasable: Set(None),
            ..Default::default()
        })
        .filter(Column::Id.eq(id));
    Ok(tx.handle().change(&erased).await? == 1)
}
