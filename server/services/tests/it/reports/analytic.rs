//! The analytic copy as services use it, with one that only counts how many tickets it was given.
//! Not here: what the copy counts (tests of `minsheng-analytics`).

use std::sync::{Mutex, PoisonError};

use chrono::NaiveDate;
use futures::StreamExt as _;
use futures::future::BoxFuture;
use futures::stream::BoxStream;
use services::jobs;
use services::reports::analytic::{Analytic, Unanswered};
use services::reports::{cube, overview};
use shared::access::Scope;
use shared::calendar::Instant;
use shared::measure::{Axis, CubeQuery, Measure};
use shared::query::TicketFilter;
use shared::ticket::TicketState;
use store::tickets::CubeCounted;
use store::tickets::flat::Flat;

use super::{a_week, march};
use crate::support::{World, a_complaint, on_each_database};

/// Knows how many tickets it has, once it was built.
#[derive(Default)]
struct Counter(Mutex<Option<(i64, i64)>>);

impl Counter {
    fn has(&self) -> Result<(i64, i64), Unanswered> {
        let has = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        has.ok_or_else(|| Unanswered {
            code: "analytic.absent",
            needs_rebuild: true,
            why: "nothing was built".to_owned(),
        })
    }

    fn put(&self, has: (i64, i64)) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(has);
    }
}

impl Analytic for Counter {
    fn watermark(&self) -> BoxFuture<'_, Result<i64, Unanswered>> {
        Box::pin(async move { Ok(self.has()?.0) })
    }

    fn cube<'a>(
        &'a self,
        _: &'a Scope,
        query: &'a CubeQuery,
        led_by: &'a [String],
        _: Instant,
    ) -> BoxFuture<'a, Result<(Vec<CubeCounted>, i64), Unanswered>> {
        Box::pin(async move {
            let (mark, count) = self.has()?;
            assert_eq!(led_by.is_empty(), query.filter.lead_unit.is_none());
            let key = |axis: &Axis| match axis {
                Axis::City => "3201".to_owned(),
                Axis::County => "320106".to_owned(),
                Axis::State => TicketState::Handling.code().to_owned(),
                _ => String::new(),
            };
            let row = CubeCounted {
                keys: query.axes.iter().map(key).collect(),
                numbers: query.measures.iter().map(|_| (count, count)).collect(),
            };
            Ok((vec![row], mark))
        })
    }

    fn append(&self, rows: Vec<Flat>, watermark: i64) -> BoxFuture<'_, Result<(), Unanswered>> {
        Box::pin(async move {
            let (_, count) = self.has()?;
            assert!(!rows.is_empty());
            self.put((watermark, count));
            Ok(())
        })
    }

    fn rebuild<'a>(
        &'a self,
        mut rows: BoxStream<'a, Result<Flat, Unanswered>>,
        watermark: i64,
    ) -> BoxFuture<'a, Result<(), Unanswered>> {
        Box::pin(async move {
            let mut count = 0;
            while let Some(row) = rows.next().await {
                row?;
                count += 1;
            }
            self.put((watermark, count));
            Ok(())
        })
    }

    fn tidy(&self) -> BoxFuture<'_, Result<(), Unanswered>> {
        Box::pin(async { Ok(()) })
    }

    fn months(&self) -> BoxFuture<'_, Result<Vec<String>, Unanswered>> {
        Box::pin(async { Ok(Vec::new()) })
    }

    fn agrees<'a>(
        &'a self,
        _: &'a str,
        _: BoxStream<'a, Result<Flat, Unanswered>>,
    ) -> BoxFuture<'a, Result<bool, Unanswered>> {
        Box::pin(async { Ok(true) })
    }
}

async fn does(world: &World, name: &str) {
    let job = jobs::JOBS.iter().find(|job| job.name == name);
    let job = job.expect("a job of this name");
    job.once(&world.services).await.expect("done");
}

#[tokio::test]
async fn the_copy_counts_once_it_is_built_and_the_database_until_then() {
    on_each_database(|world| async move {
        a_week(&world).await;
        let day = |d| NaiveDate::from_ymd_opt(2026, 3, d).expect("a date");
        let query = CubeQuery {
            measures: vec![Measure::Accepted],
            axes: Vec::new(),
            from: day(1),
            to: day(31),
            filter: TicketFilter::default(),
            units: shared::measure::UnitsOf::Then,
        };
        let ctx = world.supervisor();
        let without = cube(&ctx, query.clone()).await.expect("counts");
        assert_eq!(without.copied, None);
        world.services.count_by(Box::new(Counter::default()));
        let absent = cube(&ctx, query.clone()).await.expect("counts");
        assert_eq!((absent.copied, absent.total), (None, without.total));
        does(&world, "feed").await;
        does(&world, "analytic").await;
        let built = cube(&ctx, query.clone()).await.expect("counts");
        assert!(built.copied.is_some());
        assert_eq!(built.total[0].numerator, 4);
        // Which units lie below one is asked of the database; of one that is not there the copy is not asked.
        let led = |unit: &str| CubeQuery {
            filter: TicketFilter {
                lead_unit: Some(unit.to_owned()),
                ..TicketFilter::default()
            },
            ..query.clone()
        };
        let known = cube(&ctx, led(crate::support::ZJJ)).await.expect("counts");
        assert!(known.copied.is_some());
        let unknown = cube(&ctx, led("320100-XXX")).await.expect("counts");
        assert_eq!(unknown.copied, None);
    })
    .await;
}

#[tokio::test]
async fn the_overview_is_counted_by_the_copy_while_it_is_fresh() {
    on_each_database(|world| async move {
        a_week(&world).await;
        let ctx = world.supervisor();
        let without = overview(&ctx, march()).await.expect("counts");
        assert_eq!(without.copied, None);
        world.services.count_by(Box::new(Counter::default()));
        let absent = overview(&ctx, march()).await.expect("counts");
        assert_eq!((absent.copied, absent.total), (None, without.total));
        does(&world, "feed").await;
        does(&world, "analytic").await;
        let built = overview(&ctx, march()).await.expect("counts");
        assert!(built.copied.is_some());
        let total = &built.total;
        assert_eq!((total.accepted, total.closed, total.overdue), (4, 0, 4));
        assert_eq!(
            (total.on_time.denominator, total.satisfied.numerator),
            (4, 4)
        );
        let place = built.by_region.iter().find(|row| row.code == "320106");
        assert_eq!(place.expect("a district").accepted, 4);
        // A ticket that it should have read by now.
        world.files(a_complaint()).await;
        does(&world, "feed").await;
        world.time("2026-03-25T10:01");
        let behind = overview(&ctx, march()).await.expect("counts");
        assert_eq!((behind.copied, behind.total.accepted), (None, 5));
    })
    .await;
}
