//! `minsheng import`: complaints from CSV files of other systems, as named batches that can be undone.
//! Deliberately absent: reading and mapping (`services::import`).
//! The last line printed is `read=N imported=N duplicate=N rejected=N`.

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, Subcommand};
use shared::ids::BatchId;
use shared::text::Locale;

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
    /// Import complaints from a CSV file
    ///
    /// Says first how the file is read: UTF-8, GBK, Big5 or UTF-16, commas, tabs, semicolons or bars, which line holds the
    /// heads and which column became what. Where that is in doubt nothing is written until --accept is given. Known heads
    /// need no mapping; for others a TOML file names the columns; what nothing maps is kept in the source's words. Neither
    /// phone nor name means anonymous; an unknown place, type or category is kept to be completed. The key is (source, id):
    /// the same text again is a duplicate, another text is rejected. With a reply the ticket is closed, else it waits for
    /// dispatch. Rejected rows go to a report beside the file.
    Complaints {
        /// The file, .csv or .csv.gz
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
                let order = services::import::Order {
                    file,
                    map,
                    source,
                    dry_run,
                    accept,
                };
                let opened =
                    services::import::open(&ctx, order).map_err(|fault| said_in(&fault, locale))?;
                println!("{}", opened.say(locale).join("\n"));
                let done = opened
                    .run()
                    .await
                    .map_err(|fault| said_in(&fault, locale))?;
                println!("{}", done.say(locale).join("\n"));
            }
            Act::Undo { batch } => {
                let moved = services::import::undo(&ctx, batch)
                    .await
                    .map_err(|fault| said(&fault))?;
                println!("{moved} tickets moved to the recycle bin");
            }
        }
        ctx.services.store().close().await?;
        Ok(ExitCode::SUCCESS)
    }
}

/// A language by its tag.
fn lang(tag: &str) -> Result<Locale, String> {
    Locale::parse(tag).ok_or_else(|| "zh or en".to_owned())
}
