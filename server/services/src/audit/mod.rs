//! The audit as the auditor reads it: a page of rows, and the proof that none was changed, taken out, added or moved (A-09, P-31, P-32).
//! Not here: writing rows (in each verb's transaction), sealing them (`jobs::seal`), the chain (`store::audit`).
//! `verify` compares the chain with the checkpoints in the database and with those outside it.

use std::fmt;
use std::io::BufRead as _;
use std::path::Path;

use serde::Deserialize;
use shared::access::Permission;
use shared::fault::Fault;

use crate::context::Ctx;
use crate::fault::Settle;
use crate::jobs::checkpoints_file;
use crate::watch::watched;

pub use store::audit::{AuditPage, AuditQuery};

/// What verifying found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Rows linked into the chain.
    pub sealed: i64,
    /// Rows that are written but not linked yet.
    pub pending: i64,
    /// Signed checkpoints compared, inside and outside the database.
    pub checkpoints: i64,
    /// What does not fit; empty when the audit is whole.
    pub faults: Vec<String>,
}

impl Verdict {
    /// Whether nothing was found.
    pub fn is_whole(&self) -> bool {
        self.faults.is_empty()
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for fault in &self.faults {
            writeln!(f, "{fault}")?;
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
        )
    }
}

/// A checkpoint as it stands in the file outside the database.
#[derive(Deserialize)]
struct Outside {
    seq: i64,
    link: String,
}

/// Computes every digest, link and signed checkpoint again.
///
/// # Errors
/// `access.denied` for anybody but the auditor and the machine's owner.
pub async fn verify(ctx: &Ctx) -> Result<Verdict, Fault> {
    require(ctx).await?;
    let report = store::audit::verify(&ctx.services.store().report_reader())
        .await
        .settle(&ctx.services)?;
    let path = checkpoints_file(&ctx.services.config().data_dir);
    let outside = tokio::task::spawn_blocking(move || read(&path))
        .await
        .map_err(anyhow::Error::new)
        .settle(&ctx.services)?
        .map_err(anyhow::Error::new)
        .settle(&ctx.services)?;
    let mut verdict = Verdict {
        sealed: report.sealed,
        pending: report.pending,
        checkpoints: report.checkpoints,
        faults: report.faults,
    };
    for (line, checkpoint) in outside {
        verdict.checkpoints += 1;
        let Some(checkpoint) = checkpoint else {
            verdict.faults.push(format!(
                "line {line} of the checkpoints outside the database cannot be read"
            ));
            continue;
        };
        let link = store::audit::link(&ctx.services.store().report_reader(), checkpoint.seq)
            .await
            .settle(&ctx.services)?;
        if link.map(hex::encode) != Some(checkpoint.link) {
            verdict.faults.push(format!(
                "the chain does not reach or does not fit the checkpoint {} outside the database",
                checkpoint.seq
            ));
        }
    }
    Ok(verdict)
}

fn read(path: &Path) -> std::io::Result<Vec<(usize, Option<Outside>)>> {
    let file = match std::fs::File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let lines = std::io::BufReader::new(file).lines();
    lines
        .enumerate()
        .map(|(at, line)| line.map(|line| (at + 1, serde_json::from_str(&line).ok())))
        .collect()
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
        if ctx.actor.may(Permission::AuditRead) {
            Ok(())
        } else {
            Err(Fault::denied())
        }
    };
    watched(ctx, Permission::AuditRead.code(), "audit", asked).await
}
