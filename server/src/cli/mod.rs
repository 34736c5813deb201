//! The commands of the program, one file each. `--help` of each is meant to be enough.
//! Deliberately absent: what the commands do to data (`services`).
//! Results go to standard output, everything else to standard error. Exit codes: 0 done, 1 failed, 2 wrong use or configuration, 3 the schema does not fit, 4 keys, database and folder do not.

mod audit;
mod backup;
mod calendar;
mod check;
mod database;
mod demo;
mod doctor;
mod export;
mod file;
pub mod gateway;
mod import;
mod keys;
mod life;
mod lists;
mod migrate;
mod office;
mod openapi;
mod process;
mod process_owner;
mod role;
mod serve;
mod user;

use std::{future::Future, path::PathBuf, process::ExitCode};

use clap::{ArgMatches, CommandFactory, FromArgMatches, Parser, Subcommand};
use services::{Ctx, Misfit, Opening, Services};
use shared::{
    access::{Need, needs},
    fault::Fault,
    text::{Locale, faults},
};

use crate::{
    boot::{self, Mismatch},
    config::{self, Settings, Source},
    log,
};

/// Wrong use or configuration, as clap also says.
const WRONG_USE: u8 = 2;
/// The database has to be migrated, or belongs to a newer release.
const SCHEMA: u8 = 3;
/// Database, keys and data folder are not there or do not belong together.
const MISFIT: u8 = 4;

const AFTER: &str = "\
Configuration: Leptos.toml in the working folder (or --config FILE); environment variables win over it, \
such as MINSHENG_DATABASE_URL, MINSHENG_DATA_DIR, LEPTOS_SITE_ADDR. Without either, everything lies in \
~/.local/share/minsheng. `serve`, `migrate`, `setup`, `demo` and `import` begin an installation on an empty database; \
the others work on the one that is there.

Exit codes: 0 done, 1 failed, 2 wrong use or configuration, 3 the database's schema does not fit, \
4 database, keys and data folder are not there or do not belong together.";

/// Minsheng 民声: a government hotline's tickets, from filing to closing.
#[derive(Debug, Parser)]
#[command(name = "minsheng", version, after_help = AFTER, propagate_version = true)]
pub struct Cli {
    /// Configuration file; without it Leptos.toml in the working folder, if there is one
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Begin a new database beside keys and files of another one: those files are put aside, the keys are used on
    #[arg(long, global = true)]
    new_database: bool,
    #[command(subcommand)]
    command: Command,
}

/// What can be asked of the program.
#[derive(Debug, Subcommand)]
enum Command {
    Serve(serve::Serve),
    Migrate(migrate::Migrate),
    Demo(demo::Demo),
    Import(import::Import),
    Export(export::Export),
    Report(export::report::Report),
    User(user::User),
    Role(role::Role),
    Team(role::Team),
    Keys(keys::Keys),
    Audit(audit::Audit),
    Calendar(calendar::Calendar),
    Lists(lists::Lists),
    Setup(office::Setup),
    Ready(office::Ready),
    Doctor(doctor::Doctor),
    Database(database::Database),
    Check(check::Check),
    Backup(backup::Backup),
    Restore(backup::Restore),
    File(file::File),
    Gateway(gateway::Gateway),
    Openapi(openapi::Openapi),
    Process(process::Process),
}

impl Command {
    /// Whether it needs the owner of the tables: it changes the schema, or reads or fills all of it.
    fn is_owners(&self) -> bool {
        matches!(
            self,
            Self::Migrate(_)
                | Self::Database(_)
                | Self::Backup(_)
                | Self::Restore(_)
                | Self::Setup(_)
                | Self::Demo(_)
                | Self::Import(_)
        )
    }
}

/// Every command by its words, with what it asks. `export tickets` and `report` act with the rights of the person named by `--as`.
pub const COMMANDS: &[(&str, Need)] = &[
    ("serve", Need::Owner),
    ("migrate", Need::Owner),
    ("demo", Need::Owner),
    ("import complaints", Need::Owner),
    ("import undo", Need::Owner),
    ("export tickets", needs::EXPORT),
    ("report", needs::REPORT),
    ("user create", Need::Owner),
    ("user reset", Need::Owner),
    ("user factor", Need::Owner),
    ("user identities", Need::Owner),
    ("user link", Need::Owner),
    ("user unlink", Need::Owner),
    ("user sessions", Need::Owner),
    ("user end", Need::Owner),
    ("user password", Need::Owner),
    ("user list", Need::Owner),
    ("user import", Need::Owner),
    ("user requests", Need::Owner),
    ("user decide", Need::Owner),
    ("user freeze", Need::Owner),
    ("user grant", Need::Owner),
    ("user revoke", Need::Owner),
    ("role list", Need::Owner),
    ("role show", Need::Owner),
    ("role copy", Need::Owner),
    ("role make", Need::Owner),
    ("role change", Need::Owner),
    ("role stop", Need::Owner),
    ("role resume", Need::Owner),
    ("role posts", Need::Owner),
    ("role give", Need::Owner),
    ("role end", Need::Owner),
    ("role rights", Need::Owner),
    ("role readers", Need::Owner),
    ("team list", Need::Owner),
    ("team show", Need::Owner),
    ("team make", Need::Owner),
    ("team rename", Need::Owner),
    ("team end", Need::Owner),
    ("team join", Need::Owner),
    ("team leave", Need::Owner),
    ("keys list", Need::Owner),
    ("keys rotate", Need::Owner),
    ("keys renew", Need::Owner),
    ("keys change", Need::Owner),
    ("keys content", Need::Owner),
    ("keys wrap", Need::Owner),
    ("keys unwrap", Need::Owner),
    ("audit verify", Need::Owner),
    ("calendar due", Need::Nothing),
    ("calendar import", Need::Owner),
    ("lists show", Need::Owner),
    ("lists export", Need::Owner),
    ("lists import", Need::Owner),
    ("lists preview", Need::Owner),
    ("lists publish", Need::Owner),
    ("lists discard", Need::Owner),
    ("setup", Need::Owner),
    ("ready", Need::Owner),
    ("doctor", Need::Owner),
    ("database roles", Need::Owner),
    ("check", Need::Owner),
    ("backup", Need::Owner),
    ("restore", Need::Owner),
    ("file erase", Need::Owner),
    ("gateway simulate", Need::Nothing),
    ("openapi", Need::Nothing),
    ("process activate", Need::Owner),
    ("process check", Need::Nothing),
    ("process deploy", Need::Owner),
    ("process export", Need::Owner),
    ("process list", Need::Owner),
    ("process migrate", Need::Owner),
    ("process undo", Need::Owner),
    ("process withdraw", Need::Owner),
    ("process replay", Need::Nothing),
    ("process roundtrip", Need::Nothing),
];

/// The words of every command and its subcommands, such as `user create`, as the command line takes them.
pub fn words() -> Vec<String> {
    let program = Cli::command();
    let mut words = Vec::new();
    for command in program.get_subcommands() {
        let mut below = command.get_subcommands().peekable();
        if below.peek().is_none() {
            words.push(command.get_name().to_owned());
        }
        for inner in below {
            words.push(format!("{} {}", command.get_name(), inner.get_name()));
        }
    }
    words
}

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    let parsed = Cli::command().try_get_matches().and_then(|matches| {
        let need = need_of(&matches);
        Ok((Cli::from_arg_matches(&matches)?, need))
    });
    let (cli, need) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => {
            let wrong = error.use_stderr();
            error.print().ok();
            return ExitCode::from(if wrong { WRONG_USE } else { 0 });
        }
    };
    match run(cli, need) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("minsheng: {error:#}");
            let is = |kind: fn(&(dyn std::error::Error + 'static)) -> bool| error.chain().any(kind);
            ExitCode::from(if is(<dyn std::error::Error>::is::<Mismatch>) {
                SCHEMA
            } else if is(<dyn std::error::Error>::is::<Misfit>) {
                MISFIT
            } else {
                1
            })
        }
    }
}

/// What the command that was asked for asks itself.
fn need_of(matches: &ArgMatches) -> Need {
    let (first, below) = matches.subcommand().unwrap_or(("", matches));
    let words = match below.subcommand_name() {
        Some(second) => format!("{first} {second}"),
        None => first.to_owned(),
    };
    let row = COMMANDS.iter().find(|(name, _)| *name == words);
    row.map_or(Need::Owner, |(_, need)| *need)
}

/// Commands that ask for nothing: neither configuration nor database is there for them.
fn alone(cli: Cli) -> anyhow::Result<ExitCode> {
    match cli.command {
        Command::Calendar(command) => {
            command.compute(config::load(&Source::of_process(cli.config)).ok())
        }
        Command::Gateway(command) => in_runtime(command.run()),
        Command::Openapi(_) => openapi::print(),
        Command::Process(command) => command.alone(),
        _ => anyhow::bail!("this command works on an installation"),
    }
}

fn run(cli: Cli, need: Need) -> anyhow::Result<ExitCode> {
    if need == Need::Nothing {
        return alone(cli);
    }
    let mut settings = match config::load(&Source::of_process(cli.config)) {
        Ok(settings) => settings,
        Err(error) => {
            eprintln!("minsheng: {error}");
            return Ok(ExitCode::from(WRONG_USE));
        }
    };
    settings.new_database = cli.new_database;
    if cli.command.is_owners() {
        settings = settings.as_owner();
    }
    log::start(&settings.log);
    in_runtime(async move {
        match cli.command {
            Command::Serve(command) => command.run(settings).await,
            Command::Migrate(command) => command.run(settings).await,
            Command::Demo(command) => command.run(settings).await,
            Command::Import(command) => command.run(settings).await,
            Command::Export(command) => command.run(settings).await,
            Command::Report(command) => command.run(settings).await,
            Command::User(command) => command.run(settings).await,
            Command::Role(command) => command.run(settings).await,
            Command::Team(command) => command.run(settings).await,
            Command::Keys(command) => command.run(settings).await,
            Command::Audit(command) => command.run(settings).await,
            Command::Calendar(command) => command.run(settings).await,
            Command::Lists(command) => command.run(settings).await,
            Command::Setup(command) => command.run(settings).await,
            Command::Ready(command) => command.run(settings).await,
            Command::Doctor(command) => command.run(settings).await,
            Command::Database(command) => command.run(settings).await,
            Command::Check(command) => command.run(settings).await,
            Command::Backup(command) => command.run(settings).await,
            Command::Restore(command) => command.run(settings).await,
            Command::File(command) => command.run(settings).await,
            Command::Process(command) => command.run(settings).await,
            Command::Gateway(command) => command.run().await,
            Command::Openapi(_) => openapi::print(),
        }
    })
}

/// Rendering deep pages wants more stack than a thread has by default.
fn in_runtime<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder
        .enable_all()
        .thread_stack_size(8 << 20)
        .build()?
        .block_on(work)
}

/// A context for a command: the machine's owner acts as the system itself.
///
/// Works on the installation that is there and makes none.
async fn owner(settings: &Settings) -> anyhow::Result<Ctx> {
    Ok(acting(boot::open(settings, false, Opening::Use).await?))
}

/// The same for a command that only looks: nothing is made or recorded.
async fn looker(settings: &Settings) -> anyhow::Result<Ctx> {
    Ok(acting(boot::open(settings, false, Opening::Look).await?))
}

/// The same for a command that may begin an installation on an empty database.
async fn maker(settings: &Settings) -> anyhow::Result<Ctx> {
    Ok(acting(boot::begin(settings, false).await?))
}

fn acting(services: Services) -> Ctx {
    let mut ctx = Ctx::system(&services);
    ctx.locale = language();
    ctx
}

/// A date on the command line.
fn day(text: &str) -> Result<chrono::NaiveDate, String> {
    let (first, last) = (
        shared::calendar::YEARS.start(),
        shared::calendar::YEARS.end(),
    );
    shared::calendar::day(text)
        .ok_or_else(|| format!("a date such as 2026-03-02, of the years {first} to {last}"))
}

/// The language of the terminal: Chinese where the locale says so, else English.
fn language() -> Locale {
    let named = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    named
        .and_then(|tag| Locale::parse(&tag))
        .unwrap_or(Locale::En)
}

/// A fault in the words of the terminal, with its code and fields.
fn said(fault: &Fault) -> anyhow::Error {
    said_in(fault, language())
}

/// The same in one language.
fn said_in(fault: &Fault, locale: Locale) -> anyhow::Error {
    let mut words = format!("{} [{}]", faults::message(fault, locale), fault.code);
    for field in &fault.fields {
        words += &format!(
            "\n  {}: {}",
            field.field,
            faults::field_message(field, locale)
        );
    }
    if let Some(batch) = fault.facts.get("batch") {
        words += &stopped(batch, fault.facts.get("kept").map(String::as_str), locale);
    }
    if let Some(incident) = &fault.incident {
        words += &format!("\n  incident {incident}; the cause stands in the log above");
    }
    anyhow::anyhow!(words)
}

/// Where a bulk door stopped, and what to do.
fn stopped(batch: &str, kept: Option<&str>, locale: Locale) -> String {
    let (kept_zh, kept_en) = kept.map_or_else(
        || {
            (
                "条数请稍后用数据库核对".to_owned(),
                "the number is in the database".to_owned(),
            )
        },
        |kept| (format!("{kept} 件"), format!("{kept} tickets")),
    );
    match locale {
        Locale::Zh => format!(
            "\n  批次 {batch} 在此停下，已保存：{kept_zh}。排除原因后可重新导入同一文件（已有的会跳过），或用 import undo 撤回这一批。"
        ),
        Locale::En => format!(
            "\n  batch {batch} stopped here; kept: {kept_en}. Mend the cause and import the same file again (what is there is passed over), or take the batch back with: import undo"
        ),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        super::Cli::command().debug_assert();
    }
}
