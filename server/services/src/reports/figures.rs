//! The three open figures of a month: answered in time, solved, satisfied. Counted by a job, read by the public page without cost.
//! The month is the last complete one, so that the figures do not jump during a day (`domain.md` 4.4 c).
//! A settled month is counted again after a bulk door: this is a consumer of the change feed, which only notes that it has to be done.
//! Not here: the page (`public::figures`). Formulas are those of the report (I14), over the whole installation.

use chrono::{Datelike as _, Months, NaiveDate};
use shared::access::Scope;
use shared::calendar::{Instant, day_start};
use shared::measure::{PublicFigures, Rate};
use store::feed::Consumer;
use store::reports::Period;

use super::sum;
use crate::context::Services;
use crate::fault::Failure;
use crate::jobs::Done;
use crate::public::FIGURES as NAME;

/// A month's figures are counted again for so many days after its end: late answers still come in.
const SETTLED_AFTER: i64 = 3;

/// How the figures follow the change feed.
const FOLLOWS: Consumer = Consumer {
    name: "figures",
    most: 1_000,
};
/// The setting that stands while a bulk door's tickets are not counted yet.
const STALE: &str = "figures.stale";

/// The scope of what is counted for nobody in particular.
pub(crate) fn everything() -> Scope {
    Scope::All
}

/// The job: counts the month until it is settled, and again after a bulk door.
pub async fn refresh_figures(services: &Services) -> Result<Done, Failure> {
    let now = services.now();
    follow(services).await?;
    let stale = store::settings::get(&services.store().reader(), STALE).await?;
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
    if is_settled && stale.is_none() {
        return Ok(Done::default());
    }
    let value =
        serde_json::to_string(&count(services, month).await?).map_err(anyhow::Error::new)?;
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                store::figures::put(tx, NAME, &value, now).await?;
                if let Some(mark) = stale {
                    // Another bulk door has set another mark meanwhile.
                    store::settings::take(tx, STALE, &mark).await?;
                }
                Ok(())
            })
        })
        .await?;
    Ok(Done {
        count: 1,
        more: false,
    })
}

/// Reads what has changed: tickets that came or went together make figures stale that were settled.
async fn follow(services: &Services) -> Result<(), Failure> {
    let mut more = store::feed::is_behind(&services.store().reader(), FOLLOWS.name).await?;
    while more {
        let mark = services.new_id().to_string();
        let read = store::feed::consume::<Failure, _>(
            services.store(),
            FOLLOWS,
            services.now(),
            move |tx, batch| {
                Box::pin(async move {
                    if batch.rebuild {
                        store::settings::set(tx, STALE, &mark).await?;
                    }
                    Ok(())
                })
            },
        )
        .await?;
        // Not until nobody is behind: a mark that waits for another number leaves a gap to which nobody gets.
        more = read.more;
    }
    Ok(())
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
