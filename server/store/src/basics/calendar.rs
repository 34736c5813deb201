//! Holidays, make-up working days and working periods.
//! Not here: counting with them (`shared::calendar`), the shipped years (`shared::calendar::decrees`).
//! A year counts as known when its notice has been entered, even one without days.

use chrono::NaiveDate;
use shared::calendar::{DayKind, Decree, WorkCalendar, WorkPeriods};

use crate::sql::{Reader, Sql, vals};
use crate::{Conn, StoreError, Tx};

/// The calendar as it stands, with the newest working periods.
pub async fn load(conn: &dyn Conn) -> Result<WorkCalendar, StoreError> {
    let h = conn.handle();
    let mut days = Vec::new();
    let mut names = Vec::new();
    for row in h
        .all(Sql::new(
            "select day, kind, name from calendar_days order by day",
            vals![],
        ))
        .await?
    {
        let mut r = Reader::new(&row);
        let (day, kind, name): (String, String, String) = (r.get()?, r.get()?, r.get()?);
        let day: NaiveDate = day
            .parse()
            .map_err(|_| StoreError::broken(format!("{day} is no date")))?;
        days.push((
            day,
            if kind == "off" {
                DayKind::Holiday
            } else {
                DayKind::Makeup
            },
        ));
        names.push((day, name));
    }
    let mut known = Vec::new();
    for row in h
        .all(Sql::new(
            "select year from calendar_years order by year",
            vals![],
        ))
        .await?
    {
        known.push(Reader::new(&row).int()?);
    }
    Ok(WorkCalendar::new(periods(conn).await?, days, known).named(names))
}

async fn periods(conn: &dyn Conn) -> Result<WorkPeriods, StoreError> {
    let sql = "select from_minute, to_minute from work_periods where valid_from = (select max(valid_from) from work_periods) order by position";
    let mut pairs = Vec::new();
    for row in conn.handle().all(Sql::new(sql, vals![])).await? {
        let mut r = Reader::new(&row);
        pairs.push((r.int()?.unsigned_abs(), r.int()?.unsigned_abs()));
    }
    Ok(WorkPeriods::new(pairs).unwrap_or_default())
}

/// Years whose notice is known.
pub async fn years(conn: &dyn Conn) -> Result<Vec<i32>, StoreError> {
    let rows = conn
        .handle()
        .all(Sql::new(
            "select year from calendar_years order by year",
            vals![],
        ))
        .await?;
    rows.iter().map(|row| Reader::new(row).int()).collect()
}

/// Enters notices; a year that is known already is replaced.
pub async fn put<'n>(
    tx: &Tx,
    source: &str,
    decrees: impl IntoIterator<Item = Decree<'n>>,
) -> Result<(), StoreError> {
    let mut seen = std::collections::BTreeSet::new();
    let decrees: Vec<Decree<'_>> = decrees.into_iter().collect();
    for decree in decrees {
        if seen.insert(decree.year) {
            tx.handle()
                .run(Sql::new(
                    "delete from calendar_days where year = ?",
                    vals![decree.year],
                ))
                .await?;
            let sql = "insert into calendar_years (year, source) values (?, ?) on conflict (year) do update set source = excluded.source";
            tx.handle()
                .run(Sql::new(sql, vals![decree.year, source]))
                .await?;
        }
        let kind = if decree.kind.is_working() {
            "work"
        } else {
            "off"
        };
        let sql = "insert into calendar_days (day, kind, name, year) values (?, ?, ?, ?)
             on conflict (day) do update set kind = excluded.kind, name = excluded.name, year = excluded.year";
        tx.handle()
            .run(Sql::new(
                sql,
                vals![decree.date.to_string(), kind, decree.name, decree.year],
            ))
            .await?;
    }
    Ok(())
}

/// Sets the working periods (minutes since midnight) that hold from a day on.
pub async fn put_periods(
    tx: &Tx,
    valid_from: &str,
    periods: &[(i32, i32)],
) -> Result<(), StoreError> {
    tx.handle()
        .run(Sql::new(
            "delete from work_periods where valid_from = ?",
            vals![valid_from],
        ))
        .await?;
    for (position, (from, to)) in periods.iter().enumerate() {
        let sql = "insert into work_periods (valid_from, position, from_minute, to_minute) values (?, ?, ?, ?)";
        tx.handle()
            .run(Sql::new(sql, vals![valid_from, position, *from, *to]))
            .await?;
    }
    Ok(())
}
