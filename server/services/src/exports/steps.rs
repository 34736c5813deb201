//! The steps of an export job: a page of rows behind those before, and at the end the file that is kept of them: the rows as they are, a workbook, an archive.
//! A part is on the disk before the step is written that counts it; a job that was killed cuts off what was not counted, and goes on there.
//! Not here: what a page is (`chunk`), asking for a job (`job`), the folder where it grows (`jobs::host::results`).

use std::fs::File;
use std::io::Read;

use serde::Serialize;
use shared::export::ExportPart;
use shared::file::FileKind;
use shared::job::{ExportFormat, JobKind};
use shared::query::TicketQuery;
use shared::text::{Locale, export as words};
use store::jobs::{Job, Stand};

use super::archive::{self, Entry, Target};
use super::chunk::{Cursor, Doing};
use super::columns::Columns;
use super::format::{about, book};
use super::job::Asked;
use super::kept::{kept, written};
use super::{ACTION, entry, workbook};
use crate::context::Services;
use crate::fault::{Failure, disk};
use crate::jobs::host::{self, Effect, Over, Step, Stepwise, effect, json, parsed, plain, results};

#[derive(Debug, Serialize)]
struct Report<'c> {
    rows: u32,
    format: ExportFormat,
    rows_sha256: &'c str,
    #[serde(skip_serializing_if = "is_zero")]
    related: u64,
    #[serde(skip_serializing_if = "is_false")]
    locked: bool,
    #[serde(skip_serializing_if = "is_false")]
    clear: bool,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    left_out: &'c [String],
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks with a reference"
)]
const fn is_zero(count: &u64) -> bool {
    *count == 0
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks with a reference"
)]
const fn is_false(word: &bool) -> bool {
    !*word
}

/// The kind.
pub(crate) const EXPORT: Stepwise = Stepwise {
    kind: JobKind::Export,
    step: |services, job| Box::pin(step(services, job)),
};

async fn step(services: &Services, job: &Job) -> Result<Effect, Failure> {
    let asked: Asked = parsed(&job.scope)?;
    let mut ctx = host::owner(services, job).await?;
    ctx.locale = asked.locale;
    asked.reach.still(&ctx)?;
    let query = TicketQuery::from_query(&asked.query)?;
    let folder = results::Folder::below(&services.config().data_dir);
    let cursor = job.cursor.as_deref().map(parsed::<Cursor>).transpose()?;
    let mut cursor = cursor.unwrap_or_default();
    if folder.length(job.id)? < cursor.bytes {
        // The file is gone, as after a restore: from the beginning.
        cursor = cursor.anew();
    }
    let doing = Doing {
        ctx: &ctx,
        job,
        asked: &asked,
        query: &query,
    };
    let (part, next) = doing.next(&mut cursor).await?;
    let (id, from) = (job.id, cursor.bytes);
    cursor.bytes = tokio::task::spawn_blocking(move || folder.append(id, from, &part))
        .await
        .map_err(anyhow::Error::new)??;
    if next.is_some() {
        cursor.page = next;
        let stand = Stand {
            done: i64::from(cursor.rows),
            total: doing.total(&cursor).await?,
            cursor: json(&cursor)?,
        };
        return Ok(plain(move || Step::On(stand.clone())));
    }
    over(&doing, &cursor).await
}

/// A file that is complete, and what it is.
struct Whole {
    file: File,
    bytes: i64,
    name: String,
    kind: FileKind,
    left_out: Vec<String>,
}

fn length_of(file: &File) -> Result<i64, Failure> {
    let length = file
        .metadata()
        .map_err(|error| disk(error, "reading a result"))?;
    Ok(i64::try_from(length.len()).unwrap_or(i64::MAX))
}

/// The tables that come of the gathered rows: the list itself, then the related parts.
fn targets(columns: &Columns<'_>, parts: &[ExportPart], locale: Locale) -> Vec<Target> {
    let mut targets = vec![Target {
        part: None,
        heads: columns.heads(),
        keys: columns.keys(),
    }];
    targets.extend(parts.iter().map(|part| {
        let columns = words::of_part(*part).iter();
        let (heads, keys) = columns
            .map(|(head, key, _)| (head.get(locale).to_owned(), (*key).to_owned()))
            .unzip();
        Target {
            part: Some(*part),
            heads,
            keys,
        }
    }));
    targets
}

/// The sheet of a related part.
fn table(part: ExportPart, locale: Locale) -> book::Table {
    let columns = words::of_part(part).iter();
    let (heads, widths) = columns
        .map(|(head, _, width)| (head.get(locale).to_owned(), Some(*width)))
        .unzip();
    book::Table {
        name: part.label(locale).to_owned(),
        heads,
        widths,
    }
}

/// How the workbook is laid out, the tables that come of the gathered rows, and the keys of columns that the reader could not have.
async fn plans(
    doing: &Doing<'_>,
    cursor: &Cursor,
) -> Result<(book::Plan, Vec<Target>, Vec<String>), Failure> {
    let (ctx, job, asked) = (doing.ctx, doing.job, doing.asked);
    let reference = ctx.services.reference().await?;
    let (columns, left_out) = doing.columns(&reference);
    let told = about::Told {
        rows: cursor.rows,
        digest: &cursor.digest,
        export: job.id.to_string(),
        at: job.made_at,
        clear: asked.is_clear(),
        purpose: asked.purpose.as_deref(),
        left_out: &left_out,
    };
    let mut query = TicketQuery {
        sort: Doing::order(doing.query),
        ..doing.query.clone()
    };
    query.filter.also.clone_from(&asked.also);
    let facts = about::facts(ctx, &reference, &query, &told);
    let mark = (job.id.to_string(), cursor.digest.as_str());
    let mark = workbook::mark(ctx, mark, (asked.is_clear(), job.made_at));
    let plan = workbook::plan(ctx, &columns, facts, mark);
    let targets = targets(&columns, &asked.layout.parts, ctx.locale);
    drop(columns);
    Ok((plan, targets, left_out))
}

/// What lies in the folder as the file that is kept: the same, the workbook of the rows that were gathered there, or an archive.
async fn whole(doing: &Doing<'_>, cursor: &Cursor) -> Result<Whole, Failure> {
    let (ctx, job, asked) = (doing.ctx, doing.job, doing.asked);
    let services = &ctx.services;
    let (format, day) = (asked.format(), job.made_at.date());
    let file = written(ctx, job).await?;
    let (plan, targets, left_out) = plans(doing, cursor).await?;
    let name = format.marked_name(day, job.id);
    let kind = format.kind();
    if format != ExportFormat::Book && !asked.is_packed() {
        let bytes = i64::try_from(cursor.bytes).unwrap_or(i64::MAX);
        return Ok(Whole {
            file,
            bytes,
            name,
            kind,
            left_out,
        });
    }
    let rows = file.take(cursor.bytes);
    let parts = &asked.layout.parts;
    let (list, related): (Box<dyn Read + Send>, Vec<File>) = if parts.is_empty() {
        (Box::new(rows), Vec::new())
    } else {
        let mut tables = archive::spread(services, rows, (targets, format)).await?;
        let related = tables.split_off(1);
        let list = tables.pop();
        let list = list.ok_or_else(|| anyhow::anyhow!("an export without its list"))?;
        (Box::new(list), related)
    };
    let mut entries: Vec<Entry> = Vec::new();
    if format == ExportFormat::Book {
        let sheets = parts.iter().map(|part| table(*part, ctx.locale));
        let file = workbook::made(services, list, sheets.zip(related).collect(), plan).await?;
        if !asked.is_packed() {
            let bytes = length_of(&file)?;
            return Ok(Whole {
                file,
                bytes,
                name,
                kind,
                left_out,
            });
        }
        entries.push((name, Box::new(file)));
    } else {
        let more = parts.iter().zip(related).map(|(part, file)| {
            let content: Box<dyn Read + Send> = Box::new(file);
            (format!("{part}-{name}"), content)
        });
        let more: Vec<Entry> = more.collect();
        entries.push((name, list));
        entries.extend(more);
    }
    let file = packed(services, asked, (cursor, entries)).await?;
    Ok(Whole {
        bytes: length_of(&file)?,
        file,
        name: ExportFormat::archive_name(day, job.id),
        kind: FileKind::Zip,
        left_out,
    })
}

/// The archive, under its password where one was asked for, and never without it then.
async fn packed(
    services: &Services,
    asked: &Asked,
    (cursor, entries): (&Cursor, Vec<Entry>),
) -> Result<File, Failure> {
    let password = cursor.password.clone().filter(|_| asked.locked);
    if asked.locked && password.is_none() {
        return Err(anyhow::anyhow!("an archive without its password").into());
    }
    archive::packed(services, entries, password).await
}

async fn over(doing: &Doing<'_>, cursor: &Cursor) -> Result<Effect, Failure> {
    let (ctx, job, asked) = (doing.ctx, doing.job, doing.asked);
    let format = asked.format();
    let whole = whole(doing, cursor).await?;
    let called = (whole.name, whole.kind);
    let kept = kept(ctx, job, called, (whole.file, whole.bytes)).await?;
    let mut row = entry(ctx, &doing.query.filter, "ok");
    row.action = format!("{ACTION}.done");
    for (name, value) in [
        ("rows", cursor.rows.to_string()),
        ("rows_sha256", cursor.digest.clone()),
        ("format", format.to_string()),
        ("job", job.id.to_string()),
    ] {
        row.facts.insert(name.to_owned(), value);
    }
    asked.tell(&mut row.facts);
    let report = json(&Report {
        rows: cursor.rows,
        format,
        rows_sha256: &cursor.digest,
        related: cursor.related,
        locked: asked.locked,
        clear: asked.is_clear(),
        left_out: &whole.left_out,
    })?;
    let done = i64::from(cursor.rows);
    Ok(effect(move |tx| {
        let (row, report, kept) = (row.clone(), report.clone(), kept.clone());
        Box::pin(async move {
            kept.put(tx).await?;
            store::audit::append(tx, &[row]).await?;
            Ok(Step::Over(Over {
                done,
                report,
                outcome: "ok",
                file: Some(kept.file),
            }))
        })
    }))
}
