//! One installation of each kind for all tests of the program: keys, data folder and a database with the story's units. A world begins with a copy,
//! which costs a tenth of running every migration.
//! Not here: tests of the beginning of an installation; those open on `Kind::fresh`.

use std::fs;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use services::{FixedClock, SeededIds, Services, ServicesConfig};
use tempfile::TempDir;
use tokio::sync::OnceCell;

use super::cast;
use super::database::{Kind, SQLITE_FILE, copy_of};
use super::story::at;

struct Template {
    url: String,
    folder: TempDir,
}

static SQLITE: OnceCell<Template> = OnceCell::const_new();
static POSTGRES: OnceCell<Template> = OnceCell::const_new();

/// Puts a copy of the installation into a folder; the address of its database.
pub async fn copy(kind: Kind, folder: &TempDir) -> String {
    let cell = match kind {
        Kind::Sqlite => &SQLITE,
        Kind::Postgres => &POSTGRES,
    };
    let template = cell.get_or_init(|| make(kind)).await;
    let (from, to) = (template.folder.path(), folder.path());
    copy_file(from, to, "keys.json");
    copy_folder(&from.join("data"), &to.join("data"));
    match kind {
        Kind::Sqlite => {
            copy_file(from, to, SQLITE_FILE);
            kind.fresh(folder).await
        }
        Kind::Postgres => copy_of(&template.url, to).await,
    }
}

/// What every world of these tests is opened with.
pub fn config(database_url: String, folder: &Path, data_dir: PathBuf) -> ServicesConfig {
    ServicesConfig {
        database_url,
        data_dir,
        keys_file: folder.join("keys.json"),
        public_url: "https://12345.example".to_owned(),
        serving: false,
        limits: services::tries::Limits {
            // Tests fill small disks to the last byte.
            free_mb: 0,
            ..services::tries::Limits::default()
        },
        crypto: services::CryptoConfig::default(),
    }
}

/// Writes the story's units.
pub async fn units(services: &Services) {
    services
        .store()
        .write(|tx| {
            Box::pin(async move {
                for unit in cast::units() {
                    store::units::put(tx, &unit).await?;
                }
                // Only the tests of the second factor ask for one.
                let setting = services::sessions::rules::SECOND_FACTOR;
                store::settings::set(tx, setting, "none").await?;
                // And those of it say from how many rows on an export needs a second person.
                store::settings::set(tx, services::exports::APPROVAL, "0").await?;
                Ok::<(), store::StoreError>(())
            })
        })
        .await
        .expect("the units are written");
}

async fn make(kind: Kind) -> Template {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = kind.fresh(&folder).await;
    let config = config(url.clone(), folder.path(), folder.path().join("data"));
    let clock = Arc::new(FixedClock::at(at("2026-03-02T09:00:00+08:00")));
    // Not the ids that the tests draw.
    let ids = Arc::new(SeededIds::new(54_321));
    let services = Services::open_with(config, clock, ids)
        .await
        .expect("an installation begins");
    units(&services).await;
    // Closed, all of an SQLite database is in the one file, and a PostgreSQL database may be copied.
    services.store().close().await.expect("closes");
    Template { url, folder }
}

fn copy_file(from: &Path, to: &Path, name: &str) {
    fs::copy(from.join(name), to.join(name)).expect("a file of the template is copied");
}

fn copy_folder(from: &Path, to: &Path) {
    fs::DirBuilder::new()
        .mode(0o700)
        .create(to)
        .expect("a folder for the copy");
    for entry in fs::read_dir(from).expect("a folder of the template") {
        let entry = entry.expect("an entry");
        let name = entry.file_name();
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &to.join(&name));
        } else {
            fs::copy(entry.path(), to.join(&name)).expect("a file of the template is copied");
        }
    }
}
