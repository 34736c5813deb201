//! `minsheng setup --file office.toml`: a whole office from a file, as often as one likes.
//! Deliberately absent: what a file may say and whether it fits (`services::setup`).
//! Links for one use go to standard output alone; nothing is written when anything in the file is wrong.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;
use services::{
    Ctx,
    setup::{self, Made, Office, Plan},
};
use shared::text::{Locale, setup as words};

use super::ready;
use crate::cli::{looker, maker, said};
use crate::config::Settings;

/// Troubles that are printed one by one.
const TOLD: usize = 100;

const AFTER: &str = "\
The file names the area, the administrators, units, categories, limits, calendar, people and what was decided; lists may stand in \
CSV files beside it. Everything is judged first: each thing that is wrong is told with its line and path, and then nothing at all is \
written. What is so already is left as it is, so that the same file can be run again after it was changed. Accounts that are made get \
a link for one use, good for 24 hours, on standard output. Ends with what is still missing before the office can open.

Exit codes: 0 done (or nothing wrong with --check), 1 something in the file is wrong.";

/// Set an office up from a file: area, administrators, units, lists, people
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub struct Setup {
    /// The office's file
    #[arg(long, value_name = "FILE")]
    file: PathBuf,
    /// Only say what would come of it; the installation must be there
    #[arg(long)]
    check: bool,
}

impl Setup {
    /// Runs it.
    pub async fn run(self, settings: Settings) -> anyhow::Result<ExitCode> {
        let ctx = if self.check {
            looker(&settings).await?
        } else {
            maker(&settings).await?
        };
        let done = self.act(&ctx).await;
        ctx.services.store().close().await?;
        done
    }

    async fn act(&self, ctx: &Ctx) -> anyhow::Result<ExitCode> {
        let office = Office::read(&self.file);
        let plan = setup::plan(ctx, office).await;
        let plan = plan.map_err(|fault| said(&fault))?;
        told(ctx, &plan);
        if !plan.is_good() {
            eprintln!("{}", words::NOTHING_WRITTEN.get(ctx.locale));
            return Ok(ExitCode::FAILURE);
        }
        summed(ctx, &plan);
        if self.check {
            return Ok(ExitCode::SUCCESS);
        }
        let mut show = |made: Made| {
            println!("{}\t{}\t{}", made.username, made.name, made.link.link);
        };
        let done = setup::carry_out(ctx, plan, &mut show).await;
        done.map_err(|fault| said(&fault))?;
        ready::look(ctx).await.map_err(|fault| said(&fault))?;
        Ok(ExitCode::SUCCESS)
    }
}

fn told(ctx: &Ctx, plan: &Plan) {
    for trouble in plan.troubles.iter().take(TOLD) {
        let (place, why) = (words::place(trouble), words::trouble(trouble, ctx.locale));
        eprintln!("{place}: {why}");
    }
    if let Some(more) = plan
        .troubles
        .len()
        .checked_sub(TOLD)
        .filter(|more| *more > 0)
    {
        eprintln!("… +{more}");
    }
}

fn summed(ctx: &Ctx, plan: &Plan) {
    if plan.is_done() {
        eprintln!("{}", words::NOTHING_TO_DO.get(ctx.locale));
    }
    for (list, [new, changed, gone]) in plan.counts() {
        let three = (count(new), count(changed), count(gone));
        let sum = shared::text::register::sum(three, ctx.locale);
        eprintln!("{}: {sum}", list.label(ctx.locale));
    }
    if plan.accounts() > 0 || plan.others() > 0 {
        let (accounts, others) = (plan.accounts(), plan.others());
        eprintln!(
            "{}",
            match ctx.locale {
                Locale::Zh => format!("新账号 {accounts} 个，其他设置 {others} 项。"),
                Locale::En => format!("{accounts} new accounts, {others} other settings."),
            }
        );
    }
}

fn count(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
