//! `minsheng calendar`: working days after a date, and the notice of a further year.
//! Deliberately absent: counting (`shared::calendar`).
//! `due` counts with what the database knows where there is one, else with the years that come with the program.

use std::{path::PathBuf, process::ExitCode};

use anyhow::bail;
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use shared::calendar::WorkCalendar;
use shared::text::import;

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
    /// Counts with the holidays and make-up days of the database, and without one with those that come with the program.
    /// When a year on the way has no notice yet, it is named and nothing is printed.
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
    /// Columns date,name,kind,notice_year (日期,名称,类型,年份) with a heading; kind is off (休) or work (班); notice_year is
    /// the year of the notice. Encodings and separators as for complaints. A year that is known already is replaced.
    /// Deadlines that were provisional because of the year are recomputed.
    Import {
        /// The CSV file
        file: PathBuf,
        /// Go on although the reading is in doubt
        #[arg(long)]
        accept: bool,
    },
}

impl Calendar {
    /// `due`: one line, or the year that is missing. Without settings, or where they name no database that is there, it counts with
    /// the years that come with the program.
    pub fn compute(self, settings: Option<Settings>) -> anyhow::Result<ExitCode> {
        let Act::Due { date, days } = self.act else {
            bail!("this subcommand needs a database")
        };
        let Some(settings) = settings.filter(has_database) else {
            return print(&WorkCalendar::shipped(), date, days);
        };
        super::in_runtime(async move {
            let ctx = super::looker(&settings).await?;
            let reference = ctx
                .services
                .reference()
                .await
                .map_err(|fault| said(&fault))?;
            print(&reference.calendar, date, days)
        })
    }

    /// `import`: enters the notices of a file.
    pub async fn run(self, settings: Settings) -> anyhow::Result<ExitCode> {
        let Act::Import { file, accept } = self.act else {
            bail!("this subcommand needs no database")
        };
        let ctx = owner(&settings).await?;
        let done = services::calendar::import_file(&ctx, &file, accept)
            .await
            .map_err(|fault| said(&fault))?;
        if let Some(reading) = &done.reading {
            println!("read as {}, {} lines", reading.encoding, reading.lines);
        }
        for (year, days) in &done.thin {
            eprintln!("{}", import::thin_year(ctx.locale, *year, *days));
        }
        let years: Vec<_> = done.years.iter().map(ToString::to_string).collect();
        println!("entered: {}", years.join(", "));
        ctx.services.store().close().await?;
        Ok(ExitCode::SUCCESS)
    }
}

fn print(calendar: &WorkCalendar, date: NaiveDate, days: u32) -> anyhow::Result<ExitCode> {
    let due = calendar.nth_working_day(date, days)?;
    println!("{}", due.format("%Y-%m-%d"));
    Ok(ExitCode::SUCCESS)
}

/// Whether the settings name a database that is there already: counting makes none.
fn has_database(settings: &Settings) -> bool {
    match settings.database_url.strip_prefix("sqlite:") {
        Some(path) => {
            let path = path.trim_start_matches("//");
            std::path::Path::new(path.split('?').next().unwrap_or(path)).is_file()
        }
        None => !settings.database_url.is_empty(),
    }
}
