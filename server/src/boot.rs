//! From the configuration to open services: folders, keys, database, schema.
//! Deliberately absent: serving (`cli::serve`), judging the installation (`doctor`).
//! An empty database gets the current schema; an older one waits for `migrate`; a newer one is refused.

use std::{fmt, path::PathBuf};

use anyhow::Context;
use services::{Services, ServicesConfig, keys::Keys};
use store::SchemaState;

use crate::config::Settings;

/// The database and this program do not belong together.
#[derive(Debug)]
pub enum Mismatch {
    /// `migrate` has to run first.
    Older,
    /// A newer release made it.
    Newer,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Older => {
                "the database has an older schema; take a backup, then run: minsheng migrate"
            }
            Self::Newer => {
                "the database was made by a newer release of this program; use that release"
            }
        })
    }
}

impl std::error::Error for Mismatch {}

/// Where the keys of an installation lie.
pub fn keys_file(settings: &Settings) -> PathBuf {
    settings.data_dir.join("keys.json")
}

/// Opens the services whatever the schema is; an empty database gets the current one.
///
/// # Errors
/// With words for the administrator.
pub async fn open_any(settings: &Settings, serving: bool) -> anyhow::Result<Services> {
    let folder = &settings.data_dir;
    make_private(folder)
        .with_context(|| format!("the data folder {} cannot be made", folder.display()))?;
    let keys_file = keys_file(settings);
    Keys::load_or_create(&keys_file)
        .with_context(|| format!("the key file {} cannot be used", keys_file.display()))?;
    let config = ServicesConfig {
        database_url: settings.database_url.clone(),
        data_dir: folder.clone(),
        keys_file,
        public_url: settings.public_url(),
        serving,
        limits: settings.limits.clone(),
    };
    let shown = settings.database_shown();
    Services::open(config)
        .await
        .with_context(|| format!("the database {shown} cannot be opened"))
}

/// Opens the services on the current schema.
///
/// # Errors
/// `Mismatch`, or with words for the administrator.
pub async fn open(settings: &Settings, serving: bool) -> anyhow::Result<Services> {
    let services = open_any(settings, serving).await?;
    match services.store().schema().await? {
        SchemaState::Older => Err(Mismatch::Older.into()),
        SchemaState::Newer => Err(Mismatch::Newer.into()),
        SchemaState::Empty | SchemaState::Current => Ok(services),
    }
}

/// The folder, for its owner alone when it has to be made.
fn make_private(folder: &std::path::Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
}
