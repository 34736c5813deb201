//! The audit as the auditor reads it: a page of rows, and the proof that none was changed, taken out, added or moved (A-09, P-31, P-32).
//! Not here: writing rows (in each verb's transaction), sealing them (`jobs::seal`), the chain (`store::audit`).
//! `verify` compares the chain with the checkpoints in the database and with those outside it.

pub mod alarms;
pub mod questions;
pub(crate) mod reads;
pub mod reports;
pub mod search;
pub mod second;

use std::collections::BTreeSet;
use std::fmt;
use std::io::BufRead as _;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use shared::access::{Permission, needs};
use shared::calendar::Instant;
use shared::fault::Fault;
use store::installation::Restore;

use crate::context::Ctx;
use crate::fault::Settle;
use crate::jobs::checkpoints_file;
use crate::watch::watched;

use second::Second;

pub use store::audit::{AuditPage, AuditQuery, Bad};

/// Lines of a file of checkpoints that are looked at together.
const AT_ONCE: usize = 2_000;

/// What verifying found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Rows linked into the chain.
    pub sealed: i64,
    /// Rows that are written but not linked yet.
    pub pending: i64,
    /// Signed checkpoints compared, inside and outside the database.
    pub checkpoints: i64,
    /// Of these, newer than a backup that was restored, and signed before it was: what they signed is gone with words.
    pub explained: i64,
    /// How often the database was restored from a backup.
    pub restores: usize,
    /// What does not fit; empty when the audit is whole.
    pub faults: Vec<String>,
    /// The first row of the chain that does not fit, or between which two positions it lies.
    pub first: Option<Bad>,
}

impl Verdict {
    /// Whether nothing was found.
    pub fn is_whole(&self) -> bool {
        self.faults.is_empty()
    }

    /// Names what a checkpoint outside the database proves, where nothing before it is known to be wrong.
    fn bad(&mut self, fitted: i64, checkpoint: &Outside) {
        let from = fitted.min(self.sealed) + 1;
        // What the database itself shows is nearer than what lies around it.
        let is_named = |known: &Bad| known.from <= checkpoint.seq;
        if !self.first.as_ref().is_some_and(is_named) {
            self.first = Some(Bad {
                from,
                to: checkpoint.seq,
                n: None,
                id: None,
                what: "rows are gone, or were changed and linked anew; a position outside the database knew them otherwise".to_owned(),
            });
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for fault in &self.faults {
            writeln!(f, "{fault}")?;
        }
        if let Some(first) = &self.first {
            writeln!(f, "the first that does not fit: {first}")?;
        }
        let word = if self.is_whole() {
            "whole"
        } else {
            "NOT WHOLE"
        };
        write!(
            f,
            "audit {word}: sealed={} pending={} checkpoints={} faults={}",
            self.sealed,
            self.pending,
            self.checkpoints,
            self.faults.len()
        )?;
        if self.restores > 0 {
            write!(
                f,
                " restores={} explained={}",
                self.restores, self.explained
            )?;
        }
        Ok(())
    }
}

/// A checkpoint as it stands in the file outside the database, and as the second host names its newest.
#[derive(Debug, Deserialize)]
struct Outside {
    seq: i64,
    link: String,
    at: Instant,
}

/// Computes every digest, link and signed checkpoint again, and compares the copies outside the database: the file in the data folder, and
/// the second place, and `copies`, files that were kept elsewhere.
///
/// # Errors
/// `access.denied` for anybody but the auditor and the machine's owner.
pub async fn verify_with(ctx: &Ctx, copies: &[PathBuf]) -> Result<Verdict, Fault> {
    require(ctx).await?;
    let services = &ctx.services;
    let db = services.store().report_reader();
    let report = store::audit::verify(&db).await.settle(services)?;
    let restores = store::installation::restores(&db).await.settle(services)?;
    let mut verdict = Verdict {
        sealed: report.sealed,
        pending: report.pending,
        checkpoints: report.checkpoints,
        explained: 0,
        restores: restores.len(),
        faults: report.faults,
        first: report.first,
    };
    for (restore, holds) in &restores {
        if !holds {
            let at = restore.at.rfc3339();
            let words = format!("the signature of the restore of {at} does not hold");
            verdict.faults.push(words);
        }
    }
    let known = Known {
        signed: report.signed,
        copied: report.copied,
        restores: restores
            .into_iter()
            .filter(|(_, holds)| *holds)
            .map(|(restore, _)| restore)
            .collect(),
    };
    let own = checkpoints_file(&services.config().data_dir);
    let seen = compare(ctx, &own, &known, &mut verdict).await?;
    let whole = missing(&known, known.copied, &seen.seqs, &mut verdict);
    // A line that a crash broke off is written again behind it; it says something only when a checkpoint is missing.
    if !whole {
        unreadable(&seen, &mut verdict);
    }
    if let Some(second) = services.second() {
        compare_second(ctx, second, &known, &mut verdict).await?;
    }
    for copy in copies {
        let seen = compare(ctx, copy, &known, &mut verdict).await?;
        unreadable(&seen, &mut verdict);
        if seen.seqs.is_empty() && seen.unreadable.is_empty() {
            let words = format!("{} has no checkpoint", copy.display());
            verdict.faults.push(words);
        }
    }
    Ok(verdict)
}

/// The same with the file in the data folder alone.
///
/// # Errors
/// As `verify_with`.
pub async fn verify(ctx: &Ctx) -> Result<Verdict, Fault> {
    verify_with(ctx, &[]).await
}

/// What the database says about its checkpoints.
struct Known {
    signed: Vec<i64>,
    copied: i64,
    restores: Vec<Restore>,
}

impl Known {
    /// A checkpoint of the time before a restore, beyond what was restored: the rows behind it are gone with words.
    fn explains(&self, checkpoint: &Outside) -> bool {
        self.restores
            .iter()
            .any(|restore| checkpoint.seq > restore.seq && checkpoint.at <= restore.at)
    }
}

/// Compares the folder and the host to which the checkpoints go as well.
async fn compare_second(
    ctx: &Ctx,
    second: &Second,
    known: &Known,
    verdict: &mut Verdict,
) -> Result<(), Fault> {
    let services = &ctx.services;
    let db = services.store().report_reader();
    if let Some(file) = second.file() {
        let copied = second.copied_to_folder(&db).await.settle(services)?;
        let seen = compare(ctx, &file, known, verdict).await?;
        if !missing(known, copied, &seen.seqs, verdict) {
            unreadable(&seen, verdict);
        }
    }
    let Some(answer) = second.newest_at_host(ctx.now()).await else {
        return Ok(());
    };
    let newest = match answer {
        Ok(newest) => newest,
        Err(error) => {
            let words = format!("the second host cannot be asked: {error:#}");
            verdict.faults.push(words);
            return Ok(());
        }
    };
    let copied = second.copied_to_host(&db).await.settle(services)?;
    let Some(newest) = newest else {
        if copied > 0 {
            let words = format!("the second host has lost the checkpoints up to {copied}");
            verdict.faults.push(words);
        }
        return Ok(());
    };
    verdict.checkpoints += 1;
    if newest.seq < copied {
        verdict.faults.push(format!(
            "the second host has checkpoints up to {} only, {copied} were brought to it",
            newest.seq
        ));
    }
    let link = store::audit::link(&db, newest.seq).await.settle(services)?;
    if link.map(hex::encode).as_ref() == Some(&newest.link) {
        return Ok(());
    }
    if known.explains(&newest) {
        verdict.explained += 1;
    } else {
        verdict.faults.push(format!(
            "the chain does not reach or does not fit the checkpoint {} of the second host",
            newest.seq
        ));
    }
    Ok(())
}

/// What a file of checkpoints has.
#[derive(Default)]
struct Seen {
    seqs: BTreeSet<i64>,
    unreadable: Vec<usize>,
}

fn unreadable(seen: &Seen, verdict: &mut Verdict) {
    verdict.faults.extend(
        seen.unreadable.iter().map(|line| {
            format!("line {line} of the checkpoints outside the database cannot be read")
        }),
    );
}

/// Compares one file with the chain.
async fn compare(
    ctx: &Ctx,
    path: &Path,
    known: &Known,
    verdict: &mut Verdict,
) -> Result<Seen, Fault> {
    let services = &ctx.services;
    let db = services.store().report_reader();
    let mut seen = Seen::default();
    let (mut lines, mut fitted) = (Lines::of(path), 0);
    loop {
        let read = tokio::task::spawn_blocking(move || lines.next_ones())
            .await
            .map_err(anyhow::Error::new)
            .settle(services)?;
        let found = read.1.map_err(anyhow::Error::new).settle(services)?;
        lines = read.0;
        if found.is_empty() {
            return Ok(seen);
        }
        let seqs = found.iter().filter_map(|(_, it)| Some(it.as_ref()?.seq));
        let seqs: Vec<i64> = seqs.collect();
        let links = store::audit::links(&db, &seqs).await.settle(services)?;
        for (number, checkpoint) in found {
            verdict.checkpoints += 1;
            match checkpoint {
                Some(checkpoint) => {
                    let link = links.get(&checkpoint.seq).map(hex::encode);
                    let fits = link.as_ref() == Some(&checkpoint.link);
                    judge(
                        (&checkpoint, fits),
                        known,
                        (&mut seen, &mut fitted),
                        verdict,
                    );
                }
                None => seen.unreadable.push(number),
            }
        }
    }
}

/// One checkpoint of a file, which fits the chain or does not; `fitted` is the last one that did.
fn judge(
    (checkpoint, fits): (&Outside, bool),
    known: &Known,
    (seen, fitted): (&mut Seen, &mut i64),
    verdict: &mut Verdict,
) {
    let seq = checkpoint.seq;
    if !fits && known.explains(checkpoint) {
        verdict.explained += 1;
        return;
    }
    seen.seqs.insert(seq);
    if !fits {
        verdict.bad(*fitted, checkpoint);
        verdict.faults.push(format!(
            "the chain does not reach or does not fit the checkpoint {seq} outside the database"
        ));
        return;
    }
    *fitted = seq;
    if known.signed.binary_search(&seq).is_err() {
        verdict.faults.push(format!(
            "the checkpoint {seq} outside the database was taken out of it"
        ));
    }
}

/// Tells of checkpoints that were copied outside once and are not there any more; whether there is none.
fn missing(known: &Known, copied: i64, seen: &BTreeSet<i64>, verdict: &mut Verdict) -> bool {
    let gone: Vec<i64> = known
        .signed
        .iter()
        .copied()
        .filter(|seq| *seq <= copied && !seen.contains(seq))
        .collect();
    if let (Some(first), Some(last)) = (gone.first(), gone.last()) {
        verdict.faults.push(format!(
            "{} checkpoints from {first} to {last} are missing from the file outside the database",
            gone.len()
        ));
    }
    gone.is_empty()
}

/// A file of checkpoints that is read some lines at a time.
enum Lines {
    Closed(PathBuf),
    Open(usize, std::io::Lines<std::io::BufReader<std::fs::File>>),
}

/// Lines with their numbers; one that cannot be read is none.
type Found = Vec<(usize, Option<Outside>)>;

impl Lines {
    fn of(path: &Path) -> Self {
        Self::Closed(path.to_owned())
    }

    /// The next lines, and from where it goes on; none at the end, or where there is no file. Blocking.
    fn next_ones(self) -> (Self, std::io::Result<Found>) {
        let (number, mut lines) = match self {
            Self::Open(number, lines) => (number, lines),
            Self::Closed(path) => match std::fs::File::open(&path) {
                Ok(file) => (0, std::io::BufReader::new(file).lines()),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                    return (Self::Closed(path), Ok(Vec::new()));
                }
                Err(error) => return (Self::Closed(path), Err(error)),
            },
        };
        let texts: std::io::Result<Vec<String>> = lines.by_ref().take(AT_ONCE).collect();
        let found = texts.map(|texts| {
            let numbered = texts.iter().enumerate();
            let read = |(at, line): (usize, &String)| {
                let checkpoint = serde_json::from_str(line).ok();
                (number + at + 1, checkpoint)
            };
            numbered.map(read).collect::<Found>()
        });
        let behind = number + found.as_ref().map_or(0, Vec::len);
        (Self::Open(behind, lines), found)
    }
}

/// A page of audit rows, newest first.
///
/// # Errors
/// `access.denied` for anybody but the auditor and the machine's owner; `input.cursor`.
pub async fn list(ctx: &Ctx, query: AuditQuery) -> Result<AuditPage, Fault> {
    require(ctx).await?;
    store::audit::list(&ctx.services.store().reader(), &query)
        .await
        .settle(&ctx.services)
}

async fn require(ctx: &Ctx) -> Result<(), Fault> {
    let asked = async {
        if needs::AUDIT.is_met_by(&ctx.actor) {
            Ok(())
        } else {
            Err(Fault::denied())
        }
    };
    watched(ctx, Permission::AuditRead.code(), "audit", asked).await
}
