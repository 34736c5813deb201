//! `minsheng export tickets`: the list as CSV, JSON lines or a workbook, with the rights of one person and the audit of the page.
//! Deliberately absent: what is exported (`services::exports`).
//! The file is written beside its place and renamed at the end, so that half a file never looks whole.

pub mod report;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context;
use clap::{Args, Subcommand};
use futures::{Stream, StreamExt};
use services::{Ctx, exports, jobs::host::desk, sessions};
use shared::export::ExportPart;
use shared::job::{AskExport, ExportFormat};
use shared::query::TicketQuery;
use tokio::io::AsyncWriteExt;

use super::{owner, said};
use crate::config::Settings;

/// Export data to files
#[derive(Debug, Args)]
pub struct Export {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Write a list of tickets as a file, masked, with the rights of a person
    ///
    /// The filter is written as in the address of the list page, for example
    /// --filter 'state=HANDLING&region=320100&accepted_from=2026-01-01'. At most 100,000 rows, as a workbook 10,000; with --whole
    /// any number.
    Tickets {
        /// Sign-in name of the person whose rights count; the export stands in the audit under it
        #[arg(long = "as", value_name = "USER")]
        person: String,
        /// Filter as in the address of the list page
        #[arg(long, default_value = "", value_name = "QUERY")]
        filter: String,
        /// csv (UTF-8), gb18030 (CSV for older programs), xlsx or jsonl
        #[arg(long, default_value_t = ExportFormat::USUAL, value_name = "FORMAT", value_parser = format)]
        format: ExportFormat,
        /// File to write; must not exist yet
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        #[command(flatten)]
        whole: Whole,
    },
}

/// An export as a job: any number of rows, and what only a job can be made of.
#[derive(Debug, Args)]
struct Whole {
    /// Any number of rows: as a job of the person's, which goes on after a kill; several tables come as a ZIP archive
    #[arg(id = "whole", long = "whole")]
    asked: bool,
    /// Pack the file into a ZIP archive under a password, which is printed once
    #[arg(long, requires = "whole")]
    locked: bool,
    /// Name, telephone and address in the clear: waits for a second person, and the file is taken on the page then
    #[arg(long, requires = "whole")]
    clear: bool,
    /// What it is for; needed where a second person has to agree
    #[arg(long, requires = "whole", value_name = "TEXT")]
    purpose: Option<String>,
    /// Related parts, with commas between: assignments, history, follow_ups
    #[arg(long, requires = "whole", value_name = "PARTS", value_delimiter = ',', value_parser = part)]
    parts: Vec<ExportPart>,
    /// Keys of the columns in their order, with commas between, such as ticket_no,state
    #[arg(long, requires = "whole", value_name = "KEYS", value_delimiter = ',')]
    columns: Vec<String>,
}

impl Export {
    /// Exports and prints how many rows were written.
    pub async fn run(self, settings: Settings) -> anyhow::Result<ExitCode> {
        let Act::Tickets {
            person,
            filter,
            format,
            out,
            whole,
        } = self.act;
        anyhow::ensure!(!out.exists(), "{} exists already", out.display());
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(&filter)
            .context("the filter is no query such as state=HANDLING&region=320100")?;
        let query = TicketQuery::from_pairs(&pairs).map_err(|fault| said(&fault))?;
        let mut ctx = owner(&settings).await?;
        ctx.actor = sessions::actor_by_name(&ctx.services, &person)
            .await
            .map_err(|fault| said(&fault))?;
        let part = out.with_extension("part");
        let written = if whole.asked {
            write_whole(&ctx, (query, format, whole), &part).await
        } else {
            let rows = exports::tickets_as(&ctx, query, format).await;
            let rows = rows.map_err(|fault| said(&fault))?;
            let rows = rows.map(|rows| rows.map_err(|fault| said(&fault)));
            write(rows, &part).await.map(Some)
        };
        match written {
            Ok(None) => println!("waits for the approval of a second person; see Long jobs"),
            Ok(Some(bytes)) => {
                tokio::fs::rename(&part, &out).await?;
                println!("{} bytes in {}", bytes, out.display());
            }
            Err(error) => {
                tokio::fs::remove_file(&part).await.ok();
                return Err(error);
            }
        }
        ctx.services.store().close().await?;
        Ok(ExitCode::SUCCESS)
    }
}

/// A format by its word.
fn format(word: &str) -> Result<ExportFormat, String> {
    let words = || ExportFormat::ALL.iter().map(|it| it.as_str());
    ExportFormat::parse(word).ok_or_else(|| words().collect::<Vec<_>>().join(", "))
}

/// A related part by its word.
fn part(word: &str) -> Result<ExportPart, String> {
    let words = || ExportPart::ALL.iter().map(|it| it.as_str());
    ExportPart::parse(word).ok_or_else(|| words().collect::<Vec<_>>().join(", "))
}

/// Asks for a job, works on it to its end, and writes its result; nothing where it waits for a second person.
async fn write_whole(
    ctx: &Ctx,
    (query, format, whole): (TicketQuery, ExportFormat, Whole),
    part: &Path,
) -> anyhow::Result<Option<u64>> {
    let asked = AskExport {
        query: query.to_query(),
        format: Some(format),
        purpose: whole.purpose,
        locked: whole.locked,
        clear: whole.clear,
        parts: whole.parts,
        columns: whole.columns,
        template: None,
    };
    let job = exports::job::ask(ctx, asked).await;
    let job = job.map_err(|fault| said(&fault))?;
    if let Some(password) = &job.password {
        println!("password of the archive, shown this once: {password}");
    }
    let job = exports::job::finished(ctx, job.id).await;
    let job = job.map_err(|fault| said(&fault))?;
    if job.awaits {
        return Ok(None);
    }
    let taken = desk::result(ctx, job.id).await;
    match taken.map_err(|fault| said(&fault))? {
        desk::Taken::Sealed(opened) => {
            let parts = opened.whole().await.map_err(|fault| said(&fault))?;
            let parts = parts.map(|bytes| bytes.map_err(anyhow::Error::from));
            write(parts, part).await.map(Some)
        }
        desk::Taken::Open(..) => anyhow::bail!("a result of an earlier release"),
    }
}

async fn write(
    mut rows: impl Stream<Item = anyhow::Result<Vec<u8>>> + Unpin,
    part: &Path,
) -> anyhow::Result<u64> {
    let file = tokio::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(part)
        .await;
    let mut file = file.with_context(|| format!("cannot write {}", part.display()))?;
    let mut bytes = 0;
    while let Some(part) = rows.next().await {
        let part = part?;
        file.write_all(&part).await?;
        bytes += part.len() as u64;
    }
    file.flush().await?;
    file.sync_all().await?;
    Ok(bytes)
}
