//! Links committed audit rows into the hash chain, at the latest a second after their commit, in the order of their commits (I5, P-31).
//! Every minute, and whenever a minute's rows are done, a signed checkpoint also goes to a file outside the database (P-32).
//! Not here: the chain itself (`store::audit`), checking it (`audit::verify`), the second place on another disk or host (`audit::second`).

use std::collections::BTreeSet;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use store::audit::Checkpoint;

use super::Done;
use crate::context::Services;
use crate::fault::{Failure, disk};

/// Rows of one run.
const BATCH: u32 = 1_000;
/// How far apart checkpoints are, in milliseconds.
const CHECKPOINT_EVERY: i64 = 60_000;
/// Checkpoints copied at once.
pub(crate) const COPIES: u32 = 20_000;
/// More than the longest line.
const TAIL: u64 = 2_048;

/// The file of checkpoints outside the database.
pub(crate) fn checkpoints_file(data_dir: &Path) -> PathBuf {
    data_dir.join("audit").join("checkpoints.jsonl")
}

/// One batch.
pub(super) async fn run(services: &Services) -> Result<Done, Failure> {
    let db = services.store().reader();
    let count = if store::audit::is_pending(&db).await? {
        services
            .store()
            .write::<_, Failure, _>(move |tx| {
                Box::pin(async move { Ok(store::audit::seal(tx, BATCH).await?) })
            })
            .await?
    } else {
        0
    };
    let now = services.now();
    if let Some(due) = store::audit::checkpoint_due(&db, now, CHECKPOINT_EVERY).await? {
        services
            .store()
            .write::<_, Failure, _>(move |tx| {
                Box::pin(async move { Ok(store::audit::checkpoint(tx, due, now).await?) })
            })
            .await?;
    }
    copy(services).await?;
    Ok(Done {
        count: u64::from(count),
        more: count >= BATCH,
    })
}

/// Copies what is signed and not yet outside, also what a process that ended between the two left behind.
async fn copy(services: &Services) -> Result<(), Failure> {
    let db = services.store().reader();
    let path = checkpoints_file(&services.config().data_dir);
    // A database of an earlier release does not know what was copied: everything is compared once.
    let copied = store::audit::copied(&db).await?.unwrap_or(0);
    let waiting = store::audit::checkpoints_after(&db, copied, COPIES).await?;
    let Some(last) = waiting.last().map(|checkpoint| checkpoint.seq) else {
        return Ok(());
    };
    write_new(path, &waiting).await?;
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move { Ok(store::audit::mark_copied(tx, last).await?) })
        })
        .await
}

/// Writes those of the checkpoints that a file does not have yet, and waits until they are on its disk.
pub(crate) async fn write_new(path: PathBuf, waiting: &[Checkpoint]) -> Result<(), Failure> {
    let from = if waiting.len() == 1 { TAIL } else { u64::MAX };
    let there = lines_in(&path, from).await?;
    let lines: String = waiting
        .iter()
        .map(line)
        .filter(|line| !there.contains(line))
        .map(|line| line + "\n")
        .collect();
    tokio::task::spawn_blocking(move || append(&path, &lines))
        .await
        .map_err(anyhow::Error::new)?
        .map_err(|error| disk(error, "writing the checkpoints"))
}

/// A checkpoint as it stands in the file.
pub(crate) fn line(checkpoint: &Checkpoint) -> String {
    let mut line = serde_json::json!({
        "seq": checkpoint.seq, "link": hex::encode(&checkpoint.link), "at": checkpoint.at,
        "key_id": checkpoint.key_id, "signature": hex::encode(&checkpoint.signature),
    });
    if let (Some(before), Some(signature)) = (checkpoint.before, &checkpoint.before_signature) {
        line["before"] = before.into();
        line["before_signature"] = hex::encode(signature).into();
    }
    line.to_string()
}

/// The lines in the last bytes of the file; one that a crash cut off is no checkpoint's. Whole lines are compared, not positions: after a restore
/// a position is signed anew, and both stay.
async fn lines_in(path: &Path, bytes: u64) -> Result<BTreeSet<String>, Failure> {
    let path = path.to_owned();
    let text = tokio::task::spawn_blocking(move || tail(&path, bytes))
        .await
        .map_err(anyhow::Error::new)?
        .map_err(|error| disk(error, "reading the checkpoints"))?;
    Ok(text.lines().map(str::to_owned).collect())
}

fn tail(path: &Path, bytes: u64) -> std::io::Result<String> {
    let mut file = match std::fs::File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(String::new()),
        Err(error) => return Err(error),
    };
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(bytes)))?;
    let mut text = Vec::new();
    file.read_to_end(&mut text)?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

fn append(path: &Path, lines: &str) -> std::io::Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        std::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)?;
    }
    let mut file = std::fs::OpenOptions::new()
        .read(true)
        .append(true)
        .create(true)
        .mode(0o600)
        .open(path)?;
    // Two servers may share the file.
    file.lock()?;
    // A line that a crash cut off must not swallow the next one.
    let mut text = String::new();
    if file.metadata()?.len() > 0 {
        file.seek(SeekFrom::End(-1))?;
        let mut last = [0];
        file.read_exact(&mut last)?;
        if last != [b'\n'] {
            text.push('\n');
        }
    }
    text.push_str(lines);
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    // The name as well, and the folder's own: both may be new.
    let folders = path.ancestors().skip(1).take(2);
    for folder in folders.filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_line_that_broke_off_is_passed_over() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("audit/checkpoints.jsonl");
        let lines = async || {
            let lines = lines_in(&path, TAIL).await.expect("reads");
            lines.into_iter().collect::<Vec<_>>()
        };
        assert!(lines().await.is_empty(), "no file");
        append(&path, "{\"seq\":3}\n").expect("appends");
        std::fs::OpenOptions::new()
            .append(true)
            .open(&path)
            .and_then(|mut file| file.write_all(b"{\"seq\":7,\"li"))
            .expect("breaks off");
        assert!(!lines().await.contains(&"{\"seq\":7}".to_owned()));
        append(&path, "{\"seq\":7}\n").expect("appends");
        let all = lines().await;
        assert!(all.contains(&"{\"seq\":3}".to_owned()), "{all:?}");
        assert!(all.contains(&"{\"seq\":7}".to_owned()), "{all:?}");
    }
}
