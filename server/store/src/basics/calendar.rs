//! Holidays, make-up working days and working periods.
//! Not here: counting with them (`shared::calendar`), the shipped years (`shared::calendar::decrees`).
//! A year counts as known when its notice has been entered, even one without days.

use std::sync::LazyLock;

use chrono::NaiveDate;
use sea_orm::entity::prelude::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _};
use sea_orm::sea_query::OnConflict;
use sea_orm::{IntoActiveModel as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use shared::calendar::{DayKind, Decree, HourRule, Season, WorkCalendar, WorkPeriods};

use crate::bulk::rows::Insert;
use crate::entity::basics::{calendar_day, calendar_year, work_hour, work_period};
use crate::entity::{Col, table};
use crate::{Conn, StoreError, Tx};

/// The calendar as it stands, with the newest working periods.
pub async fn load(conn: &dyn Conn) -> Result<WorkCalendar, StoreError> {
    let mut days = Vec::new();
    let mut names = Vec::new();
    let all = calendar_day::Entity::find().order_by_asc(calendar_day::Column::Day);
    for row in conn.handle().find(all).await? {
        let day: NaiveDate = row
            .day
            .parse()
            .map_err(|_| StoreError::broken(format!("{} is no date", row.day)))?;
        days.push((day, kind_of(&row.kind)));
        names.push((day, row.name));
    }
    let known = years(conn).await?;
    Ok(WorkCalendar::new(periods(conn).await?, days, known).named(names))
}

async fn periods(conn: &dyn Conn) -> Result<WorkPeriods, StoreError> {
    let h = conn.handle();
    let newest = work_period::Entity::find()
        .order_by_desc(work_period::Column::ValidFrom)
        .limit(1);
    let Some(newest) = h.find_one(newest).await? else {
        return Ok(WorkPeriods::default());
    };
    let valid = work_period::Entity::find()
        .filter(work_period::Column::ValidFrom.eq(newest.valid_from))
        .order_by_asc(work_period::Column::Position);
    let minutes = |row: work_period::Model| {
        let (from, to) = (row.from_minute.0, row.to_minute.0);
        (from.unsigned_abs(), to.unsigned_abs())
    };
    let pairs = h.find(valid).await?.into_iter().map(minutes).collect();
    Ok(WorkPeriods::new(pairs).unwrap_or_default())
}

/// Working hours beyond the usual ones, each with the area of the part of the list that it came from.
pub async fn hours(conn: &dyn Conn) -> Result<Vec<(String, HourRule)>, StoreError> {
    let all = work_hour::Entity::find()
        .order_by_asc(work_hour::Column::Area)
        .order_by_asc(work_hour::Column::Position);
    let rows = conn.handle().find(all).await?;
    let read = |row: work_hour::Model| {
        let season = row.season_from.zip(row.season_to);
        let rule = HourRule {
            post: row.post.0,
            region: row.region,
            unit: row.unit,
            day: row.day.0,
            season: season.and_then(|(from, to)| Season::parse(&from, &to)),
            from: row.from_minute.0.unsigned_abs(),
            to: row.to_minute.0.unsigned_abs(),
        };
        (row.area, rule)
    };
    Ok(rows.into_iter().map(read).collect())
}

/// Sets what a part of the list says beyond the usual hours.
pub async fn put_hours(tx: &Tx, area: &str, rules: &[HourRule]) -> Result<(), StoreError> {
    let old = work_hour::Entity::delete_many().filter(work_hour::Column::Area.eq(area));
    tx.handle().change(&old).await?;
    let minute = |minute: u32| Col(i32::try_from(minute).unwrap_or(0));
    let rows = (0_i64..).zip(rules).map(|(position, rule)| {
        let season = rule.season.map(Season::texts);
        table::values(&work_hour::Model {
            area: area.to_owned(),
            position,
            post: rule.post.into(),
            region: rule.region.clone(),
            unit: rule.unit.clone(),
            day: rule.day.into(),
            season_from: season.as_ref().map(|(from, _)| from.clone()),
            season_to: season.map(|(_, to)| to),
            from_minute: minute(rule.from),
            to_minute: minute(rule.to),
        })
    });
    table::put(tx, table::insert::<work_hour::Entity>(), rows).await
}

/// Years whose notice is known.
pub async fn years(conn: &dyn Conn) -> Result<Vec<i32>, StoreError> {
    let known = calendar_year::Entity::find().order_by_asc(calendar_year::Column::Year);
    let rows = conn.handle().find(known).await?;
    Ok(rows.into_iter().map(|row| row.year.0).collect())
}

/// The days that differ from the plain week: date, kind, name, year of the notice.
pub async fn days(conn: &dyn Conn) -> Result<Vec<(NaiveDate, DayKind, String, i32)>, StoreError> {
    let all = calendar_day::Entity::find().order_by_asc(calendar_day::Column::Day);
    let rows = conn.handle().find(all).await?;
    let read = |row: calendar_day::Model| {
        let day = row
            .day
            .parse()
            .map_err(|_| StoreError::broken(format!("{} is no date", row.day)))?;
        Ok((day, kind_of(&row.kind), row.name, row.year.0))
    };
    rows.into_iter().map(read).collect()
}

/// Forgets every notice, before they are entered anew as a whole.
pub async fn clear(tx: &Tx) -> Result<(), StoreError> {
    let h = tx.handle();
    h.change(&calendar_day::Entity::delete_many()).await?;
    h.change(&calendar_year::Entity::delete_many())
        .await
        .map(drop)
}

fn kind_of(word: &str) -> DayKind {
    if word == "off" {
        DayKind::Holiday
    } else {
        DayKind::Makeup
    }
}

/// Enters notices; a year that is known already is replaced.
pub async fn put<'n>(
    tx: &Tx,
    source: &str,
    decrees: impl IntoIterator<Item = Decree<'n>>,
) -> Result<(), StoreError> {
    let mut seen = std::collections::BTreeSet::new();
    let decrees: Vec<Decree<'_>> = decrees.into_iter().collect();
    let h = tx.handle();
    for decree in decrees {
        if seen.insert(decree.year) {
            let old = calendar_day::Entity::delete_many()
                .filter(calendar_day::Column::Year.eq(Col(decree.year)));
            h.change(&old).await?;
            let year = calendar_year::Model {
                year: decree.year.into(),
                source: source.to_owned(),
            };
            let newer = OnConflict::column(calendar_year::Column::Year)
                .update_column(calendar_year::Column::Source)
                .to_owned();
            let year = calendar_year::Entity::insert(year.into_active_model().reset_all());
            h.change(&year.on_conflict(newer)).await?;
        }
        let kind = if decree.kind.is_working() {
            "work"
        } else {
            "off"
        };
        let day = calendar_day::Model {
            day: decree.date.to_string(),
            kind: kind.to_owned(),
            name: decree.name.to_owned(),
            year: decree.year.into(),
        };
        table::put(tx, *DAYS, std::iter::once(table::values(&day))).await?;
    }
    Ok(())
}

/// Days; a day of another notice is taken over.
static DAYS: LazyLock<Insert> = LazyLock::new(|| {
    table::upsert::<calendar_day::Entity>(vec![
        calendar_day::Column::Kind,
        calendar_day::Column::Name,
        calendar_day::Column::Year,
    ])
});

/// Sets the working periods (minutes since midnight) that hold from a day on.
pub async fn put_periods(
    tx: &Tx,
    valid_from: &str,
    periods: &[(i32, i32)],
) -> Result<(), StoreError> {
    let old =
        work_period::Entity::delete_many().filter(work_period::Column::ValidFrom.eq(valid_from));
    tx.handle().change(&old).await?;
    let rows = (0_i64..).zip(periods).map(|(position, (from, to))| {
        table::values(&work_period::Model {
            valid_from: valid_from.to_owned(),
            position,
            from_minute: Col(*from),
            to_minute: Col(*to),
        })
    });
    table::put(tx, table::insert::<work_period::Entity>(), rows).await
}
