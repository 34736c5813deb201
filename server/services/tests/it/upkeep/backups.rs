//! A backup is everything or says so; it comes back whole into an empty place, and damage is named.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use image::{DynamicImage, ImageFormat, RgbImage};
use services::backup::{self, BackupPlan, Made, Way};
use services::{Clock, Ctx, Ids, Opening, SeededIds, ServicesConfig, audit, jobs, photos};
use shared::ticket::command::Register;
use tempfile::TempDir;

use super::{files, misfit, open};
use crate::support::{Kind, World, a_complaint};

fn plenty(_: &Path) -> Option<u64> {
    Some(u64::MAX)
}

fn no_room(_: &Path) -> Option<u64> {
    Some(0)
}

/// A ticket with a photo, a message, two checkpoints.
async fn lived_in(kind: Kind) -> World {
    let world = World::open(kind).await;
    let visitor = world.visitor();
    let draft = photos::new_draft(&visitor).await.expect("a draft");
    let mut bytes = std::io::Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(RgbImage::new(60, 40))
        .write_to(&mut bytes, ImageFormat::Jpeg)
        .expect("encodes");
    let body = futures::stream::iter([Ok(bytes.into_inner())]);
    photos::upload(&visitor, draft, "井盖.jpg".to_owned(), body)
        .await
        .expect("a photo");
    world
        .files(Register {
            draft: Some(draft),
            ..a_complaint()
        })
        .await;
    for _ in 0..2 {
        world.files(a_complaint()).await;
        world.clock.advance_minutes(2);
        jobs::once(&world.services).await.expect("the jobs run");
    }
    world
}

async fn make(world: &World, to: &Path) -> anyhow::Result<Made> {
    let order = BackupPlan {
        to: to.to_owned(),
        keys_to: None,
        room: plenty,
    };
    backup::make(&Ctx::system(&world.services), &order).await
}

/// An empty place of the same kind.
async fn elsewhere(kind: Kind, folder: &TempDir) -> ServicesConfig {
    ServicesConfig {
        database_url: kind.fresh(folder).await,
        data_dir: folder.path().join("new"),
        keys_file: folder.path().join("new/keys.json"),
        public_url: String::new(),
        serving: false,
        limits: services::tries::Limits::default(),
        crypto: services::CryptoConfig::default(),
    }
}

fn way(world: &World, from: &Path) -> Way {
    Way {
        from: from.to_owned(),
        keys: Some(world.services.config().keys_file.clone()),
        room: plenty,
    }
}

fn with(world: &World) -> (Arc<dyn Clock>, Arc<dyn Ids>) {
    static SEED: AtomicU64 = AtomicU64::new(1);
    let seed = SEED.fetch_add(1, Ordering::Relaxed);
    (world.clock.clone(), Arc::new(SeededIds::new(seed)))
}

fn photo_of(folder: &Path) -> PathBuf {
    let all = files(&folder.join("files"));
    let mut all = all.into_iter().map(|(path, _)| path);
    all.next().expect("a photo")
}

#[tokio::test]
async fn a_backup_comes_back_whole_and_explains_newer_checkpoints() {
    for kind in Kind::available() {
        let world = lived_in(kind).await;
        let folder = TempDir::new().expect("a folder");
        let to = folder.path().join("backup");
        let made = make(&world, &to).await.expect("a backup");
        assert!(made.is_whole(), "{made}");
        assert_eq!(made.manifest.counts["tickets"], 3, "{made}");
        let names: Vec<&String> = made.manifest.files.keys().collect();
        assert!(names.iter().any(|n| n.starts_with("files/")), "{names:?}");
        assert!(
            names.iter().any(|n| n.starts_with("messages/")),
            "{names:?}"
        );
        let keys = std::fs::read(&world.services.config().keys_file).expect("keys");
        assert!(
            files(&to).iter().all(|(_, bytes)| *bytes != keys),
            "the keys are not in it"
        );
        assert!(make(&world, &to).await.is_err(), "never replaced");

        // The office goes on and signs further, then loses everything but its checkpoints.
        world.files(a_complaint()).await;
        world.clock.advance_minutes(2);
        jobs::once(&world.services).await.expect("the jobs run");
        let newer = world
            .services
            .config()
            .data_dir
            .join("audit/checkpoints.jsonl");

        let config = elsewhere(kind, &folder).await;
        world.clock.advance_minutes(60);
        backup::restore(&config, with(&world), &way(&world, &to))
            .await
            .expect("comes back");
        let services = open(&config, Opening::Use).await.expect("opens");
        let ctx = Ctx::system(&services);
        let verdict = audit::verify(&ctx).await.expect("verifies");
        assert!(verdict.is_whole() && verdict.restores == 1, "{verdict}");
        let verdict = audit::verify_with(&ctx, &[newer]).await.expect("verifies");
        assert!(
            verdict.is_whole() && verdict.explained > 0,
            "newer ones elsewhere are explained: {verdict}"
        );
        assert!(photo_of(&config.data_dir).is_file());
        let all = services::consistency::check_all(&services)
            .await
            .expect("checks");
        assert_eq!((all.tickets, all.count), (3, 0), "{all:?}");
        let again = backup::restore(&config, with(&world), &way(&world, &to)).await;
        assert!(again.is_err(), "only into an empty place");
    }
}

#[tokio::test]
async fn a_backup_of_a_restored_place_holds_as_well() {
    for kind in Kind::available() {
        let world = lived_in(kind).await;
        let folder = TempDir::new().expect("a folder");
        let to = folder.path().join("backup");
        make(&world, &to).await.expect("a backup");
        let config = elsewhere(kind, &folder).await;
        backup::restore(&config, with(&world), &way(&world, &to))
            .await
            .expect("comes back");
        let services = open(&config, Opening::Use).await.expect("opens");
        jobs::once(&services).await.expect("the jobs run");
        let order = BackupPlan {
            to: folder.path().join("second"),
            keys_to: Some(folder.path().join("keys-copy.json")),
            room: plenty,
        };
        backup::make(&Ctx::system(&services), &order)
            .await
            .expect("a backup");
        let third = TempDir::new().expect("a folder");
        let there = elsewhere(kind, &third).await;
        let way = Way {
            from: order.to,
            keys: order.keys_to,
            room: plenty,
        };
        backup::restore(&there, with(&world), &way)
            .await
            .expect("comes back again");
        let services = open(&there, Opening::Use).await.expect("opens");
        let verdict = audit::verify(&Ctx::system(&services))
            .await
            .expect("verifies");
        assert!(verdict.is_whole() && verdict.restores == 2, "{verdict}");
    }
}

#[tokio::test]
async fn a_damaged_backup_is_refused_with_the_files_name() {
    for kind in Kind::available() {
        let world = lived_in(kind).await;
        let folder = TempDir::new().expect("a folder");
        let to = folder.path().join("backup");
        make(&world, &to).await.expect("a backup");
        let config = elsewhere(kind, &folder).await;
        let refused = async |words: &str| {
            let error = backup::restore(&config, with(&world), &way(&world, &to))
                .await
                .expect_err("damaged");
            let text = format!("{error:#}");
            assert!(text.contains(words), "{text}");
            assert!(!config.data_dir.exists(), "nothing was written");
        };
        for (path, bytes) in files(&to) {
            let name = path
                .strip_prefix(&to)
                .expect("inside")
                .display()
                .to_string();
            let mut changed = bytes.clone();
            let middle = changed.len() / 2;
            changed[middle] ^= 1;
            std::fs::write(&path, &changed).expect("damages");
            refused(if name == "manifest.sig.json" {
                "manifest"
            } else {
                &name
            })
            .await;
            std::fs::remove_file(&path).expect("removes");
            refused(&name).await;
            std::fs::write(&path, &bytes).expect("mends");
        }
        let part = folder.path().join("backup.part");
        std::fs::rename(&to, &part).expect("renames");
        let error = backup::restore(&config, with(&world), &way(&world, &part)).await;
        assert!(error.is_err(), "half a backup is none");
    }
}

#[tokio::test]
async fn a_missing_photo_makes_the_backup_red_and_no_room_refuses_it() {
    for kind in Kind::available() {
        let world = lived_in(kind).await;
        let folder = TempDir::new().expect("a folder");
        let order = BackupPlan {
            to: folder.path().join("full"),
            keys_to: None,
            room: no_room,
        };
        let error = backup::make(&Ctx::system(&world.services), &order)
            .await
            .expect_err("no room");
        assert!(format!("{error:#}").contains("MB"), "{error:#}");
        assert_eq!(files(folder.path()).len(), 0);
        let inside = BackupPlan {
            keys_to: Some(order.to.join("keys.json")),
            room: plenty,
            ..order
        };
        let error = backup::make(&Ctx::system(&world.services), &inside).await;
        assert!(error.is_err(), "keys and backup lie apart");
        let photo = photo_of(&world.services.config().data_dir);
        std::fs::write(&photo, b"cut").expect("damages");
        let made = make(&world, &folder.path().join("backup"))
            .await
            .expect("the rest is backed up");
        assert_eq!(made.manifest.missing_files.len(), 1, "{made}");
        assert!(!made.is_whole());
    }
}

#[tokio::test]
async fn foreign_keys_and_a_half_restored_place_are_refused() {
    for kind in Kind::available() {
        let world = lived_in(kind).await;
        let folder = TempDir::new().expect("a folder");
        let to = folder.path().join("backup");
        make(&world, &to).await.expect("a backup");
        let config = elsewhere(kind, &folder).await;
        let foreign = folder.path().join("foreign.json");
        store::Seal::generate_file(&foreign).expect("keys");
        let wrong = Way {
            keys: Some(foreign),
            ..way(&world, &to)
        };
        let error = backup::restore(&config, with(&world), &wrong)
            .await
            .expect_err("foreign");
        assert!(error.is::<services::Misfit>(), "{error:#}");
        // As a restore leaves it that broke off after the first photos.
        std::fs::create_dir_all(config.data_dir.join("photos/zz")).expect("makes");
        std::fs::write(config.data_dir.join("photos/zz/half.jpg"), b"x").expect("writes");
        std::fs::write(config.data_dir.join("restoring"), b"").expect("writes");
        let refused = misfit(&config, super::MAKE).await;
        assert!(
            matches!(refused, services::Misfit::HalfRestored(_)),
            "{refused}"
        );
        backup::restore(&config, with(&world), &way(&world, &to))
            .await
            .expect("run again, it reaches its end");
        assert!(!config.data_dir.join("photos/zz").exists());
        open(&config, Opening::Use).await.expect("opens");
    }
}
