//! Timers of definitions that start by themselves: when the next case begins, and in whose name.
//! Not here: the timers of running cases (`host::timers`), starting a case (services).
//! A timer is taken away in the transaction that starts the case, so two servers start it once.

use shared::calendar::Instant;
use shared::ids::UserId;

use crate::record::StartTimer;
use crate::sql::{Reader, Sql, vals};
use crate::{Conn, StoreError, Tx};

/// Sets when new cases start on a version, in place of what was set for it.
pub async fn set_start_timers(
    tx: &Tx,
    (definition, version): (&str, i32),
    timers: &[StartTimer],
) -> Result<(), StoreError> {
    let h = tx.handle();
    h.run(Sql::new(
        "delete from process_timers where definition = ? and definition_version = ?",
        vals![definition, version],
    ))
    .await?;
    for timer in timers {
        put_start_timer(tx, timer).await?;
    }
    Ok(())
}

/// Sets one timer again.
pub async fn put_start_timer(tx: &Tx, timer: &StartTimer) -> Result<(), StoreError> {
    let sql = Sql::new(
        "insert into process_timers (definition, definition_version, element, kind, spec, due_at, initiator) values (?, ?, ?, ?, ?, ?, ?)",
        vals![
            &timer.definition,
            timer.version,
            &timer.element,
            &timer.kind,
            &timer.spec,
            timer.due_at,
            timer.initiator
        ],
    );
    tx.handle().run(sql).await.map(drop)
}

/// Timers at which cases are to start now, in the order of their times.
pub async fn start_timers_due(
    conn: &dyn Conn,
    now: Instant,
    limit: u32,
) -> Result<Vec<StartTimer>, StoreError> {
    let sql = Sql::new(
        "select definition, definition_version, element, kind, spec, due_at, initiator from process_timers where due_at <= ? order by due_at, definition, element limit ?",
        vals![now, limit],
    );
    conn.handle()
        .all(sql)
        .await?
        .iter()
        .map(|row| {
            let mut r = Reader::new(row);
            Ok(StartTimer {
                definition: r.get()?,
                version: r.int()?,
                element: r.get()?,
                kind: r.get()?,
                spec: r.get()?,
                due_at: r.at()?,
                initiator: UserId(r.get()?),
            })
        })
        .collect()
}

/// Takes a timer away; false when another server has.
pub async fn take_start_timer(tx: &Tx, timer: &StartTimer) -> Result<bool, StoreError> {
    let sql = Sql::new(
        "delete from process_timers where definition = ? and definition_version = ? and element = ? and due_at = ?",
        vals![
            &timer.definition,
            timer.version,
            &timer.element,
            timer.due_at
        ],
    );
    Ok(tx.handle().run(sql).await? == 1)
}
