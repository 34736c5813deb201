//! Keys, database and data folder: what belongs together is opened, anything else is refused and left as it was.

use sea_orm::{ConnectionTrait, Database};
use services::{Misfit, Opening, ServicesConfig};
use tempfile::TempDir;

use super::{MAKE, files, misfit, open};
use crate::support::{Kind, World, a_complaint, on_each_database};

async fn forget_keys(config: &ServicesConfig) {
    let raw = Database::connect(&config.database_url)
        .await
        .expect("connects");
    for sql in [
        "delete from sealing_keys",
        "delete from settings where key = 'installation'",
    ] {
        raw.execute_unprepared(sql).await.expect("forgets");
    }
    raw.close().await.expect("closes");
    std::fs::remove_file(config.data_dir.join("installation")).expect("there");
}

#[tokio::test]
async fn a_database_opens_with_its_own_keys_only() {
    on_each_database(|world| async move {
        world.files(a_complaint()).await;
        let config = world.services.config().clone();
        world.services.store().close().await.expect("closes");
        let aside = config.data_dir.join("aside.json");
        std::fs::rename(&config.keys_file, &aside).expect("moves");
        for opening in [Opening::Look, Opening::Use, MAKE] {
            let before = files(&config.data_dir);
            assert_eq!(
                misfit(&config, opening).await,
                Misfit::NoKeys(config.keys_file.clone())
            );
            assert!(!config.keys_file.exists(), "no key is made");
            assert_eq!(files(&config.data_dir), before);
        }
        store::Seal::generate_file(&config.keys_file).expect("foreign keys");
        for opening in [Opening::Look, Opening::Use, MAKE] {
            let refused = misfit(&config, opening).await;
            assert!(matches!(refused, Misfit::ForeignKeys(..)), "{refused}");
        }
        // A database of an earlier release does not know its keys: its rows tell.
        forget_keys(&config).await;
        let refused = misfit(&config, MAKE).await;
        assert!(
            matches!(&refused, Misfit::ForeignKeys(_, words) if words.contains("not in the key file")),
            "{refused}"
        );
        std::fs::remove_file(&config.keys_file).expect("there");
        std::fs::rename(&aside, &config.keys_file).expect("moves back");
        let services = open(&config, Opening::Look).await.expect("its own keys");
        let known = store::installation::known_keys(&services.store().reader()).await;
        assert!(known.expect("reads").is_empty(), "looking records nothing");
        let services = open(&config, Opening::Use).await.expect("its own keys");
        let known = store::installation::known_keys(&services.store().reader()).await;
        assert_eq!(known.expect("reads").len(), 3, "recorded when they fit");
        assert!(config.data_dir.join("installation").is_file());
    })
    .await;
}

#[tokio::test]
async fn a_new_key_in_front_is_recorded_and_an_old_one_is_needed() {
    on_each_database(|world| async move {
        world.files(a_complaint()).await;
        let config = world.services.config().clone();
        let text = std::fs::read_to_string(&config.keys_file).expect("reads");
        let mut keys: serde_json::Value = serde_json::from_str(&text).expect("json");
        let (_, fresh) = store::Seal::fresh().expect("keys");
        let fresh: serde_json::Value = serde_json::from_str(&fresh).expect("json");
        let data = keys["data"].as_array_mut().expect("a list");
        data.insert(0, fresh["data"][0].clone());
        std::fs::write(&config.keys_file, keys.to_string()).expect("writes");
        let services = open(&config, Opening::Use).await.expect("both keys");
        let known = store::installation::known_keys(&services.store().reader()).await;
        assert_eq!(known.expect("reads").len(), 4);
        keys["data"].as_array_mut().expect("a list").remove(1);
        std::fs::write(&config.keys_file, keys.to_string()).expect("writes");
        let refused = misfit(&config, Opening::Use).await;
        assert!(matches!(refused, Misfit::ForeignKeys(..)), "{refused}");
    })
    .await;
}

#[tokio::test]
async fn an_empty_database_beside_old_keys_is_begun_only_on_demand() {
    for kind in Kind::available() {
        let world = World::open(kind).await;
        let mut config = world.services.config().clone();
        config.keys_file = config.data_dir.join("keys.json");
        std::fs::copy(&world.services.config().keys_file, &config.keys_file).expect("copies");
        let photos = config.data_dir.join("photos/ab");
        std::fs::create_dir_all(&photos).expect("makes");
        std::fs::write(photos.join("abcd.jpg"), b"x").expect("writes");
        let folder = TempDir::new().expect("a folder");
        config.database_url = kind.fresh(&folder).await;
        let before = files(&config.data_dir);
        let refused = misfit(&config, MAKE).await;
        assert!(matches!(refused, Misfit::OldFolder(..)), "{refused}");
        for opening in [Opening::Look, Opening::Use] {
            let refused = misfit(&config, opening).await;
            assert!(matches!(refused, Misfit::NoDatabase(..)), "{refused}");
        }
        assert_eq!(files(&config.data_dir), before, "nothing was touched");
        let wanted = Opening::Make { new_database: true };
        open(&config, wanted).await.expect("wanted");
        let aside = config.data_dir.join("earlier-1");
        assert!(aside.join("photos/ab/abcd.jpg").is_file(), "put aside");
        assert!(aside.join("installation").is_file());
        open(&config, Opening::Use)
            .await
            .expect("it is an installation now");
    }
}

#[tokio::test]
async fn a_data_folder_belongs_to_one_database() {
    on_each_database(|world| async move {
        world.files(a_complaint()).await;
        let config = world.services.config().clone();
        let mark = config.data_dir.join("installation");
        let ours = std::fs::read_to_string(&mark).expect("reads");
        std::fs::write(&mark, "the folder of another database\n").expect("writes");
        for opening in [Opening::Look, Opening::Use, MAKE] {
            let refused = misfit(&config, opening).await;
            assert!(matches!(refused, Misfit::ForeignFolder(_)), "{refused}");
        }
        std::fs::remove_file(&mark).expect("there");
        open(&config, Opening::Use)
            .await
            .expect("a folder that says nothing is taken");
        assert_eq!(std::fs::read_to_string(&mark).expect("written"), ours);
    })
    .await;
}

#[tokio::test]
async fn a_first_start_that_broke_off_is_taken_up() {
    for kind in Kind::available() {
        let world = World::open(kind).await;
        world.files(a_complaint()).await;
        let config = world.services.config().clone();
        let mut pending = config.keys_file.clone().into_os_string();
        pending.push(".new");
        // As a start leaves it that ended before the keys got their name.
        std::fs::rename(&config.keys_file, &pending).expect("renames");
        open(&config, MAKE).await.expect("goes on");
        assert!(config.keys_file.is_file() && !std::path::Path::new(&pending).exists());
    }
}

#[tokio::test]
async fn looking_at_nothing_makes_nothing() {
    let folder = TempDir::new().expect("a folder");
    let config = ServicesConfig {
        database_url: format!(
            "sqlite://{}",
            folder.path().join("data/db.sqlite").display()
        ),
        data_dir: folder.path().join("data"),
        keys_file: folder.path().join("data/keys.json"),
        public_url: String::new(),
        serving: false,
        limits: services::tries::Limits::default(),
        crypto: services::CryptoConfig::default(),
    };
    for opening in [Opening::Look, Opening::Use] {
        let refused = misfit(&config, opening).await;
        assert!(matches!(refused, Misfit::NoDatabase(_)), "{refused}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).expect("reads").count(), 0);
}
