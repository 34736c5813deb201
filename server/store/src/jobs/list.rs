//! Jobs as people and programs look at them, and what is thrown away after its time.
//! Who sees which job is decided by its owner and, for administrators, by where the owner works.
//! Not here: taking a job (`run`).

use std::collections::BTreeSet;

use sea_orm::sea_query::{Expr, ExprTrait as _, Query};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select,
};
use shared::access::Scope;
use shared::calendar::Instant;
use shared::file::FileCase;
use shared::ids::{JobId, UserId};

use super::{Job, read};
use crate::entity::file::file_reference;
use crate::entity::trail::job::{Column, Entity};
use crate::{Conn, StoreError, Tx};

/// Whose jobs are seen: one's own, and those of a scope for who may look after them.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The reader; nobody for the application itself.
    pub own: Option<UserId>,
    /// How far the reader looks after others' jobs.
    pub scope: Option<Scope>,
}

impl Seen {
    fn of(&self, select: Select<Entity>) -> Select<Entity> {
        let mut any = Condition::any();
        if let Some(own) = self.own {
            any = any.add(Column::Owner.eq(own.0));
        }
        for part in self.scope.iter().flat_map(Scope::parts) {
            match part {
                Scope::All => return select,
                Scope::Region(prefix) if !prefix.is_empty() => {
                    any = any.add(Column::Region.starts_with(prefix.as_str()));
                }
                _ => {}
            }
        }
        if any.is_empty() {
            any = any.add(Expr::value(1).eq(0));
        }
        select.filter(any)
    }
}

async fn all(conn: &dyn Conn, select: Select<Entity>) -> Result<Vec<Job>, StoreError> {
    let h = conn.handle();
    let rows = h.find(select).await?;
    rows.into_iter().map(|row| read(h.seal(), row)).collect()
}

/// One job, as far as the reader sees it.
pub async fn get(conn: &dyn Conn, seen: &Seen, id: JobId) -> Result<Option<Job>, StoreError> {
    let one = seen.of(Entity::find().filter(Column::Id.eq(id.0)));
    Ok(all(conn, one.limit(1)).await?.pop())
}

/// The newest jobs that the reader sees, made before an instant where one is given.
pub async fn list(
    conn: &dyn Conn,
    seen: &Seen,
    before: Option<(Instant, JobId)>,
    limit: u32,
) -> Result<Vec<Job>, StoreError> {
    let mut select = seen.of(Entity::find());
    if let Some((at, id)) = before {
        let behind = Condition::any().add(Column::MadeAt.lt(at.0)).add(
            Condition::all()
                .add(Column::MadeAt.eq(at.0))
                .add(Column::Id.lt(id.0)),
        );
        select = select.filter(behind);
    }
    let select = select
        .order_by_desc(Column::MadeAt)
        .order_by_desc(Column::Id)
        .limit(u64::from(limit));
    all(conn, select).await
}

/// The newest jobs of a kind.
pub async fn newest(conn: &dyn Conn, kind: &str, limit: u32) -> Result<Vec<Job>, StoreError> {
    let of_kind = Entity::find()
        .filter(Column::Kind.eq(kind))
        .order_by_desc(Column::MadeAt)
        .limit(u64::from(limit));
    all(conn, of_kind).await
}

/// The job under way of which there is only one.
pub async fn open_of(conn: &dyn Conn, once: &str) -> Result<Option<Job>, StoreError> {
    let open = Entity::find()
        .filter(Column::Once.eq(once))
        .filter(Column::EndedAt.is_null())
        .limit(1);
    Ok(all(conn, open).await?.pop())
}

/// Removes jobs that ended before an instant.
pub async fn purge(tx: &Tx, before: Instant) -> Result<u64, StoreError> {
    let old = Entity::delete_many()
        .filter(Column::EndedAt.lt(before.0))
        .filter(Column::File.is_null());
    tx.handle().change(&old).await
}

/// Jobs whose result's file has had its time.
pub async fn expired(conn: &dyn Conn, now: Instant, limit: u32) -> Result<Vec<Job>, StoreError> {
    let old = Entity::find()
        .filter(Column::File.is_not_null())
        .filter(Column::FileUntil.lte(now.0))
        .order_by_asc(Column::FileUntil)
        .limit(u64::from(limit));
    all(conn, old).await
}

/// Forgets the files of these jobs' results.
pub async fn without_file(tx: &Tx, ids: &[JobId]) -> Result<u64, StoreError> {
    let gone = Entity::update_many()
        .col_expr(Column::File, Expr::value(None::<String>))
        .filter(Column::Id.is_in(ids.iter().map(|id| id.0)));
    tx.handle().change(&gone).await
}

/// Which of these jobs still need a file below the folder of results: those under way, and those of an earlier release that keep theirs there.
pub async fn files(conn: &dyn Conn, ids: &[JobId]) -> Result<BTreeSet<JobId>, StoreError> {
    let sealed = Query::select()
        .expr(Expr::value(1))
        .from(file_reference::Entity)
        .and_where(
            Expr::col((file_reference::Entity, file_reference::Column::CaseId))
                .equals((Entity, Column::Id)),
        )
        .and_where(
            Expr::col((file_reference::Entity, file_reference::Column::CaseKind))
                .eq(FileCase::Job.code()),
        )
        .to_owned();
    let open = Condition::all()
        .add(Column::File.is_not_null())
        .add(Condition::all().not().add(Expr::exists(sealed)));
    let needed = Condition::any().add(Column::EndedAt.is_null()).add(open);
    let select = Entity::find()
        .filter(Column::Id.is_in(ids.iter().map(|id| id.0)))
        .filter(needed);
    let rows = conn.handle().find(select).await?;
    Ok(rows.into_iter().map(|row| JobId(row.id)).collect())
}
