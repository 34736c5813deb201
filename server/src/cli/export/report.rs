//! `minsheng report`: a standard report as a file, with the rights of one person.
//! Deliberately absent: what a report says (`shared::report`, `services::reports`).
//! The file is written beside its place and renamed at the end, so that half a file never looks whole.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context;
use clap::Args;
use services::{reports, sessions};
use shared::report::{ReportAsked, ReportForm, ReportName};
use tokio::io::AsyncWriteExt;

use super::super::{owner, said};
use crate::config::Settings;

/// Write a standard report as a file, in the scope of a person
///
/// For example: minsheng report monthly --as supervisor --period 2026-10 --out october.xlsx. The ending of the file says what it is:
/// xlsx, csv, or pdf where the program makes it.
#[derive(Debug, Args)]
pub struct Report {
    /// The report: daily, weekly, monthly, annual, special, unit, ranking, hot, timeliness, satisfaction and others
    #[arg(value_parser = name)]
    name: ReportName,
    /// Sign-in name of the person whose scope counts; the report stands in the audit under it
    #[arg(long = "as", value_name = "USER")]
    person: String,
    /// 2026-10-03, 2026-W44, 2026-10, 2026-Q4, 2026 or 2026-10-01_2026-10-15; the last whole one without it
    #[arg(long, value_name = "PERIOD")]
    period: Option<String>,
    /// Division code
    #[arg(long, value_name = "CODE")]
    area: Option<String>,
    /// Category code
    #[arg(long, value_name = "CODE")]
    category: Option<String>,
    /// File to write; must not exist yet
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// A report by its word.
fn name(word: &str) -> Result<ReportName, String> {
    let words = || ReportName::ALL.iter().map(|it| it.as_str());
    ReportName::parse(word).ok_or_else(|| words().collect::<Vec<_>>().join(", "))
}

impl Report {
    /// Makes the report and prints how long the file is.
    pub async fn run(self, settings: Settings) -> anyhow::Result<ExitCode> {
        anyhow::ensure!(!self.out.exists(), "{} exists already", self.out.display());
        let ending = self.out.extension().and_then(|it| it.to_str());
        let form = ending.and_then(ReportForm::parse);
        let form = form.context("the file's name must end in .xlsx, .csv or .pdf")?;
        let mut ctx = owner(&settings).await?;
        ctx.actor = sessions::actor_by_name(&ctx.services, &self.person)
            .await
            .map_err(|fault| said(&fault))?;
        let pairs = [
            ("period", self.period),
            ("area", self.area),
            ("category", self.category),
        ];
        let pairs: Vec<(String, String)> = pairs
            .into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), value?)))
            .collect();
        let made = async {
            let asked = ReportAsked::from_pairs(self.name, &pairs, ctx.now().date())?;
            let report = reports::standard(&ctx, &asked).await?;
            let stem = format!("{}-{}", self.name, asked.period);
            reports::file(&ctx, (report, &stem), form).await
        };
        let made = made.await.map_err(|fault| said(&fault))?;
        let part = self.out.with_extension("part");
        if let Err(error) = write(&part, &made.bytes).await {
            tokio::fs::remove_file(&part).await.ok();
            return Err(error);
        }
        tokio::fs::rename(&part, &self.out).await?;
        println!("{} bytes in {}", made.bytes.len(), self.out.display());
        ctx.services.store().close().await?;
        Ok(ExitCode::SUCCESS)
    }
}

async fn write(part: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let file = tokio::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(part)
        .await;
    let mut file = file.with_context(|| format!("cannot write {}", part.display()))?;
    file.write_all(bytes).await?;
    file.flush().await?;
    file.sync_all().await?;
    Ok(())
}
