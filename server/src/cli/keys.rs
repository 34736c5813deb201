//! `minsheng keys`: the keys that sign access tokens, by the owner of the machine.
//! Deliberately absent: the keys that seal data, which lie in the key file and are never changed here.
//! Running servers take a new key up within seconds.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use services::sessions;
use shared::account::SessionKeyView;

use super::{looker, owner, said};
use crate::config::Settings;

/// Look at the keys that sign access tokens, and make a new one
#[derive(Debug, Args)]
pub struct Keys {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Show every key: id, state, since when, until when it checks
    List,
    /// Make a new key; the one before goes on checking for a quarter of an hour, and nobody is signed out
    Rotate {
        /// The key may have leaked: tokens of the keys before are refused from now on (browsers renew theirs, programs sign in again)
        #[arg(long)]
        at_once: bool,
    },
}

impl Keys {
    /// Does it.
    pub async fn run(self, settings: Settings) -> anyhow::Result<ExitCode> {
        let ctx = match self.act {
            Act::List => looker(&settings).await?,
            Act::Rotate { .. } => owner(&settings).await?,
        };
        match self.act {
            Act::List => {
                let keys = sessions::session_keys(&ctx).await;
                keys.map_err(|fault| said(&fault))?.iter().for_each(print);
            }
            Act::Rotate { at_once } => {
                let key = sessions::rotate(&ctx, at_once).await;
                print(&key.map_err(|fault| said(&fault))?);
            }
        }
        ctx.services.store().close().await?;
        Ok(ExitCode::SUCCESS)
    }
}

fn print(key: &SessionKeyView) {
    let ends = key
        .ends_at
        .map_or_else(String::new, shared::calendar::Instant::rfc3339);
    println!(
        "{}\t{}\t{}\t{ends}",
        key.kid,
        key.state,
        key.made_at.rfc3339()
    );
}
