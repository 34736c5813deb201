//! Taking a job, moving it, ending it, stopping it, counting who takes its result.
//! A step is written by whoever holds the job and by nobody else: one that was overtaken learns it there, and its transaction is dropped.
//! Not here: what a step does (`services::jobs::host`).

use std::collections::BTreeMap;

use sea_orm::sea_query::{Expr, ExprTrait as _, LockBehavior, LockType, OnConflict};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select, UpdateMany,
};
use shared::calendar::Instant;
use shared::ids::JobId;
use shared::job::JobState;

use super::{Inside, Job, New, ResultFile, read, row};
use crate::entity::trail::job::{Column, Entity};
use crate::{Conn, StoreError, Tx};

/// No lease and no pause is longer, in milliseconds; one that is was taken while the clock was ahead.
const LONGEST: i64 = 24 * 3_600_000;

/// Which job is taken.
#[derive(Debug, Clone)]
pub enum Pick {
    /// Any of these kinds, and any whose owner wants it stopped.
    Kinds(Vec<&'static str>),
    /// This one.
    One(JobId),
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

/// How a job ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// In which state.
    pub state: JobState,
    /// How much was done.
    pub done: i64,
    /// What it came to, as JSON without personal data.
    pub report: Option<String>,
    /// What went wrong.
    pub fault: Option<Failed>,
    /// The result's file.
    pub file: Option<ResultFile>,
}

/// What went wrong: a code, and facts without personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed {
    /// The fault's code.
    pub code: String,
    /// Its facts.
    pub facts: BTreeMap<String, String>,
}

impl Failed {
    fn facts(&self) -> Option<String> {
        (!self.facts.is_empty())
            .then(|| serde_json::to_string(&self.facts).ok())
            .flatten()
    }
}

/// What asking to stop came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cancelled {
    /// It ends before its next step.
    Asked,
    /// It has ended already.
    Late,
}

/// Asks for a job; false when one of the same `once` is under way.
pub async fn put(tx: &Tx, new: &New) -> Result<bool, StoreError> {
    put_from(tx, new, None).await
}

/// The same, with what its first step begins with. That is sealed, and forgotten however the job ends: the place of a secret that only the job needs.
pub async fn put_from(tx: &Tx, new: &New, cursor: Option<String>) -> Result<bool, StoreError> {
    let h = tx.handle();
    let mut unless_there = OnConflict::column(Column::Once);
    unless_there
        .target_and_where(Expr::col(Column::EndedAt).is_null())
        .do_nothing();
    let insert = Entity::insert(row(h.seal(), new, cursor)?).on_conflict(unless_there);
    Ok(h.change(&insert).await? == 1)
}

/// Lets a job wait for a second person.
pub async fn await_second(tx: &Tx, id: JobId) -> Result<(), StoreError> {
    let waits = Entity::update_many()
        .filter(Column::Id.eq(id.0))
        .col_expr(Column::Awaits, Expr::value(true));
    tx.handle().change(&waits).await?;
    Ok(())
}

/// Lets a job go on that waited for a second person; false when it waits no more.
pub async fn approve(tx: &Tx, id: JobId, by: &str) -> Result<bool, StoreError> {
    let agreed = Entity::update_many()
        .filter(Column::Id.eq(id.0))
        .filter(Column::Awaits.eq(true))
        .filter(Column::EndedAt.is_null())
        .col_expr(Column::Awaits, Expr::value(false))
        .col_expr(Column::ApprovedBy, Expr::value(by));
    Ok(tx.handle().change(&agreed).await? == 1)
}

/// Open jobs that nobody holds now and that wait for nobody's word; who waited longest for a step comes first.
fn free(pick: &Pick, now: Instant) -> Select<Entity> {
    let nobody = Condition::any()
        .add(Column::HeldUntil.lte(now.0))
        .add(Column::HeldUntil.gt(now.0.saturating_add(LONGEST)));
    let which = match pick {
        Pick::One(id) => Condition::all().add(Column::Id.eq(id.0)),
        Pick::Kinds(kinds) => Condition::any()
            .add(Column::Kind.is_in(kinds.iter().copied()))
            .add(Column::CancelAt.is_not_null()),
    };
    let agreed = Condition::any()
        .add(Column::Awaits.eq(false))
        .add(Column::CancelAt.is_not_null());
    Entity::find()
        .filter(Column::EndedAt.is_null())
        .filter(nobody)
        .filter(agreed)
        .filter(which)
        .order_by_asc(Column::HeldUntil)
        .order_by_asc(Column::Id)
        .limit(1)
}

/// Whether a job waits for somebody.
pub async fn is_waiting(conn: &dyn Conn, pick: &Pick, now: Instant) -> Result<bool, StoreError> {
    Ok(conn.handle().find_one(free(pick, now)).await?.is_some())
}

/// Takes a free job until an instant. `holder` must be another word each time: whoever comes back late is told by it.
pub async fn claim(
    tx: &Tx,
    pick: &Pick,
    holder: &str,
    (now, until): (Instant, Instant),
) -> Result<Option<Held>, StoreError> {
    let h = tx.handle();
    let mut next = free(pick, now);
    if !h.is_sqlite() {
        next = next.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    }
    let Some(found) = h.find_one(next).await? else {
        return Ok(None);
    };
    let mut taken = Entity::update_many()
        .col_expr(Column::Holder, Expr::value(holder))
        .col_expr(Column::HeldUntil, Expr::value(until.0))
        .filter(Column::Id.eq(found.id));
    if found.started_at.is_none() {
        taken = taken.col_expr(Column::StartedAt, Expr::value(now.0));
    }
    h.change(&taken).await?;
    Ok(Some(Held {
        job: read(h.seal(), found)?,
        holder: holder.to_owned(),
    }))
}

/// The row of a job for as long as its holder has it, let go until an instant.
fn of(held: &Held, free_at: Instant) -> UpdateMany<Entity> {
    Entity::update_many()
        .filter(Column::Id.eq(held.job.id.0))
        .filter(Column::Holder.eq(held.holder.as_str()))
        .filter(Column::EndedAt.is_null())
        .col_expr(Column::HeldUntil, Expr::value(free_at.0))
        .col_expr(Column::Holder, Expr::value(None::<String>))
}

/// Writes where a job stands and lets it go for the next step; false when somebody else has it by now: the caller's transaction must not be kept.
pub async fn stand(tx: &Tx, held: &Held, stand: &Stand, now: Instant) -> Result<bool, StoreError> {
    let h = tx.handle();
    let inside = Inside {
        scope: held.job.scope.clone(),
        cursor: Some(stand.cursor.clone()),
    };
    let moved = of(held, now)
        .col_expr(Column::Steps, Expr::col(Column::Steps).add(1_i64))
        .col_expr(Column::KeyId, Expr::value(h.seal().key_id()))
        .col_expr(
            Column::Inside,
            Expr::value(inside.sealed(h.seal(), held.job.id)?),
        )
        .col_expr(Column::Done, Expr::value(stand.done))
        .col_expr(Column::Total, Expr::value(stand.total))
        .col_expr(Column::Tries, Expr::value(0_i64))
        .col_expr(Column::Fault, Expr::value(None::<String>))
        .col_expr(Column::Facts, Expr::value(None::<String>));
    Ok(h.change(&moved).await? == 1)
}

/// Holds a job longer, while a step of it takes its time; false when somebody else has it by now.
pub async fn hold(tx: &Tx, held: &Held, until: Instant) -> Result<bool, StoreError> {
    let longer = Entity::update_many()
        .filter(Column::Id.eq(held.job.id.0))
        .filter(Column::Holder.eq(held.holder.as_str()))
        .filter(Column::EndedAt.is_null())
        .col_expr(Column::HeldUntil, Expr::value(until.0));
    Ok(tx.handle().change(&longer).await? == 1)
}

/// Lets a job go until an instant without having done anything; false when somebody else has it by now.
pub async fn let_go(tx: &Tx, held: &Held, again_at: Instant) -> Result<bool, StoreError> {
    Ok(tx.handle().change(&of(held, again_at)).await? == 1)
}

/// Notes that a step failed and lets the job go for the next try; false when somebody else has it by now.
pub async fn failed(
    tx: &Tx,
    held: &Held,
    why: &Failed,
    again_at: Instant,
) -> Result<bool, StoreError> {
    let noted = of(held, again_at)
        .col_expr(Column::Tries, Expr::col(Column::Tries).add(1_i64))
        .col_expr(Column::Fault, Expr::value(why.code.as_str()))
        .col_expr(Column::Facts, Expr::value(why.facts()));
    Ok(tx.handle().change(&noted).await? == 1)
}

/// Ends a job; false when somebody else has it by now: the caller's transaction must not be kept. Where it stood is forgotten.
pub async fn end(tx: &Tx, held: &Held, ending: &Ending, now: Instant) -> Result<bool, StoreError> {
    let h = tx.handle();
    let inside = Inside {
        scope: held.job.scope.clone(),
        cursor: None,
    };
    let file = ending.file.as_ref();
    let fault = ending.fault.as_ref();
    let ended = of(held, now)
        .col_expr(Column::Steps, Expr::col(Column::Steps).add(1_i64))
        .col_expr(Column::KeyId, Expr::value(h.seal().key_id()))
        .col_expr(
            Column::Inside,
            Expr::value(inside.sealed(h.seal(), held.job.id)?),
        )
        .col_expr(Column::State, Expr::value(ending.state.as_str()))
        .col_expr(Column::Done, Expr::value(ending.done))
        .col_expr(Column::Report, Expr::value(ending.report.clone()))
        .col_expr(Column::Fault, Expr::value(fault.map(|it| it.code.clone())))
        .col_expr(Column::Facts, Expr::value(fault.and_then(Failed::facts)))
        .col_expr(Column::File, Expr::value(file.map(|it| it.name.clone())))
        .col_expr(Column::FileBytes, Expr::value(file.map(|it| it.bytes)))
        .col_expr(
            Column::FileUntil,
            Expr::value(file.and_then(|it| it.until).map(|at| at.0)),
        )
        .col_expr(Column::EndedAt, Expr::value(now.0));
    Ok(h.change(&ended).await? == 1)
}

/// Counts that the result of a job was taken.
pub async fn took(tx: &Tx, id: JobId) -> Result<(), StoreError> {
    let counted = Entity::update_many()
        .filter(Column::Id.eq(id.0))
        .col_expr(Column::Taken, Expr::col(Column::Taken).add(1_i64));
    tx.handle().change(&counted).await?;
    Ok(())
}

/// Asks to stop a job: whoever takes it next ends it. Asked twice it stays as it was asked first.
pub async fn cancel(tx: &Tx, id: JobId, by: &str, now: Instant) -> Result<Cancelled, StoreError> {
    let asked = Entity::update_many()
        .filter(Column::Id.eq(id.0))
        .filter(Column::EndedAt.is_null())
        .col_expr(Column::CancelAt, Expr::col(Column::CancelAt).if_null(now.0))
        .col_expr(Column::CancelBy, Expr::col(Column::CancelBy).if_null(by));
    Ok(if tx.handle().change(&asked).await? == 1 {
        Cancelled::Asked
    } else {
        Cancelled::Late
    })
}
