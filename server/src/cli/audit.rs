//! `minsheng audit verify`: is the audit whole and unchanged?
//! Deliberately absent: how the chain is built (`services::audit`).
//! Exit code 1 when a row was changed, taken out or not linked.

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, Subcommand};

use super::{looker, said};
use crate::config::Settings;

/// Check the audit's hash chain
#[derive(Debug, Args)]
pub struct Audit {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Recompute every digest, link and signed checkpoint; exit code 1 when one does not fit
    ///
    /// Checkpoints that were taken out, of the database or of the file in the data folder, are found as well.
    Verify {
        /// A copy of checkpoints.jsonl that was kept elsewhere; may be repeated
        #[arg(long = "checkpoints", value_name = "FILE")]
        copies: Vec<PathBuf>,
    },
}

impl Audit {
    /// Verifies and prints.
    pub async fn run(self, settings: Settings) -> anyhow::Result<ExitCode> {
        let Act::Verify { copies } = self.act;
        let ctx = looker(&settings).await?;
        let verdict = services::audit::verify_with(&ctx, &copies)
            .await
            .map_err(|fault| said(&fault))?;
        println!("{verdict}");
        ctx.services.store().close().await?;
        Ok(if verdict.is_whole() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }
}
