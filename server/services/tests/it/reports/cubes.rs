//! Cubes over a small city's week, counted by hand; frozen figures and what becomes of them.
//! Not here: random cubes against their lists (tests of `store`).

use chrono::NaiveDate;
use services::reports::{cube, frozen, three};
use services::{Ctx, jobs, tickets};
use shared::access::Role;
use shared::fault::Code;
use shared::measure::{
    Axis, CubeQuery, CubeView, Figure, FrozenPeriod, FrozenQuery, FrozenView, Measure, MeasureUnit,
    Side, Weights,
};
use shared::query::TicketFilter;
use shared::ticket::{Satisfaction, Solved};

use super::a_week;
use crate::support::{World, ZJJ, a_complaint, on_each_database};

fn march(measures: &[Measure], axes: &[Axis]) -> CubeQuery {
    let day = |d| NaiveDate::from_ymd_opt(2026, 3, d).expect("a date");
    CubeQuery {
        measures: measures.to_vec(),
        axes: axes.to_vec(),
        from: day(1),
        to: day(31),
        filter: TicketFilter::default(),
        units: shared::measure::UnitsOf::Then,
    }
}

async fn counted(ctx: &Ctx, query: &CubeQuery) -> CubeView {
    cube(ctx, query.clone()).await.expect("counts")
}

fn numbers(figures: &[Figure]) -> Vec<(i64, i64)> {
    let pair = |it: &Figure| (it.numerator, it.denominator);
    figures.iter().map(pair).collect()
}

#[tokio::test]
async fn a_week_comes_out_as_counted_by_hand() {
    on_each_database(|world| async move {
        a_week(&world).await;
        let ctx = world.supervisor();
        let measures = [
            Measure::Accepted,
            Measure::ForwardedShare,
            Measure::ClosedRate,
            Measure::OnTime,
            Measure::Late,
            Measure::Satisfied,
            Measure::Solved,
            Measure::Overdue,
        ];
        let query = march(&measures, &[Axis::County]);
        let view = counted(&ctx, &query).await;
        assert_eq!(
            numbers(&view.total),
            [
                (4, 4),
                (3, 4),
                (1, 3),
                (2, 3),
                (1, 3),
                (1, 2),
                (2, 2),
                (3, 3)
            ]
        );
        assert!(view.rows.len() > 1 && !view.more);
        for row in &view.rows {
            for figure in &row.figures {
                for (side, number) in [
                    (Side::Numerator, figure.numerator),
                    (Side::Denominator, figure.denominator),
                ] {
                    let list = query.behind(figure.measure, side, &row.at());
                    let listed = tickets::count(&ctx, &list).await.expect("counts").n;
                    assert_eq!(listed, number, "{} {side} of {row:?}", figure.measure);
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn every_measure_can_be_counted_by_every_dimension() {
    on_each_database(|world| async move {
        a_week(&world).await;
        let ctx = world.supervisor();
        for measures in Measure::ALL.chunks(8) {
            let whole = counted(&ctx, &march(measures, &[])).await.total;
            for axis in Axis::ALL {
                let view = counted(&ctx, &march(measures, &[*axis])).await;
                assert_eq!(view.total, whole, "by {axis}");
                for figure in &view.total {
                    let is_part = figure.measure.definition().unit() != MeasureUnit::Percent
                        || figure.numerator <= figure.denominator;
                    assert!(is_part, "{figure:?}");
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_cube_obeys_scope_and_right() {
    on_each_database(|world| async move {
        a_week(&world).await;
        let query = march(&[Measure::Accepted], &[Axis::City]);
        let total = async |ctx: Ctx| {
            let view = cube(&ctx, query.clone()).await?;
            Ok::<i64, shared::fault::Fault>(view.total[0].numerator)
        };
        let other_city = world.person(Role::Supervisor, "320500-12345");
        assert_eq!(total(other_city).await, Ok(0));
        let province = world.person(Role::ProvincialManager, "320000-12345");
        assert_eq!(total(province).await, Ok(4));
        for ctx in [world.agent(), world.liaison(ZJJ)] {
            assert_eq!(
                total(ctx).await.expect_err("no right").code,
                Code::AccessDenied
            );
        }
        let nowhere = CubeQuery {
            filter: TicketFilter {
                region: Some("999999".to_owned()),
                ..TicketFilter::default()
            },
            ..query.clone()
        };
        let fault = cube(&world.supervisor(), nowhere)
            .await
            .expect_err("no place");
        assert_eq!(fault.fields[0].code, Code::InputPlace);
    })
    .await;
}

#[tokio::test]
async fn the_three_rates_are_one_value_under_either_version_of_the_weights() {
    on_each_database(|world| async move {
        a_week(&world).await;
        let ctx = world.supervisor();
        let query = || march(&[], &[Axis::County]);
        let view = three(&ctx, query(), None).await.expect("counts");
        assert_eq!(view.weights.to_text(), "10,45,45");
        assert_eq!(view.total.value, view.weights.value(&view.total.figures));
        // Solved 2 of 2, satisfied 1 of 2.
        let other = Weights::read("0,50,50").expect("weights");
        let again = three(&ctx, query(), Some(other)).await.expect("counts");
        assert_eq!(
            (again.total.value, again.holding),
            (Some(7_500), view.holding)
        );
        let values: Vec<i64> = again
            .rows
            .iter()
            .map(|row| row.value.unwrap_or(-1))
            .collect();
        assert!(values.is_sorted_by(|one, next| one >= next), "{values:?}");
        let refused = three(&world.agent(), query(), None).await;
        assert_eq!(refused.expect_err("no right").code, Code::AccessDenied);
    })
    .await;
}

async fn of_march(ctx: &Ctx) -> FrozenView {
    let query = FrozenQuery {
        period: FrozenPeriod::parse("2026-03"),
        measures: vec![Measure::Accepted, Measure::Satisfied],
    };
    frozen(ctx, query).await.expect("reads")
}

async fn freezes(world: &World) {
    let job = jobs::JOBS.iter().find(|job| job.name == "freeze");
    let job = job.expect("a job");
    job.once(&world.services).await.expect("runs");
}

#[tokio::test]
async fn a_month_is_frozen_and_what_changes_later_is_an_adjustment() {
    on_each_database(|world| async move {
        let mut filed = world.files(a_complaint()).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        world.unit_answers(&mut filed, ZJJ).await;
        world.centre_passes(&mut filed).await;
        world.time("2026-04-03T01:00");
        freezes(&world).await;
        let ctx = world.supervisor();
        assert!(
            of_march(&ctx).await.lines.is_empty(),
            "not before two o'clock"
        );
        world.time("2026-04-03T03:00");
        freezes(&world).await;
        let before = of_march(&ctx).await;
        let line = before.lines.iter().find(|it| it.city == "3201");
        let line = line.expect("the city's").clone();
        let frozen = line.frozen.expect("frozen");
        assert_eq!((frozen.figure.numerator, frozen.hash.len()), (1, 64));
        assert_eq!(line.current, frozen.figure);
        assert!(before.periods.contains(&"2026-04-02".to_owned()));

        world
            .citizen_answers_call(&mut filed, Satisfaction::Satisfied, Solved::Yes)
            .await;
        freezes(&world).await;
        assert!(
            of_march(&ctx)
                .await
                .lines
                .iter()
                .all(|it| it.adjustments.is_empty())
        );
        world.time("2026-04-04T03:00");
        freezes(&world).await;
        let after = of_march(&ctx).await;
        let rated = after
            .lines
            .iter()
            .find(|it| it.city == "3201" && it.current.measure == Measure::Satisfied);
        let rated = rated.expect("the city's");
        assert!(rated.frozen.is_none(), "nobody had rated");
        assert_eq!(rated.adjustments.len(), 1);
        assert_eq!(rated.adjustments[0].figure, rated.current);
        let same = after
            .lines
            .iter()
            .find(|it| it.city == "3201" && it.current.measure == Measure::Accepted);
        let same = same.expect("the city's");
        assert_eq!(same.frozen.as_ref().map(|it| &it.hash), Some(&frozen.hash));
        assert!(same.adjustments.is_empty());

        let elsewhere = world.person(Role::Supervisor, "320500-12345");
        assert!(of_march(&elsewhere).await.lines.is_empty());
    })
    .await;
}
