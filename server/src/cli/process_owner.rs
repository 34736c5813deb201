//! `minsheng process deploy`, `list`, `activate`, `withdraw`, `migrate`, `undo`: versions of definitions, by the owner of the machine.
//! Deliberately absent: checks that need no database (`process`).
//! The same services as the page and the interface, in the name of the machine's owner.

use std::{collections::BTreeMap, path::PathBuf, process::ExitCode};

use clap::Subcommand;
use services::approvals::owner::{self as processes, MigrationOrder};
use services::{Ctx, sessions};
use shared::{calendar::Instant, ids::MigrationId, text::approval as words};

use super::process::decoded;
use super::{language, looker, owner, said};
use crate::config::Settings;

/// Commands on definitions in the database.
#[derive(Debug, Subcommand)]
pub enum Owned {
    /// Deploy a definition (BPMN 2.0) or decision tables (DMN) as the next version
    Deploy {
        /// The file
        file: PathBuf,
        /// From when new cases start on it, such as 2026-03-02T00:00:00+08:00; `now` for at once. Without it, not before `activate`
        #[arg(long, value_name = "TIME", value_parser = When::read)]
        active_from: Option<When>,
        /// Sign-in name of the process owner in whose name it is done, and in whose name cases begin that start at a time
        #[arg(long = "as", value_name = "USER")]
        person: Option<String>,
    },
    /// Show definitions, versions, how many cases run on them, incidents
    List,
    /// New cases start on a version
    Activate {
        /// Key of the definition
        key: String,
        /// Number of the version
        #[arg(value_name = "VERSION")]
        number: i32,
        /// From when, such as 2026-03-02T00:00:00+08:00; at once without it, or with `now`
        #[arg(long, value_name = "TIME", value_parser = When::read)]
        from: Option<When>,
        /// Sign-in name of the process owner in whose name it is done, and in whose name cases begin that start at a time
        #[arg(long = "as", value_name = "USER")]
        person: Option<String>,
    },
    /// No new case starts on a version any more
    Withdraw {
        /// Key of the definition
        key: String,
        /// Number of the version
        #[arg(value_name = "VERSION")]
        number: i32,
    },
    /// Move running cases to another version; with --dry-run say how many would stand where
    Migrate {
        /// Key of the definition
        key: String,
        /// The version that cases leave
        #[arg(long)]
        from: i32,
        /// The version that they go to
        #[arg(long)]
        to: i32,
        /// An element whose id has changed, as OLD=NEW; may be repeated
        #[arg(long = "map", value_name = "OLD=NEW", value_parser = pair)]
        map: Vec<(String, String)>,
        /// Only count
        #[arg(long)]
        dry_run: bool,
    },
    /// Take a migration back; cases that have moved on since stay
    Undo {
        /// Id of the migration, as `migrate` printed it
        id: MigrationId,
    },
}

/// A moment on the command line.
#[derive(Debug, Clone, Copy)]
pub enum When {
    /// The present, as the services' clock has it.
    Now,
    At(Instant),
}

impl When {
    fn read(text: &str) -> Result<Self, String> {
        if text == "now" {
            return Ok(Self::Now);
        }
        Instant::parse(text)
            .map(Self::At)
            .ok_or_else(|| "a time such as 2026-03-02T00:00:00+08:00, or now".to_owned())
    }

    fn instant(self, ctx: &Ctx) -> Instant {
        match self {
            Self::Now => ctx.now(),
            Self::At(at) => at,
        }
    }
}

/// In the name of a person, where one is named.
async fn acting(mut ctx: Ctx, person: Option<&str>) -> anyhow::Result<Ctx> {
    if let Some(name) = person {
        ctx.actor = sessions::actor_by_name(&ctx.services, name)
            .await
            .map_err(|fault| said(&fault))?;
    }
    Ok(ctx)
}

fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((old, new)) if !old.is_empty() && !new.is_empty() => {
            Ok((old.to_owned(), new.to_owned()))
        }
        _ => Err("two ids with = between".to_owned()),
    }
}

impl Owned {
    /// Runs the command.
    #[allow(clippy::too_many_lines, reason = "one arm a command")]
    pub async fn run(self, settings: Settings) -> anyhow::Result<ExitCode> {
        let ctx = match self {
            Self::List => looker(&settings).await?,
            _ => owner(&settings).await?,
        };
        let locale = language();
        match self {
            Self::Deploy {
                file,
                active_from,
                person,
            } => {
                let ctx = acting(ctx.clone(), person.as_deref()).await?;
                let xml = decoded(&file)?.map_err(|error| said(&processes::refused(&error)))?;
                let active_from = active_from.map(|when| when.instant(&ctx));
                let done = processes::deploy(&ctx, &xml, active_from)
                    .await
                    .map_err(|fault| said(&fault))?;
                for finding in &done.findings {
                    eprintln!(
                        "{}: {}, {}: {}",
                        finding.severity, finding.line, finding.element, finding.words
                    );
                }
                println!(
                    "{}",
                    words::deployed(&done.key, done.version, done.is_new, locale)
                );
                if let Some(from) = done.active_from {
                    println!("{}", words::active_from(from, locale));
                }
            }
            Self::List => {
                for row in processes::list(&ctx).await.map_err(|fault| said(&fault))? {
                    for version in row.versions {
                        println!(
                            "{}\t{}\t{}\trunning={}\tincidents={}",
                            row.key,
                            version.version,
                            if version.is_active { "active" } else { "-" },
                            version.running,
                            row.incidents
                        );
                    }
                }
            }
            Self::Activate {
                key,
                number,
                from,
                person,
            } => {
                let ctx = acting(ctx.clone(), person.as_deref()).await?;
                let from = from.map(|when| when.instant(&ctx));
                let done = processes::activate(&ctx, &key, number, from)
                    .await
                    .map_err(|fault| said(&fault))?;
                println!("{key} {number}: {}", words::active_from(done.from, locale));
                println!("{}", words::active_now((number, done.active), locale));
            }
            Self::Withdraw { key, number } => {
                processes::withdraw(&ctx, &key, number)
                    .await
                    .map_err(|fault| said(&fault))?;
                println!("{key} {number}");
            }
            Self::Migrate {
                key,
                from,
                to,
                map,
                dry_run,
            } => {
                let order = MigrationOrder {
                    key,
                    from,
                    to,
                    mapping: map.into_iter().collect::<BTreeMap<_, _>>(),
                    dry_run,
                    patience: None,
                };
                let done = processes::migrate(&ctx, order)
                    .await
                    .map_err(|fault| said(&fault))?;
                for place in &done.places {
                    println!("{} -> {}: {}", place.from, place.to, place.count);
                }
                for problem in &done.problems {
                    println!(
                        "{}: {} ({})",
                        problem.element,
                        words::problem(problem, locale),
                        problem.count
                    );
                }
                match done.id {
                    None => println!("{}", words::migration_sum(done.cases, done.fits, locale)),
                    Some(id) => {
                        println!("{} {id}", words::migrated(done.moved, done.cases, locale));
                    }
                }
            }
            Self::Undo { id } => {
                let done = processes::undo_migration(&ctx, id)
                    .await
                    .map_err(|fault| said(&fault))?;
                println!(
                    "{}",
                    words::migration_undone(done.back, done.stayed, locale)
                );
            }
        }
        ctx.services.store().close().await?;
        Ok(ExitCode::SUCCESS)
    }
}
