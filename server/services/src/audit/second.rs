//! The second place of the audit: signed positions of its chain go to a folder on another disk, to another host, or to both (P-32). Whoever rewrites
//! the database and the data folder together does not reach what was brought there.
//! Not here: the file in the data folder (`jobs::seal`), comparing (`audit::verify`). The folder is never made: a disk that is not mounted is told, not written past.

use std::path::PathBuf;

use anyhow::Context as _;
use reqwest::StatusCode;
use serde::Serialize;
use serde_json::Value;
use shared::calendar::Instant;
use store::Conn;
use store::audit::Checkpoint;

use super::Outside;
use crate::context::Services;
use crate::fault::Failure;
use crate::gateway::line::Line;
use crate::gateway::signed::Secret;
use crate::jobs::{COPIES, Done, checkpoint_line, write_new};

/// Checkpoints of one request.
const AT_ONCE: u32 = 500;

/// Where signed positions go beside the data folder.
#[derive(Debug, Clone, Default)]
pub struct Second {
    /// A folder that is there.
    pub folder: Option<PathBuf>,
    /// Another host.
    pub host: Option<Host>,
}

/// Another host that keeps signed positions.
#[derive(Debug, Clone)]
pub struct Host {
    line: Line,
    /// Under which what was brought to it is remembered.
    place: String,
}

impl Host {
    /// At an address, with a key that both sides know.
    ///
    /// # Errors
    /// As `Line::new`.
    pub fn new(url: &str, secret: Secret) -> anyhow::Result<Self> {
        Ok(Self {
            place: format!("host:{}", secret.name()),
            line: Line::new(url, secret)?,
        })
    }
}

/// What a host is told; with nothing to keep it is only asked what its newest is.
#[derive(Debug, Serialize)]
struct Told {
    /// Checkpoints as they stand in the file, in order.
    items: Vec<Value>,
}

impl Second {
    /// The file in the folder.
    pub fn file(&self) -> Option<PathBuf> {
        let folder = self.folder.as_ref()?;
        Some(folder.join("checkpoints.jsonl"))
    }

    fn place_of_folder(&self) -> String {
        let folder = self.folder.as_ref();
        folder.map_or_else(String::new, |folder| format!("folder:{}", folder.display()))
    }

    /// Up to which position the folder has them.
    pub(super) async fn copied_to_folder(&self, db: &dyn Conn) -> Result<i64, store::StoreError> {
        store::audit::copied_to(db, &self.place_of_folder()).await
    }

    /// Up to which position the host has said that it keeps them.
    pub(super) async fn copied_to_host(&self, db: &dyn Conn) -> Result<i64, store::StoreError> {
        let place = self.host.as_ref().map_or("", |host| host.place.as_str());
        store::audit::copied_to(db, place).await
    }

    /// The newest that the host keeps; nothing where none is configured.
    pub(super) async fn newest_at_host(
        &self,
        now: Instant,
    ) -> Option<anyhow::Result<Option<Outside>>> {
        let host = self.host.as_ref()?;
        Some(host.tell(&Told { items: Vec::new() }, now).await)
    }
}

impl Host {
    /// Tells it, and reads what its newest is then.
    async fn tell(&self, told: &Told, now: Instant) -> anyhow::Result<Option<Outside>> {
        let (status, body) = self.line.post(told, now).await?;
        anyhow::ensure!(status == StatusCode::OK, "it answered {status}");
        serde_json::from_slice(&body).context("its answer is no checkpoint")
    }
}

/// Brings what is signed to the folder and to the host. One that is away does not hold up the other, nor the sealing.
pub(crate) async fn run(services: &Services) -> Result<Done, Failure> {
    let Some(second) = services.second() else {
        return Ok(Done::default());
    };
    let folder = to_folder(services, second).await;
    let host = to_host(services, second).await;
    let (folder, host) = (folder?, host?);
    Ok(Done {
        count: folder.count + host.count,
        more: folder.more || host.more,
    })
}

async fn to_folder(services: &Services, second: &Second) -> Result<Done, Failure> {
    let (Some(folder), Some(file)) = (&second.folder, second.file()) else {
        return Ok(Done::default());
    };
    let db = services.store().reader();
    let copied = second.copied_to_folder(&db).await?;
    let waiting = store::audit::checkpoints_after(&db, copied, COPIES).await?;
    if waiting.is_empty() {
        return Ok(Done::default());
    }
    // Not an outage of the database: it is told as a trouble of this job alone.
    if !folder.is_dir() {
        let folder = folder.display();
        return Err(anyhow::anyhow!("the second folder {folder} is not there").into());
    }
    write_new(file, &waiting)
        .await
        .map_err(|failure| anyhow::anyhow!("the second folder: {failure:?}"))?;
    kept(services, second.place_of_folder(), &waiting, COPIES).await
}

async fn to_host(services: &Services, second: &Second) -> Result<Done, Failure> {
    let Some(host) = &second.host else {
        return Ok(Done::default());
    };
    let db = services.store().reader();
    let copied = second.copied_to_host(&db).await?;
    let waiting = store::audit::checkpoints_after(&db, copied, AT_ONCE).await?;
    let Some(last) = waiting.last() else {
        return Ok(Done::default());
    };
    let items = waiting.iter().map(checkpoint_line);
    let items = items.filter_map(|line| serde_json::from_str(&line).ok());
    let told = Told {
        items: items.collect(),
    };
    let newest = host
        .tell(&told, services.now())
        .await
        .context("the second host")?;
    if newest.is_none_or(|newest| newest.seq < last.seq) {
        return Err(anyhow::anyhow!("the second host did not keep what it was told").into());
    }
    kept(services, host.place.clone(), &waiting, AT_ONCE).await
}

/// Remembers that a place has them.
async fn kept(
    services: &Services,
    place: String,
    waiting: &[Checkpoint],
    batch: u32,
) -> Result<Done, Failure> {
    let last = waiting.last().map_or(0, |checkpoint| checkpoint.seq);
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let place = place.clone();
            Box::pin(async move { Ok(store::audit::mark_copied_to(tx, &place, last).await?) })
        })
        .await?;
    let count = u64::try_from(waiting.len()).unwrap_or(u64::MAX);
    Ok(Done {
        count,
        more: count >= u64::from(batch),
    })
}
