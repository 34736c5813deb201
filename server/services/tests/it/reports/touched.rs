//! Findings meet figures: touched numbers and their lists, live checks that hide wrong numbers, scores by month.
//! Not here: the rules themselves (`jobs::quality`), random cubes (tests of `store`).
//! The week is that of the overview.

use chrono::NaiveDate;
use services::quality::scores_of_month;
use services::reports::{check_now, checks, cube, frozen, overview, touched};
use services::{Ctx, jobs, tickets};
use shared::fault::Code;
use shared::measure::{
    Axis, CubeKey, CubeQuery, FrozenQuery, Key, LiveCheck, LiveChecks, LiveState, LiveView,
    Measure, Side,
};
use shared::quality::{MonthScores, ScoreWeights};
use shared::query::TicketFilter;
use shared::register::{Keep, setting_of};

use super::a_week;
use crate::support::{World, ZJJ, on_each_database};

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

async fn runs(world: &World, name: &str) {
    let job = jobs::JOBS.iter().find(|job| job.name == name);
    let job = job.expect("a job");
    while job.once(&world.services).await.expect("runs").more {}
}

/// The rules look.
async fn night(world: &World, day: &str) {
    world.time(&format!("{day}T02:00"));
    runs(world, "quality").await;
    runs(world, "host").await;
}

/// Every deadline of an open ticket is a minute later than the calendar says.
async fn deadlines_are_moved(world: &World) {
    world
        .tampers("update tickets set due_at = due_at + 60000 where due_at is not null")
        .await;
}

#[tokio::test]
async fn touched_numbers_are_the_lengths_of_their_lists() {
    on_each_database(|world| async move {
        a_week(&world).await;
        let ctx = world.supervisor();
        let measures = [
            Measure::Accepted,
            Measure::OnTime,
            Measure::Overdue,
            Measure::Satisfied,
            Measure::HandlingHours,
        ];
        let query = march(&measures, &[Axis::County]);
        let before = touched(&ctx, query.clone()).await.expect("counts");
        assert_eq!((before.looked_at, before.marks().len()), (None, 0));
        deadlines_are_moved(&world).await;
        night(&world, "2026-03-26").await;
        let view = touched(&ctx, query.clone()).await.expect("counts");
        assert!(view.looked_at.is_some());
        let on_time = view.total[1];
        assert!(
            on_time.denominator > 0 && on_time.denominator <= on_time.figure.denominator,
            "{on_time:?}"
        );
        let marks = view.marks();
        let is_whole = |measure| {
            marks
                .iter()
                .any(|mark| mark.at.is_empty() && mark.cell.figure.measure == measure)
        };
        assert!(is_whole(Measure::OnTime) && is_whole(Measure::Overdue));
        assert!(!is_whole(Measure::Satisfied), "deadlines touch no rating");
        for row in &view.rows {
            let at: Vec<Key> = row.keys.iter().map(CubeKey::at).collect();
            for cell in &row.cells {
                let measure = cell.figure.measure;
                for (side, number) in [
                    (Side::Numerator, cell.numerator),
                    (Side::Denominator, cell.denominator),
                ] {
                    let list = query.behind_touched(measure, side, &at);
                    let listed = tickets::count(&ctx, &list).await.expect("counts").n;
                    assert_eq!(listed, number, "{measure} {side} of {at:?}");
                }
            }
        }
        let refused = touched(&world.agent(), query).await;
        assert_eq!(refused.expect_err("no right").code, Code::AccessDenied);
    })
    .await;
}

fn of(checks: &LiveChecks, check: LiveCheck) -> &LiveView {
    let found = checks.items.iter().find(|it| it.check == check);
    found.expect("made")
}

async fn counts(ctx: &Ctx, measure: Measure) -> Result<i64, Code> {
    let view = cube(ctx, march(&[measure], &[])).await;
    view.map(|view| view.total[0].denominator)
        .map_err(|fault| fault.code)
}

#[tokio::test]
async fn a_failing_check_hides_what_it_is_about_and_nothing_else() {
    on_each_database(|world| async move {
        a_week(&world).await;
        let ctx = world.supervisor();
        assert!(checks(&ctx).await.expect("told").items.is_empty());
        let made = check_now(&ctx).await.expect("made");
        assert_eq!(made.items.len(), LiveCheck::ALL.len());
        assert!(
            made.items.iter().all(|it| it.state != LiveState::Failing),
            "a healthy house: {made:?}"
        );
        assert_eq!(of(&made, LiveCheck::Sum).state, LiveState::Sound);
        assert_eq!(of(&made, LiveCheck::Night).state, LiveState::Waits);

        let back = "update tickets set replied_at = first_dispatched_at - 3600000 where replied_at is not null";
        world.tampers(back).await;
        let made = check_now(&ctx).await.expect("made");
        let range = of(&made, LiveCheck::Range);
        assert_eq!(range.state, LiveState::Failing);
        assert_eq!(
            range.facts.get(LiveCheck::MEASURES).map(String::as_str),
            Some("handling_hours,reply_p50,reply_p90")
        );
        assert_eq!(
            counts(&ctx, Measure::HandlingHours).await,
            Err(Code::ReportUnsound)
        );
        assert_eq!(counts(&ctx, Measure::Accepted).await, Ok(4));
        let whole = services::reports::OverviewQuery {
            from: march(&[], &[]).from,
            to: march(&[], &[]).to,
            region: None,
        };
        assert!(overview(&ctx, whole).await.is_ok());

        let mended = "update tickets set replied_at = first_dispatched_at + 3600000 where replied_at is not null";
        world.tampers(mended).await;
        let made = check_now(&ctx).await.expect("made");
        assert_eq!(of(&made, LiveCheck::Range).state, LiveState::Sound);
        assert!(counts(&ctx, Measure::HandlingHours).await.is_ok());
        let refused = check_now(&world.agent()).await;
        assert_eq!(refused.expect_err("no right").code, Code::AccessDenied);
    })
    .await;
}

#[tokio::test]
async fn frozen_figures_are_not_shown_while_a_day_is_missing() {
    on_each_database(|world| async move {
        a_week(&world).await;
        let ctx = world.supervisor();
        let read = async || {
            let query = FrozenQuery::from_pairs(&[]).expect("usual");
            frozen(&ctx, query).await.map_err(|fault| fault.code)
        };
        runs(&world, "freeze").await;
        runs(&world, "live_checks").await;
        assert!(read().await.is_ok());
        world.time("2026-03-28T10:00");
        runs(&world, "live_checks").await;
        assert_eq!(read().await.map(drop), Err(Code::ReportUnsound));
        let told = checks(&ctx).await.expect("told");
        assert_eq!(
            of(&told, LiveCheck::Frozen)
                .facts
                .get("last")
                .map(String::as_str),
            Some("2026-03-24")
        );
        runs(&world, "freeze").await;
        // One that fails is looked at again before its hour has passed.
        runs(&world, "live_checks").await;
        assert!(read().await.is_ok());
    })
    .await;
}

/// From now on no finding weighs anything.
async fn nothing_weighs(world: &World) {
    let kept = world.services.store();
    let set = kept.write::<_, store::StoreError, _>(move |tx| {
        Box::pin(async move {
            for keep in [Keep::SCORE_BLOCK, Keep::SCORE_WARN, Keep::SCORE_NOTE] {
                store::settings::set(tx, &setting_of(keep.key), "0").await?;
            }
            Ok(())
        })
    });
    set.await.expect("set");
}

#[tokio::test]
async fn a_month_has_scores_of_units_and_tables_and_they_are_frozen() {
    on_each_database(|world| async move {
        a_week(&world).await;
        deadlines_are_moved(&world).await;
        let lead = world.supervisor();
        let march = async |ctx: &Ctx| {
            let told = scores_of_month(ctx, Some("2026-03"), None).await;
            told.expect("told")
        };
        assert_eq!(march(&lead).await.looked_at, None);
        night(&world, "2026-03-26").await;
        let now = march(&lead).await;
        assert_eq!(now.tickets, 4);
        let centre = now.items.iter().find(|row| row.unit.is_none());
        let centre = centre.expect("the centre").clone();
        assert_eq!((centre.region.code.as_str(), centre.tickets), ("320100", 4));
        assert!(centre.open.total() > 0 && centre.score < Some(1_000));
        let found: i64 = now.tables.iter().map(|row| row.open.total()).sum();
        let rows: i64 = now.items.iter().map(|row| row.open.total()).sum();
        assert_eq!(found, rows, "each finding is of one table and of one row");
        let own = march(&world.liaison(ZJJ)).await;
        assert!(
            own.items
                .iter()
                .all(|row| row.unit.as_ref().is_some_and(|unit| unit.code == ZJJ)),
            "{own:?}"
        );
        assert!(march(&world.supervisor_of_suzhou()).await.items.is_empty());

        world.time("2026-04-02T07:00");
        runs(&world, "quality_months").await;
        let none = march(&lead).await;
        assert!(none.items.iter().all(|row| row.frozen.is_none()));
        world.time("2026-04-03T07:00");
        runs(&world, "quality_months").await;
        runs(&world, "quality_months").await;
        let after = march(&lead).await;
        let kept = after.items.iter().find(|row| row.unit.is_none());
        let kept = kept.and_then(|row| row.frozen).expect("frozen");
        assert_eq!((kept.tickets, kept.score), (4, centre.score));
        let usual = ScoreWeights::default();
        assert_eq!((kept.weights, after.holding), (usual, usual));

        // Other weights hold from now on: the present follows, what was frozen keeps its own, and both can be reckoned under either.
        nothing_weighs(&world).await;
        let of_centre = |told: &MonthScores| {
            let row = told.items.iter().find(|row| row.unit.is_none());
            let row = row.expect("the centre");
            (row.score, row.frozen.expect("frozen").score)
        };
        let later = march(&lead).await;
        assert_eq!(later.weights.to_text(), "0,0,0");
        assert_eq!(of_centre(&later), (Some(1_000), kept.score));
        let again = scores_of_month(&lead, Some("2026-03"), Some("5,2,1")).await;
        let again = again.expect("told");
        assert_eq!(of_centre(&again), (centre.score, kept.score));
        let other = scores_of_month(&lead, Some("2026-03"), Some("0,0,0")).await;
        assert_eq!(of_centre(&other.expect("told")).1, Some(1_000));
        let odd = scores_of_month(&lead, None, Some("5,2")).await;
        assert_eq!(odd.expect_err("two").fields[0].field, "weights");
        let wrong = scores_of_month(&lead, Some("2026-13"), None).await;
        assert_eq!(wrong.expect_err("no month").fields[0].code, Code::InputDate);
        let refused = scores_of_month(&world.agent(), None, None).await;
        assert_eq!(refused.expect_err("no right").code, Code::AccessDenied);
    })
    .await;
}
