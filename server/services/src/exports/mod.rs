//! Exports: the filtered list as CSV, JSON lines or a workbook, in the actor's scope, masked, in constant memory (keyset pages), at most 100,000 rows at once.
//! Begin and end stand in the audit, with the filter, the number of rows and their digest; so does a download that breaks off.
//! Read next: `job`, the same as a file that is written behind the scenes, of any number of rows. Not here: columns (`columns`), how they are written (`format`), formulas in cells (`cell`), the file's name and headers (`server/web/export`).

pub mod approvals;
mod archive;
pub(crate) mod cell;
mod chunk;
mod columns;
mod format;
pub mod grants;
mod houses;
pub mod job;
mod kept;
mod more;
mod quota;
mod related;
mod steps;
pub mod templates;
mod workbook;

use std::collections::BTreeSet;
use std::sync::Arc;

use futures::stream::BoxStream;
use futures::{Stream, StreamExt as _};
use shared::access::{Scope, needs};
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::ids::TicketId;
use shared::job::ExportFormat;
use shared::query::language::{Expr, WHERE};
use shared::query::{Sort, TicketFilter, TicketQuery};
use shared::register::Rule;
use store::StoreError;
use store::record::{AuditEntry, Ticket};
use store::tickets::ListPage;
use tokio_util::task::AbortOnDropHandle;

use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle};
use crate::gates::Running;
use crate::reference::Reference;
use crate::tickets::columns::{Chosen, prepared};
use crate::watch;
use columns::Columns;
use format::{Chain, Value};

pub(crate) use cell::cell;
pub use format::BOM;
pub(crate) use format::{finish, writer};

/// What somebody wrote, without numbers of people and of houses: free text where it is masked.
pub(crate) fn without_private(text: &str) -> String {
    let text = shared::person::conceal(text);
    houses::without_houses(&cell::without_numbers(&text)).into_owned()
}

/// Most rows of a file that is made while somebody waits; a job has no such end.
pub const MAX_ROWS: u32 = 100_000;
/// Most rows of a workbook that is made while somebody waits; more is a job's.
pub const MOST_AT_ONCE: u32 = 10_000;
/// Rows of one page: enough that planning a page costs little beside reading it, few enough that two of them are small (about 2 MB).
const PAGE: u32 = 1_000;
/// Setting: exports of more rows wait for a second person; 0 for none.
pub const APPROVAL: &str = Rule::APPROVAL_ROWS.key;
/// Name of the action in the audit.
const ACTION: &str = "export.tickets";

/// The list behind the filter as CSV, part by part: UTF-8 with mark, CRLF, headings in the actor's language.
///
/// # Errors
/// `access.denied`, `export.too_large`, `rate.limited` while another export of the person runs, `busy` while four run.
pub async fn tickets_csv(
    ctx: &Ctx,
    filter: TicketFilter,
    sort: Sort,
    columns: &[String],
) -> Result<impl Stream<Item = Result<Vec<u8>, Fault>> + Send + use<>, Fault> {
    let query = TicketQuery {
        filter,
        sort,
        columns: columns.to_vec(),
        ..TicketQuery::default()
    };
    Ok(parts(begin(ctx, query, ExportFormat::Csv).await?))
}

/// The list behind a query in a format, part by part; a workbook is made before its first part comes.
///
/// # Errors
/// As `tickets_csv`; `export.as_job` for a workbook of more than `MOST_AT_ONCE` rows.
pub async fn tickets_as(
    ctx: &Ctx,
    query: TicketQuery,
    format: ExportFormat,
) -> Result<BoxStream<'static, Result<Vec<u8>, Fault>>, Fault> {
    let export = begin(ctx, query, format).await?;
    match format {
        ExportFormat::Book => workbook::at_once(export).await,
        ExportFormat::Csv | ExportFormat::Gb18030 | ExportFormat::Lines => {
            Ok(parts(export).boxed())
        }
    }
}

fn parts(export: Export) -> impl Stream<Item = Result<Vec<u8>, Fault>> + Send + use<> {
    futures::stream::try_unfold(export, |mut export| async move {
        Ok(export.part().await?.map(|part| (part, export)))
    })
}

/// Begins an export; that it broke stands in the audit.
async fn begin(ctx: &Ctx, query: TicketQuery, format: ExportFormat) -> Result<Export, Fault> {
    let begun = admitted(ctx, query, format).await;
    if let Err(fault) = &begun {
        watch::broke(ctx, (ACTION, "tickets"), fault).await;
    }
    begun
}

/// What is exported, when the right is there, the list is not too long and nothing else of the person runs.
async fn admitted(ctx: &Ctx, query: TicketQuery, format: ExportFormat) -> Result<Export, Fault> {
    let asked = &query.filter;
    let scope = match ctx.reach(needs::EXPORT) {
        Ok(scope) => scope,
        Err(fault) => {
            watch::refused(ctx, entry(ctx, asked, fault.code.as_str())).await;
            return Err(fault);
        }
    };
    crate::views::answerable(asked)?;
    let reference = ctx.services.reference().await?;
    let filter = prepared(&reference, (&ctx.actor, &scope), asked, ctx.now())?;
    let running = ctx.services.gates().exports.begin(ctx.actor.user())?;
    let now = ctx.now();
    let db = ctx.services.store().report_reader();
    let count = store::tickets::count_capped(&db, &scope, &filter, i64::from(MAX_ROWS) + 1, now)
        .await
        .settle(&ctx.services)?;
    let (most, code) = match format {
        ExportFormat::Book if count <= i64::from(MAX_ROWS) => (MOST_AT_ONCE, Code::ExportAsJob),
        _ => (MAX_ROWS, Code::ExportTooLarge),
    };
    if count > i64::from(most) {
        watch::noted(ctx, entry(ctx, &filter, code.as_str())).await?;
        return Err(Fault::new(code).fact("max", most));
    }
    let from = second_from(&ctx.services).await.settle(&ctx.services)?;
    if let Some(rows) = from.filter(|rows| count > *rows) {
        watch::noted(ctx, entry(ctx, &filter, Code::ExportApproval.as_str())).await?;
        return Err(Fault::new(Code::ExportApproval).fact("max", rows));
    }
    let query = TicketQuery {
        filter,
        limit: PAGE,
        cursor: None,
        ..query
    };
    begun(ctx, &query, format, count).await?;
    Ok(Export {
        end: End {
            ctx: ctx.clone(),
            query_words: query.filter.clone(),
            export: ctx.services.new_id().to_string(),
            rows: 0,
            chain: Chain::default(),
            is_over: false,
        },
        scope,
        query,
        format,
        reference,
        now,
        next: Next::Head,
        running,
    })
}

/// Counts the rows as those of the person's day and writes that they go out, both or neither.
async fn begun(
    ctx: &Ctx,
    query: &TicketQuery,
    format: ExportFormat,
    count: i64,
) -> Result<(), Fault> {
    let share = quota::Share::of(ctx, count).await.settle(&ctx.services)?;
    let row = told(entry(ctx, &query.filter, "ok"), query, format);
    let write = ctx.services.store().write::<_, Failure, _>(move |tx| {
        Box::pin(async move {
            if let Some(share) = &share {
                share.take(tx).await?;
            }
            Ok(store::audit::append(tx, &[row]).await?)
        })
    });
    let written = write.await.settle(&ctx.services);
    if let Err(fault) = &written
        && fault.code == Code::ExportDayRows
    {
        watch::noted(ctx, entry(ctx, &query.filter, fault.code.as_str())).await?;
    }
    written
}

/// Rows above which an export waits for a second person; none where the office wants none.
async fn second_from(services: &Services) -> Result<Option<i64>, Failure> {
    let set = store::settings::get(&services.store().reader(), APPROVAL).await?;
    let rows = Rule::APPROVAL_ROWS.number(set.as_deref());
    Ok(Some(rows).filter(|rows| *rows > 0))
}

/// A page, and those of its tickets in which the reader has a part.
type Read = (ListPage<Ticket>, BTreeSet<TicketId>);

enum Next {
    Head,
    /// Read while the part before it is written and sent: the database and the product work at the same time.
    Page(AbortOnDropHandle<Result<Read, StoreError>>),
    Nothing,
}

struct Export {
    scope: Scope,
    query: TicketQuery,
    format: ExportFormat,
    reference: Arc<Reference>,
    now: Instant,
    next: Next,
    end: End,
    /// Held until nobody takes the file any more.
    running: Running,
}

impl Export {
    async fn part(&mut self) -> Result<Option<Vec<u8>>, Fault> {
        let services = self.end.ctx.services.clone();
        match std::mem::replace(&mut self.next, Next::Nothing) {
            Next::Head => {
                self.next = Next::Page(self.read(None));
                let head = format::head(self.format, &self.columns().heads());
                head.map(Some).settle(&services)
            }
            Next::Page(reading) => {
                let (page, live) = reading
                    .await
                    .map_err(anyhow::Error::new)
                    .settle(&services)?
                    .settle(&services)?;
                let left = (MAX_ROWS - self.end.rows) as usize;
                let rows = page.items.len().min(left);
                let next = page.next_cursor.filter(|_| rows < left);
                let is_last = next.is_none();
                if let Some(cursor) = next {
                    self.next = Next::Page(self.read(Some(cursor)));
                }
                let part = self.page(&page.items[..rows], &live).settle(&services)?;
                if is_last {
                    self.end.close().await?;
                }
                Ok(Some(part))
            }
            Next::Nothing => Ok(None),
        }
    }

    /// Tickets as they stand in the file.
    fn page(&mut self, tickets: &[Ticket], live: &BTreeSet<TicketId>) -> anyhow::Result<Vec<u8>> {
        let columns = self.columns();
        let is_live = |ticket: &Ticket| live.contains(&ticket.id);
        let rows = tickets
            .iter()
            .map(|ticket| columns.row(ticket, is_live(ticket)));
        let rows: Vec<Vec<Value>> = rows.collect();
        let part = format::rows(self.format, &columns.keys(), &rows)?;
        for row in &rows {
            self.end.chain.add(row)?;
            self.end.rows += 1;
        }
        Ok(part)
    }

    /// Ends with the export, when nobody takes the file any more.
    fn read(&self, cursor: Option<String>) -> AbortOnDropHandle<Result<Read, StoreError>> {
        let db = self.end.ctx.services.store().report_reader();
        let (scope, now) = (self.scope.clone(), self.now);
        let db = db.under(&scope);
        let query = TicketQuery {
            cursor,
            ..self.query.clone()
        };
        AbortOnDropHandle::new(tokio::spawn(async move {
            let page = store::tickets::list(&db, &scope, &query, now).await?;
            let ids: Vec<TicketId> = page.items.iter().map(|ticket| ticket.id).collect();
            let live = store::tickets::case::live_parts(&db, &scope, &ids).await?;
            Ok((page, live))
        }))
    }

    fn columns(&self) -> Columns<'_> {
        Columns {
            reference: &self.reference,
            locale: self.end.ctx.locale,
            actor: &self.end.ctx.actor,
            now: self.now,
            own: Chosen::of(
                &self.reference,
                (&self.end.ctx.actor, Some(self.scope.clone())),
                &self.query.columns,
            ),
            clear: false,
            picks: None,
            parts: more::Parts::new(),
        }
    }
}

/// Writes the last audit row: how many rows went out, also when the reader goes away in between.
struct End {
    ctx: Ctx,
    query_words: TicketFilter,
    /// Its number, which stands in a workbook.
    export: String,
    rows: u32,
    chain: Chain,
    is_over: bool,
}

impl End {
    fn entry(&self, outcome: &str) -> AuditEntry {
        let mut entry = entry(&self.ctx, &self.query_words, outcome);
        entry.action = "export.tickets.done".to_owned();
        entry.facts.insert("rows".to_owned(), self.rows.to_string());
        entry.facts.insert("export".to_owned(), self.export.clone());
        entry
            .facts
            .insert("rows_sha256".to_owned(), self.chain.to_hex());
        entry
    }

    async fn close(&mut self) -> Result<(), Fault> {
        self.is_over = true;
        watch::noted(&self.ctx, self.entry("ok")).await
    }
}

impl Drop for End {
    fn drop(&mut self) {
        if self.is_over {
            return;
        }
        let (ctx, entry) = (self.ctx.clone(), self.entry("broken_off"));
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            // A failure has been logged with its incident inside; there is nobody left to tell.
            runtime.spawn(async move { watch::noted(&ctx, entry).await.ok() });
        }
    }
}

/// The audit row with the filter. Typed words may be somebody's name or number: they stand where they can be erased.
fn entry(ctx: &Ctx, filter: &TicketFilter, outcome: &str) -> AuditEntry {
    let mut entry = ctx.audit(ACTION, "tickets", outcome);
    let of_person = filter.expr.as_ref().is_some_and(Expr::asks_person);
    if !filter.also.is_empty() {
        let also = filter.also.join("、");
        entry.erasable.insert("also".to_owned(), also);
    }
    for (name, value) in filter.to_pairs() {
        let is_typed = name == "q" || name.starts_with("own.");
        let place = if is_typed || of_person && name == WHERE {
            &mut entry.erasable
        } else {
            &mut entry.facts
        };
        place
            .entry(name)
            .and_modify(|all| *all = format!("{all},{value}"))
            .or_insert(value);
    }
    entry
}

/// The same with the format, and the own fields that stand beside the rest.
fn told(mut entry: AuditEntry, query: &TicketQuery, format: ExportFormat) -> AuditEntry {
    let facts = &mut entry.facts;
    facts.insert("format".to_owned(), format.to_string());
    if !query.columns.is_empty() {
        facts.insert("columns".to_owned(), query.columns.join(","));
    }
    entry
}
