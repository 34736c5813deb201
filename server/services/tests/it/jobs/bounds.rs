//! Bounds of exports: from how many rows on a second person is needed where nothing is set, how many one person takes on one day, and a disk
//! that is full.
//! Not here: what the second person does (`exports`), other full disks (`outages`).

use services::jobs::host::desk;
use services::{Ctx, exports};
use shared::access::Role;
use shared::fault::Code;
use shared::job::{AskExport, JobPhase};
use shared::query::{Sort, TicketFilter};
use shared::register::{ListCode, Rule};

use super::exports::{asks, rows, taken};
use crate::approvals::story::hire;
use crate::import::Desk;
use crate::register::{drafted, published, row};
use crate::support::faults::{Disk, Filler, alone};
use crate::support::{CENTRE, Kind, World, a_complaint, on_each_database};

/// What two people publish of a setting.
async fn set(world: &World, rule: &Rule, value: &str) {
    let cells = row(&[("name", rule.key), ("value", value)]);
    let version = drafted(world, ListCode::Settings, Some(rule.key), &cells).await;
    let done = published(world, ListCode::Settings, version, None, false).await;
    done.expect("published");
    world.clock.advance_minutes(1);
}

/// What refuses a download of everything, or nothing.
async fn refused(ctx: &Ctx) -> Option<Code> {
    let file = exports::tickets_csv(ctx, TicketFilter::default(), Sort::AcceptedAsc, &[]).await;
    file.err().map(|fault| fault.code)
}

#[tokio::test]
async fn where_nothing_is_set_a_thousand_rows_need_a_second_person() {
    for kind in Kind::available() {
        let desk_ = Desk::on(kind).await;
        let world = &desk_.world;
        desk_.bring("board.csv", rows()).await.expect("imported");
        let ctx = hire(world, Role::Supervisor, CENTRE).await;
        assert_eq!(refused(&ctx).await, None, "the tests' own setting is 0");
        let unset = world
            .services
            .store()
            .write::<_, store::StoreError, _>(move |tx| {
                Box::pin(async move { store::settings::take(tx, exports::APPROVAL, "0").await })
            });
        assert!(unset.await.expect("is unset"));
        assert_eq!(refused(&ctx).await, Some(Code::ExportApproval));
        let silent = exports::job::ask(&ctx, asks()).await.expect_err("why?");
        assert_eq!(silent.fields[0].code, Code::InputRequired);
    }
}

#[tokio::test]
async fn a_person_takes_so_many_rows_a_day_and_the_next_day_again() {
    on_each_database(|world| async move {
        for _ in 0..2 {
            world.files(a_complaint()).await;
            world.clock.advance_minutes(1);
        }
        set(&world, &Rule::DAY_ROWS, "5").await;
        let ctx = hire(&world, Role::Supervisor, CENTRE).await;
        assert_eq!(refused(&ctx).await, None, "two of five");
        let job = exports::job::ask(&ctx, asks()).await.expect("four of five");
        desk::cancel(&ctx, job.id).await.expect("stopped");
        let often = exports::job::ask(&ctx, asks()).await.expect_err("six");
        assert_eq!(often.code, Code::ExportDayRows);
        assert_eq!(
            (often.facts["max"].as_str(), often.facts["left"].as_str()),
            ("5", "1")
        );
        assert_eq!(refused(&ctx).await, Some(Code::ExportDayRows));
        let told = world.audited("export.tickets").await;
        assert!(
            told.iter()
                .any(|row| row.outcome == Code::ExportDayRows.as_str()),
            "the refusal stands in the audit"
        );
        let other = hire(&world, Role::CentreLeader, CENTRE).await;
        assert_eq!(refused(&other).await, None, "everybody has an own day");
        world.clock.advance_minutes(24 * 60);
        assert_eq!(refused(&ctx).await, None, "another day");
    })
    .await;
}

#[tokio::test]
async fn an_export_on_a_full_disk_waits_for_room_and_goes_on() {
    let Some(folder) = alone(
        "jobs::bounds::an_export_on_a_full_disk_waits_for_room_and_goes_on",
        Disk::Small(8),
    ) else {
        return;
    };
    let beside = tempfile::tempdir().expect("a folder");
    let url = Kind::Sqlite.fresh(&beside).await;
    let world = World::with_data(url, beside, folder.join("data")).await;
    for _ in 0..3 {
        world.files(a_complaint()).await;
        world.clock.advance_minutes(1);
    }
    let ctx = hire(&world, Role::Supervisor, CENTRE).await;
    let asked: AskExport = asks();
    let job = exports::job::ask(&ctx, asked).await.expect("asked");
    let filler = Filler::leave(&folder, 0);
    for _ in 0..3 {
        let full = exports::job::finished(&ctx, job.id).await;
        let fault = full.expect_err("there is no room");
        assert_eq!(fault.code, Code::StorageFull, "{fault}");
        world.clock.advance_minutes(1);
    }
    let waits = desk::get(&ctx, job.id).await.expect("mine");
    assert!(
        matches!(waits.state, JobPhase::Waiting | JobPhase::Running),
        "{waits:?}"
    );
    assert_eq!(taken(&ctx, job.id).await, Err(Code::JobNoResult));
    drop(filler);
    let done = exports::job::finished(&ctx, job.id).await.expect("goes on");
    assert_eq!((done.state, done.done), (JobPhase::Done, 3));
    let file = taken(&ctx, job.id).await.expect("the file");
    let lines = String::from_utf8(file).expect("text");
    assert_eq!(lines.trim_end().lines().count(), 4, "headings and rows");
}
