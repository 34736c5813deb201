//! Limits and calendar: which tickets follow a change, and which do not.
//! Not here: drafts and who may (`mod`).
//! Every deadline that moves is counted again by the check of the whole.

use services::register::{self, Asked, Publishing};
use services::{jobs, tickets};
use shared::register::ListCode;

use super::{BASE, day, drafted, drafter, limit, promptly, published, row};
use crate::support::{Kind, World, ZJJ, killed_after, lives, on_each_database};

async fn deadline(world: &World, filed: &crate::support::Filed) -> shared::calendar::Instant {
    let seen = tickets::get(&world.dispatcher(), filed.id).await;
    seen.expect("sees it")
        .row
        .deadline
        .due_at
        .expect("a deadline")
}

#[tokio::test]
async fn a_limit_holds_from_its_day_and_for_tickets_accepted_since() {
    on_each_database(|world| async move {
        let old = world.files(promptly()).await;
        let before = deadline(&world, &old).await;
        let key = "ticket/-/-/-/-/-";
        let version = drafted(&world, ListCode::Limits, Some(key), &limit("ticket", "3")).await;
        let held = register::preview(&drafter(&world), ListCode::Limits, BASE)
            .await
            .expect("a preview");
        assert_eq!(
            (held.new, held.changed, held.gone, held.faults),
            (0, 1, 0, 0),
            "{held:?}"
        );
        assert!(
            held.effects.iter().any(|it| it.count == 1),
            "one open ticket would move: {held:?}"
        );
        published(&world, ListCode::Limits, version, Some("2026-03-04"), false)
            .await
            .expect("published");
        assert_eq!(
            deadline(&world, &world.files(promptly()).await).await,
            before,
            "not yet"
        );

        world.time("2026-03-04T00:00");
        jobs::once(&world.services).await.expect("the jobs run");
        world.time("2026-03-04T09:00");
        let new = world.files(promptly()).await;
        let due = deadline(&world, &new).await;
        assert_eq!(due.date(), day("2026-03-09"), "three working days");
        assert_eq!(deadline(&world, &old).await, before, "the open one stays");

        let shown = register::view(
            &drafter(&world),
            (ListCode::Limits, BASE),
            &Asked::default(),
        )
        .await
        .expect("a list");
        assert_eq!(shown.revisions.len(), 2);
        assert!(shown.revisions[0].is_applied);
        let on = Asked {
            on: Some(day("2026-03-03")),
            words: Some("工单办理".to_owned()),
            ..Asked::default()
        };
        let then = register::view(&drafter(&world), (ListCode::Limits, BASE), &on)
            .await
            .expect("a list");
        let then = then
            .rows
            .iter()
            .find(|row| row.key == key)
            .expect("the row of then");
        assert_eq!(then.cells["value"], "5", "as it held on that day");
    })
    .await;
}

#[tokio::test]
async fn open_tickets_follow_a_limit_by_choice_with_an_entry_each() {
    on_each_database(|world| async move {
        let mut filed = world.files(promptly()).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        let before = deadline(&world, &filed).await;
        let key = "ticket/-/-/-/-/-";
        let version = drafted(&world, ListCode::Limits, Some(key), &limit("ticket", "2")).await;
        world.clock.advance_minutes(10);
        let done = published(&world, ListCode::Limits, version, None, true)
            .await
            .expect("published");
        assert!(done.open_too && done.is_applied);
        assert_eq!(done.following, None, "so few tickets have followed at once");
        let after = deadline(&world, &filed).await;
        assert!(after < before, "{after:?} {before:?}");
        world.clock.advance_minutes(1);
        jobs::once(&world.services).await.expect("the jobs run");
        jobs::once(&world.services).await.expect("and again");
        assert_eq!(deadline(&world, &filed).await, after, "moved once");
        let left = services::consistency::check_all(&world.services)
            .await
            .expect("checks");
        assert_eq!(left.count, 0, "{left:?}");
    })
    .await;
}

#[tokio::test]
async fn a_notice_always_moves_open_tickets() {
    on_each_database(|world| async move {
        let filed = world.files(promptly()).await;
        let before = deadline(&world, &filed).await;
        let off = row(&[
            ("date", "2026-03-04"),
            ("kind", "放假"),
            ("name", "临时放假"),
            ("notice_year", "2026"),
        ]);
        let version = drafted(&world, ListCode::Calendar, None, &off).await;
        let preview = register::preview(&drafter(&world), ListCode::Calendar, BASE)
            .await
            .expect("a preview");
        assert!(
            preview.effects.iter().any(|it| it.count == 1),
            "{preview:?}"
        );
        let ctx = drafter(&world);
        let order = Publishing {
            version,
            ..Publishing::default()
        };
        register::publish(&ctx, (ListCode::Calendar, BASE), order)
            .await
            .expect("no second person for a notice");
        let after = deadline(&world, &filed).await;
        assert_eq!(
            after.date(),
            shared::calendar::days_after(before.date(), 1),
            "a day later"
        );
        let hours = row(&[("from", "08:30"), ("to", "12:00")]);
        let version = drafted(&world, ListCode::Hours, Some("-/-/-/-/-/-/09:00"), &hours).await;
        let order = Publishing {
            version,
            ..Publishing::default()
        };
        register::publish(&ctx, (ListCode::Hours, BASE), order)
            .await
            .expect("published");
        let reference = world.services.reference().await.expect("reads");
        assert_eq!(
            reference.calendar.periods().pairs()[0],
            (8 * 60 + 30, 12 * 60)
        );
    })
    .await;
}

async fn runs(world: &World, name: &str) -> jobs::Done {
    let known = jobs::JOBS.iter().find(|job| job.name == name);
    let run = known.expect("a job").once(&world.services);
    run.await.expect("runs")
}

#[tokio::test]
async fn killed_at_any_point_no_clock_moves_twice() {
    for kind in Kind::available() {
        let world = World::open(kind).await;
        let mut filed = Vec::new();
        for _ in 0..4 {
            filed.push(world.files(promptly()).await);
        }
        let before = deadline(&world, &filed[0]).await;
        let key = Some("ticket/-/-/-/-/-");
        let version = drafted(&world, ListCode::Limits, key, &limit("ticket", "2")).await;
        published(&world, ListCode::Limits, version, Some("2026-03-03"), true)
            .await
            .expect("published");
        world.time("2026-03-03T00:10");
        let mut is_over = false;
        for wakes in lives() {
            let asked = killed_after(wakes, runs(&world, "register")).await;
            let done = killed_after(wakes, runs(&world, "host")).await;
            if asked.is_some_and(|it| it.count == 0) && done.is_some_and(|it| !it.more) {
                is_over = true;
                break;
            }
            world.clock.advance_minutes(3);
        }
        assert!(is_over, "{kind:?}");
        world.time("2026-03-03T18:00");
        for one in &filed {
            assert!(deadline(&world, one).await < before, "{kind:?}");
            let sheet = tickets::sheet(&world.dispatcher(), one.id).await;
            let ledger = sheet.expect("the page").ledger;
            let own = ledger.iter().filter(|line| line.unit.is_none()).count();
            assert_eq!(own, 2, "begun, and moved once: {ledger:?}");
        }
        let left = services::consistency::check_all(&world.services).await;
        assert_eq!(left.expect("checks").count, 0, "{kind:?}");
    }
}
