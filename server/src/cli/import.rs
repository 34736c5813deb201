//! `minsheng import`: complaints from CSV files of other systems, as named batches that can be undone.
//! Deliberately absent: reading and mapping (`services::import`).
//! The last line printed is `read=N imported=N duplicate=N rejected=N`.

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, Subcommand};
use shared::ids::BatchId;

use super::{maker, said};
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
    /// UTF-8 or GBK, quotes and line breaks in fields, dates in several forms. Known layouts need no mapping; for others
    /// a TOML file names the columns. No phone means anonymous; an unknown place, type or category is kept in the source's
    /// words to be completed. The key is (source, id): the same text again is a duplicate, another text is rejected.
    /// With a reply the ticket is closed, else it waits for dispatch. Rejected rows go to a report beside the file.
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
        let ctx = maker(&settings).await?;
        match self.act {
            Act::Complaints {
                file,
                map,
                source,
                dry_run,
            } => {
                let order = services::import::Order {
                    file,
                    map,
                    source,
                    dry_run,
                };
                let done = services::import::run(&ctx, order)
                    .await
                    .map_err(|fault| said(&fault))?;
                println!("{done}");
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
