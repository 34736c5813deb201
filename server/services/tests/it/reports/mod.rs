//! The overview: every cell is the length of the list behind it (I14, V29), the parts sum to the total.
//! Not here: formulas of rates (beside `shared::measure`).
//! A small city's week, told by its people.

mod analytic;
mod cubes;
mod followed;
mod pivots;
mod requests;
mod scheduled;
mod standard;
mod touched;
mod warnings;

use chrono::NaiveDate;
use services::reports::{self, OverviewQuery};
use services::{Ctx, jobs, public, tickets};
use shared::access::Role;
use shared::fault::Code;
use shared::measure::{OverviewRow, Predicate};
use shared::query::TicketFilter;
use shared::ticket::command::Register;
use shared::ticket::{Satisfaction, Solved};

use crate::support::{CGJ, World, ZJJ, a_complaint, at, on_each_database, said};

fn march() -> OverviewQuery {
    let day = |d| NaiveDate::from_ymd_opt(2026, 3, d).expect("a date");
    OverviewQuery {
        from: day(1),
        to: day(31),
        region: None,
    }
}

/// Four tickets: closed and satisfied, closed and not, in handling and overdue, not dispatched and without district.
async fn a_week(world: &World) {
    for satisfaction in [Satisfaction::Satisfied, Satisfaction::Dissatisfied] {
        let mut filed = world.files(a_complaint()).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        world.unit_answers(&mut filed, ZJJ).await;
        world.centre_passes(&mut filed).await;
        world
            .citizen_answers_call(&mut filed, satisfaction, Solved::Yes)
            .await;
        if satisfaction == Satisfaction::Satisfied {
            let close = shared::ticket::verbs::Close {
                version: shared::command::Version(filed.version),
                exempt: None,
            };
            filed.took(tickets::act(&world.caller(), filed.id, close).await);
        }
    }
    let mut late = world.files(a_complaint()).await;
    world.dispatches(&mut late, CGJ, &[ZJJ]).await;
    world
        .files(Register {
            region: said("320100"),
            ..a_complaint()
        })
        .await;
    world.time("2026-03-25T10:00");
}

async fn listed(ctx: &Ctx, filter: TicketFilter) -> i64 {
    tickets::count(ctx, &filter).await.expect("counts").n
}

/// The filter behind a number of a row.
fn behind(row: &OverviewRow, by_region: bool, measure: Predicate) -> TicketFilter {
    let (from, to) = (
        Some(at("2026-03-01T00:00:00+08:00").0),
        Some(at("2026-04-01T00:00:00+08:00").0),
    );
    let code = Some(row.code.clone()).filter(|code| !code.is_empty());
    let place = if by_region {
        TicketFilter {
            region: code,
            ..TicketFilter::default()
        }
    } else {
        TicketFilter {
            category: code,
            ..TicketFilter::default()
        }
    };
    let filter = TicketFilter {
        measure: Some(measure),
        ..place
    };
    match measure {
        Predicate::OnTimeDenominator | Predicate::OnTimeNumerator => TicketFilter {
            due_from: from,
            due_to: to,
            ..filter
        },
        _ => TicketFilter {
            accepted_from: from,
            accepted_to: to,
            ..filter
        },
    }
}

#[tokio::test]
#[allow(clippy::too_many_lines, reason = "one story, told in order")]
async fn every_number_is_the_length_of_its_list() {
    on_each_database(|world| async move {
        a_week(&world).await;
        let ctx = world.supervisor();
        let overview = reports::overview(&ctx, march()).await.expect("counts");
        assert_eq!(
            (
                overview.total.accepted,
                overview.total.closed,
                overview.total.overdue
            ),
            (4, 1, 3)
        );
        assert_eq!(
            (
                overview.total.satisfied.numerator,
                overview.total.satisfied.denominator
            ),
            (1, 2)
        );
        assert_eq!(
            (
                overview.total.on_time.numerator,
                overview.total.on_time.denominator
            ),
            (2, 3)
        );
        let rows = overview
            .by_region
            .iter()
            .map(|row| (row, true))
            .chain(overview.by_category.iter().map(|row| (row, false)))
            .chain([(&overview.total, true)]);
        for (row, by_region) in rows {
            let numbers = [
                (Predicate::Accepted, row.accepted),
                (Predicate::Closed, row.closed),
                (Predicate::Overdue, row.overdue),
                (Predicate::OnTimeDenominator, row.on_time.denominator),
                (Predicate::OnTimeNumerator, row.on_time.numerator),
                (Predicate::SatisfiedDenominator, row.satisfied.denominator),
                (Predicate::SatisfiedNumerator, row.satisfied.numerator),
            ];
            for (measure, number) in numbers {
                assert_eq!(
                    listed(&ctx, behind(row, by_region, measure)).await,
                    number,
                    "{} {measure}",
                    row.code
                );
            }
            for state in &row.states {
                let filter = TicketFilter {
                    state: vec![state.state],
                    ..behind(row, by_region, Predicate::Accepted)
                };
                assert_eq!(
                    listed(&ctx, filter).await,
                    state.count,
                    "{} {}",
                    row.code,
                    state.state
                );
            }
        }
        for parts in [&overview.by_region, &overview.by_category] {
            assert_eq!(
                parts.iter().map(|row| row.accepted).sum::<i64>(),
                overview.total.accepted
            );
            assert_eq!(
                parts.iter().map(|row| row.on_time.denominator).sum::<i64>(),
                overview.total.on_time.denominator
            );
        }
    })
    .await;
}

#[tokio::test]
async fn a_report_obeys_scope_and_right() {
    on_each_database(|world| async move {
        a_week(&world).await;
        let total = async |ctx: Ctx| {
            reports::overview(&ctx, march())
                .await
                .map(|overview| overview.total.accepted)
        };
        assert_eq!(
            total(world.person(Role::Supervisor, "320500-12345")).await,
            Ok(0),
            "another city"
        );
        assert_eq!(
            total(world.unit_reviewer(CGJ)).await,
            Ok(1),
            "a unit's reviewer: its own"
        );
        assert_eq!(
            total(world.person(Role::ProvincialManager, "320000-12345")).await,
            Ok(4)
        );
        assert_eq!(
            total(world.visitor()).await.expect_err("nobody").code,
            Code::SignedOut
        );
        for ctx in [world.agent(), world.liaison(ZJJ)] {
            assert_eq!(
                total(ctx).await.expect_err("no right").code,
                Code::AccessDenied
            );
        }
        let province = reports::overview(
            &world.person(Role::ProvincialManager, "320000-12345"),
            march(),
        )
        .await
        .expect("counts");
        assert_eq!(province.by_region.len(), 13, "every city has a row");
        let wrong = OverviewQuery {
            to: NaiveDate::from_ymd_opt(2026, 2, 1).expect("a date"),
            ..march()
        };
        assert!(reports::overview(&world.supervisor(), wrong).await.is_err());
        let nowhere = OverviewQuery {
            region: Some("999999".to_owned()),
            ..march()
        };
        assert!(
            reports::overview(&world.supervisor(), nowhere)
                .await
                .is_err()
        );
    })
    .await;
}

#[tokio::test]
async fn the_open_figures_are_counted_by_a_job() {
    on_each_database(|world| async move {
        a_week(&world).await;
        world.time("2026-04-02T10:00");
        let before = public::figures(&world.visitor()).await.expect("reads");
        assert_eq!(
            before.satisfied.denominator, 0,
            "nothing is counted for a visitor"
        );
        jobs::once(&world.services).await.expect("the jobs run");
        let figures = public::figures(&world.visitor()).await.expect("reads");
        assert_eq!(figures.month, "2026-03");
        assert_eq!(
            (figures.satisfied.numerator, figures.satisfied.denominator),
            (1, 2)
        );
        assert_eq!(
            (figures.solved.numerator, figures.solved.denominator),
            (2, 2)
        );
        assert_eq!(
            (
                figures.answered_in_time.numerator,
                figures.answered_in_time.denominator
            ),
            (2, 3)
        );
    })
    .await;
}
