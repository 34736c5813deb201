//! Making a backup while the server serves: the database at one moment, then the files that exactly this database names.
//! It is written to `FOLDER.part` and gets its name when everything in it is on the disk; a folder with that end is no backup.
//! Not here: the keys, which are copied only to a place of their own when that is asked for.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};
use shared::ids::BlobId;
use store::Db;
use store::backup::{Facts, PhotoRow, SealedRow};

use super::files;
use super::postgres::Tool;
use super::{
    CHECKPOINTS, DUMP, FORMAT, Key, MANIFEST, Manifest, Piece, Room, SIGNATURE, SQLITE, Signed,
    ask_room, blocking,
};
use crate::context::{Ctx, Services};
use crate::gateway::messages_folder;
use crate::jobs::checkpoints_file;
use crate::photos::{Folder, thumbnail_key};

/// The folder of sealed files, here and in the data folder.
const FILES: &str = "files";
/// Rows of photos and files read at once.
const PAGE: u32 = 500;

/// What is wanted.
#[derive(Debug, Clone)]
pub struct BackupPlan {
    /// The folder; it must not be there yet.
    pub to: PathBuf,
    /// Where a copy of the key file goes, apart from the backup.
    pub keys_to: Option<PathBuf>,
    /// How free space is asked for.
    pub room: Room,
}

/// What was made.
#[derive(Debug, Clone)]
pub struct Made {
    /// What is in it.
    pub manifest: Manifest,
    /// Digest of the manifest.
    pub sha256: String,
}

impl Made {
    /// Whether every photo of a ticket and every file of a case is in it.
    pub fn is_whole(&self) -> bool {
        self.manifest.missing_photos.is_empty() && self.manifest.missing_files.is_empty()
    }
}

impl std::fmt::Display for Made {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let manifest = &self.manifest;
        for photo in &manifest.missing_photos {
            writeln!(f, "MISSING or damaged before the backup: photo {photo}")?;
        }
        for file in &manifest.missing_files {
            writeln!(f, "MISSING or damaged before the backup: file {file}")?;
        }
        let count = |table: &str| manifest.counts.get(table).copied().unwrap_or(0);
        write!(
            f,
            "files={} bytes={} tickets={} approvals={} missing_photos={} blobs={} missing_blobs={} audit={} manifest={}",
            manifest.files.len(),
            manifest.bytes(),
            count("tickets"),
            count("approvals"),
            manifest.missing_photos.len(),
            count("blobs"),
            manifest.missing_files.len(),
            manifest.audit_seq,
            self.sha256
        )
    }
}

/// Makes a backup.
///
/// # Errors
/// With words for the administrator; what was begun stays as `FOLDER.part`, which is no backup.
pub async fn make(ctx: &Ctx, order: &BackupPlan) -> anyhow::Result<Made> {
    let services = &ctx.services;
    let part = places(order)?;
    let (database, photos) = store::backup::sizes(&services.store().reader()).await?;
    // The small pictures have no size in their rows.
    let wanted = u64::try_from(database + photos + photos / 4).unwrap_or(0);
    ask_room(order.room, &part, wanted)?;
    let made_at = ctx.now();
    crate::installation::private_folder(&part)?;
    let (db, piece) = database_copy(services, &part).await?;
    let name = database_name(services);
    let mut files = BTreeMap::from([(name.to_owned(), piece)]);
    let facts = store::backup::facts(&db).await;
    let installation = store::installation::id(&db).await;
    let mut pictures = Pictures::default();
    let copied = match &facts {
        Ok(_) => photo_copies(services, &db, &part, &mut pictures).await,
        Err(_) => Ok(()),
    };
    let blobs = match &facts {
        Ok(facts) => blob_copies(services, (&db, facts), &part).await,
        Err(_) => Ok(Blobs::default()),
    };
    store::backup::release(db).await;
    let (facts, installation) = (facts?, installation?);
    copied?;
    let mut blobs = blobs?;
    pictures.gone.append(&mut blobs.gone);
    files.append(&mut pictures.files);
    files.append(&mut blobs.files);
    files.extend(message_copies(services, &part).await?);
    files.extend(checkpoint_copy(services, &part, facts.seq).await?);
    let manifest = Manifest {
        format: FORMAT,
        made_at,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        installation,
        database: services.store().kind().to_owned(),
        keys: keys(services),
        counts: facts.counts.iter().cloned().collect(),
        audit_seq: facts.seq,
        audit_link: hex::encode(&facts.link),
        schema: facts.schema,
        files,
        missing_photos: pictures.missing,
        missing_files: blobs.missing,
        gone_photos: pictures.gone,
    };
    finish(services, order, &part, manifest).await
}

/// Refuses places that are taken; the folder to write to.
fn places(order: &BackupPlan) -> anyhow::Result<PathBuf> {
    let to = &order.to;
    ensure!(
        !to.exists(),
        "{} is there already; a backup never replaces one",
        to.display()
    );
    let mut part = to.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    ensure!(
        !part.exists(),
        "{} is left over from a backup that did not reach its end, or one is being made just now; remove it when nobody writes it",
        part.display()
    );
    if let Some(keys) = &order.keys_to {
        ensure!(!keys.exists(), "{} is there already", keys.display());
        let keys = std::path::absolute(keys)?;
        ensure!(
            !keys.starts_with(std::path::absolute(to)?)
                && !keys.starts_with(std::path::absolute(&part)?),
            "the keys belong to another place than the backup: whoever has both can read everything"
        );
    }
    Ok(part)
}

fn database_name(services: &Services) -> &'static str {
    if services.store().kind() == "sqlite" {
        SQLITE
    } else {
        DUMP
    }
}

/// The database at one moment, and a connection that sees exactly this moment.
async fn database_copy(services: &Services, part: &Path) -> anyhow::Result<(Db, Piece)> {
    let (url, seal) = (&services.config().database_url, services.keys().seal());
    let to = part.join(database_name(services));
    let db = if let Some(file) = store::installation::sqlite_file(url)? {
        store::backup::copy_sqlite(&file, &to, &seal)
            .await
            .context("the database cannot be copied; `minsheng doctor --deep` looks for damage")?
    } else {
        let major = store::backup::server_major(&services.store().reader()).await?;
        let tool = Tool::find("pg_dump", major).await?;
        let (db, snapshot) = store::backup::hold(url, &seal).await?;
        tool.dump(url, &snapshot, &to).await?;
        db
    };
    let piece = blocking(move || {
        crate::installation::tighten(&to)?;
        files::settle(&to)?;
        files::look(&to)
    })
    .await?;
    Ok((db, piece))
}

/// The photos of a snapshot.
#[derive(Default)]
struct Pictures {
    files: BTreeMap<String, Piece>,
    missing: Vec<String>,
    gone: Vec<String>,
}

async fn photo_copies(
    services: &Services,
    db: &Db,
    part: &Path,
    pictures: &mut Pictures,
) -> anyhow::Result<()> {
    let mut after = None;
    loop {
        let rows = store::backup::photos(db, after, PAGE).await?;
        let Some(last) = rows.last() else {
            return Ok(());
        };
        after = Some(last.id);
        let folder = Folder::below(&services.config().data_dir);
        let target = Folder::below(part);
        let copied = blocking(move || {
            let mut done = Vec::with_capacity(rows.len());
            for row in rows {
                let pieces = photo(&folder, &target, &row)?;
                done.push((row, pieces));
            }
            Ok(done)
        })
        .await?;
        for (row, pieces) in copied {
            match pieces {
                Some(pieces) => pictures.files.extend(pieces),
                None if row.is_draft => pictures.gone.push(row.path),
                None => pictures.missing.push(row.path),
            }
        }
    }
}

/// Copies a photo with its small one; `None` when it is missing or not what its row says.
fn photo(
    from: &Folder,
    to: &Folder,
    row: &PhotoRow,
) -> anyhow::Result<Option<Vec<(String, Piece)>>> {
    let mut pieces = Vec::with_capacity(2);
    for key in [row.path.clone(), thumbnail_key(&row.path)] {
        let (Some(source), Some(target)) = (from.path(&key), to.path(&key)) else {
            return Ok(None);
        };
        if !source.is_file() {
            return Ok(None);
        }
        let piece = files::copy(&source, &target)?;
        if key == row.path && piece.sha256 != hex::encode(&row.sha256) {
            std::fs::remove_file(&target)?;
            return Ok(None);
        }
        pieces.push((format!("photos/{}/{key}", &key[..2]), piece));
    }
    Ok(Some(pieces))
}

/// The sealed files of a snapshot.
#[derive(Default)]
struct Blobs {
    files: BTreeMap<String, Piece>,
    missing: Vec<String>,
    gone: Vec<String>,
}

/// Copies the sealed files that the snapshot names. Those of a bucket are kept by whoever keeps the bucket.
async fn blob_copies(
    services: &Services,
    (db, facts): (&Db, &Facts),
    part: &Path,
) -> anyhow::Result<Blobs> {
    let mut blobs = Blobs::default();
    // A backup is taken before a migration as well.
    let there = facts.counts.iter().any(|(table, _)| table == "blobs");
    let Some(folder) = services.vault().folder().filter(|_| there) else {
        return Ok(blobs);
    };
    let mut after = None;
    loop {
        let rows = store::backup::sealed(db, after, PAGE).await?;
        let Some(last) = rows.last() else {
            return Ok(blobs);
        };
        after = Some(last.id);
        let (from, to) = (folder.to_owned(), part.join(FILES));
        let copied = blocking(move || {
            let mut done = Vec::with_capacity(rows.len());
            for row in rows {
                let piece = blob(&from, &to, &row)?;
                done.push((row.id, row.path, piece));
            }
            Ok(done)
        })
        .await?;
        for (id, path, piece) in copied {
            match piece {
                Some(piece) => {
                    blobs.files.insert(format!("{FILES}/{path}"), piece);
                }
                // What was destroyed meanwhile is missed by nobody.
                None if is_destroyed(services, id).await? => blobs.gone.push(path),
                None => blobs.missing.push(path),
            }
        }
    }
}

/// Whether its row is gone; one that was sealed anew has another path, and is missing from this copy.
async fn is_destroyed(services: &Services, id: uuid::Uuid) -> anyhow::Result<bool> {
    let known = store::files::keyed(&services.store().reader(), BlobId(id)).await?;
    Ok(known.is_none())
}

/// Copies a sealed file; `None` when it is missing or not what its row says.
fn blob(from: &Path, to: &Path, row: &SealedRow) -> anyhow::Result<Option<Piece>> {
    let (source, target) = (from.join(&row.path), to.join(&row.path));
    if !source.is_file() {
        return Ok(None);
    }
    let piece = files::copy(&source, &target)?;
    if piece.sha256 == hex::encode(&row.sealed_sha256) {
        return Ok(Some(piece));
    }
    std::fs::remove_file(&target)?;
    Ok(None)
}

/// Delivered messages that nobody has passed on yet.
async fn message_copies(
    services: &Services,
    part: &Path,
) -> anyhow::Result<BTreeMap<String, Piece>> {
    let folder = messages_folder(&services.config().data_dir);
    let part = part.to_owned();
    blocking(move || {
        let mut pieces = BTreeMap::new();
        if !folder.is_dir() {
            return Ok(pieces);
        }
        for day in std::fs::read_dir(&folder)? {
            let day = day?.path();
            if !day.is_dir() {
                continue;
            }
            for file in std::fs::read_dir(&day)? {
                let file = file?.path();
                let name = file.strip_prefix(&folder)?.display().to_string();
                // A message that is being written or passed on at this moment comes with the next backup, or not at all.
                if file.extension().is_none_or(|end| end != "json") || !file.is_file() {
                    continue;
                }
                let name = format!("messages/{name}");
                let piece = files::copy(&file, &part.join(&name))?;
                pieces.insert(name, piece);
            }
        }
        Ok(pieces)
    })
    .await
}

/// The checkpoints outside the database, cut to what the snapshot has.
async fn checkpoint_copy(
    services: &Services,
    part: &Path,
    seq: i64,
) -> anyhow::Result<BTreeMap<String, Piece>> {
    #[derive(serde::Deserialize)]
    struct Seq {
        seq: i64,
    }
    let file = checkpoints_file(&services.config().data_dir);
    let part = part.to_owned();
    blocking(move || {
        let text = match std::fs::read_to_string(&file) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(BTreeMap::new());
            }
            text => text?,
        };
        let mut kept = String::new();
        for line in text
            .lines()
            .filter(|line| serde_json::from_str::<Seq>(line).is_ok_and(|line| line.seq <= seq))
        {
            kept.push_str(line);
            kept.push('\n');
        }
        let piece = files::write(&part.join(CHECKPOINTS), kept.as_bytes())?;
        Ok(BTreeMap::from([(CHECKPOINTS.to_owned(), piece)]))
    })
    .await
}

fn keys(services: &Services) -> Vec<Key> {
    let seal = services.keys().seal();
    let key = |mark: &store::KeyMark| Key {
        kind: mark.kind.clone(),
        id: mark.id.clone(),
        fingerprint: hex::encode(&mark.fingerprint),
    };
    seal.marks().iter().map(key).collect()
}

/// Signs, gives the folder its name, and copies the keys to their own place.
async fn finish(
    services: &Services,
    order: &BackupPlan,
    part: &Path,
    manifest: Manifest,
) -> anyhow::Result<Made> {
    let text = serde_json::to_vec_pretty(&manifest)?;
    let (key_id, signature) = services.keys().seal().sign_manifest(&text);
    let (part, to) = (part.to_owned(), order.to.clone());
    let keys = order.keys_to.clone();
    let keys_file = services.config().keys_file.clone();
    let sha256 = blocking(move || {
        let piece = files::write(&part.join(MANIFEST), &text)?;
        let signed = Signed {
            sha256: piece.sha256.clone(),
            key_id,
            signature: hex::encode(signature),
        };
        files::write(&part.join(SIGNATURE), &serde_json::to_vec_pretty(&signed)?)?;
        if let Some(keys) = keys {
            files::copy(&keys_file, &keys)?;
        }
        sync_folders(&part)?;
        std::fs::rename(&part, &to)
            .with_context(|| format!("{} cannot get its name", to.display()))?;
        let beside = to.parent().filter(|p| !p.as_os_str().is_empty());
        files::settle(beside.unwrap_or(Path::new(".")))?;
        Ok(piece.sha256)
    })
    .await?;
    Ok(Made { manifest, sha256 })
}

fn sync_folders(folder: &Path) -> anyhow::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            sync_folders(&path)?;
        }
    }
    files::settle(folder)
}

/// What a snapshot has, for `restore`, which compares it before it changes anything.
pub(super) fn differs(manifest: &Manifest, facts: &Facts) -> Option<String> {
    if manifest.schema != facts.schema {
        return Some("its schema is another one".to_owned());
    }
    for (table, count) in &facts.counts {
        let said = manifest.counts.get(table);
        if said != Some(count) {
            return Some(format!(
                "{table} has {count} rows, the manifest says {}",
                said.map_or_else(|| "nothing".to_owned(), ToString::to_string)
            ));
        }
    }
    (manifest.audit_seq != facts.seq || manifest.audit_link != hex::encode(&facts.link))
        .then(|| "its audit chain ends elsewhere".to_owned())
}
