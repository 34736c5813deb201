//! A draft of categories is tried on recent tickets: names, places in the tree, and what follows from them for limit, unit and questions.
//! Not here: what all replays have in common (`replay`), what publishing does (`units`).

use services::{jobs, register};
use shared::job::JobPhase;
use shared::register::{Cells, ListCode, ReplayView, Resort};
use shared::ticket::command::Register;

use super::{BASE, drafted, drafter, promptly, published, row};
use crate::support::{World, ZJJ, on_each_database, said};

const LIST: (ListCode, &str) = (ListCode::Categories, BASE);
const ROOF: &str = "010101";
/// What no category is called yet.
const NEW: &str = "010199";

fn category(code: &str, name: &str) -> Cells {
    row(&[("code", code), ("name_zh", name), ("name_en", "Roofs")])
}

fn a_leak() -> Register {
    Register {
        category: Some(said(ROOF)),
        ..promptly()
    }
}

/// The result of a replay of the draft in this version.
async fn tried(world: &World, version: i32) -> ReplayView {
    let job = register::replay(&drafter(world), LIST, version).await;
    let job = job.expect("it begins");
    for _ in 0..4 {
        jobs::once(&world.services).await.expect("the jobs run");
    }
    let preview = register::preview(&drafter(world), LIST.0, LIST.1).await;
    let view = preview.expect("a preview").replay.expect("a replay");
    assert_eq!((view.job, view.phase), (job, JobPhase::Done));
    view
}

#[tokio::test]
async fn a_new_name_is_told_and_the_draft_counts_as_tried() {
    on_each_database(|world| async move {
        let filed = world.files(a_leak()).await;
        world.files(promptly()).await;
        world.clock.advance_minutes(10);
        let cells = category(ROOF, "屋顶漏水");
        let version = drafted(&world, LIST.0, Some(ROOF), &cells).await;
        let view = tried(&world, version).await;
        assert!(view.is_current && view.report.is_none());
        let report = view.categories.expect("a report");
        assert_eq!((report.tickets, report.changed), (2, 1), "{report:?}");
        let first = &report.first[0];
        assert_eq!(
            (first.ticket, first.kinds.as_slice()),
            (filed.id, [Resort::Renamed].as_slice())
        );
        assert_eq!(first.would_be.name.as_deref(), Some("屋顶漏水"));
        let left = services::consistency::check_all(&world.services).await;
        assert_eq!(left.expect("checks").count, 0, "nothing was changed");
        published(&world, LIST.0, version, None, false)
            .await
            .expect("published");
        let audited = world.audited("register.publish").await;
        let said = audited.last().and_then(|row| row.facts.get("replayed"));
        assert_eq!(said.map(String::as_str), Some("yes"));
    })
    .await;
}

#[tokio::test]
async fn what_moves_takes_limit_and_unit_along() {
    on_each_database(|world| async move {
        let limit = row(&[
            ("stage", "ticket"),
            ("category", ROOF),
            ("value", "3"),
            ("unit", "working_days"),
        ]);
        let version = drafted(&world, ListCode::Limits, None, &limit).await;
        let limits = published(&world, ListCode::Limits, version, None, false).await;
        limits.expect("published");
        let duty = row(&[
            ("category", ROOF),
            ("region", "320100"),
            ("unit", ZJJ),
            ("basis", "三定规定"),
        ]);
        let version = drafted(&world, ListCode::Duties, None, &duty).await;
        let duties = published(&world, ListCode::Duties, version, None, false).await;
        duties.expect("published");
        let reference = world.services.reference().await.expect("reads");
        let name = reference.categories[ROOF].name_zh.clone();
        let filed = world.files(a_leak()).await;
        world.clock.advance_minutes(10);

        let version = drafted(&world, LIST.0, None, &category(NEW, &name)).await;
        let gone = register::remove_row(&drafter(&world), LIST, version, ROOF).await;
        let version = gone.expect("removed").version;
        let report = tried(&world, version).await.categories.expect("a report");
        assert_eq!((report.tickets, report.changed), (1, 1), "{report:?}");
        let first = &report.first[0];
        assert_eq!(first.ticket, filed.id);
        let all = [Resort::Moved, Resort::Limit, Resort::Unit];
        assert_eq!(first.kinds, all, "{first:?}");
        assert!(all.iter().all(|kind| report.of(*kind) == 1), "{report:?}");
        assert_eq!(first.would_be.category.as_deref(), Some(NEW));
        let units = (first.was.unit.as_deref(), first.would_be.unit.as_deref());
        assert_eq!(units, (Some(ZJJ), None));

        let back = register::remove_row(&drafter(&world), LIST, version, NEW).await;
        let version = back.expect("removed").version;
        let report = tried(&world, version).await.categories.expect("a report");
        assert_eq!(
            report.of(Resort::Coarse),
            1,
            "only what is above: {report:?}"
        );
        assert_eq!(report.first[0].would_be.category.as_deref(), Some("0101"));
    })
    .await;
}
