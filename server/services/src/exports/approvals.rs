//! Approvals as a file: the list behind its filters as CSV, JSON lines or a workbook, made while somebody waits, at most 10,000 rows. They lie in the scope of
//! the list and in that of exports; numbers of people are masked, what was filled in stands in none.
//! Begin and end stand in the audit, with the filters, the number of rows and their digest.
//! Not here: which approvals a filter names (`store::approvals`), how values are written (`format`).

use std::io::{Cursor, Read as _};

use shared::access::needs;
use shared::approval::query::ApprovalSort;
use shared::approval::view::ApprovalRow;
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::job::ExportFormat;
use shared::text::Text;
use shared::text::approval::list as words;
use shared::text::export;
use store::approvals::{Page, Shelf, Wanted};
use store::record::{Approval, AuditEntry};

use super::format::{self, Chain, Value, book};
use super::{second_from, without_private, workbook};
use crate::approvals::views::{Query, rows_of, shelf_of};
use crate::context::Ctx;
use crate::fault::{Failure, Settle, disk};
use crate::reference::Reference;
use crate::watch;

/// Most rows of a file.
pub const MOST: u32 = 10_000;
/// Rows of one page.
const PAGE: u32 = 200;
/// Name of the action in the audit.
const ACTION: &str = "export.approvals";

/// The list behind a shelf and its filters in a format; of a to-do list everything in the reader's reach.
///
/// # Errors
/// `access.denied`, `export.narrow` for more rows than may be, `rate.limited` while another export of the person runs, `busy` while four run.
pub async fn file(ctx: &Ctx, query: &Query, format: ExportFormat) -> Result<Vec<u8>, Fault> {
    let made = admitted(ctx, query, format).await;
    if let Err(fault) = &made {
        watch::broke(ctx, (ACTION, "approvals"), fault).await;
    }
    made
}

async fn admitted(ctx: &Ctx, query: &Query, format: ExportFormat) -> Result<Vec<u8>, Fault> {
    let (shelf, also) = match (ctx.reach(needs::EXPORT), reach(ctx, query)) {
        (Ok(also), Ok(shelf)) => (shelf, also),
        (Err(fault), _) | (_, Err(fault)) => {
            watch::refused(ctx, entry(ctx, query, fault.code.as_str())).await;
            return Err(fault);
        }
    };
    // One place among the exports until the file is whole.
    let running = ctx.services.gates().exports.begin(ctx.actor.user())?;
    let wanted = Wanted {
        filter: query.filter.clone(),
        also: Some(also),
        sort: query.sort.unwrap_or(ApprovalSort::USUAL),
        cursor: None,
        limit: PAGE,
        now: ctx.now(),
    };
    let most = most(ctx).await?;
    let db = ctx.services.store().reader();
    let cap = usize::try_from(most)
        .unwrap_or(usize::MAX)
        .saturating_add(1);
    let count = store::approvals::count(&db, &ctx.actor, (&shelf, &wanted), cap)
        .await
        .settle(&ctx.services)?;
    if count > most {
        watch::noted(ctx, entry(ctx, query, Code::ExportNarrow.as_str())).await?;
        return Err(Fault::new(Code::ExportNarrow).fact("max", most));
    }
    let mut begun = entry(ctx, query, "ok");
    begun.facts.insert("format".to_owned(), format.to_string());
    watch::noted(ctx, begun).await?;
    let rows = gathered(ctx, &shelf, wanted).await.settle(&ctx.services)?;
    let sum = Sum::of(ctx, &rows).settle(&ctx.services)?;
    let bytes = match format {
        ExportFormat::Book => workbook_of(ctx, &rows, &sum).await,
        ExportFormat::Csv | ExportFormat::Gb18030 | ExportFormat::Lines => {
            plain(ctx, &rows, format).map_err(Failure::from)
        }
    };
    let bytes = bytes.settle(&ctx.services)?;
    let mut ended = entry(ctx, query, "ok");
    ended.action = format!("{ACTION}.done");
    for (name, value) in [
        ("rows", rows.len().to_string()),
        ("rows_sha256", sum.digest),
        ("export", sum.export),
    ] {
        ended.facts.insert(name.to_owned(), value);
    }
    watch::noted(ctx, ended).await?;
    drop(running);
    Ok(bytes)
}

/// The shelf; of a to-do list, which is no list of approvals but of tasks, everything in reach.
fn reach(ctx: &Ctx, query: &Query) -> Result<Shelf, Fault> {
    ctx.ask(needs::APPROVALS)?;
    match shelf_of(ctx, &query.shelf)? {
        Shelf::ToDo => shelf_of(ctx, "all"),
        shelf => Ok(shelf),
    }
}

/// How many rows may go out: no more than go out without a second person, who agrees to jobs alone.
async fn most(ctx: &Ctx) -> Result<i64, Fault> {
    let from = second_from(&ctx.services).await.settle(&ctx.services)?;
    let most = i64::from(MOST);
    Ok(from.map_or(most, |from| from.min(most)))
}

/// All rows, page by page.
async fn gathered(
    ctx: &Ctx,
    shelf: &Shelf,
    mut wanted: Wanted,
) -> Result<Vec<Vec<Value>>, Failure> {
    let db = ctx.services.store().reader();
    let reference = ctx.services.reference().await?;
    let mut out = Vec::new();
    loop {
        let page: Page = store::approvals::list(&db, &ctx.actor, shelf, &wanted).await?;
        let found = page.items.into_iter();
        let found: Vec<(Approval, String)> = found.map(|(it, _, steps)| (it, steps)).collect();
        let shown = rows_of(ctx, &found).await?;
        for ((approval, _), row) in found.iter().zip(&shown) {
            out.push(values(ctx, &reference, approval, row));
        }
        // What was filed since it was counted does not make the file longer than it may be.
        let is_full = out.len() >= MOST as usize;
        wanted.cursor = page.next_cursor.filter(|_| !is_full);
        if wanted.cursor.is_none() {
            return Ok(out);
        }
    }
}

/// One approval; in the order of `words::COLUMNS`.
fn values(ctx: &Ctx, reference: &Reference, approval: &Approval, row: &ApprovalRow) -> Vec<Value> {
    let said = |text: &str| Value::Said(text.to_owned());
    vec![
        Value::Word(approval.approval_no.clone()),
        Value::Said(without_private(&approval.title)),
        said(&row.definition.code),
        said(&row.definition.name),
        Value::Word(row.status.label(ctx.locale).to_owned()),
        Value::Said(row.steps.join("、")),
        said(&approval.started_by_name),
        Value::Said(reference.unit(&approval.unit).name),
        Value::Said(reference.path_at(&approval.region, approval.ended_at)),
        Value::At(Some(approval.started_at)),
        Value::At(approval.ended_at),
        Value::At(Some(approval.updated_at)),
    ]
}

fn heads(ctx: &Ctx) -> Vec<String> {
    let heads = words::COLUMNS.iter();
    let heads = heads.map(|(_, head, _)| head.get(ctx.locale).to_owned());
    heads.collect()
}

fn plain(ctx: &Ctx, rows: &[Vec<Value>], format: ExportFormat) -> anyhow::Result<Vec<u8>> {
    let keys: Vec<String> = words::COLUMNS
        .iter()
        .map(|(key, ..)| (*key).to_owned())
        .collect();
    let mut bytes = format::head(format, &heads(ctx))?;
    bytes.extend(format::rows(format, &keys, rows)?);
    Ok(bytes)
}

/// What a file is known by.
struct Sum {
    /// Its number.
    export: String,
    /// Digest of its rows.
    digest: String,
    at: Instant,
}

impl Sum {
    fn of(ctx: &Ctx, rows: &[Vec<Value>]) -> anyhow::Result<Self> {
        let mut chain = Chain::default();
        for row in rows {
            chain.add(row)?;
        }
        Ok(Self {
            export: ctx.services.new_id().to_string(),
            digest: chain.to_hex(),
            at: ctx.now(),
        })
    }
}

async fn workbook_of(ctx: &Ctx, rows: &[Vec<Value>], sum: &Sum) -> Result<Vec<u8>, Failure> {
    let gathered = plain(ctx, rows, ExportFormat::Book)?;
    let line = |name: Text, value: String| (name.get(ctx.locale).to_owned(), value);
    let widths = words::COLUMNS.iter().map(|(.., width)| Some(*width));
    let plan = book::Plan {
        locale: ctx.locale,
        table: book::Table {
            name: words::SHEET.get(ctx.locale).to_owned(),
            heads: heads(ctx),
            widths: widths.collect(),
        },
        mark: workbook::mark(ctx, (sum.export.clone(), &sum.digest), (false, sum.at)),
        facts: vec![
            line(export::ABOUT_ROWS, rows.len().to_string()),
            line(export::ABOUT_HASH, sum.digest.clone()),
            line(export::ABOUT_MARK, sum.export.clone()),
        ],
        most: book::MOST_ROWS,
        scratch: workbook::scratch(&ctx.services),
    };
    let gathered = Cursor::new(gathered);
    let mut file = workbook::made(&ctx.services, gathered, Vec::new(), plan).await?;
    let read = move || {
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map(|_| bytes)
    };
    tokio::task::spawn_blocking(read)
        .await
        .map_err(anyhow::Error::new)?
        .map_err(|error| disk(error, "sending a workbook"))
}

/// The audit row with the filters. Typed words may be somebody's name: they stand where they can be erased.
fn entry(ctx: &Ctx, query: &Query, outcome: &str) -> AuditEntry {
    let mut entry = ctx.audit(ACTION, "approvals", outcome);
    entry.facts.insert("shelf".to_owned(), query.shelf.clone());
    for (name, value) in query.filter.to_pairs() {
        let is_typed = matches!(name.as_str(), "q" | "by");
        let place = if is_typed {
            &mut entry.erasable
        } else {
            &mut entry.facts
        };
        place.insert(name, value);
    }
    entry
}
