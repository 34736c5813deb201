//! `minsheng check`: does everything that is stored fit together?
//! Deliberately absent: the rules (`services::consistency`).
//! Reads every ticket and every approval, beside a running server; exit code 1 when something does not fit.

use std::process::ExitCode;

use clap::Args;
use services::consistency;
use shared::text::Locale;
use shared::text::obstacle::Told as _;
use store::installation::reseal;

use super::{looker, said};
use crate::config::Settings;

/// Compare every ticket and approval with its history, process, tasks, deadlines and counters
///
/// Reads everything and changes nothing; works beside a running server. One line for each thing that does not fit (the
/// first 50), one for each kind with the first cases, then the counts; exit code 1 when there is one.
#[derive(Debug, Args)]
pub struct Check {}

impl Check {
    /// Checks and prints.
    pub async fn run(self, settings: Settings) -> anyhow::Result<ExitCode> {
        let ctx = looker(&settings).await?;
        let found = consistency::check_all(&ctx.services)
            .await
            .map_err(|fault| said(&fault))?;
        for one in &found.first {
            println!("{}", one.told(Locale::En));
        }
        for (kind, of) in &found.kinds {
            let cases: Vec<String> = of.cases.iter().map(|it| it.id.to_string()).collect();
            println!("{kind}={} in {}", of.count, cases.join(" "));
        }
        println!(
            "tickets={} approvals={} applications={} inconsistent={}",
            found.tickets, found.approvals, found.applications, found.count
        );
        if let Some(left) = reseal::progress(&ctx.services.store().reader()).await? {
            println!(
                "resealed={} of={} unopened={}",
                left.done, left.total, left.unopened
            );
        }
        ctx.services.store().close().await?;
        Ok(if found.count == 0 {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }
}
