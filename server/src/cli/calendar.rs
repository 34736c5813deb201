//! `minsheng calendar`: working days after a date, and the notice of a further year.
//! Deliberately absent: counting (`shared::calendar`).
//! `due` counts with the years that come with the program and needs no database.

use std::{path::PathBuf, process::ExitCode};

use anyhow::{Context, bail};
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use shared::calendar::WorkCalendar;

use super::{owner, said};
use crate::config::Settings;

/// Count working days, enter the notice of a further year
#[derive(Debug, Args)]
pub struct Calendar {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Print the N-th working day after DATE, as yyyy-mm-dd
    ///
    /// Counts with the holidays and make-up days that come with the program. When a year on the way has no notice yet,
    /// it is named and nothing is printed. Needs no database.
    Due {
        /// The day before the first one that counts, yyyy-mm-dd
        #[arg(value_parser = super::day)]
        date: NaiveDate,
        /// How many working days
        #[arg(value_name = "N")]
        days: u32,
    },
    /// Enter the holidays and make-up working days of years, from a CSV file
    ///
    /// Columns date,name,kind,notice_year with a heading; kind is off or work; notice_year is the year of the notice.
    /// A year that is known already is replaced. Deadlines that were provisional because of the year are recomputed.
    Import {
        /// The CSV file, UTF-8
        file: PathBuf,
    },
}

impl Calendar {
    /// Whether the subcommand runs without configuration and database.
    pub fn needs_no_database(&self) -> bool {
        matches!(self.act, Act::Due { .. })
    }

    /// `due`: one line, or the year that is missing.
    pub fn compute(&self) -> anyhow::Result<ExitCode> {
        let Act::Due { date, days } = self.act else {
            bail!("this subcommand needs a database")
        };
        let due = WorkCalendar::shipped().nth_working_day(date, days)?;
        println!("{}", due.format("%Y-%m-%d"));
        Ok(ExitCode::SUCCESS)
    }

    /// `import`: enters the notices of a file.
    pub async fn run(self, settings: Settings) -> anyhow::Result<ExitCode> {
        let Act::Import { file } = self.act else {
            return self.compute();
        };
        let text = std::fs::read_to_string(&file)
            .with_context(|| format!("cannot read {}", file.display()))?;
        let ctx = owner(&settings).await?;
        let years = services::calendar::import(&ctx, &text)
            .await
            .map_err(|fault| said(&fault))?;
        let years: Vec<_> = years.iter().map(ToString::to_string).collect();
        println!("entered: {}", years.join(", "));
        ctx.services.store().close().await?;
        Ok(ExitCode::SUCCESS)
    }
}
