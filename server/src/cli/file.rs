//! `minsheng file`: destroying a file of a case for good, by the owner of the machine.
//! Deliberately absent: what is destroyed and what stays (`services::files`).
//! The id stands in the page's link and in the programs' interface.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use services::files;
use shared::ids::FileId;

use super::{owner, said};
use crate::config::Settings;

/// Destroy a file of a case
#[derive(Debug, Args)]
pub struct File {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Destroy the bytes of a file by destroying their key, wherever they hang and wherever copies lie; this cannot be undone
    Erase {
        /// The file's id, as in /files/ID
        #[arg(value_parser = id)]
        file: FileId,
        /// Why; it stands in the audit
        #[arg(long)]
        reason: String,
    },
}

fn id(text: &str) -> Result<FileId, String> {
    text.parse()
        .map_err(|_| "an id such as 019b0000-0000-7000-8000-000000000000".to_owned())
}

impl File {
    /// Does it.
    pub async fn run(self, settings: Settings) -> anyhow::Result<ExitCode> {
        let ctx = owner(&settings).await?;
        let Act::Erase { file, reason } = self.act;
        files::erase(&ctx, file, &reason)
            .await
            .map_err(|fault| said(&fault))?;
        println!("erased {file}");
        ctx.services.store().close().await?;
        Ok(ExitCode::SUCCESS)
    }
}
