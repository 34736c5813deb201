//! Numbers by the unit of then, and by the one that follows it today: what is added, what is not, and the list behind a row of several units.
//! Not here: merging units (`register::reorganise`).

use chrono::NaiveDate;
use services::Ctx;
use services::reports::{cube, standard};
use services::tickets;
use shared::measure::{Axis, CubeQuery, CubeView, Measure, Side, UnitsOf};
use shared::query::{TicketFilter, pairs_of};
use shared::report::{ReportAsked, ReportName};
use shared::ticket::{Satisfaction, Solved};
use store::StoreError;

use crate::support::{CGJ, World, ZJJ, a_complaint, on_each_database};

fn march(units: UnitsOf, measures: &[Measure]) -> CubeQuery {
    let day = |d| NaiveDate::from_ymd_opt(2026, 3, d).expect("a date");
    CubeQuery {
        measures: measures.to_vec(),
        axes: vec![Axis::LeadUnit],
        from: day(1),
        to: day(31),
        filter: TicketFilter::default(),
        units,
    }
}

async fn counted(ctx: &Ctx, query: &CubeQuery) -> CubeView {
    cube(ctx, query.clone()).await.expect("counts")
}

/// A closed ticket of a unit, satisfied or not.
async fn closed(world: &World, unit: &str, satisfaction: Satisfaction) {
    let mut filed = world.files(a_complaint()).await;
    world.dispatches(&mut filed, unit, &[]).await;
    world.unit_answers(&mut filed, unit).await;
    world.centre_passes(&mut filed).await;
    world
        .citizen_answers_call(&mut filed, satisfaction, Solved::Yes)
        .await;
}

/// A unit ends, and another follows it.
async fn ends(world: &World, code: &str, successor: &str) {
    let db = world.services.store().reader();
    let mut unit = store::units::get(&db, code)
        .await
        .expect("reads")
        .expect("a unit");
    unit.active = false;
    unit.successor = Some(successor.to_owned());
    world
        .services
        .store()
        .write::<_, StoreError, _>(move |tx| {
            let unit = unit.clone();
            Box::pin(async move { store::units::put(tx, &unit).await })
        })
        .await
        .expect("put");
    world.services.bust_reference().await;
}

#[tokio::test]
async fn rates_of_units_that_became_one_are_counted_of_all_their_tickets() {
    on_each_database(|world| async move {
        closed(&world, ZJJ, Satisfaction::Satisfied).await;
        closed(&world, CGJ, Satisfaction::Satisfied).await;
        closed(&world, CGJ, Satisfaction::Dissatisfied).await;
        ends(&world, CGJ, ZJJ).await;
        let ctx = world.supervisor();
        let measures = [Measure::Accepted, Measure::Satisfied];
        let of_then = counted(&ctx, &march(UnitsOf::Then, &measures)).await;
        assert_eq!(of_then.rows.len(), 2, "as they were called then");

        let query = march(UnitsOf::Now, &measures);
        let of_now = counted(&ctx, &query).await;
        assert_eq!((of_now.rows.len(), &of_now.total), (1, &of_then.total));
        let row = &of_now.rows[0];
        assert_eq!(row.keys[0].code, format!("{ZJJ}~{CGJ}"));
        let reference = world.services.reference().await.expect("reads");
        assert_eq!(row.keys[0].name.zh, reference.units[ZJJ].name);
        let pair = (row.figures[1].numerator, row.figures[1].denominator);
        assert_eq!(pair, (2, 3), "not the mean of two rates");
        for figure in &row.figures {
            for (side, number) in [
                (Side::Numerator, figure.numerator),
                (Side::Denominator, figure.denominator),
            ] {
                let list = query.behind(figure.measure, side, &row.at());
                let read = TicketFilter::from_pairs(&pairs_of(&list.to_query()));
                assert_eq!(read.as_ref(), Ok(&list), "as it stands in an address");
                let listed = tickets::count(&ctx, &list).await.expect("counts").n;
                assert_eq!(listed, number, "{} {side}", figure.measure);
            }
        }
        let address = CubeQuery::from_pairs(&pairs_of(&query.to_query()), query.to);
        assert_eq!(address, Ok(query));
    })
    .await;
}

#[tokio::test]
async fn a_quantile_of_several_units_is_none_and_the_whole_stays() {
    on_each_database(|world| async move {
        for unit in [ZJJ, CGJ] {
            closed(&world, unit, Satisfaction::Satisfied).await;
        }
        ends(&world, CGJ, ZJJ).await;
        let ctx = world.supervisor();
        let quantiles = Measure::ALL.iter().copied();
        let quantiles = quantiles.filter(|it| it.definition().is_quantile());
        let measures: Vec<Measure> = std::iter::once(Measure::Accepted)
            .chain(quantiles)
            .take(3)
            .collect();
        let of_then = counted(&ctx, &march(UnitsOf::Then, &measures)).await;
        let of_now = counted(&ctx, &march(UnitsOf::Now, &measures)).await;
        assert_eq!(of_now.total, of_then.total);
        for figure in &of_now.rows[0].figures[1..] {
            assert_eq!(figure.value(), "—", "{}", figure.measure);
        }
    })
    .await;
}

#[tokio::test]
async fn a_report_says_under_which_units_it_counts() {
    on_each_database(|world| async move {
        closed(&world, CGJ, Satisfaction::Satisfied).await;
        ends(&world, CGJ, ZJJ).await;
        let ctx = world.supervisor();
        let day = NaiveDate::from_ymd_opt(2026, 3, 25).expect("a date");
        let asked = ReportAsked {
            units: UnitsOf::Now,
            ..ReportAsked::usual(ReportName::Ranking, day)
        };
        let report = standard(&ctx, &asked).await.expect("counts");
        let says = |value: &str| report.facts.iter().any(|(_, said)| said == value);
        assert!(says(UnitsOf::Now.label(ctx.locale)), "{:?}", report.facts);
    })
    .await;
}
