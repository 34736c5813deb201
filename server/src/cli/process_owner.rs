//! `minsheng process deploy`, `export`, `list`, `activate`, `withdraw`, `migrate`, `undo`: versions of definitions, by the owner of the machine.
//! Deliberately absent: checks that need no database (`process`).
//! The same services as the page and the interface, in the name of the machine's owner.

use std::{collections::BTreeMap, fs, path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use clap::Subcommand;
use services::approvals::owner::activate::Part;
use services::approvals::owner::{self as processes, MigrationPlan};
use services::{Ctx, sessions};
use shared::{
    approval::view::ActivationRow,
    calendar::Instant,
    ids::{ActivationId, MigrationId},
    place::DivisionCode,
    text::approval as words,
    ticket::RequestKind,
};

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
    /// Write a deployed definition, or a decision table, as it was handed in
    Export {
        /// Key of the definition, or id of the table
        key: String,
        /// Number of the version
        #[arg(value_name = "VERSION")]
        number: i32,
        /// A decision table and no definition
        #[arg(long)]
        table: bool,
        /// Where to write it; to the screen without it
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
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
        /// Of tickets: only those of a division, by its code
        #[arg(long, value_name = "CODE", value_parser = area)]
        area: Option<DivisionCode>,
        /// Of tickets: only those of a kind, such as `complaint`
        #[arg(long, value_name = "KIND", value_parser = kind)]
        kind: Option<RequestKind>,
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
        /// Only for an area or a kind, by the id that `list` shows
        #[arg(long, value_name = "ID")]
        part: Option<ActivationId>,
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

/// Activates a version for an area or a kind, and closes the database behind it.
async fn of_part(ctx: &Ctx, (key, number): (&str, i32), part: Part) -> anyhow::Result<ExitCode> {
    let done = processes::activate::for_part(ctx, key, number, part)
        .await
        .map_err(|fault| said(&fault))?;
    println!("{key}\t{}", line_of(&done));
    ctx.services.store().close().await?;
    Ok(ExitCode::SUCCESS)
}

/// A version for an area or a kind as one line.
fn line_of(row: &ActivationRow) -> String {
    let area = row.area.as_ref().map_or("-", |area| &area.code);
    let kind = row.kind.map_or("-", RequestKind::as_str);
    let counts = if row.counts { "active" } else { "-" };
    let from = row.from.rfc3339();
    format!(
        "{}\t{counts}\tarea={area}\tkind={kind}\tfrom={from}\t{}",
        row.version, row.id
    )
}

fn area(text: &str) -> Result<DivisionCode, String> {
    text.parse()
        .map_err(|_| "a division's code of 6 or 9 digits".to_owned())
}

fn kind(text: &str) -> Result<RequestKind, String> {
    RequestKind::parse(text).ok_or_else(|| {
        let all: Vec<&str> = RequestKind::ALL.iter().map(|it| it.as_str()).collect();
        format!("one of {}", all.join(", "))
    })
}

/// Writes a deployed file, and says its digest beside it.
async fn export(
    ctx: &Ctx,
    (key, version, is_table): (&str, i32, bool),
    out: Option<PathBuf>,
) -> anyhow::Result<()> {
    let found = if is_table {
        processes::fetch::table(ctx, key, version).await
    } else {
        processes::fetch::definition(ctx, key, version).await
    };
    let found = found.map_err(|fault| said(&fault))?;
    match out {
        Some(out) => fs::write(&out, &found.xml)
            .with_context(|| format!("cannot write {}", out.display()))?,
        None => print!("{}", found.xml),
    }
    eprintln!("{} sha256:{}", found.name, found.digest);
    Ok(())
}

impl Owned {
    /// Runs the command.
    #[allow(clippy::too_many_lines, reason = "one arm a command")]
    pub async fn run(self, settings: Settings) -> anyhow::Result<ExitCode> {
        let ctx = match self {
            Self::List | Self::Export { .. } => looker(&settings).await?,
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
            Self::Export {
                key,
                number,
                table,
                out,
            } => export(&ctx, (&key, number, table), out).await?,
            Self::List => {
                for row in processes::list(&ctx).await.map_err(|fault| said(&fault))? {
                    for version in &row.versions {
                        println!(
                            "{}\t{}\t{}\trunning={}\tincidents={}",
                            row.key,
                            version.version,
                            if version.is_active { "active" } else { "-" },
                            version.running,
                            row.incidents
                        );
                    }
                    for part in &row.activations {
                        println!("{}\t{}", row.key, line_of(part));
                    }
                }
            }
            Self::Activate {
                key,
                number,
                from,
                area,
                kind,
                person,
            } => {
                let ctx = acting(ctx.clone(), person.as_deref()).await?;
                let from = from.map(|when| when.instant(&ctx));
                let part = Part { area, kind, from };
                if !part.is_all() {
                    return of_part(&ctx, (&key, number), part).await;
                }
                let done = processes::activate(&ctx, &key, number, from)
                    .await
                    .map_err(|fault| said(&fault))?;
                println!("{key} {number}: {}", words::active_from(done.from, locale));
                println!("{}", words::active_now((number, done.active), locale));
            }
            Self::Withdraw { key, number, part } => {
                match part {
                    Some(id) => processes::activate::withdraw(&ctx, &key, id).await,
                    None => processes::withdraw(&ctx, &key, number).await,
                }
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
                let order = MigrationPlan {
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
