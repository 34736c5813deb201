//! `minsheng audit verify`: is the audit whole and unchanged?
//! Deliberately absent: how the chain is built (`services::audit`).
//! Exit code 1 when a row was changed, taken out or not linked.

use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::{owner, said};
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
    Verify,
}

impl Audit {
    /// Verifies and prints.
    pub async fn run(self, settings: Settings) -> anyhow::Result<ExitCode> {
        let Act::Verify = self.act;
        let ctx = owner(&settings).await?;
        let verdict = services::audit::verify(&ctx)
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
