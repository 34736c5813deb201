//! Links committed audit rows into the hash chain, at the latest a second after their commit, in the order of their commits (I5, P-31).
//! Every minute, and whenever a minute's rows are done, a signed checkpoint also goes to a second place outside the database (P-32).
//! Not here: the chain itself (`store::audit`), checking it (`audit::verify`).

use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use super::Done;
use crate::context::Services;
use crate::fault::Failure;

/// Rows of one run.
const BATCH: u32 = 1_000;
/// How far apart checkpoints are, in milliseconds.
const CHECKPOINT_EVERY: i64 = 60_000;

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
        let checkpoint = services
            .store()
            .write::<_, Failure, _>(move |tx| {
                Box::pin(async move { Ok(store::audit::checkpoint(tx, due, now).await?) })
            })
            .await?;
        if let Some(checkpoint) = checkpoint {
            let line = serde_json::json!({
                "seq": checkpoint.seq, "link": hex::encode(&checkpoint.link), "at": checkpoint.at,
                "key_id": checkpoint.key_id, "signature": hex::encode(&checkpoint.signature),
            });
            let path = checkpoints_file(&services.config().data_dir);
            tokio::task::spawn_blocking(move || append(&path, &line.to_string()))
                .await
                .map_err(anyhow::Error::new)?
                .map_err(anyhow::Error::new)?;
        }
    }
    Ok(Done {
        count: u64::from(count),
        more: count >= BATCH,
    })
}

fn append(path: &Path, line: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut file = std::fs::OpenOptions::new()
        .append(true)
        .create(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(format!("{line}\n").as_bytes())?;
    file.sync_all()
}
