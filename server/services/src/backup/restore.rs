//! Putting a backup back into an empty place: every digest is checked before the first byte is written, the database comes last.
//! While it is under way a file in the data folder keeps every other command away; a restore that broke off is run again.
//! Not here: making backups (`make`).

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, bail, ensure};
use store::installation::{Restore, lacking};
use store::record::AuditEntry;
use store::{KeyMark, OpenOptions, SchemaState, Seal, Store};

use super::postgres::Tool;
use super::{
    DUMP, FORMAT, MANIFEST, Manifest, Piece, Room, SIGNATURE, SQLITE, Signed, ask_room, blocking,
    files, make,
};
use crate::context::{Clock, Ids, ServicesConfig};
use crate::installation::{self, LEAVINGS, MARK, Misfit, RESTORING};

/// What is to be put back.
#[derive(Debug, Clone)]
pub struct Way {
    /// The backup's folder.
    pub from: PathBuf,
    /// The key file, unless it lies in its place already.
    pub keys: Option<PathBuf>,
    /// How free space is asked for.
    pub room: Room,
}

/// What was put back.
#[derive(Debug, Clone)]
pub struct Restored {
    /// What was in the backup.
    pub manifest: Manifest,
    /// Migrations that ran afterwards, for a backup of an earlier release.
    pub steps: Vec<&'static str>,
}

/// Puts a backup back.
///
/// # Errors
/// With words: what is damaged, what is in the way, which keys are lacking. Nothing was written when the backup itself was refused.
pub async fn restore(
    config: &ServicesConfig,
    (clock, ids): (Arc<dyn Clock>, Arc<dyn Ids>),
    way: &Way,
) -> anyhow::Result<Restored> {
    let (manifest, text, signed) = read(way, config).await?;
    let (seal, keys) = keys(config, way, &manifest)?;
    let signature = hex::decode(&signed.signature).unwrap_or_default();
    ensure!(
        seal.manifest_holds(&signed.key_id, &text, &signature),
        "{MANIFEST} was not signed with this installation's audit key"
    );
    whole(way, &manifest).await?;
    ask_room(way.room, &config.data_dir, manifest.bytes())?;
    let place = Place::clear(config, &manifest).await?;
    if let Some(keys) = keys {
        files::copy(&keys, &config.keys_file)?;
    }
    put_files(config, way, &manifest).await?;
    place.put_database(way, &manifest).await?;
    let steps = settle(config, (&*clock, &*ids), &manifest, seal).await?;
    std::fs::remove_file(config.data_dir.join(RESTORING))?;
    Ok(Restored { manifest, steps })
}

/// The manifest, whose own digest must hold, and whether this program can use it.
async fn read(way: &Way, config: &ServicesConfig) -> anyhow::Result<(Manifest, Vec<u8>, Signed)> {
    let from = way.from.clone();
    let (text, signed, piece) = blocking(move || {
        ensure!(
            from.extension().is_none_or(|end| end != "part"),
            "{} did not reach its end; it is no backup",
            from.display()
        );
        let file = from.join(MANIFEST);
        let text = std::fs::read(&file)
            .with_context(|| format!("{} cannot be read; is this a backup?", file.display()))?;
        let other = from.join(SIGNATURE);
        let signed =
            std::fs::read(&other).with_context(|| format!("{} cannot be read", other.display()))?;
        Ok((text, signed, files::look(&file)?))
    })
    .await?;
    let signed: Signed =
        serde_json::from_slice(&signed).with_context(|| format!("{SIGNATURE} is damaged"))?;
    ensure!(signed.sha256 == piece.sha256, "{MANIFEST} is damaged");
    let manifest: Manifest =
        serde_json::from_slice(&text).with_context(|| format!("{MANIFEST} is damaged"))?;
    ensure!(
        manifest.format == FORMAT,
        "the backup has the form {}, this program reads {FORMAT}",
        manifest.format
    );
    let known: Vec<&str> = store::migration_names().collect();
    if let Some(step) = manifest
        .schema
        .iter()
        .find(|s| !known.contains(&s.as_str()))
    {
        bail!("the backup was made by a newer release of this program (migration {step})");
    }
    let kind = kind(config)?;
    ensure!(
        manifest.database == kind,
        "the backup is of a {} database, and MINSHENG_DATABASE_URL names a {kind} one",
        manifest.database
    );
    Ok((manifest, text, signed))
}

fn kind(config: &ServicesConfig) -> anyhow::Result<&'static str> {
    let file = store::installation::sqlite_file(&config.database_url)?;
    Ok(if file.is_some() { "sqlite" } else { "postgres" })
}

/// The keys that the backup needs, and the file to copy when they are not in their place.
fn keys(
    config: &ServicesConfig,
    way: &Way,
    manifest: &Manifest,
) -> anyhow::Result<(Seal, Option<PathBuf>)> {
    let there = config.keys_file.exists();
    let file = match &way.keys {
        Some(keys) => keys,
        None if there => &config.keys_file,
        None => bail!(
            "{} is not there; name the copy of the key file with --keys FILE",
            config.keys_file.display()
        ),
    };
    let mut needed = Vec::with_capacity(manifest.keys.len());
    for key in &manifest.keys {
        needed.push(KeyMark {
            kind: key.kind.clone(),
            id: key.id.clone(),
            fingerprint: hex::decode(&key.fingerprint)
                .with_context(|| format!("{MANIFEST} is damaged"))?,
        });
    }
    let fits = |file: &PathBuf| -> anyhow::Result<Seal> {
        let seal = config.crypto.ring(file)?.seal()?;
        match lacking(&needed, &seal).first() {
            None => Ok(seal),
            Some(mark) => {
                let words = format!("it lacks the {} key {} of the backup", mark.kind, mark.id);
                Err(Misfit::ForeignKeys(file.clone(), words).into())
            }
        }
    };
    let seal = fits(file)?;
    if there && *file != config.keys_file {
        fits(&config.keys_file)?;
    }
    Ok((seal, way.keys.clone().filter(|_| !there)))
}

/// Every file must be there and be what the manifest says; the first that is not is named.
async fn whole(way: &Way, manifest: &Manifest) -> anyhow::Result<()> {
    let (from, pieces) = (way.from.clone(), manifest.files.clone());
    blocking(move || {
        let database = [SQLITE, DUMP].iter().any(|name| pieces.contains_key(*name));
        ensure!(database, "the backup has no database");
        for (name, piece) in &pieces {
            ensure!(is_inside(name), "{MANIFEST} names {name:?}");
            let found = files::look(&from.join(name))
                .with_context(|| format!("the backup is damaged: {name}"))?;
            ensure!(found == *piece, "the backup is damaged: {name}");
        }
        Ok(())
    })
    .await
}

fn is_inside(name: &str) -> bool {
    let parts = Path::new(name).components();
    !name.is_empty()
        && parts
            .into_iter()
            .all(|part| matches!(part, Component::Normal(_)))
}

/// An empty place, marked as being filled.
struct Place<'a> {
    config: &'a ServicesConfig,
    file: Option<PathBuf>,
}

impl<'a> Place<'a> {
    /// Refuses a place where something is; takes away what an earlier restore of ours left.
    async fn clear(config: &'a ServicesConfig, manifest: &Manifest) -> anyhow::Result<Self> {
        let folder = &config.data_dir;
        let mark = folder.join(RESTORING);
        let again = mark.exists();
        let file = store::installation::sqlite_file(&config.database_url)?;
        match &file {
            Some(file) if !again => ensure!(
                !file.exists(),
                "{} is there already; a backup is put back into an empty place only",
                file.display()
            ),
            Some(_) => {}
            None => {
                let (major, empty) = store::backup::look_at_postgres(&config.database_url).await?;
                ensure!(
                    empty,
                    "the database has tables already; a backup is put back into an empty one only (dropdb, createdb)"
                );
                Tool::find("pg_restore", major).await?;
            }
        }
        for name in LEAVINGS.iter().chain([&MARK]) {
            let path = folder.join(name);
            ensure!(
                again || !installation::is_filled(&path),
                "{} is there already; a backup is put back into an empty place only",
                path.display()
            );
        }
        installation::private_folder(folder)?;
        if !again {
            let words = format!("{}\n", manifest.made_at.rfc3339());
            files::write(&mark, words.as_bytes())?;
        }
        let left = LEAVINGS.iter().chain([&MARK]).map(|name| folder.join(name));
        for path in left.chain(file.iter().flat_map(|file| sqlite_files(file))) {
            remove(&path)?;
        }
        Ok(Self { config, file })
    }

    async fn put_database(&self, way: &Way, manifest: &Manifest) -> anyhow::Result<()> {
        let Some(file) = self.file.clone() else {
            let (major, _) = store::backup::look_at_postgres(&self.config.database_url).await?;
            let tool = Tool::find("pg_restore", major).await?;
            // The policies of the copy name them.
            if !store::net::make_roles(&self.config.database_url).await? {
                tracing::warn!(
                    "the roles of the database may not be made by this login; have an administrator run what `minsheng database roles --print` prints"
                );
            }
            return tool
                .restore(&self.config.database_url, &way.from.join(DUMP))
                .await;
        };
        let from = way.from.join(SQLITE);
        let piece = manifest.files.get(SQLITE).cloned();
        blocking(move || {
            let part = part_of(&file);
            let copied = files::copy(&from, &part)?;
            ensure!(Some(copied) == piece, "the backup is damaged: {SQLITE}");
            std::fs::rename(&part, &file)?;
            files::settle(file.parent().unwrap_or(Path::new("/")))
        })
        .await
    }
}

fn part_of(file: &Path) -> PathBuf {
    with_end(file, ".part")
}

fn with_end(file: &Path, end: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

fn sqlite_files(file: &Path) -> Vec<PathBuf> {
    ["", "-wal", "-shm", ".part"]
        .iter()
        .map(|end| with_end(file, end))
        .collect()
}

fn remove(path: &Path) -> anyhow::Result<()> {
    let removed = if path.is_dir() {
        std::fs::remove_dir_all(path)
    } else {
        std::fs::remove_file(path)
    };
    match removed {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        other => other.with_context(|| format!("{} cannot be removed", path.display())),
    }
}

/// Everything but the database.
async fn put_files(config: &ServicesConfig, way: &Way, manifest: &Manifest) -> anyhow::Result<()> {
    let (from, to) = (way.from.clone(), config.data_dir.clone());
    let pieces: Vec<(String, Piece)> = manifest
        .files
        .iter()
        .filter(|(name, _)| ![SQLITE, DUMP].contains(&name.as_str()))
        .map(|(name, piece)| (name.clone(), piece.clone()))
        .collect();
    blocking(move || {
        for (name, piece) in &pieces {
            let copied = files::copy(&from.join(name), &to.join(name))?;
            ensure!(copied == *piece, "the backup is damaged: {name}");
        }
        Ok(())
    })
    .await
}

/// Compares the database with the manifest, then ends what must not come back and writes the restore down.
async fn settle(
    config: &ServicesConfig,
    (clock, ids): (&dyn Clock, &dyn Ids),
    manifest: &Manifest,
    seal: Seal,
) -> anyhow::Result<Vec<&'static str>> {
    let store = Store::open(&config.database_url, seal, OpenOptions::default()).await?;
    let facts = store::backup::facts(&store.report_reader()).await?;
    if let Some(words) = make::differs(manifest, &facts) {
        bail!("the restored database is not the one of the manifest: {words}");
    }
    let mut steps = Vec::new();
    if store.schema().await? == SchemaState::Older {
        steps = store
            .migrate(crate::context::basics(clock.now()))
            .await?
            .steps;
    } else {
        // A copy is put back without its rights.
        store.guard().await?;
    }
    installation::record(config, &store, (clock, ids)).await?;
    let at = clock.now();
    let restore = Restore {
        id: ids.new_id(at),
        at,
        made_at: manifest.made_at,
        seq: facts.seq,
        link: facts.link,
    };
    let entry = AuditEntry {
        id: ids.new_id(at),
        at,
        actor: None,
        actor_name: "system".to_owned(),
        action: "backup.restore".to_owned(),
        object: format!("backup:{}", manifest.made_at.rfc3339()),
        outcome: "ok".to_owned(),
        ip: None,
        facts: [("audit_seq".to_owned(), facts.seq.to_string())].into(),
        erasable: std::collections::BTreeMap::new(),
    };
    let gone = manifest.gone_photos.clone();
    store
        .write::<_, store::StoreError, _>(move |tx| {
            Box::pin(async move {
                store::backup::after_restore(tx, &restore, &gone).await?;
                // The time since the backup is no jump of the clock.
                store::settings::set(tx, crate::clock::SEEN, &at.0.to_string()).await?;
                store::audit::append(tx, std::slice::from_ref(&entry)).await
            })
        })
        .await?;
    store.close().await?;
    Ok(steps)
}
