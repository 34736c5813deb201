//! `minsheng keys`: the keys that sign access tokens and the ring that seals data, by the owner of the machine.
//! Deliberately absent: what keys do (`store`), the form of the key file.
//! Running servers take a new session key up within seconds; the ring they read at their start, so that it is renewed while none runs.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Args, Subcommand};
use services::keys::renewal::{self, Renewal};
use services::sessions;
use shared::account::SessionKeyView;
use store::crypto::Provider;

use super::{looker, owner, said};
use crate::config::Settings;

/// Look at the keys that sign access tokens, and make new ones; renew the keys that seal data
#[derive(Debug, Args)]
pub struct Keys {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Show every key that signs access tokens: id, state, since when, until when it checks
    List,
    /// Make a new key for access tokens; the one before goes on checking for a quarter of an hour, and nobody is signed out
    Rotate {
        /// The key may have leaked: tokens of the keys before are refused from now on (browsers renew theirs, programs sign in again)
        #[arg(long)]
        at_once: bool,
    },
    /// Put a fresh data key in front of the key file; stop the server before, and start it afterwards: it seals anew what is there, beside the day's work
    Renew {
        /// The content of stored files is sealed anew as well, a file after the other, in a long job with its page
        #[arg(long)]
        content: bool,
    },
    /// Put fresh keys of a provider (international or sm) in front; stop the server before. Everybody signs in again afterwards
    Change {
        /// Whose keys seal, find and sign from then on
        #[arg(value_parser = provider)]
        provider: Provider,
        /// The content of stored files is sealed anew as well, a file after the other, in a long job with its page
        #[arg(long)]
        content: bool,
    },
    /// Have the content of stored files sealed anew with the keys that are there, while servers run; goes on where one stood that was broken off
    Content,
    /// Seal the key file with a key that the configured service unwraps (crypto.key-file, crypto.key-command)
    Wrap {
        /// A file with the wrapped key as your key service gave it out, base64; without it, the one of crypto.key-file makes one
        #[arg(long, value_name = "FILE")]
        wrapped: Option<PathBuf>,
    },
    /// Lay the key file open again
    Unwrap,
}

impl Keys {
    /// Does it.
    pub async fn run(self, settings: Settings) -> anyhow::Result<ExitCode> {
        let (what, content) = match self.act {
            Act::List => {
                let ctx = looker(&settings).await?;
                let keys = sessions::session_keys(&ctx).await;
                keys.map_err(|fault| said(&fault))?.iter().for_each(print);
                ctx.services.store().close().await?;
                return Ok(ExitCode::SUCCESS);
            }
            Act::Rotate { at_once } => {
                let ctx = owner(&settings).await?;
                let key = sessions::rotate(&ctx, at_once).await;
                print(&key.map_err(|fault| said(&fault))?);
                ctx.services.store().close().await?;
                return Ok(ExitCode::SUCCESS);
            }
            Act::Content => {
                let ctx = owner(&settings).await?;
                let asked = renewal::content(&ctx).await;
                ctx.services.store().close().await?;
                asked?;
                eprintln!(
                    "asked for; a running server begins within seconds, and the page of jobs says how far it is"
                );
                return Ok(ExitCode::SUCCESS);
            }
            Act::Renew { content } => (Renewal::Data, content),
            Act::Change { provider, content } => (Renewal::Change(provider), content),
            Act::Wrap { wrapped } => {
                let wrapped = wrapped.as_deref().map(read).transpose()?;
                (Renewal::Wrap(wrapped), false)
            }
            Act::Unwrap => (Renewal::LayOpen, false),
        };
        renew(settings, what, content).await
    }
}

async fn renew(mut settings: Settings, what: Renewal, content: bool) -> anyhow::Result<ExitCode> {
    // What is configured may be the provider to which it is changed.
    settings.crypto.provider = None;
    let ctx = owner(&settings).await?;
    let renewed = renewal::renew_with(&ctx, what, content).await;
    ctx.services.store().close().await?;
    let ring = renewed?;
    println!(
        "{}\t{}\t{}\t{}",
        ring.provider.code(),
        ring.data,
        ring.lookup,
        if ring.is_wrapped { "wrapped" } else { "clear" }
    );
    eprintln!(
        "keep a new copy of the key file; the keys before stay in it. Start the server now: a running one has the old keys"
    );
    Ok(ExitCode::SUCCESS)
}

fn read(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}

fn provider(text: &str) -> Result<Provider, String> {
    Provider::parse(text).ok_or_else(|| "international or sm".to_owned())
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
