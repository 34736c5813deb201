//! The analytic copy as services use it, with one that only counts how many tickets it was given.
//! Not here: what the copy counts (tests of `minsheng-analytics`).

use std::sync::{Mutex, PoisonError};

use chrono::NaiveDate;
use futures::StreamExt as _;
use futures::future::BoxFuture;
use futures::stream::BoxStream;
use services::jobs;
use services::reports::analytic::{Analytic, Unanswered};
use services::reports::cube;
use shared::access::Scope;
use shared::calendar::Instant;
use shared::measure::{CubeQuery, Measure};
use shared::query::TicketFilter;
use store::tickets::CubeCounted;
use store::tickets::flat::Flat;

use super::a_week;
use crate::support::{World, on_each_database};

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
        _: &'a [String],
        _: Instant,
    ) -> BoxFuture<'a, Result<(Vec<CubeCounted>, i64), Unanswered>> {
        Box::pin(async move {
            let (mark, count) = self.has()?;
            let row = CubeCounted {
                keys: Vec::new(),
                numbers: vec![(count, count)],
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
        // What only the database knows it counts itself.
        let led = CubeQuery {
            filter: TicketFilter {
                lead_unit: Some(crate::support::ZJJ.to_owned()),
                ..TicketFilter::default()
            },
            ..query
        };
        let led = cube(&ctx, led).await.expect("counts");
        assert_eq!(led.copied, None);
    })
    .await;
}
