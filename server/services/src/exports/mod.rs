//! Exports: the filtered list as CSV, in the actor's scope, always masked, in constant memory (keyset pages), at most 100,000 rows.
//! Begin and end stand in the audit, with the filter and the number of rows; so does a download that breaks off.
//! Read next: `job`, the same as a file that is written behind the scenes. Not here: columns (`columns`), formulas in cells (`cell`), the file's name and headers (`server/web/export`).

mod cell;
mod columns;
mod houses;
pub mod job;

use std::collections::BTreeSet;
use std::sync::Arc;

use futures::Stream;
use shared::access::{Scope, needs};
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::ids::TicketId;
use shared::query::{Sort, TicketFilter, TicketQuery};
use store::StoreError;
use store::record::{AuditEntry, Ticket};
use store::tickets::ListPage;
use tokio_util::task::AbortOnDropHandle;

use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::gates::Running;
use crate::reference::Reference;
use crate::tickets::columns::{Chosen, prepared};
use crate::watch;
use columns::Columns;

pub(crate) use cell::cell;
pub use columns::BOM;

/// What somebody wrote, without numbers of people and of houses: free text where it is masked.
pub(crate) fn without_private(text: &str) -> String {
    houses::without_houses(&cell::without_numbers(text)).into_owned()
}

/// Most rows of one file; more needs an approval that comes later.
pub const MAX_ROWS: u32 = 100_000;
/// Rows of one page: enough that planning a page costs little beside reading it, few enough that two of them are small (about 2 MB).
const PAGE: u32 = 1_000;
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
    let scope = match ctx.reach(needs::EXPORT) {
        Ok(scope) => scope,
        Err(fault) => {
            watch::refused(ctx, entry(ctx, &filter, fault.code.as_str())).await;
            return Err(fault);
        }
    };
    crate::views::answerable(&filter)?;
    let reference = ctx.services.reference().await?;
    let filter = prepared(&reference, (&ctx.actor, &scope), &filter)?;
    let running = ctx.services.gates().exports.begin(ctx.actor.user())?;
    let now = ctx.now();
    let db = ctx.services.store().report_reader();
    let count = store::tickets::count_capped(&db, &scope, &filter, i64::from(MAX_ROWS) + 1, now)
        .await
        .settle(&ctx.services)?;
    if count > i64::from(MAX_ROWS) {
        write_audit(ctx, entry(ctx, &filter, Code::ExportTooLarge.as_str())).await?;
        return Err(Fault::new(Code::ExportTooLarge).fact("max", MAX_ROWS));
    }
    let begun = with_columns(entry(ctx, &filter, "ok"), columns);
    write_audit(ctx, begun).await?;
    let query = TicketQuery {
        filter,
        sort,
        limit: PAGE,
        cursor: None,
        columns: columns.to_vec(),
    };
    let export = Export {
        end: End {
            ctx: ctx.clone(),
            query_words: query.filter.clone(),
            rows: 0,
            is_over: false,
        },
        scope,
        query,
        reference,
        now,
        next: Next::Head,
        _running: running,
    };
    Ok(futures::stream::try_unfold(
        export,
        |mut export| async move { Ok(export.part().await?.map(|part| (part, export))) },
    ))
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
    reference: Arc<Reference>,
    now: Instant,
    next: Next,
    end: End,
    _running: Running,
}

impl Export {
    async fn part(&mut self) -> Result<Option<Vec<u8>>, Fault> {
        let services = self.end.ctx.services.clone();
        match std::mem::replace(&mut self.next, Next::Nothing) {
            Next::Head => {
                self.next = Next::Page(self.read(None));
                let mut out = writer();
                self.columns()
                    .head(&mut out)
                    .map_err(anyhow::Error::new)
                    .settle(&services)?;
                let head = finish(out).settle(&services)?;
                Ok(Some([BOM, &head].concat()))
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
                let mut out = writer();
                for ticket in &page.items[..rows] {
                    self.columns()
                        .row(ticket, live.contains(&ticket.id), &mut out)
                        .map_err(anyhow::Error::new)
                        .settle(&services)?;
                    self.end.rows += 1;
                }
                if is_last {
                    self.end.close().await?;
                }
                finish(out).map(Some).settle(&services)
            }
            Next::Nothing => Ok(None),
        }
    }

    /// Ends with the export, when nobody takes the file any more.
    fn read(&self, cursor: Option<String>) -> AbortOnDropHandle<Result<Read, StoreError>> {
        let db = self.end.ctx.services.store().report_reader();
        let (scope, now) = (self.scope.clone(), self.now);
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
        }
    }
}

pub(crate) fn writer() -> csv::Writer<Vec<u8>> {
    csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::with_capacity(256 * 1024))
}

pub(crate) fn finish(out: csv::Writer<Vec<u8>>) -> anyhow::Result<Vec<u8>> {
    out.into_inner()
        .map_err(|error| anyhow::anyhow!("finishing a part of an export: {error}"))
}

/// Writes the last audit row: how many rows went out, also when the reader goes away in between.
struct End {
    ctx: Ctx,
    query_words: TicketFilter,
    rows: u32,
    is_over: bool,
}

impl End {
    fn entry(&self, outcome: &str) -> AuditEntry {
        let mut entry = entry(&self.ctx, &self.query_words, outcome);
        entry.action = "export.tickets.done".to_owned();
        entry.facts.insert("rows".to_owned(), self.rows.to_string());
        entry
    }

    async fn close(&mut self) -> Result<(), Fault> {
        self.is_over = true;
        write_audit(&self.ctx, self.entry("ok")).await
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
            runtime.spawn(async move { write_audit(&ctx, entry).await.ok() });
        }
    }
}

/// The audit row with the filter. Typed words may be somebody's name or number: they stand where they can be erased.
fn entry(ctx: &Ctx, filter: &TicketFilter, outcome: &str) -> AuditEntry {
    let mut entry = ctx.audit(ACTION, "tickets", outcome);
    for (name, value) in filter.to_pairs() {
        let place = if name == "q" || name.starts_with("own.") {
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

/// The same with the own fields that stand beside the rest.
fn with_columns(mut entry: AuditEntry, columns: &[String]) -> AuditEntry {
    if !columns.is_empty() {
        entry.facts.insert("columns".to_owned(), columns.join(","));
    }
    entry
}

async fn write_audit(ctx: &Ctx, entry: AuditEntry) -> Result<(), Fault> {
    let write = ctx.services.store().write::<_, Failure, _>(move |tx| {
        Box::pin(async move { Ok(store::audit::append(tx, &entry).await?) })
    });
    write.await.settle(&ctx.services)
}
