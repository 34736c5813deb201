//! `minsheng doctor`: is this installation fit to serve?
//! Deliberately absent: the checks themselves (`crate::doctor`).
//! One line for each check; exit code 1 when one of them fails.

use std::process::ExitCode;

use clap::Args;

use crate::{config::Settings, doctor};

/// Check configuration, disk, database, migrations, clock, keys and static files
///
/// One line for each check, in plain words; exit code 1 when one of them fails.
#[derive(Debug, Args)]
pub struct Doctor {
    /// Also read the whole database for damage, open one row of each sealed kind, try the writer, check consistency,
    /// photos and modes of files; takes as long as reading everything takes, beside a running server
    #[arg(long)]
    deep: bool,
}

impl Doctor {
    /// Checks and prints.
    pub async fn run(self, settings: Settings) -> anyhow::Result<ExitCode> {
        let findings = doctor::examine(&settings, self.deep).await;
        for finding in &findings {
            let mark = if finding.good { "good" } else { "BAD " };
            println!("{mark}  {:<14} {}", finding.subject, finding.words);
        }
        let all_good = findings.iter().all(|finding| finding.good);
        Ok(if all_good {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }
}
