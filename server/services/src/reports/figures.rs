//! The three open figures of a month: answered in time, solved, satisfied. Counted by a job, read by the public page without cost.
//! The month is the last complete one, so that the figures do not jump during a day (`domain.md` 4.4 c).
//! Not here: the page (`public::figures`). Formulas are those of the report (I14), over the whole installation.

use chrono::{Datelike as _, Months, NaiveDate};
use shared::access::Scope;
use shared::calendar::{Instant, day_start};
use shared::measure::{PublicFigures, Rate};
use store::reports::Period;

use super::sum;
use crate::context::Services;
use crate::fault::Failure;
use crate::jobs::Done;
use crate::public::FIGURES as NAME;

/// A month's figures are counted again for so many days after its end: late answers still come in.
const SETTLED_AFTER: i64 = 3;

/// The job: counts the month until it is settled.
pub async fn refresh_figures(services: &Services) -> Result<Done, Failure> {
    let now = services.now();
    let month = month_before(now.date());
    let stored = store::figures::get(&services.store().reader(), NAME).await?;
    let is_settled = stored.is_some_and(|(text, as_of)| {
        let same = serde_json::from_str::<PublicFigures>(&text)
            .is_ok_and(|figures| figures.month == name(month));
        same && as_of
            .date()
            .signed_duration_since(month_after(month))
            .num_days()
            >= SETTLED_AFTER
    });
    if is_settled {
        return Ok(Done::default());
    }
    let value =
        serde_json::to_string(&count(services, month).await?).map_err(anyhow::Error::new)?;
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move { Ok(store::figures::put(tx, NAME, &value, now).await?) })
        })
        .await?;
    Ok(Done {
        count: 1,
        more: false,
    })
}

async fn count(services: &Services, month: NaiveDate) -> Result<PublicFigures, Failure> {
    let period = Period {
        from: day_start(month),
        to: day_start(month_after(month)),
        region: None,
    };
    let db = services.store().report_reader();
    let now: Instant = services.now();
    let parts = store::reports::overview(&db, &Scope::All, &period, 4, now).await?;
    let total = sum(&parts.by_region);
    let solved = store::reports::solved(&db, &Scope::All, &period).await?;
    Ok(PublicFigures {
        month: name(month),
        answered_in_time: Rate {
            numerator: total.on_time,
            denominator: total.due,
        },
        solved,
        satisfied: Rate {
            numerator: total.satisfied,
            denominator: total.rated,
        },
    })
}

fn month_before(today: NaiveDate) -> NaiveDate {
    let first = today.with_day(1).unwrap_or(today);
    first.checked_sub_months(Months::new(1)).unwrap_or(first)
}

fn month_after(month: NaiveDate) -> NaiveDate {
    month.checked_add_months(Months::new(1)).unwrap_or(month)
}

fn name(month: NaiveDate) -> String {
    month.format("%Y-%m").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_month_is_the_last_complete_one() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).expect("a date");
        assert_eq!(name(month_before(day(2026, 1, 1))), "2025-12");
        assert_eq!(name(month_before(day(2026, 3, 31))), "2026-02");
    }
}
