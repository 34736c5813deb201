//! Where results of jobs grow step by step: `results/<job>.csv` below the data folder, their owner's alone. A complete one is sealed as a file like all
//! others (`exports::job`), and all are thrown away after their time.
//! A part is on the disk before the step is written that counts it; what a step left that was never written is cut off by the next one.
//! Not here: who may take a result (`desk`), what stands in it (`exports`). Blocking work, apart from `tidy`.

use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use shared::calendar::Instant;
use shared::ids::JobId;
use shared::register::Rule;

use super::super::Done;
use crate::context::Services;
use crate::fault::{Failure, disk};

const DAY: i64 = 24 * 3_600_000;
/// Results stay so many days.
const DAYS: Rule = Rule::RESULT_DAYS;
/// Files looked at in one run.
const BATCH: u32 = 200;

/// The folder of the results.
#[derive(Debug, Clone)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// The folder below the data folder.
    pub(crate) fn below(data_dir: &Path) -> Self {
        Self(data_dir.join("results"))
    }

    /// The file of a job.
    pub(crate) fn path(&self, job: JobId) -> PathBuf {
        self.0.join(format!("{job}.csv"))
    }

    /// How much of a job's file is there; nothing when there is none.
    pub(crate) fn length(&self, job: JobId) -> Result<u64, Failure> {
        match std::fs::metadata(self.path(job)) {
            Ok(found) => Ok(found.len()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
            Err(error) => Err(disk(error, "looking at a result")),
        }
    }

    /// Writes a part behind the first `from` bytes of a job's file and waits until it is on the disk, folders included; how long the file is then.
    pub(crate) fn append(&self, job: JobId, from: u64, part: &[u8]) -> Result<u64, Failure> {
        let write = || -> io::Result<u64> {
            std::fs::DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(&self.0)?;
            let mut file = std::fs::File::options()
                .write(true)
                .create(true)
                .truncate(false)
                .mode(0o600)
                .open(self.path(job))?;
            file.set_len(from)?;
            file.seek(SeekFrom::Start(from))?;
            file.write_all(part)?;
            file.sync_all()?;
            if from == 0 {
                for above in [self.0.as_path(), self.0.parent().unwrap_or(&self.0)] {
                    std::fs::File::open(above)?.sync_all()?;
                }
            }
            Ok(from + part.len() as u64)
        };
        write().map_err(|error| disk(error, "writing a result"))
    }

    fn drop_file(&self, job: JobId) {
        if let Err(error) = std::fs::remove_file(self.path(job))
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(job.id = %job, cause = %error, "a result's file could not be removed");
        }
    }

    /// Jobs with a file.
    fn jobs(&self) -> io::Result<Vec<JobId>> {
        let entries = match std::fs::read_dir(&self.0) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?,
        };
        let mut found = Vec::new();
        for entry in entries {
            let name = entry?.file_name();
            let id = name.to_str().and_then(|name| name.strip_suffix(".csv"));
            found.extend(id.and_then(|id| id.parse::<JobId>().ok()));
        }
        Ok(found)
    }
}

/// Until when a result that is complete now is kept; for ever without an end.
pub(crate) async fn kept_until(services: &Services) -> Result<Option<Instant>, Failure> {
    let set = store::settings::get(&services.store().reader(), DAYS.key).await?;
    let days = DAYS.number(set.as_deref());
    Ok((days > 0).then(|| Instant(services.now().0.saturating_add(days.saturating_mul(DAY)))))
}

/// Throws away results that have had their time, and files of jobs that were stopped or failed.
pub(in crate::jobs) async fn tidy(services: &Services) -> Result<Done, Failure> {
    if !services.clock_is_settled() {
        return Ok(Done::default());
    }
    let db = services.store().reader();
    let old = store::jobs::expired(&db, services.now(), BATCH).await?;
    let ids: Vec<JobId> = old.iter().map(|job| job.id).collect();
    if !ids.is_empty() {
        let freed = services.store().write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                store::jobs::without_file(tx, &ids).await?;
                Ok(store::files::drop_results(tx, &ids).await?)
            })
        });
        crate::files::write::let_go(services, freed.await?).await;
    }
    let folder = Folder::below(&services.config().data_dir);
    let list = folder.clone();
    let there = tokio::task::spawn_blocking(move || list.jobs())
        .await
        .map_err(anyhow::Error::new)?
        .map_err(|error| disk(error, "listing results"))?;
    let mut count = 0;
    for group in there.chunks(BATCH as usize) {
        let needed = store::jobs::files(&db, group).await?;
        for job in group.iter().filter(|job| !needed.contains(job)) {
            folder.drop_file(*job);
            count += 1;
        }
    }
    Ok(Done {
        count,
        more: old.len() == BATCH as usize,
    })
}
