//! The content of stored files sealed anew, each under a fresh key of the provider whose keys are in front: asked for with a renewal of the keys or by
//! itself (`minsheng keys content`), a long job with its page. A new object is whole and on the disk before its row names it, with its key, in one
//! write; the one before stays a day for whoever reads it by the row of a moment ago, and nobody has its key any more.
//! Not here: wrapping the keys of files anew (`store::installation::reseal`), reading meanwhile (`open::keyed`).

use std::io;

use aws_lc_rs::digest;
use futures::StreamExt as _;
use serde::{Deserialize, Serialize};
use shared::calendar::Instant;
use shared::ids::{BlobId, JobId};
use shared::job::{JobKind, JobState};
use store::files::{self, Blob, Sealed};
use store::jobs::{Job, New, Stand};
use store::{Conn, StoreError, Tx};

use super::open::{Bytes, clear};
use super::sealing::Sealer;
use super::vault::{self, Writing};
use super::write;
use crate::context::Services;
use crate::fault::Failure;
use crate::jobs::Done;
use crate::jobs::host::{Effect, Over, Step, Stepwise, effect, json, parsed, plain};

/// Word of this kind.
const KIND: &str = JobKind::Content.as_str();
/// The setting that says with which data key at hand the content is to be sealed anew.
const ASKED: &str = "files.content_key";
/// Files of one step.
const PAGE: u32 = 16;
/// Clear bytes of one step, or a file more.
const BYTES: i64 = 64 << 20;

/// What it came to, and while it runs what it has done so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Files looked at.
    pub files: i64,
    /// Files sealed anew.
    pub sealed: i64,
    /// Files whose bytes are missing or do not open; they stay as they are.
    pub wrong: i64,
}

/// What is asked for.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Asked {
    /// The key that was in front.
    key: String,
    /// Files of later have newer keys already.
    before: Option<Instant>,
    /// Where one that was broken off stood.
    from: Cursor,
}

/// Where it stands.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Cursor {
    after: Option<BlobId>,
    total: i64,
    so_far: Report,
}

/// A file that lies sealed anew, for its row.
#[derive(Debug, Clone)]
struct Moved {
    id: BlobId,
    before: String,
    sealed: Sealed,
}

/// Why a file was not sealed anew.
enum Halt {
    /// Its bytes are missing, cut or changed.
    Bytes(anyhow::Error),
    /// The store or the database.
    Failure(Failure),
}

impl From<Failure> for Halt {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

/// Asks for it, of servers that have this data key.
pub(crate) async fn ask_in(tx: &Tx, key: &str) -> Result<(), StoreError> {
    store::settings::set(tx, ASKED, key).await
}

/// The key with which it is asked for, while no server has begun.
///
/// # Errors
/// Of the store.
pub async fn waits(conn: &dyn Conn) -> Result<Option<String>, StoreError> {
    store::settings::get(conn, ASKED).await
}

/// Makes a job of what was asked for, once no other is under way.
pub(crate) async fn begin(services: &Services) -> Result<Done, Failure> {
    let db = services.store().reader();
    let Some(key) = waits(&db).await? else {
        return Ok(Done::default());
    };
    let marks = services.store().seal().marks();
    if !marks.iter().any(|it| it.kind == "data" && it.id == key) {
        // A server that still has the keys of before.
        return Ok(Done::default());
    }
    if store::jobs::open_of(&db, KIND).await?.is_some() {
        return Ok(Done::default());
    }
    let asked = asked(services, &key).await?;
    let new = New {
        id: JobId(services.new_id()),
        kind: KIND,
        once: Some(KIND.to_owned()),
        owner: None,
        owner_name: "system".to_owned(),
        region: String::new(),
        subject: String::new(),
        scope: json(&asked)?,
        at: services.now(),
    };
    let made = services.store().write::<_, Failure, _>(move |tx| {
        let (new, key) = (new.clone(), key.clone());
        Box::pin(async move {
            if !store::settings::take(tx, ASKED, &key).await? {
                return Ok(false);
            }
            let made = store::jobs::put(tx, &new).await?;
            if !made {
                store::settings::set(tx, ASKED, &key).await?;
            }
            Ok(made)
        })
    });
    Ok(Done {
        count: u64::from(made.await?),
        more: false,
    })
}

/// From the beginning, or where the newest stood if it was for the same key and did not come to its end.
async fn asked(services: &Services, key: &str) -> Result<Asked, Failure> {
    let db = services.store().reader();
    let newest = store::jobs::newest(&db, KIND, 1).await?.pop();
    let broken = newest.filter(|job| matches!(job.state, JobState::Failed | JobState::Cancelled));
    if let Some(job) = broken {
        let asked: Asked = parsed(&job.scope)?;
        if asked.key == key {
            let cursor = job.cursor.as_deref().map(parsed::<Cursor>).transpose()?;
            return Ok(Asked {
                from: cursor.unwrap_or(asked.from),
                ..asked_of(key, asked.before)
            });
        }
    }
    let total = files::sealed_rows(&db).await?;
    Ok(Asked {
        from: Cursor {
            total,
            ..Cursor::default()
        },
        ..asked_of(key, Some(services.now()))
    })
}

fn asked_of(key: &str, before: Option<Instant>) -> Asked {
    Asked {
        key: key.to_owned(),
        before,
        from: Cursor::default(),
    }
}

/// The kind.
pub(crate) const CONTENT: Stepwise = Stepwise {
    kind: JobKind::Content,
    step: |services, job| Box::pin(step(services, job)),
};

async fn step(services: &Services, job: &Job) -> Result<Effect, Failure> {
    let asked: Asked = parsed(&job.scope)?;
    let cursor = job.cursor.as_deref().map(parsed::<Cursor>).transpose()?;
    let mut cursor = cursor.unwrap_or(asked.from);
    let page = files::page(&services.store().reader(), cursor.after, PAGE).await?;
    if page.is_empty() {
        return over(&cursor.so_far);
    }
    let (mut moved, mut bytes) = (Vec::new(), 0);
    for blob in page {
        if bytes >= BYTES {
            break;
        }
        cursor.after = Some(blob.id);
        cursor.so_far.files += 1;
        if asked.before.is_some_and(|at| blob.created_at >= at) {
            continue;
        }
        bytes += blob.size;
        match one(services, &blob).await {
            Ok(Some(one)) => {
                cursor.so_far.sealed += 1;
                moved.push(one);
            }
            // Destroyed meanwhile.
            Ok(None) => {}
            Err(Halt::Bytes(cause)) => {
                tracing::warn!(file.id = %blob.id, cause = format!("{cause:#}"), "a file could not be sealed anew; it stays as it is");
                cursor.so_far.wrong += 1;
            }
            Err(Halt::Failure(failure)) => return Err(failure),
        }
    }
    let stand = Stand {
        done: cursor.so_far.files,
        total: Some(cursor.total.max(cursor.so_far.files)),
        cursor: json(&cursor)?,
    };
    Ok(effect(move |tx| {
        let (moved, stand) = (moved.clone(), stand.clone());
        Box::pin(async move {
            for one in &moved {
                files::reseal(tx, one.id, &one.before, &one.sealed).await?;
            }
            Ok(Step::On(stand))
        })
    }))
}

fn over(report: &Report) -> Result<Effect, Failure> {
    tracing::info!(
        files = report.files,
        sealed = report.sealed,
        wrong = report.wrong,
        "the content of files is sealed anew"
    );
    let done = report.files;
    let outcome = if report.wrong == 0 { "ok" } else { "findings" };
    let report = json(report)?;
    Ok(plain(move || {
        Step::Over(Over {
            done,
            outcome,
            report: report.clone(),
            file: None,
        })
    }))
}

/// Seals a file anew beside what there is; nothing when it was destroyed. Its row does not know of it yet.
async fn one(services: &Services, blob: &Blob) -> Result<Option<Moved>, Halt> {
    let config = services.config();
    write::leaves_room(&config.data_dir, config.limits.free_mb)?;
    let bytes = match clear(services, blob).await {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return Ok(None),
        Err(Failure::Broken(cause)) => return Err(Halt::Bytes(cause)),
        Err(failure) => return Err(Halt::Failure(failure)),
    };
    let provider = services.store().seal().provider();
    let mut key = vec![0; provider.crypto().data_key_length()];
    services.ids().fill(&mut key);
    let sealer = Sealer::new(&key, blob.id).map_err(|error| failed(error.into()))?;
    let path = vault::key_of(services.new_id());
    let mut writing = services.vault().begin(&path).await?;
    if let Err(halt) = fill(&mut writing, sealer, (blob, bytes)).await {
        writing.abort().await;
        return Err(halt);
    }
    let written = writing.finish().await?;
    services.vault().touch(&blob.path).await;
    Ok(Some(Moved {
        id: blob.id,
        before: blob.path.clone(),
        sealed: Sealed {
            path,
            size: written.size,
            sha256: written.sha256,
            key,
        },
    }))
}

/// All bytes of a file, part by part; they must be those that its row says.
async fn fill(
    writing: &mut Writing,
    mut sealer: Sealer,
    (blob, mut bytes): (&Blob, Bytes),
) -> Result<(), Halt> {
    let mut digest = digest::Context::new(&digest::SHA256);
    while let Some(part) = bytes.next().await {
        let part = part.map_err(|error: io::Error| Halt::Bytes(error.into()))?;
        digest.update(&part);
        let sealed = sealer.push(&part).map_err(|error| failed(error.into()))?;
        writing.push(&sealed).await?;
    }
    let found = digest.finish();
    if blob
        .sha256
        .as_deref()
        .is_some_and(|it| it != found.as_ref())
    {
        return Err(Halt::Bytes(anyhow::anyhow!(
            "its bytes are others than its row says"
        )));
    }
    let last = sealer.finish().map_err(|error| failed(error.into()))?;
    writing.push(&last).await?;
    Ok(())
}

fn failed(error: anyhow::Error) -> Halt {
    Halt::Failure(Failure::Broken(error))
}
