//! Long work that is done in steps: who holds it until when, where it stands, what it came to.
//! A step is written by whoever holds the job and by nobody else: one that was overtaken learns it there, and its transaction is dropped.
//! Not here: what a kind of job does, when it runs (`services::jobs::host`).

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait as _, LockBehavior, LockType, OnConflict};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, UpdateMany,
};
use shared::calendar::Instant;
use shared::ids::UserId;
use uuid::Uuid;

use crate::entity::job::{ActiveModel, Column, Entity, Model};
use crate::{Conn, StoreError, Tx};

/// No lease is longer, in milliseconds; one that is was taken while the clock was ahead.
const LONGEST: i64 = 24 * 3_600_000;

/// How it stands with a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Waits or runs.
    Open,
    /// Came to its end.
    Done,
    /// Cannot go on.
    Failed,
}

impl State {
    /// As stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }

    fn parse(code: &str) -> Result<Self, StoreError> {
        [Self::Open, Self::Done, Self::Failed]
            .into_iter()
            .find(|state| state.code() == code)
            .ok_or_else(|| StoreError::broken(format!("unknown state of a job {code}")))
    }
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct New {
    /// Its id.
    pub id: Uuid,
    /// What kind of work.
    pub kind: &'static str,
    /// What may be there once; a second job with the same words is not made.
    pub once: Option<String>,
    /// Who asked for it; nobody for the application itself.
    pub owner: Option<UserId>,
    /// The name of whoever asked.
    pub owner_name: String,
    /// The work in particular, as JSON without personal data.
    pub scope: String,
    /// When it was asked for.
    pub at: Instant,
}

/// A job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its id.
    pub id: Uuid,
    /// What kind of work.
    pub kind: String,
    /// Who asked for it.
    pub owner: Option<UserId>,
    /// The name of whoever asked.
    pub owner_name: String,
    /// The work in particular, as JSON.
    pub scope: String,
    /// How it stands.
    pub state: State,
    /// Where it stands, in the kind's own words; nothing before the first step.
    pub cursor: Option<String>,
    /// How much was done.
    pub done: i64,
    /// How much there is, where that is known.
    pub total: Option<i64>,
    /// What it came to, as JSON.
    pub report: Option<String>,
    /// Steps that were written.
    pub steps: i64,
    /// When it was asked for.
    pub made_at: Instant,
    /// When it ended.
    pub ended_at: Option<Instant>,
}

/// A job that is held, with the word by which its holder is known.
#[derive(Debug, Clone)]
pub struct Held {
    /// The job as it was found.
    pub job: Job,
    holder: String,
}

/// Where a job stands after a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stand {
    /// For the next step.
    pub cursor: String,
    /// How much was done.
    pub done: i64,
    /// How much there is.
    pub total: Option<i64>,
}

/// Asks for a job; false when it is there already.
pub async fn put(tx: &Tx, new: &New) -> Result<bool, StoreError> {
    let row = ActiveModel {
        id: Set(new.id),
        kind: Set(new.kind.to_owned()),
        once: Set(new.once.clone()),
        owner: Set(new.owner.map(|user| user.0)),
        owner_name: Set(new.owner_name.clone()),
        scope: Set(new.scope.clone()),
        state: Set(State::Open.code().to_owned()),
        cursor: Set(None),
        done: Set(0),
        total: Set(None),
        report: Set(None),
        holder: Set(None),
        held_until: Set(0),
        steps: Set(0),
        made_at: Set(new.at.0),
        ended_at: Set(None),
    };
    let mut unless_there = OnConflict::column(Column::Once);
    unless_there.do_nothing();
    let insert = Entity::insert(row).on_conflict(unless_there);
    Ok(tx.handle().change(&insert).await? == 1)
}

/// Open jobs that nobody holds now, the oldest first.
fn free(now: Instant) -> sea_orm::Select<Entity> {
    let nobody = Condition::any()
        .add(Column::HeldUntil.lt(now.0))
        .add(Column::HeldUntil.gt(now.0.saturating_add(LONGEST)));
    Entity::find()
        .filter(Column::EndedAt.is_null())
        .filter(nobody)
        .order_by_asc(Column::MadeAt)
        .order_by_asc(Column::Id)
        .limit(1)
}

/// Whether a job waits for somebody.
pub async fn is_waiting(conn: &dyn Conn, now: Instant) -> Result<bool, StoreError> {
    Ok(conn.handle().find_one(free(now)).await?.is_some())
}

/// Takes the oldest free job until an instant. `holder` must be another word each time: whoever comes back late is told by it.
pub async fn claim(
    tx: &Tx,
    holder: &str,
    now: Instant,
    until: Instant,
) -> Result<Option<Held>, StoreError> {
    let h = tx.handle();
    let next = free(now).lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    let Some(found) = h.find_one(next).await? else {
        return Ok(None);
    };
    let taken = Entity::update_many()
        .col_expr(Column::Holder, Expr::value(holder))
        .col_expr(Column::HeldUntil, Expr::value(until.0))
        .filter(Column::Id.eq(found.id));
    h.change(&taken).await?;
    Ok(Some(Held {
        job: read(found)?,
        holder: holder.to_owned(),
    }))
}

fn of(held: &Held) -> UpdateMany<Entity> {
    Entity::update_many()
        .filter(Column::Id.eq(held.job.id))
        .filter(Column::Holder.eq(held.holder.as_str()))
        .filter(Column::EndedAt.is_null())
        .col_expr(Column::HeldUntil, Expr::value(0_i64))
        .col_expr(Column::Holder, Expr::value(None::<String>))
        .col_expr(Column::Steps, Expr::col(Column::Steps).add(1_i64))
}

/// Writes where a job stands and lets it go for the next step; false when somebody else has it by now: the caller's transaction must not be kept.
pub async fn stand(tx: &Tx, held: &Held, stand: &Stand) -> Result<bool, StoreError> {
    let moved = of(held)
        .col_expr(Column::Cursor, Expr::value(stand.cursor.as_str()))
        .col_expr(Column::Done, Expr::value(stand.done))
        .col_expr(Column::Total, Expr::value(stand.total));
    Ok(tx.handle().change(&moved).await? == 1)
}

/// Ends a job with what it came to; false when somebody else has it by now.
pub async fn end(
    tx: &Tx,
    held: &Held,
    (state, done, report): (State, i64, Option<&str>),
    now: Instant,
) -> Result<bool, StoreError> {
    let ended = of(held)
        .col_expr(Column::State, Expr::value(state.code()))
        .col_expr(Column::Done, Expr::value(done))
        .col_expr(Column::Report, Expr::value(report.map(str::to_owned)))
        .col_expr(Column::EndedAt, Expr::value(now.0));
    Ok(tx.handle().change(&ended).await? == 1)
}

/// The newest jobs of a kind.
pub async fn newest(conn: &dyn Conn, kind: &str, limit: u32) -> Result<Vec<Job>, StoreError> {
    let of_kind = Entity::find()
        .filter(Column::Kind.eq(kind))
        .order_by_desc(Column::MadeAt)
        .limit(u64::from(limit));
    let rows = conn.handle().find(of_kind).await?;
    rows.into_iter().map(read).collect()
}

/// Removes jobs that ended before an instant.
pub async fn purge(tx: &Tx, before: Instant) -> Result<u64, StoreError> {
    let old = Entity::delete_many().filter(Column::EndedAt.lt(before.0));
    tx.handle().change(&old).await
}

fn read(row: Model) -> Result<Job, StoreError> {
    Ok(Job {
        id: row.id,
        kind: row.kind,
        owner: row.owner.map(UserId),
        owner_name: row.owner_name,
        scope: row.scope,
        state: State::parse(&row.state)?,
        cursor: row.cursor,
        done: row.done,
        total: row.total,
        report: row.report,
        steps: row.steps,
        made_at: Instant(row.made_at),
        ended_at: row.ended_at.map(Instant),
    })
}
