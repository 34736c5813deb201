//! `minsheng demo`: the demo province with plausible tickets.
//! Deliberately absent: how they are made (`services::demo`).
//! Deterministic by the seed, passwords and keys excepted.

use std::{path::PathBuf, process::ExitCode};

use anyhow::{bail, ensure};
use chrono::NaiveDate;
use clap::Args;

use super::{maker, said};
use crate::config::Settings;

/// Load the demo province: organisation, people, tickets in every state
///
/// The same seed gives the same tickets; passwords and keys are always new. At most 60 people can sign in; their
/// accounts are written to a file that only its owner can read. Works beside a running server. Ends with a
/// consistency check that must find nothing.
#[derive(Debug, Args)]
pub struct Demo {
    /// How many tickets
    #[arg(long, default_value_t = 20_000)]
    tickets: u32,
    /// Over how many months before --until they were accepted
    #[arg(long, default_value_t = 12, value_parser = clap::value_parser!(u32).range(1..=240))]
    months: u32,
    /// The demo's today, yyyy-mm-dd; nothing lies after it. Without it the present day
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    until: Option<NaiveDate>,
    /// Seed of everything that is drawn
    #[arg(long, default_value_t = 12_345)]
    seed: u64,
    /// Write the accounts to FILE as JSON [{username, password, role, unit}]; by default accounts.json in the data folder
    #[arg(long, value_name = "FILE")]
    accounts: Option<PathBuf>,
}

impl Demo {
    /// Loads the demo.
    pub async fn run(self, settings: Settings) -> anyhow::Result<ExitCode> {
        let ctx = maker(&settings).await?;
        let accounts = self
            .accounts
            .unwrap_or_else(|| settings.data_dir.join("accounts.json"));
        let order = services::demo::DemoPlan {
            tickets: self.tickets,
            months: self.months,
            until: self.until.unwrap_or_else(|| ctx.now().date()),
            seed: self.seed,
            accounts: accounts.clone(),
        };
        let taken = services::demo::accounts_in_the_way(&ctx, &order)
            .await
            .map_err(|fault| said(&fault))?;
        if let Some(file) = taken {
            bail!(
                "{} is there already, with the accounts of another database, and is not replaced; move it away, or name another file with --accounts",
                file.display()
            );
        }
        let done = services::demo::run(&ctx, order)
            .await
            .map_err(|fault| said(&fault))?;
        println!("{done}");
        println!("accounts: {}", accounts.display());
        ctx.services.store().close().await?;
        ensure!(
            done.is_consistent(),
            "the consistency check found faults; they stand above"
        );
        Ok(ExitCode::SUCCESS)
    }
}
