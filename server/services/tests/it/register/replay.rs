//! A draft of limits, hours, days or of the ladder is tried on recent tickets: what differs, that it changes nothing, and that a changed draft wants another one.
//! Not here: what open tickets do after publishing (`clocks`).

use services::{jobs, register};
use shared::fault::Code;
use shared::job::JobPhase;
use shared::register::{ListCode, Replay, ReplayView, shipped};

use super::{BASE, code, drafted, drafter, limit, promptly, published, row};
use crate::support::{World, ZJJ, on_each_database};

const TICKET: &str = "ticket/-/-/-/-/-";

async fn shown(world: &World) -> Option<ReplayView> {
    let preview = register::preview(&drafter(world), ListCode::Limits, BASE).await;
    preview.expect("a preview").replay
}

async fn runs(world: &World) {
    for _ in 0..4 {
        jobs::once(&world.services).await.expect("the jobs run");
    }
}

#[tokio::test]
async fn a_draft_is_tried_on_recent_tickets_and_changes_none() {
    on_each_database(|world| async move {
        let mut filed = world.files(promptly()).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        world.clock.advance_minutes(10);
        let cells = limit("ticket", "2");
        let version = drafted(&world, ListCode::Limits, Some(TICKET), &cells).await;
        assert_eq!(shown(&world).await, None);
        let list = (ListCode::Limits, BASE);
        let stale = register::replay(&drafter(&world), list, version + 7).await;
        assert_eq!(code(&stale.expect_err("stale")), Code::VersionStale);
        let job = register::replay(&drafter(&world), list, version).await;
        let job = job.expect("it begins");
        runs(&world).await;
        let view = shown(&world).await.expect("a replay");
        assert_eq!((view.job, view.phase), (job, JobPhase::Done));
        assert!(view.is_current);
        let report = view.report.expect("a report");
        assert_eq!((report.clocks, report.changed), (2, 1), "{report:?}");
        assert_eq!((report.earlier, report.later, report.without), (1, 0, 0));
        let first = &report.first[0];
        assert_eq!(first.ticket, filed.id);
        assert!(
            first.would_be < first.was && !first.would_be_late,
            "{first:?}"
        );
        let left = services::consistency::check_all(&world.services).await;
        assert_eq!(left.expect("checks").count, 0, "nothing was changed");

        let done = published(&world, ListCode::Limits, version, None, false).await;
        done.expect("published");
        let audited = world.audited("register.publish").await;
        let said = audited.last().and_then(|row| row.facts.get("replayed"));
        assert_eq!(said.map(String::as_str), Some("yes"));
    })
    .await;
}

#[tokio::test]
async fn a_changed_draft_wants_another_replay() {
    on_each_database(|world| async move {
        world.files(promptly()).await;
        world.clock.advance_minutes(10);
        let list = (ListCode::Limits, BASE);
        let cells = limit("ticket", "2");
        let version = drafted(&world, ListCode::Limits, Some(TICKET), &cells).await;
        let asked = register::replay(&drafter(&world), list, version).await;
        asked.expect("it begins");
        runs(&world).await;
        let other = limit("ticket", "3");
        let put = register::put_row(&drafter(&world), list, version, (Some(TICKET), &other)).await;
        let version = put.expect("a row").version;
        assert!(!shown(&world).await.expect("a replay").is_current);
        let done = published(&world, ListCode::Limits, version, None, false).await;
        done.expect("published");
        let audited = world.audited("register.publish").await;
        let said = audited.last().and_then(|row| row.facts.get("replayed"));
        assert_eq!(said.map(String::as_str), Some("no"));
    })
    .await;
}

/// The report of a replay of this draft, once it is through.
async fn tried(world: &World, list: ListCode, version: i32) -> Replay {
    let asked = register::replay(&drafter(world), (list, BASE), version).await;
    asked.expect("it begins");
    runs(world).await;
    let preview = register::preview(&drafter(world), list, BASE).await;
    let view = preview.expect("a preview").replay.expect("a replay");
    assert!(view.is_current && view.is_through());
    view.report.expect("a report")
}

#[tokio::test]
async fn drafts_of_hours_and_of_days_are_tried_on_the_same_clocks() {
    on_each_database(|world| async move {
        let mut filed = world.files(promptly()).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        world.clock.advance_minutes(10);
        let limits = limit("ticket", "2");
        let version = drafted(&world, ListCode::Limits, Some(TICKET), &limits).await;
        let of_limits = tried(&world, ListCode::Limits, version).await;
        assert_eq!((of_limits.clocks, of_limits.changed), (2, 1));

        let hours = row(&[
            ("unit", ZJJ),
            ("day", "工作日"),
            ("from", "08:00"),
            ("to", "16:00"),
        ]);
        let version = drafted(&world, ListCode::Hours, None, &hours).await;
        let report = tried(&world, ListCode::Hours, version).await;
        assert_eq!((report.clocks, report.changed), (2, 1), "{report:?}");
        assert_eq!(report.first[0].unit.as_deref(), Some(ZJJ));
        assert!(report.first[0].would_be < report.first[0].was);

        let day = row(&[
            ("date", "2026-03-04"),
            ("kind", "放假"),
            ("name", "临时放假"),
            ("notice_year", "2026"),
        ]);
        let version = drafted(&world, ListCode::Calendar, None, &day).await;
        let report = tried(&world, ListCode::Calendar, version).await;
        assert_eq!((report.clocks, report.later), (2, 2), "{report:?}");
        let left = services::consistency::check_all(&world.services).await;
        assert_eq!(left.expect("checks").count, 0, "nothing was changed");
        // Each draft keeps its own.
        let kept = shown(&world).await.expect("that of the limits");
        assert_eq!(kept.report, Some(of_limits));
    })
    .await;
}

#[tokio::test]
async fn a_draft_of_the_ladder_is_climbed_by_the_same_clocks_and_tells_nobody() {
    on_each_database(|world| async move {
        let mut filed = world.files(promptly()).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        world.clock.advance_minutes(90);
        let mut half = shipped(ListCode::Ladder).remove(0);
        half.insert("value".to_owned(), "1".to_owned());
        let version = drafted(&world, ListCode::Ladder, Some("half"), &half).await;
        let list = (ListCode::Ladder, BASE);
        let asked = register::replay(&drafter(&world), list, version).await;
        asked.expect("it begins");
        runs(&world).await;
        let preview = register::preview(&drafter(&world), list.0, BASE).await;
        let view = preview.expect("a preview").replay.expect("a replay");
        assert!(view.is_current && view.is_through() && view.report.is_none());
        let report = view.ladder.expect("a report");
        assert_eq!((report.clocks, report.changed), (2, 2), "{report:?}");
        assert_eq!((report.told, report.would_tell), (0, 2));
        let first = &report.first[0];
        assert!(first.was.is_empty() && first.would_be == ["half"]);
    })
    .await;
}

#[tokio::test]
async fn tags_are_not_replayed() {
    on_each_database(|world| async move {
        let list = (ListCode::Tags, BASE);
        let other = register::replay(&drafter(&world), list, 1).await;
        assert_eq!(code(&other.expect_err("no limits")), Code::NotFound);
    })
    .await;
}
