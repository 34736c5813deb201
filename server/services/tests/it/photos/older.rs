//! Photos of an earlier release, which lie in the clear: readable at every moment, sealed by the job, also after a server was killed in between,
//! destroyed, backed up and put back like all others.

use std::path::PathBuf;
use std::sync::Arc;

use image::ImageFormat;
use services::backup::{self, BackupPlan, Way};
use services::{Ctx, Opening, SeededIds, Services, ServicesConfig, files, jobs, photos};
use shared::fault::Code;
use shared::file::Hook;
use shared::ids::FileId;
use shared::ticket::command::Register;
use tempfile::TempDir;

use super::{picture, uploads};
use crate::support::{Filed, Kind, World, a_complaint, on_each_database};

struct Old {
    filed: Filed,
    photo: FileId,
    whole: Vec<u8>,
    small: Vec<u8>,
    /// The file in the clear.
    path: PathBuf,
}

/// A ticket whose photo lies as an earlier release left it.
async fn of_before(world: &World) -> Old {
    let visitor = world.visitor();
    let draft = photos::new_draft(&visitor).await.expect("a draft");
    let photo = uploads(&visitor, draft, picture(600, 400, ImageFormat::Jpeg)).await;
    let photo = photo.expect("a photo").id;
    let filed = world
        .files(Register {
            draft: Some(draft),
            ..a_complaint()
        })
        .await;
    let ctx = world.dispatcher();
    let whole = photos::open(&ctx, photo).await.expect("opens").bytes;
    let small = photos::open_sized(&ctx, photo, photos::Size::Small).await;
    let small = small.expect("opens").bytes;
    let stem = photo.0.simple().to_string();
    let folder = world
        .services
        .config()
        .data_dir
        .join("photos")
        .join(&stem[..2]);
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join(format!("{stem}.jpg"));
    std::fs::write(&path, &whole).expect("written");
    std::fs::write(folder.join(format!("{stem}.t.jpg")), &small).expect("written");
    let id = if world.services.store().kind() == "sqlite" {
        format!("x'{stem}'")
    } else {
        format!("'{photo}'")
    };
    let blob = format!("(select blob from file_references where id = {id})");
    for sql in [
        format!("delete from blobs where picture_of = {blob}"),
        format!(
            "update blobs set key_id = null, sealed_key = null, open_path = '{stem}.jpg', path = 'photos/{stem}.jpg' where id = {blob}"
        ),
    ] {
        let url = &world.services.config().database_url;
        let connection = sea_orm::Database::connect(url).await.expect("connects");
        sea_orm::ConnectionTrait::execute_unprepared(&connection, &sql)
            .await
            .expect("as it was");
        connection.close().await.expect("closes");
    }
    Old {
        filed,
        photo,
        whole,
        small,
        path,
    }
}

async fn seals(services: &Services) -> jobs::Done {
    let job = jobs::JOBS.iter().find(|job| job.name == "photos");
    let job = job.expect("the job");
    job.once(services).await.expect("it runs")
}

async fn reads(ctx: &Ctx, old: &Old) {
    let whole = photos::open(ctx, old.photo).await.expect("opens");
    assert_eq!(whole.bytes, old.whole);
    let small = photos::open_sized(ctx, old.photo, photos::Size::Small).await;
    assert_eq!(small.expect("opens").bytes, old.small);
}

#[tokio::test]
async fn a_photo_of_before_is_readable_before_while_and_after_it_is_sealed() {
    on_each_database(|world| async move {
        let old = of_before(&world).await;
        let ctx = world.dispatcher();
        reads(&ctx, &old).await;
        photos::open_public(&world.visitor(), old.filed.claim.clone(), old.photo)
            .await
            .expect("the citizen as well");
        assert_eq!(seals(&world.services).await.count, 1);
        assert_eq!(seals(&world.services).await.count, 0);
        reads(&ctx, &old).await;
        assert!(old.path.is_file(), "for whoever still reads by the old row");
        let sealed = crate::files::below(&world, "files");
        assert!(sealed.iter().all(|bytes| *bytes != old.whole));
        let checked = files::check(&world.services).await.expect("checks");
        assert!(checked.wrong.is_empty() && checked.rows == 2, "{checked:?}");
        // By the machine's clock the file in the clear is new; a day later it goes.
        world.clock.advance_minutes(400 * 24 * 60);
        jobs::once(&world.services).await.expect("the jobs run");
        assert!(!old.path.exists(), "swept");
        reads(&ctx, &old).await;
    })
    .await;
}

#[tokio::test]
async fn what_is_missing_or_damaged_waits_and_holds_up_no_other() {
    on_each_database(|world| async move {
        let (bad, good) = (of_before(&world).await, of_before(&world).await);
        std::fs::write(&bad.path, b"cut").expect("damaged");
        assert_eq!(seals(&world.services).await.count, 1);
        reads(&world.dispatcher(), &good).await;
        std::fs::write(&bad.path, &bad.whole).expect("put back from a backup");
        assert_eq!(seals(&world.services).await.count, 0, "not at once");
        world.clock.advance_minutes(7 * 60);
        assert_eq!(seals(&world.services).await.count, 1);
        reads(&world.dispatcher(), &bad).await;
    })
    .await;
}

#[tokio::test]
async fn a_photo_of_before_is_destroyed_like_any_file() {
    on_each_database(|world| async move {
        let old = of_before(&world).await;
        let owner = Ctx::system(&world.services);
        files::erase(&owner, old.photo, "法院决定")
            .await
            .expect("erased");
        assert!(!old.path.exists());
        let fault = photos::open(&world.dispatcher(), old.photo).await;
        assert_eq!(fault.expect_err("gone").code, Code::FileErased);
        let hook = Hook::ticket(old.filed.id.0);
        let listed = files::list(&world.dispatcher(), &hook)
            .await
            .expect("lists");
        assert_eq!(listed.items[0].sha256, "");
        assert_eq!(seals(&world.services).await.count, 0);
    })
    .await;
}

fn plenty(_: &std::path::Path) -> Option<u64> {
    Some(u64::MAX)
}

#[tokio::test]
async fn a_backup_has_it_wherever_it_lies() {
    for kind in Kind::available() {
        for sealed in [false, true] {
            let world = World::open(kind).await;
            let old = of_before(&world).await;
            if sealed {
                seals(&world.services).await;
            }
            let folder = TempDir::new().expect("a folder");
            let to = folder.path().join("backup");
            let order = BackupPlan {
                to: to.clone(),
                keys_to: None,
                room: plenty,
            };
            let made = backup::make(&Ctx::system(&world.services), &order).await;
            let made = made.expect("a backup");
            assert!(made.is_whole(), "{made}");
            let config = ServicesConfig {
                database_url: kind.fresh(&folder).await,
                data_dir: folder.path().join("new"),
                keys_file: folder.path().join("new/keys.json"),
                public_url: String::new(),
                serving: false,
                limits: services::tries::Limits::default(),
                crypto: services::CryptoConfig::default(),
            };
            let way = Way {
                from: to,
                keys: Some(world.services.config().keys_file.clone()),
                room: plenty,
            };
            let ids = Arc::new(SeededIds::new(77));
            backup::restore(&config, (world.clock.clone(), ids.clone()), &way)
                .await
                .expect("comes back");
            let back = Services::open_as(config, Opening::Use, world.clock.clone(), ids).await;
            let ctx = Ctx::of(&back.expect("opens"), world.dispatcher().actor.clone());
            reads(&ctx, &old).await;
            seals(&ctx.services).await;
            reads(&ctx, &old).await;
        }
    }
}
