//! A draft of limits is tried on recent tickets: what differs, that it changes nothing, and that a changed draft wants another one.
//! Not here: what open tickets do after publishing (`clocks`).

use services::{jobs, register};
use shared::fault::Code;
use shared::job::JobPhase;
use shared::register::{ListCode, ReplayView};

use super::{BASE, code, drafted, drafter, limit, promptly, published};
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

#[tokio::test]
async fn tags_are_not_replayed() {
    on_each_database(|world| async move {
        let list = (ListCode::Tags, BASE);
        let other = register::replay(&drafter(&world), list, 1).await;
        assert_eq!(code(&other.expect_err("no limits")), Code::NotFound);
    })
    .await;
}
