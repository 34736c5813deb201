//! The content of stored files sealed anew: under another provider while people read, killed at every point, and where bytes are damaged.
//! Not here: rows that are sealed anew (`upkeep::providers`).

use services::keys::renewal::{self, Renewal};
use services::{Ctx, files, jobs};
use shared::file::Hook;
use shared::ids::FileId;
use shared::job::JobState;
use store::crypto::Provider;
use store::jobs::Job;

use super::{CANARY, below, opens, pdf, puts};
use crate::support::{World, a_complaint, killed_after, lives, on_each_database};

/// Word of the job.
const KIND: &str = "content";

async fn run(world: &World, name: &str) {
    let job = jobs::JOBS.iter().find(|job| job.name == name);
    let job = job.expect("a job");
    job.once(&world.services).await.expect("runs");
}

/// So many files of several parts.
async fn sent(world: &World, many: usize) -> Vec<(FileId, Vec<u8>)> {
    let mut sent = Vec::new();
    for ticket in 0..many.div_ceil(6) {
        let filed = world.files(a_complaint()).await;
        let hook = Hook::ticket(filed.id.0);
        for n in 0..(many - ticket * 6).min(6) {
            let bytes = pdf(&format!("{CANARY}-{ticket}-{n}"), 150_000);
            let file = puts(&world.dispatcher(), hook.clone(), "a.pdf", &bytes).await;
            sent.push((file.expect("sent").id, bytes));
        }
        world.clock.advance_minutes(1);
    }
    sent
}

async fn are_read(world: &World, sent: &[(FileId, Vec<u8>)]) {
    for (id, bytes) in sent {
        let read = opens(&world.dispatcher(), *id).await.expect("opens");
        assert!(read.expect("whole") == *bytes, "{id} is what was sent");
    }
}

async fn newest(world: &World) -> Job {
    let db = world.services.store().reader();
    let found = store::jobs::newest(&db, KIND, 1).await;
    found.expect("reads").pop().expect("a job")
}

/// How many objects begin so.
fn headed(world: &World, head: &[u8]) -> usize {
    let objects = below(world, "files");
    objects.iter().filter(|it| it.starts_with(head)).count()
}

async fn changes(world: &World) {
    let ctx = Ctx::system(&world.services);
    let ring = renewal::renew_with(&ctx, Renewal::Change(Provider::Sm), true).await;
    assert_eq!(ring.expect("renewed").provider, Provider::Sm);
}

#[tokio::test]
async fn the_content_is_sealed_anew_while_people_read() {
    on_each_database(|mut world| async move {
        let before = sent(&world, 18).await;
        changes(&world).await;
        run(&world, "reseal").await;
        let db = world.services.store().reader();
        let none = store::jobs::newest(&db, KIND, 1).await.expect("reads");
        assert!(none.is_empty(), "not by a server with the keys of before");
        world.starts_again().await;
        run(&world, "reseal").await;
        assert_eq!(newest(&world).await.state, JobState::Open);
        let mut steps = 0;
        while newest(&world).await.state == JobState::Open {
            run(&world, "host").await;
            are_read(&world, &before).await;
            steps += 1;
            assert!(steps < 20, "it comes to an end");
        }
        assert!(steps > 2, "in steps");
        let job = newest(&world).await;
        assert_eq!((job.state, job.done), (JobState::Done, 18));
        let report: files::Resealed =
            serde_json::from_str(job.report.as_deref().expect("a report")).expect("its form");
        assert_eq!((report.files, report.sealed, report.wrong), (18, 18, 0));
        assert_eq!(headed(&world, b"MSFILE2\n"), 18);
        assert_eq!(headed(&world, b"MSFILE1\n"), 18, "they stay for a day");
        let checked = files::check(&world.services).await.expect("checked");
        assert_eq!((checked.rows, checked.wrong), (18, Vec::new()));
        run(&world, "reseal").await;
        assert_eq!(newest(&world).await.id, job.id, "once");
    })
    .await;
}

#[tokio::test]
async fn killed_at_any_point_every_file_is_whole() {
    on_each_database(|mut world| async move {
        let before = sent(&world, 3).await;
        changes(&world).await;
        world.starts_again().await;
        for wakes in lives() {
            killed_after(wakes, run(&world, "reseal")).await;
            killed_after(wakes, run(&world, "host")).await;
            are_read(&world, &before).await;
            let db = world.services.store().reader();
            let found = store::jobs::newest(&db, KIND, 1).await.expect("reads");
            if found.first().is_some_and(|job| job.state == JobState::Done) {
                break;
            }
            world.clock.advance_minutes(3);
        }
        let job = newest(&world).await;
        assert_eq!((job.state, job.done), (JobState::Done, 3));
        are_read(&world, &before).await;
        let checked = files::check(&world.services).await.expect("checked");
        assert_eq!((checked.rows, checked.wrong), (3, Vec::new()));
    })
    .await;
}

#[tokio::test]
async fn what_does_not_open_stays_and_is_counted() {
    on_each_database(|mut world| async move {
        let before = sent(&world, 2).await;
        let folder = world.services.config().data_dir.join("files");
        let object = walked(&folder).pop().expect("an object");
        let mut bytes = std::fs::read(&object).expect("reads");
        bytes.truncate(70_000);
        std::fs::write(&object, bytes).expect("writes");
        changes(&world).await;
        world.starts_again().await;
        run(&world, "reseal").await;
        for _ in 0..4 {
            run(&world, "host").await;
        }
        let job = newest(&world).await;
        assert_eq!(job.state, JobState::Done);
        let report: files::Resealed =
            serde_json::from_str(job.report.as_deref().expect("a report")).expect("its form");
        assert_eq!((report.files, report.sealed, report.wrong), (2, 1, 1));
        assert_eq!(headed(&world, b"MSFILE2\n"), 1);
        let mut whole = 0;
        for (id, _) in &before {
            let read = opens(&world.dispatcher(), *id).await.expect("opens");
            whole += usize::from(read.is_ok());
        }
        assert_eq!(whole, 1);
    })
    .await;
}

fn walked(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().is_dir() {
            found.extend(walked(&entry.path()));
        } else {
            found.push(entry.path());
        }
    }
    found
}
