//! `minsheng export tickets`: the list as CSV, JSON lines or a workbook, with the rights of one person and the audit of the page.
//! Deliberately absent: what is exported (`services::exports`).
//! The file is written beside its place and renamed at the end, so that half a file never looks whole.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context;
use clap::{Args, Subcommand};
use futures::StreamExt;
use services::{Ctx, exports, sessions};
use shared::job::ExportFormat;
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
    /// --filter 'state=HANDLING&region=320100&accepted_from=2026-01-01'. At most 100,000 rows, as a workbook 10,000.
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
    },
}

impl Export {
    /// Exports and prints how many rows were written.
    pub async fn run(self, settings: Settings) -> anyhow::Result<ExitCode> {
        let Act::Tickets {
            person,
            filter,
            format,
            out,
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
        let written = write(&ctx, (query, format), &part).await;
        match written {
            Ok(bytes) => {
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

async fn write(
    ctx: &Ctx,
    (query, format): (TicketQuery, ExportFormat),
    part: &Path,
) -> anyhow::Result<u64> {
    let mut stream = exports::tickets_as(ctx, query, format)
        .await
        .map_err(|fault| said(&fault))?;
    let file = tokio::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(part)
        .await;
    let mut file = file.with_context(|| format!("cannot write {}", part.display()))?;
    let mut bytes = 0;
    while let Some(rows) = stream.next().await {
        let rows = rows.map_err(|fault| said(&fault))?;
        file.write_all(&rows).await?;
        bytes += rows.len() as u64;
    }
    file.flush().await?;
    file.sync_all().await?;
    Ok(bytes)
}
