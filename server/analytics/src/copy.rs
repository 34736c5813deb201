//! The copy: opened over a store of files, added to, folded into months, made anew, asked, compared.
//! Not here: what is counted (`engine`), when it is done (a job of `services`).
//! One process writes at a time, as the job's lease sees to; any number read. Every change is one new manifest.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use datafusion::object_store::path::Path;
use datafusion::object_store::{ObjectStore, ObjectStoreExt as _};
use datafusion::prelude::DataFrame;
use futures::{Stream, StreamExt as _, TryStreamExt as _};
use tokio::sync::Mutex;

use crate::engine::{Answer, Engine, Months, Question};
use crate::fault::Fault;
use crate::manifest::{Manifest, Segment};
use crate::row::{Digest, Row, batch, month_of, row};
use crate::segment::{Checked, Place, Writing};

/// Most rows of a file of a month.
const MOST_ROWS: u64 = 1_000_000;
/// Rows that are gathered before they are encoded.
const CHUNK: usize = 8_192;

/// Bounds of the engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Threads of one question.
    pub threads: usize,
    /// Bytes that all questions together may take for groups, joins and sorting.
    pub memory: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            threads: 2,
            memory: 512 * 1024 * 1024,
        }
    }
}

/// How the copy stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// How often it was made anew.
    pub generation: u64,
    /// Number of the change feed up to which it has everything.
    pub watermark: i64,
    /// Months with a segment.
    pub months: Vec<String>,
    /// Files of the tail.
    pub tail_files: usize,
    /// Rows of the tail.
    pub tail_rows: u64,
    /// Rows of all files, older versions too.
    pub rows: u64,
    /// Bytes of all files.
    pub bytes: u64,
}

/// What a month has, with the number of the change feed at which it has that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Check {
    /// Rows, sums and hash of the month's tickets.
    pub digest: Digest,
    /// Number of the change feed.
    pub watermark: i64,
}

/// The analytic copy.
pub struct Copy {
    store: Arc<dyn ObjectStore>,
    engine: Engine,
    checked: Checked,
    /// Held while the manifest changes.
    changing: Mutex<()>,
    /// Held while files are made that no manifest names yet.
    making: Mutex<()>,
}

impl Copy {
    /// Opens the copy in a store of files; nothing needs to be there yet.
    pub fn open(store: Arc<dyn ObjectStore>, settings: Settings) -> Result<Self, Fault> {
        Ok(Self {
            engine: Engine::new(store.clone(), settings)?,
            store,
            checked: Checked::default(),
            changing: Mutex::new(()),
            making: Mutex::new(()),
        })
    }

    /// How it stands; none before it was built.
    pub async fn status(&self) -> Result<Option<Status>, Fault> {
        let Some(manifest) = Manifest::load(&self.store).await? else {
            return Ok(None);
        };
        let months: BTreeSet<&String> = manifest
            .files
            .iter()
            .filter_map(|file| file.month.as_ref())
            .collect();
        Ok(Some(Status {
            generation: manifest.generation,
            watermark: manifest.watermark,
            months: months.into_iter().cloned().collect(),
            tail_files: manifest.tail().count(),
            tail_rows: manifest.tail().map(|file| file.rows).sum(),
            rows: manifest.files.iter().map(|file| file.rows).sum(),
            bytes: manifest.files.iter().map(|file| file.bytes).sum(),
        }))
    }

    /// Counts a cube over the newest version of every ticket.
    pub async fn cube(&self, question: Question<'_>) -> Result<Answer, Fault> {
        let manifest = self.manifest().await?;
        self.check(&manifest, None).await?;
        self.engine.cube(&manifest, question).await
    }

    /// Adds the rows of tickets as they are at a number of the change feed or later; the newest version counts.
    pub async fn append(&self, rows: &[Row], watermark: i64) -> Result<(), Fault> {
        let _changing = self.changing.lock().await;
        let mut manifest = self.manifest().await?;
        if watermark < manifest.watermark {
            return Err(Fault::Order("a number of the feed that it already has"));
        }
        manifest.watermark = watermark;
        let newest = newest_of(rows);
        if !newest.is_empty() {
            let months = newest.iter().map(|row| month_of(row.accepted_at)).collect();
            let mut writing = Writing::new()?;
            writing.add(&batch(&newest, watermark)?)?;
            let place = Place {
                generation: manifest.generation,
                month: None,
                months,
                seq: watermark,
            };
            manifest.enter(writing.put(&self.store, place).await?);
        }
        manifest.put(&self.store).await
    }

    /// Makes one file of the tail's files; nothing that is asked comes out otherwise.
    pub async fn fold(&self) -> Result<(), Fault> {
        let _making = self.making.lock().await;
        let manifest = self.manifest().await?;
        self.check(&manifest, None).await?;
        let only_tail = Manifest {
            files: manifest.tail().cloned().collect(),
            ..manifest.clone()
        };
        if only_tail.files.len() < 2 {
            return Ok(());
        }
        let place = Place {
            generation: manifest.generation,
            month: None,
            months: manifest.touched(),
            seq: manifest.watermark,
        };
        let newest = self.engine.newest(&only_tail, &Months::default())?;
        let made = self.written(newest, place).await?;
        let gone = only_tail.files.into_iter().map(|file| file.path).collect();
        self.replace(&gone, made).await
    }

    /// Takes the tail into its months; nothing that is asked comes out otherwise.
    pub async fn compact(&self) -> Result<(), Fault> {
        let _making = self.making.lock().await;
        let manifest = self.manifest().await?;
        self.check(&manifest, None).await?;
        let touched = manifest.touched();
        let mut made = Vec::new();
        for month in &touched {
            let place = Place {
                generation: manifest.generation,
                month: Some(month.clone()),
                months: BTreeSet::from([month.clone()]),
                seq: manifest.watermark,
            };
            let newest = self.month(&manifest, month)?;
            made.extend(self.written(newest, place).await?);
        }
        let is_gone = |file: &&Segment| {
            let month = file.month.as_ref();
            month.is_none_or(|month| touched.contains(month))
        };
        let gone = manifest.files.iter().filter(is_gone);
        let gone = gone.map(|file| file.path.clone()).collect();
        self.replace(&gone, made).await
    }

    /// Makes the copy anew of all tickets in the order of their ids, as they are at a number of the change feed or later. The old one serves until the
    /// new one is whole, and what was added meanwhile is kept.
    pub async fn rebuild(
        &self,
        rows: impl Stream<Item = Result<Row, Fault>>,
        watermark: i64,
    ) -> Result<(), Fault> {
        let _making = self.making.lock().await;
        let before = self.manifest().await.or_else(absent_is_empty)?;
        let generation = before.generation + 1;
        let mut rebuilding = Rebuilding {
            store: &self.store,
            place: (generation, watermark),
            month: String::new(),
            waiting: Vec::new(),
            writing: Writing::new()?,
            made: Vec::new(),
        };
        let mut last = None;
        let mut rows = std::pin::pin!(rows);
        while let Some(row) = rows.try_next().await? {
            let id = row.id();
            if last.is_some_and(|last| last >= id) {
                return Err(Fault::Order("a ticket twice, or before an earlier one"));
            }
            last = Some(id);
            rebuilding.add(row).await?;
        }
        rebuilding.end().await?;
        let made = rebuilding.made;
        let _changing = self.changing.lock().await;
        let now = self.manifest().await.or_else(absent_is_empty)?;
        let mut next = now.clone();
        next.generation = generation;
        next.watermark = now.watermark.max(watermark);
        // What was added under a greater number may be newer than what the stream had.
        let is_old = |file: &&Segment| file.month.is_some() || file.seq <= watermark;
        let gone = now.files.iter().filter(is_old);
        next.retire(&gone.map(|file| file.path.clone()).collect());
        for segment in made {
            next.enter(segment);
        }
        next.put(&self.store).await?;
        self.sweep(&next).await
    }

    /// Rows, sums and hash of a month.
    pub async fn verify(&self, month: &str) -> Result<Check, Fault> {
        let manifest = self.manifest().await?;
        self.check(&manifest, Some(month)).await?;
        let mut digest = Digest::default();
        if let Some(newest) = self.month(&manifest, month)? {
            let mut batches = newest.execute_stream().await?;
            while let Some(found) = batches.next().await {
                let found = found?;
                for at in 0..found.num_rows() {
                    let unread = || Fault::Damaged(month.to_owned());
                    digest.add(&row(&found, at).ok_or_else(unread)?);
                }
            }
        }
        Ok(Check {
            digest,
            watermark: manifest.watermark,
        })
    }

    /// Reads every byte of every file and compares it with what was written.
    pub async fn scrub(&self) -> Result<(), Fault> {
        let manifest = self.manifest().await?;
        for segment in &manifest.files {
            self.checked.read(&self.store, segment).await?;
        }
        Ok(())
    }

    /// The manifest in force, or that there is none yet or none that can be read.
    async fn manifest(&self) -> Result<Manifest, Fault> {
        Manifest::load(&self.store).await?.ok_or(Fault::Absent)
    }

    /// Checks the files that an answer may read.
    async fn check(&self, manifest: &Manifest, month: Option<&str>) -> Result<(), Fault> {
        let is_read = |file: &&Segment| month.is_none_or(|month| file.months.contains(month));
        for segment in manifest.files.iter().filter(is_read) {
            self.checked.check(&self.store, segment).await?;
        }
        Ok(())
    }

    /// The newest version of every ticket of a month.
    fn month(&self, manifest: &Manifest, month: &str) -> Result<Option<DataFrame>, Fault> {
        let newest = self.engine.newest(manifest, &Months::one(month))?;
        let Some(newest) = newest else {
            return Ok(None);
        };
        Ok(Some(newest.filter(crate::predicate::accepted_in(month))?))
    }

    /// Rows of the engine as files.
    async fn written(&self, rows: Option<DataFrame>, place: Place) -> Result<Vec<Segment>, Fault> {
        let mut made = Vec::new();
        let Some(rows) = rows else { return Ok(made) };
        let mut batches = rows.execute_stream().await?;
        let mut writing = Writing::new()?;
        while let Some(found) = batches.next().await {
            writing.add(&found?)?;
            if writing.rows >= MOST_ROWS {
                let full = std::mem::replace(&mut writing, Writing::new()?);
                made.push(full.put(&self.store, place.clone()).await?);
            }
        }
        if writing.rows > 0 {
            made.push(writing.put(&self.store, place).await?);
        }
        Ok(made)
    }

    /// Puts files in place of others, and takes away what nothing names any more.
    async fn replace(&self, gone: &BTreeSet<String>, made: Vec<Segment>) -> Result<(), Fault> {
        let _changing = self.changing.lock().await;
        let mut manifest = self.manifest().await?;
        manifest.retire(gone);
        for segment in made {
            manifest.enter(segment);
        }
        manifest.put(&self.store).await?;
        self.sweep(&manifest).await
    }

    /// Takes away files that the manifest does not know: of a writing that was broken off, and what was replaced before the last change.
    async fn sweep(&self, manifest: &Manifest) -> Result<(), Fault> {
        self.checked.keep(|path| manifest.knows(path));
        let mut found = self.store.list(None);
        let mut unknown: Vec<Path> = Vec::new();
        while let Some(meta) = found.next().await {
            let path = meta?.location;
            let is_ours = path.as_ref().ends_with(".parquet");
            if is_ours && !manifest.knows(path.as_ref()) {
                unknown.push(path);
            }
        }
        for path in unknown {
            self.store.delete(&path).await?;
        }
        Ok(())
    }
}

fn absent_is_empty(fault: Fault) -> Result<Manifest, Fault> {
    if fault.needs_rebuild() {
        Ok(Manifest::empty())
    } else {
        Err(fault)
    }
}

/// Of several versions of a ticket the newest; of two that are equally new the later one.
fn newest_of(rows: &[Row]) -> Vec<Row> {
    let mut newest: BTreeMap<(i64, i64), &Row> = BTreeMap::new();
    for row in rows {
        let kept = newest.entry((row.id_hi, row.id_lo)).or_insert(row);
        if kept.version <= row.version {
            *kept = row;
        }
    }
    newest.into_values().cloned().collect()
}

/// A copy that is made anew, month after month.
struct Rebuilding<'a> {
    store: &'a Arc<dyn ObjectStore>,
    /// Generation and number of the change feed.
    place: (u64, i64),
    month: String,
    waiting: Vec<Row>,
    writing: Writing,
    made: Vec<Segment>,
}

impl Rebuilding<'_> {
    async fn add(&mut self, row: Row) -> Result<(), Fault> {
        let month = month_of(row.accepted_at);
        if month != self.month || self.writing.rows >= MOST_ROWS {
            self.end().await?;
            self.month = month;
        }
        self.waiting.push(row);
        if self.waiting.len() >= CHUNK {
            self.encode()?;
        }
        Ok(())
    }

    fn encode(&mut self) -> Result<(), Fault> {
        self.writing.add(&batch(&self.waiting, self.place.1)?)?;
        self.waiting.clear();
        Ok(())
    }

    async fn end(&mut self) -> Result<(), Fault> {
        if !self.waiting.is_empty() {
            self.encode()?;
        }
        if self.writing.rows == 0 {
            return Ok(());
        }
        let place = Place {
            generation: self.place.0,
            month: Some(self.month.clone()),
            months: BTreeSet::from([self.month.clone()]),
            seq: self.place.1,
        };
        let full = std::mem::replace(&mut self.writing, Writing::new()?);
        self.made.push(full.put(self.store, place).await?);
        Ok(())
    }
}
