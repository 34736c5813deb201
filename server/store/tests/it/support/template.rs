//! One migrated database for all tests of the program: they begin with a copy of it, which costs a tenth of running every migration.
//! Not here: what a test does with its copy. What opening and migrating do to an empty database is tested in `opening`.
//! All copies share the keys of the template. A copy in the cluster lasts as long as its test's folder: the next one that is made drops it.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection};
use store::Seal;
use tokio::sync::OnceCell;

use super::open;

static SQLITE: OnceCell<(Seal, Vec<u8>)> = OnceCell::const_new();
static POSTGRES: OnceCell<(Seal, String)> = OnceCell::const_new();
/// Copies in the cluster, each with the folder of its test.
static MADE: Mutex<Vec<(String, PathBuf)>> = Mutex::new(Vec::new());

/// Puts a copy into a folder; its address and its keys.
pub async fn sqlite(folder: &Path) -> (String, Seal) {
    let (seal, bytes) = SQLITE
        .get_or_init(|| async {
            let dir = tempfile::tempdir().expect("temp dir");
            let file = dir.path().join("template.db");
            let seal = migrated(&format!("sqlite://{}", file.display())).await;
            // Closed, all of it is in the one file.
            (seal, std::fs::read(&file).expect("the template is read"))
        })
        .await;
    let file = folder.join("test.db");
    std::fs::write(&file, bytes).expect("the copy is written");
    (format!("sqlite://{}", file.display()), seal.clone())
}

/// Makes a copy in the private cluster for the test of a folder; its address and its keys.
pub async fn postgres(admin: &str, folder: &Path) -> (String, Seal) {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let (seal, template) = POSTGRES
        .get_or_init(|| async {
            let name = format!("store_{}_template", std::process::id());
            create(admin, &name, "").await;
            (migrated(&address(admin, &name)).await, name)
        })
        .await;
    let number = NEXT.fetch_add(1, Ordering::SeqCst);
    let name = format!("store_{}_{number}", std::process::id());
    create(admin, &name, &format!("template {template}")).await;
    made().push((name.clone(), folder.to_owned()));
    (address(admin, &name), seal.clone())
}

async fn migrated(url: &str) -> Seal {
    let seal = Seal::in_memory().expect("keys");
    let store = open(url, seal.clone()).await;
    store.migrate(super::basics()).await.expect("migrates");
    store.close().await.expect("closes");
    seal
}

async fn create(admin: &str, name: &str, template: &str) {
    let conn: DatabaseConnection = Database::connect(admin)
        .await
        .expect("the private cluster answers");
    let ended: Vec<_> = made()
        .extract_if(.., |(_, folder)| !folder.exists())
        .collect();
    let before = ended.iter().map(|(name, _)| name.as_str());
    for old in before.chain([name]) {
        conn.execute_unprepared(&format!("drop database if exists {old} with (force)"))
            .await
            .expect("dropped");
    }
    conn.execute_unprepared(&format!(
        "create database {name} {template} strategy file_copy"
    ))
    .await
    .expect("created");
    conn.close().await.expect("closed");
}

fn made() -> std::sync::MutexGuard<'static, Vec<(String, PathBuf)>> {
    MADE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The cluster's address with another database's name. A socket folder stands behind the question mark and has slashes of its own.
fn address(admin: &str, name: &str) -> String {
    let (before, options) = admin
        .split_once('?')
        .map_or((admin, String::new()), |(a, b)| (a, format!("?{b}")));
    let server = before.rsplit_once('/').expect("a database name").0;
    format!("{server}/{name}{options}")
}
