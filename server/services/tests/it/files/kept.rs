//! What is kept: destroyed for good, damaged and told, passed on, versions of a material, swept, backed up and put back.

use std::path::PathBuf;
use std::sync::Arc;

use futures::StreamExt as _;
use services::backup::{self, BackupPlan, Way};
use services::{Ctx, FixedClock, Opening, SeededIds, Services, ServicesConfig, files, jobs};
use shared::fault::Code;
use shared::file::{FileState, Hook};
use tempfile::TempDir;

use super::{CANARY, below, opens, pdf, puts};
use crate::support::{Kind, World, a_complaint, at, on_each_database};

fn objects(world: &World) -> Vec<PathBuf> {
    fn walk(folder: &std::path::Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            if entry.path().is_dir() {
                walk(&entry.path(), found);
            } else {
                found.push(entry.path());
            }
        }
    }
    let mut found = Vec::new();
    walk(&world.services.config().data_dir.join("files"), &mut found);
    found
}

#[tokio::test]
async fn a_destroyed_file_cannot_be_read_even_from_a_copy() {
    on_each_database(|world| async move {
        let filed = world.files(a_complaint()).await;
        let (ctx, hook) = (world.dispatcher(), Hook::ticket(filed.id.0));
        let file = puts(&ctx, hook.clone(), "a.pdf", &pdf(CANARY, 100)).await;
        let file = file.expect("sent");
        let object = objects(&world).pop().expect("an object");
        let copy = std::fs::read(&object).expect("a copy that somebody kept");
        let denied = files::erase(&ctx, file.id, "x").await;
        assert_eq!(denied.expect_err("not by people").code, Code::AccessDenied);
        let owner = Ctx::system(&world.services);
        for _ in 0..2 {
            files::erase(&owner, file.id, "法院决定")
                .await
                .expect("erased");
        }
        assert!(objects(&world).is_empty());
        std::fs::write(&object, copy).expect("put back");
        let fault = opens(&ctx, file.id).await.expect_err("destroyed");
        assert_eq!(fault.code, Code::FileErased);
        let listed = files::list(&ctx, &hook).await.expect("lists").items;
        assert_eq!(listed[0].state, FileState::Erased);
        assert_eq!(listed[0].sha256, "");
        assert_eq!(world.audited("file.erase").await.len(), 1);
        let passed = files::pass_on(&ctx, file.id, hook).await;
        assert_eq!(
            passed.expect_err("nothing to pass on").code,
            Code::FileErased
        );
        let checked = files::check(&world.services).await.expect("checks");
        assert_eq!((checked.rows, checked.wrong.len()), (0, 0));
    })
    .await;
}

#[tokio::test]
async fn a_changed_or_cut_file_breaks_off_and_is_named() {
    on_each_database(|world| async move {
        let filed = world.files(a_complaint()).await;
        let (ctx, hook) = (world.dispatcher(), Hook::ticket(filed.id.0));
        let file = puts(&ctx, hook, "a.pdf", &pdf(CANARY, 200_000)).await;
        let file = file.expect("sent");
        let object = objects(&world).pop().expect("an object");
        let whole = std::fs::read(&object).expect("reads");
        let mut flipped = whole.clone();
        flipped[100_000] ^= 1;
        for damaged in [&flipped[..], &whole[..70_000], &whole[..0]] {
            std::fs::write(&object, damaged).expect("damaged");
            let read = opens(&ctx, file.id).await.expect("begins");
            assert!(read.is_err(), "{} bytes", damaged.len());
            let checked = files::check(&world.services).await.expect("checks");
            assert_eq!(checked.wrong.len(), 1);
        }
        std::fs::remove_file(&object).expect("removed");
        let fault = opens(&ctx, file.id).await.expect_err("missing");
        assert_eq!(fault.code, Code::Broken);
        let checked = files::check(&world.services).await.expect("checks");
        assert_eq!(checked.wrong.len(), 1);
        std::fs::write(&object, whole).expect("put back");
        opens(&ctx, file.id).await.expect("opens").expect("whole");
    })
    .await;
}

#[tokio::test]
async fn any_range_of_a_file_is_read_and_proven_by_itself() {
    on_each_database(|world| async move {
        let filed = world.files(a_complaint()).await;
        let (ctx, hook) = (world.dispatcher(), Hook::ticket(filed.id.0));
        let bytes = pdf(CANARY, 300_000);
        let file = puts(&ctx, hook, "a.pdf", &bytes).await.expect("sent");
        let read = async |from: usize, to: usize| {
            let opened = files::open(&ctx, file.id).await.expect("opens");
            let parts = opened.part(from as u64..to as u64).await.expect("begins");
            let parts: Vec<_> = parts.collect().await;
            let parts: Result<Vec<Vec<u8>>, _> = parts.into_iter().collect();
            parts.map(|parts| parts.concat())
        };
        let end = bytes.len();
        for (from, to) in [
            (0, 1),
            (0, end),
            (65_535, 65_537),
            (100_000, 200_000),
            (end - 1, end),
        ] {
            let part = read(from, to).await.expect("whole");
            assert!(part == bytes[from..to], "{from}..{to}");
        }
        let object = objects(&world).pop().expect("an object");
        let mut damaged = std::fs::read(&object).expect("reads");
        damaged[150_000] ^= 1;
        std::fs::write(&object, &damaged).expect("damaged");
        assert!(read(100_000, 200_000).await.is_err());
        read(0, 60_000).await.expect("what is sound is sent");
        std::fs::write(&object, &damaged[..100_000]).expect("cut");
        let opened = files::open(&ctx, file.id).await.expect("opens");
        let last = opened.part(end as u64 - 10..end as u64).await;
        assert_eq!(last.err().expect("cut").code, Code::Broken);
    })
    .await;
}

#[tokio::test]
async fn one_blob_has_many_references_and_goes_with_the_last() {
    on_each_database(|world| async move {
        let (one, two) = (
            world.files(a_complaint()).await,
            world.files(a_complaint()).await,
        );
        let ctx = world.dispatcher();
        let (from, to) = (Hook::ticket(one.id.0), Hook::ticket(two.id.0));
        let bytes = pdf(CANARY, 100);
        let file = puts(&ctx, from, "a.pdf", &bytes).await.expect("sent");
        let passed = files::pass_on(&ctx, file.id, to.clone()).await;
        let passed = passed.expect("passed on");
        assert_ne!(passed.id, file.id);
        assert_eq!(objects(&world).len(), 1, "kept once");
        let read = opens(&ctx, passed.id).await.expect("opens").expect("whole");
        assert_eq!(read, bytes);
        let drop_of = async |id: uuid::Uuid| {
            let store = world.services.store();
            let dropped = store.write::<_, store::StoreError, _>(move |tx| {
                Box::pin(async move {
                    store::files::drop_of_case(tx, shared::file::FileCase::Ticket, id).await
                })
            });
            assert_eq!(dropped.await.expect("dropped"), 1);
            world.clock.advance_minutes(25 * 60);
            jobs::once(&world.services).await.expect("the jobs run");
        };
        drop_of(one.id.0).await;
        assert_eq!(objects(&world).len(), 1, "something refers to it");
        drop_of(two.id.0).await;
        assert!(objects(&world).is_empty(), "nothing does");
    })
    .await;
}

#[tokio::test]
async fn a_backup_brings_the_files_back_and_names_those_that_were_gone() {
    for kind in Kind::available() {
        let world = World::open(kind).await;
        let filed = world.files(a_complaint()).await;
        let (ctx, hook) = (world.dispatcher(), Hook::ticket(filed.id.0));
        let bytes = pdf(CANARY, 150_000);
        let file = puts(&ctx, hook.clone(), "a.pdf", &bytes)
            .await
            .expect("sent");
        super::begins(&ctx, hook.clone(), "b.pdf", 10)
            .await
            .expect("on its way");
        let folder = TempDir::new().expect("a folder");
        let order = |name: &str| BackupPlan {
            to: folder.path().join(name),
            keys_to: None,
            room: |_| Some(u64::MAX),
        };
        let system = Ctx::system(&world.services);
        let made = backup::make(&system, &order("whole")).await;
        let made = made.expect("a backup");
        assert!(made.is_whole(), "{made}");
        let blobs = made.manifest.files.keys();
        assert_eq!(blobs.filter(|name| name.starts_with("files/")).count(), 1);
        std::fs::remove_file(objects(&world).pop().expect("an object")).expect("removed");
        let lacking = backup::make(&system, &order("lacking")).await;
        let lacking = lacking.expect("a backup all the same");
        assert!(!lacking.is_whole());
        assert_eq!(lacking.manifest.missing_files.len(), 1, "{lacking}");

        let config = ServicesConfig {
            database_url: kind.fresh(&folder).await,
            data_dir: folder.path().join("new"),
            keys_file: folder.path().join("new/keys.json"),
            ..world.services.config().clone()
        };
        let way = Way {
            from: folder.path().join("whole"),
            keys: Some(world.services.config().keys_file.clone()),
            room: |_| Some(u64::MAX),
        };
        let clock = Arc::new(FixedClock::at(at("2026-03-02T10:00:00+08:00")));
        let ids = Arc::new(SeededIds::new(7));
        backup::restore(&config, (clock.clone(), ids.clone()), &way)
            .await
            .expect("comes back");
        let services = Services::open_as(config, Opening::Use, clock, ids).await;
        let services = services.expect("opens");
        let ctx = Ctx::of(&services, ctx.actor.clone());
        let read = opens(&ctx, file.id).await.expect("opens").expect("whole");
        assert!(read == bytes, "{kind:?}");
        let checked = files::check(&services).await.expect("checks");
        assert_eq!((checked.rows, checked.wrong.len()), (1, 0));
        let user = ctx.actor.user().expect("somebody");
        let open = store::files::open_of(&services.store().reader(), user).await;
        assert_eq!(open.expect("counts"), 0, "uploads are begun again");
        assert!(below(&world, "uploads").is_empty());
    }
}
