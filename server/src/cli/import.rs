//! `minsheng import`: complaints from CSV files and workbooks of other systems, as named batches that can be undone.
//! Deliberately absent: reading and mapping (`services::import`).
//! The last line printed is `read=N imported=N duplicate=N rejected=N`.

use std::{path::PathBuf, process::ExitCode, time::Duration};

use clap::{Args, Subcommand};
use services::{
    Ctx,
    import::{self, Done, ImportPlan},
};
use shared::fault::{Code, Fault};
use shared::ids::BatchId;
use shared::text::{Locale, import as words};

use super::{maker, said, said_in};
use crate::config::Settings;

/// Import complaints from other systems, or undo an import
#[derive(Debug, Args)]
pub struct Import {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Import complaints from a CSV file or a workbook
    ///
    /// Says first how the file is read: a workbook (.xlsx, .xls; its first sheet that is shown), or UTF-8, GBK, Big5 or
    /// UTF-16 with commas, tabs, semicolons or bars, which line holds the heads and which column became what. Where that is in doubt nothing is written until --accept is given. Known heads
    /// need no mapping; for others a TOML file names the columns; what nothing maps is kept in the source's words. Neither
    /// phone nor name means anonymous; an unknown place, type or category is kept to be completed. The key is (source, id):
    /// the same text again is a duplicate, another text is rejected. With a reply the ticket is closed, else it waits for
    /// dispatch. Rejected rows go to a report beside the file. It is a long job: after a kill the same command goes on where it
    /// stood, and the page of long jobs shows and stops it.
    Complaints {
        /// The file: .csv, .csv.gz, .xlsx or .xls
        file: PathBuf,
        /// Mapping of columns, TOML
        #[arg(long, value_name = "FILE")]
        map: Option<PathBuf>,
        /// Name of the source; the file's name when absent
        #[arg(long, value_name = "NAME")]
        source: Option<String>,
        /// Read and judge everything, write nothing
        #[arg(long)]
        dry_run: bool,
        /// Go on although the reading is in doubt
        #[arg(long)]
        accept: bool,
        /// Language of what is printed and of the report: zh or en; the terminal's when absent
        #[arg(long, value_name = "LANG", value_parser = lang)]
        lang: Option<Locale>,
    },
    /// Move a batch to the recycle bin; nothing is deleted
    Undo {
        /// The batch's id, as the import printed it
        batch: BatchId,
    },
}

impl Import {
    /// Imports or undoes.
    pub async fn run(self, settings: Settings) -> anyhow::Result<ExitCode> {
        let mut ctx = maker(&settings).await?;
        match self.act {
            Act::Complaints {
                file,
                map,
                source,
                dry_run,
                accept,
                lang,
            } => {
                if let Some(lang) = lang {
                    ctx.locale = lang;
                }
                let locale = ctx.locale;
                let order = ImportPlan {
                    file,
                    map,
                    source,
                    dry_run,
                    accept,
                };
                let done = complaints(&ctx, order)
                    .await
                    .map_err(|fault| said_in(&fault, locale))?;
                println!("{}", done.say(locale).join("\n"));
            }
            Act::Undo { batch } => {
                let moved = import::undo(&ctx, batch)
                    .await
                    .map_err(|fault| said(&fault))?;
                println!("{moved} tickets moved to the recycle bin");
            }
        }
        ctx.services.store().close().await?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Imports a file; where a run that was killed may still have it, waits once until that is over, and goes on where it stood.
async fn complaints(ctx: &Ctx, order: ImportPlan) -> Result<Done, Fault> {
    let opened = import::open(ctx, order.clone())?;
    println!("{}", opened.say(ctx.locale).join("\n"));
    let fault = match opened.run().await {
        Err(fault) if fault.code == Code::JobHeld => fault,
        done => return done,
    };
    let until = fault
        .facts
        .get("until")
        .and_then(|at| at.parse::<i64>().ok());
    let left = until.map_or(0, |until| until - ctx.now().0 + 100);
    let Ok(left @ 1..=120_000) = u64::try_from(left) else {
        return Err(fault);
    };
    eprintln!(
        "{}",
        words::waits_for_another_run(left.div_ceil(1_000), ctx.locale)
    );
    tokio::time::sleep(Duration::from_millis(left)).await;
    import::open(ctx, order)?.run().await
}

/// A language by its tag.
fn lang(tag: &str) -> Result<Locale, String> {
    Locale::parse(tag).ok_or_else(|| "zh or en".to_owned())
}
