//! `minsheng lists`: the office's lists by the owner of the machine: show, export, read a file into a draft, preview, publish, give up.
//! Deliberately absent: the rules (`services::register`).
//! The machine's owner acts as the system itself, and needs no second person.

use std::{fs, path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use services::{
    Ctx,
    register::{self, Asked, Publishing, Table},
    sheet,
};
use shared::{
    register::{ListCode, Weight, list},
    text::{faults, register as words},
};

use super::{looker, owner, said};
use crate::config::Settings;

/// Show, change and publish the office's lists: units, categories, limits, calendar, settings
#[derive(Debug, Args)]
pub struct Lists {
    #[command(subcommand)]
    act: Act,
}

/// Which list of which area.
#[derive(Debug, Args)]
struct Which {
    /// The list: units, categories, duties, limits, calendar, hours, settings
    #[arg(value_parser = code)]
    list: ListCode,
    /// Division code of a supplement; the base without it
    #[arg(long, value_name = "CODE", default_value = register::BASE)]
    area: String,
}

impl Which {
    fn at(&self) -> (ListCode, &str) {
        (self.list, &self.area)
    }
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Show every list: rows, what holds, what is coming, drafts
    Show {
        /// Division code of a supplement; the base without it
        #[arg(long, value_name = "CODE", default_value = register::BASE)]
        area: String,
    },
    /// Write a list as CSV
    Export {
        #[command(flatten)]
        which: Which,
        /// Number of a revision; the draft, else what holds, without it
        #[arg(long, value_name = "N")]
        revision: Option<i32>,
        /// Where to write it; to the screen without it
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Read a CSV file or a workbook into the list's draft, which is begun where there is none; a file is taken as a whole or not at all
    Import {
        #[command(flatten)]
        which: Which,
        /// The file: CSV in UTF-8 or GBK, or XLSX, with heads as in an export
        file: PathBuf,
        /// The file is the whole list: rows that it does not have go
        #[arg(long)]
        replace: bool,
        /// Only say what would come of it
        #[arg(long)]
        check: bool,
    },
    /// Say what publishing the draft would change, and what keeps it from being published
    Preview {
        #[command(flatten)]
        which: Which,
    },
    /// Publish the draft
    Publish {
        #[command(flatten)]
        which: Which,
        /// From the beginning of this day, yyyy-mm-dd; from now on without it
        #[arg(long, value_name = "DAY", value_parser = super::day)]
        from: Option<NaiveDate>,
        /// Open tickets follow new limits as well
        #[arg(long)]
        open_tickets: bool,
        /// Why, for people
        #[arg(long, value_name = "WORDS")]
        note: Option<String>,
    },
    /// Give the draft up
    Discard {
        #[command(flatten)]
        which: Which,
    },
}

fn code(text: &str) -> Result<ListCode, String> {
    ListCode::parse(text).ok_or_else(|| {
        let all: Vec<&str> = ListCode::ALL.iter().map(|list| list.as_str()).collect();
        format!("one of {}", all.join(", "))
    })
}

impl Lists {
    /// Runs it.
    pub async fn run(self, settings: Settings) -> anyhow::Result<ExitCode> {
        let looks = matches!(
            self.act,
            Act::Show { .. } | Act::Export { .. } | Act::Preview { .. }
        );
        let ctx = if looks {
            looker(&settings).await?
        } else {
            owner(&settings).await?
        };
        let done = act(&ctx, self.act).await;
        ctx.services.store().close().await?;
        done
    }
}

async fn act(ctx: &Ctx, act: Act) -> anyhow::Result<ExitCode> {
    match act {
        Act::Show { area } => show(ctx, &area).await,
        Act::Export {
            which,
            revision,
            out,
        } => {
            let asked = Asked {
                revision,
                ..Asked::default()
            };
            let given = register::give(ctx, which.at(), &asked).await;
            let (_, text) = given.map_err(|fault| said(&fault))?;
            match out {
                Some(file) => fs::write(&file, text)
                    .with_context(|| format!("cannot write {}", file.display()))?,
                None => print!("{}", text.trim_start_matches('\u{feff}')),
            }
            Ok(ExitCode::SUCCESS)
        }
        Act::Import {
            which,
            file,
            replace,
            check,
        } => import(ctx, &which, &file, (replace, check)).await,
        Act::Preview { which } => preview(ctx, &which).await,
        Act::Publish {
            which,
            from,
            open_tickets,
            note,
        } => {
            let order = Publishing {
                version: version(ctx, &which).await?,
                from,
                open_too: open_tickets,
                note,
                ..Publishing::default()
            };
            let done = register::publish(ctx, which.at(), order).await;
            let done = done.map_err(|fault| said(&fault))?;
            let from = done.valid_from.map(shared::calendar::Instant::rfc3339);
            println!(
                "published: version {}, holds from {}",
                done.number,
                from.unwrap_or_default()
            );
            Ok(ExitCode::SUCCESS)
        }
        Act::Discard { which } => {
            let version = version(ctx, &which).await?;
            let done = register::discard(ctx, which.at(), version).await;
            let done = done.map_err(|fault| said(&fault))?;
            println!("given up: version {}", done.number);
            Ok(ExitCode::SUCCESS)
        }
    }
}

async fn show(ctx: &Ctx, area: &str) -> anyhow::Result<ExitCode> {
    let found = register::heads(ctx, area)
        .await
        .map_err(|fault| said(&fault))?;
    for head in found.lists {
        let number = |revision: Option<shared::register::RevisionView>| {
            revision.map_or_else(|| "-".to_owned(), |it| it.number.to_string())
        };
        println!(
            "{:<12} {:>7} rows  holds {:<4} coming {:<4} draft {}",
            head.list.as_str(),
            head.rows,
            number(head.holds),
            number(head.coming),
            number(head.draft)
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// The draft's version; there must be one.
async fn version(ctx: &Ctx, which: &Which) -> anyhow::Result<i32> {
    let form = register::row(ctx, which.at(), None).await;
    Ok(form.map_err(|fault| said(&fault))?.revision.version)
}

async fn import(
    ctx: &Ctx,
    which: &Which,
    file: &std::path::Path,
    (replaces, only_look): (bool, bool),
) -> anyhow::Result<ExitCode> {
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let (text, encoding) = sheet::text::decode(&bytes).map_err(|fault| said(&fault))?;
    let draft = register::begin(ctx, which.list, &which.area).await;
    let draft = draft.map_err(|fault| said(&fault))?;
    let table = Table {
        version: draft.version,
        text,
        encoding: encoding.to_owned(),
        replaces,
        only_look,
    };
    let report = register::take(ctx, which.at(), table).await;
    // Nothing is left behind of a look, or of a file that was not taken.
    if draft.changes == 0 && !report.as_ref().is_ok_and(|report| report.is_taken) {
        let gone = register::discard(ctx, which.at(), draft.version).await;
        gone.map_err(|fault| said(&fault))?;
    }
    let report = report.map_err(|fault| said(&fault))?;
    println!("{}", words::table_sum(&report, ctx.locale));
    for line in &report.wrong {
        let column = list(which.list).column(&line.column);
        let column = column.map_or("", |column| column.label.get(ctx.locale));
        let why = faults::sentence(line.code, &line.facts, ctx.locale);
        println!("line {} {column}: {why}", line.line);
    }
    Ok(if report.refused > 0 {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

async fn preview(ctx: &Ctx, which: &Which) -> anyhow::Result<ExitCode> {
    let found = register::preview(ctx, which.list, &which.area).await;
    let found = found.map_err(|fault| said(&fault))?;
    println!(
        "{}",
        words::sum((found.new, found.changed, found.gone), ctx.locale)
    );
    for effect in &found.effects {
        println!("{}: {}", effect.code.label(ctx.locale), effect.count);
    }
    for finding in &found.findings {
        let weight = finding.weight.label(ctx.locale);
        println!(
            "{weight} {} {}",
            finding.key,
            words::finding(finding, ctx.locale)
        );
    }
    let stops = found.findings.iter().any(|it| it.weight == Weight::Fault);
    Ok(if stops {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}
