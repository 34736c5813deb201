//! What people and jobs meet when the database is away or the disk is full: the right code, one incident for all, nothing half done, and that
//! it goes on by itself. Real disks and connections (`store`'s tests have the tools).
//! Not here: the store's own promises (`store/tests/it/full_disk`, `cut_off`).

use std::path::Path;
use std::time::{Duration, Instant};

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use services::{audit, demo, jobs, photos, tickets};
use shared::access::Role;
use shared::fault::Code;

use crate::support::faults::{Disk, Filler, alone};
use crate::support::proxy::{Cut, Proxy};
use crate::support::{Kind, World, a_complaint};

/// A world that reaches PostgreSQL by way of a proxy.
async fn behind_a_proxy() -> Option<(Proxy, World)> {
    if !Kind::available().contains(&Kind::Postgres) {
        assert!(std::env::var("CI").is_err(), "a PostgreSQL is needed in CI");
        println!("skipped: no PostgreSQL is named");
        return None;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let proxy = Proxy::before(&Kind::Postgres.fresh(&folder).await).await;
    let world = World::on(proxy.url.clone(), folder).await;
    Some((proxy, world))
}

/// The answer of a commit is lost; the same call under the same key gets the first answer, and there is one ticket.
#[tokio::test]
async fn an_unknown_outcome_is_found_by_its_key() {
    let Some((proxy, world)) = behind_a_proxy().await else {
        return;
    };
    for (cut, known) in [(Cut::AfterCommit, true), (Cut::BeforeCommit, false)] {
        let before = all(&world).await;
        let mut ctx = world.visitor();
        ctx.idempotency_key = Some(format!("key-{known}"));
        proxy.cut(cut);
        let lost = tickets::register(&ctx, a_complaint()).await;
        let fault = lost.expect_err("the answer is lost");
        assert_eq!(fault.code, Code::OutcomeUnknown);
        assert!(fault.incident.is_some());
        assert_eq!(all(&world).await, before + i64::from(known));
        let first = tickets::register(&ctx, a_complaint())
            .await
            .expect("found or done");
        let again = tickets::register(&ctx, a_complaint()).await.expect("found");
        assert_eq!(first, again);
        assert_eq!(all(&world).await, before + 1, "one effect");
    }
}

async fn all(world: &World) -> i64 {
    let db = world.services.store().reader();
    let filter = shared::query::TicketFilter::default();
    let count = store::tickets::count_capped(
        &db,
        &shared::access::Scope::All,
        &filter,
        1_000,
        world.services.now(),
    );
    count.await.expect("counts")
}

#[tokio::test]
async fn a_database_that_is_away_is_one_incident_for_all() {
    let Some((proxy, world)) = behind_a_proxy().await else {
        return;
    };
    let agent = world.agent();
    proxy.shut();
    let mut incidents = std::collections::BTreeSet::new();
    for _ in 0..20 {
        let fault = tickets::register(&agent, a_complaint())
            .await
            .expect_err("it is away");
        assert!(
            matches!(fault.code, Code::DatabaseAway | Code::OutcomeUnknown),
            "{fault}"
        );
        assert_eq!(fault.status(), 503);
        if fault.code == Code::DatabaseAway {
            incidents.insert(fault.incident.expect("an incident"));
        }
    }
    assert_eq!(incidents.len(), 1, "one line in the log");
    assert!(jobs::once(&world.services).await.is_err());
    proxy.open();
    let begun = Instant::now();
    while tickets::register(&agent, a_complaint()).await.is_err() {
        assert!(begun.elapsed() < Duration::from_secs(2), "still away");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Files below a folder, with their sizes.
fn files(folder: &Path) -> Vec<(String, u64)> {
    let mut found = Vec::new();
    let Ok(entries) = std::fs::read_dir(folder) else {
        return found;
    };
    for entry in entries.flatten() {
        if entry.path().is_dir() {
            found.extend(files(&entry.path()));
        } else {
            let size = entry.metadata().expect("a file").len();
            found.push((entry.path().display().to_string(), size));
        }
    }
    found.sort();
    found
}

fn picture() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let street = RgbImage::from_fn(900, 700, |x, y| {
        Rgb([(x * y % 251) as u8, (y % 256) as u8, 90])
    });
    DynamicImage::ImageRgb8(street)
        .write_to(&mut bytes, ImageFormat::Jpeg)
        .expect("encodes");
    bytes.into_inner()
}

/// The data folder on a small disk, the database beside it on the usual one.
async fn on_a_small_disk(folder: &Path) -> World {
    let beside = tempfile::tempdir().expect("a folder");
    let url = Kind::Sqlite.fresh(&beside).await;
    World::with_data(url, beside, folder.join("data")).await
}

#[tokio::test]
async fn a_photo_on_a_full_disk_is_refused_whole() {
    let Some(folder) = alone(
        "outages::a_photo_on_a_full_disk_is_refused_whole",
        Disk::Small(8),
    ) else {
        return;
    };
    let world = on_a_small_disk(&folder).await;
    let ctx = world.visitor();
    let draft = photos::new_draft(&ctx).await.expect("a draft");
    let data = folder.join("data/files");
    let upload = async || {
        let body = picture()
            .chunks(16_384)
            .map(|part| Ok(part.to_vec()))
            .collect::<Vec<_>>();
        photos::upload(
            &ctx,
            draft,
            "井盖.jpg".to_owned(),
            futures::stream::iter(body),
        )
        .await
    };
    upload().await.expect("kept");
    let (mut kept, mut refused) = (1, 0);
    for room in 0..40 {
        let before = files(&data);
        let filler = Filler::leave(&folder, room * 12_288);
        let outcome = upload().await;
        drop(filler);
        if let Err(fault) = outcome {
            assert_eq!(fault.code, Code::StorageFull, "{fault}");
            assert_eq!(files(&data), before, "nothing half is left");
            refused += 1;
        } else {
            assert_eq!(
                files(&data).len(),
                before.len() + 2,
                "picture and small picture"
            );
            kept += 1;
            if kept > 5 {
                break;
            }
        }
    }
    assert!(refused > 3, "{refused} refused, {kept} kept");
    assert_eq!(photos::list(&ctx, draft).await.expect("rows").len(), kept);
}

#[tokio::test]
async fn messages_and_checkpoints_wait_for_room() {
    let Some(folder) = alone(
        "outages::messages_and_checkpoints_wait_for_room",
        Disk::Small(4),
    ) else {
        return;
    };
    let world = on_a_small_disk(&folder).await;
    let auditor = world.person(Role::Auditor, "320000-12345");
    world.files(a_complaint()).await;
    jobs::once(&world.services).await.expect("runs");
    let messages = || files(&folder.join("data/messages"));
    let first = messages().len();
    assert!(first > 0, "somebody was told");
    let mut failed = 0;
    // A checkpoint's line goes into the file's last block, until that is full: then it breaks off in its midst.
    for _ in 0..16 {
        world.files(a_complaint()).await;
        world.clock.advance_minutes(2);
        let before = messages();
        let filler = Filler::leave(&folder, 0);
        failed += usize::from(jobs::once(&world.services).await.is_err());
        assert_eq!(
            messages(),
            before,
            "nothing is delivered, and nothing half is left"
        );
        drop(filler);
        world.clock.advance_minutes(60);
        jobs::once(&world.services).await.expect("runs again");
        assert!(messages().len() > before.len(), "delivered afterwards");
    }
    assert!(failed > 0, "no checkpoint met the full disk");
    for (path, _) in messages() {
        let text = std::fs::read_to_string(path).expect("reads");
        serde_json::from_str::<serde_json::Value>(&text).expect("a whole message");
    }
    let verdict = audit::verify(&auditor).await.expect("verifies");
    assert!(verdict.is_whole() && verdict.pending == 0, "{verdict}");
    let outside =
        std::fs::read_to_string(folder.join("data/audit/checkpoints.jsonl")).expect("reads");
    let (good, torn): (Vec<&str>, Vec<&str>) = outside
        .lines()
        .partition(|line| serde_json::from_str::<serde_json::Value>(line).is_ok());
    assert!(!torn.is_empty(), "a line broke off: {outside}");
    assert_eq!(
        good.len() as i64 * 2,
        verdict.checkpoints - (torn.len() as i64),
        "{outside}\n{verdict}"
    );
}

/// A bulk door that meets a full disk stops with the place, and what it counts is there.
#[tokio::test]
async fn a_bulk_door_stops_with_the_place() {
    let Some(folder) = alone("outages::a_bulk_door_stops_with_the_place", Disk::Small(80)) else {
        return;
    };
    let beside = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite://{}", folder.join("minsheng.db").display());
    let world = World::with_data(url, beside, folder.join("data")).await;
    let order = |tickets| demo::DemoPlan {
        tickets,
        months: 2,
        until: chrono::NaiveDate::from_ymd_opt(2026, 2, 28).expect("a day"),
        seed: 7,
        accounts: folder.join("accounts.json"),
    };
    let system = services::Ctx::system(&world.services);
    let fault = demo::run(&system, order(30_000))
        .await
        .expect_err("80 MB are too little");
    assert_eq!(fault.code, Code::StorageFull, "{fault}");
    let kept: i64 = fault.facts["kept"].parse().expect("a number");
    let db = world.services.store().reader();
    let filter = shared::query::TicketFilter::default();
    let there = store::tickets::count_capped(
        &db,
        &shared::access::Scope::All,
        &filter,
        100_000,
        world.services.now(),
    );
    assert_eq!(
        there.await.expect("counts"),
        kept,
        "what is counted is kept"
    );
    assert!(kept > 0, "some chunks had room");
}
