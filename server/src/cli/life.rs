//! The life of accounts at the command line: staff from a table, requests, answers, freezing; parts of `minsheng user`.
//! Deliberately absent: the rules (`services::users`).
//! The machine's owner acts as the system itself, and may take every step.

use std::{fs, path::Path, process::ExitCode};

use anyhow::Context as _;
use services::{
    Ctx, sheet,
    users::{
        self, StaffTable,
        life::{self, Answer, Freeze, LookForRequests},
    },
};
use shared::{
    account::staff::COLUMNS,
    fault::Fault,
    ids::AccountRequestId,
    text::{account::staff as words, faults},
};

use super::said;

/// The links go to standard output alone, so that they can be printed and handed on.
pub async fn import(ctx: &Ctx, file: &Path, only_look: bool) -> anyhow::Result<ExitCode> {
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let (text, encoding) = sheet::text::decode(&bytes).map_err(|fault| said(&fault))?;
    let table = StaffTable {
        text: text.trim_start_matches('\u{feff}').to_owned(),
        encoding: encoding.to_owned(),
        only_look,
    };
    let done = users::take_staff(ctx, table).await;
    ctx.services.store().close().await?;
    let report = done.map_err(|fault| said(&fault))?;
    eprintln!("{}", words::sum(&report, ctx.locale));
    for line in &report.wrong {
        let column = COLUMNS.iter().find(|column| column.name == line.column);
        let column = column.map_or("", |column| column.label.get(ctx.locale));
        let why = faults::sentence(line.code, &line.facts, ctx.locale);
        eprintln!("line {} {column}: {why}", line.line);
    }
    for person in &report.people {
        let (name, unit) = (&person.name, &person.unit_name);
        println!("{}\t{name}\t{unit}\t{}", person.username, person.link);
    }
    if let Some(until) = report.links_until {
        eprintln!("links are good until {}, each for one use", until.rfc3339());
    }
    Ok(if report.refused > 0 {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// A page of them; the newest of those that have ended.
pub async fn requests(ctx: &Ctx, ended: bool) -> Result<(), Fault> {
    let look = LookForRequests {
        ended,
        cursor: None,
    };
    for request in life::requests(ctx, look).await?.items {
        let (id, kind, state) = (request.id, request.kind, request.state);
        let (username, unit) = (request.username, request.unit);
        println!(
            "{id}\t{kind}\t{state}\t{username}\t{unit}\t{}",
            request.reason
        );
    }
    Ok(())
}

/// The next step, whatever it is.
pub async fn decide(ctx: &Ctx, id: AccountRequestId, refuse: Option<String>) -> Result<(), Fault> {
    let answer = Answer {
        version: life::request(ctx, id).await?.version,
        agrees: refuse.is_none(),
        answer: refuse,
    };
    let done = life::decide(ctx, id, answer).await?;
    println!("{}", done.request.state);
    if let Some(link) = done.link {
        println!("{}", link.link);
    }
    Ok(())
}

/// The account as it is now.
pub async fn freeze(ctx: &Ctx, username: &str, reason: String) -> Result<(), Fault> {
    let command = Freeze {
        version: users::sheet(ctx, username).await?.version,
        reason,
    };
    life::freeze(ctx, username, command).await
}
