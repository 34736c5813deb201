//! `minsheng ready`: whether a first complaint would find everything that it needs.
//! Deliberately absent: the look itself (`services::setup`).
//! Exit code 0 when the office can open, 1 when something is missing; advice does not count.

use std::process::ExitCode;

use clap::Args;
use services::Ctx;
use shared::{
    fault::Fault,
    setup::{ReadyState, ReadyView},
    text::setup as words,
};

use crate::cli::{looker, said};
use crate::config::Settings;

/// Say whether the office can open: what is there, what is missing, who mends it and where
#[derive(Debug, Args)]
pub struct Ready {
    /// Only what is missing and what is advised
    #[arg(long)]
    open: bool,
    /// As JSON, the same as the interface gives
    #[arg(long)]
    json: bool,
}

impl Ready {
    /// Runs it.
    pub async fn run(self, settings: Settings) -> anyhow::Result<ExitCode> {
        let ctx = looker(&settings).await?;
        let found = services::setup::ready(&ctx).await;
        ctx.services.store().close().await?;
        let found = found.map_err(|fault| said(&fault))?;
        if self.json {
            println!("{}", serde_json::to_string_pretty(&found)?);
        } else {
            tell(&ctx, &found, self.open);
        }
        Ok(if found.is_ready {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }
}

/// Looks, and prints what it finds.
pub(super) async fn look(ctx: &Ctx) -> Result<bool, Fault> {
    let found = services::setup::ready(ctx).await?;
    tell(ctx, &found, true);
    Ok(found.is_ready)
}

fn tell(ctx: &Ctx, found: &ReadyView, only_open: bool) {
    let locale = ctx.locale;
    for item in &found.items {
        if only_open && item.state == ReadyState::There {
            continue;
        }
        let (state, name) = (item.state.label(locale), item.code.label(locale));
        let why = words::item(item, locale);
        if item.state == ReadyState::There {
            println!("{state}\t{name}\t{why}");
            continue;
        }
        let by = words::by(item.by, locale);
        let at = item.path.as_deref().unwrap_or_default();
        println!("{state}\t{name}\t{why}\t{by}\t{at}");
    }
    println!("{}", words::sum(found, locale));
}
