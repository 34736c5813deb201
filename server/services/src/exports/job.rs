//! An export as a job: the same rows as the download, a page a step, into a file of the data folder, for whoever asked and nobody else.
//! The right is read anew at each step and when the file is taken: a job of somebody whose reach has changed fails, and so does the taking.
//! Not here: columns and masks (`columns`), the folder where it grows (`jobs::host::results`), taking a result (`jobs::host::desk`).

use std::io::Read as _;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use shared::access::{Actor, Permission, Scope, Sight, needs};
use shared::calendar::Instant;
use shared::fault::{Code, Fault, FieldFault};
use shared::file::{FileKind, FileState, Hook};
use shared::ids::{BlobId, FileId, TicketId, UserId};
use shared::job::{AskExport, ExportFormat, JobKind, JobView};
use shared::query::TicketQuery;
use shared::text::{Locale, Text, job as words};
use store::Tx;
use store::files::{Blob, Reference};
use store::jobs::{Grant, Job, ResultFile, Stand};

use super::columns::Columns;
use super::format::{self, Chain, Value, about};
use super::{ACTION, MAX_ROWS, PAGE, entry, grants, told, workbook};
use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle, disk};
use crate::files::write::{self, Clear, From};
use crate::jobs::host::{self, Effect, Over, Step, Stepwise, effect, json, parsed, results};
use crate::reference::Reference as Names;
use crate::tickets::columns::{Chosen, prepared};
use crate::watch;

/// Letters that a purpose has at most.
const PURPOSE: usize = 200;

/// What is exported, for whom.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Asked {
    /// Filter and order as in the address of the list.
    query: String,
    locale: Locale,
    /// How it is written; an earlier release wrote CSV alone.
    #[serde(default)]
    format: Option<ExportFormat>,
    /// What it is for.
    #[serde(default)]
    purpose: Option<String>,
    /// How many there were when it was asked for.
    #[serde(default)]
    count: i64,
    reach: Reach,
    /// The idempotency key under which it was asked for.
    key: Option<String>,
}

impl Asked {
    fn format(&self) -> ExportFormat {
        self.format.unwrap_or(ExportFormat::USUAL)
    }
}

/// How far the rights of whoever asked went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Reach {
    tickets: Scope,
    /// Of the masked citizen.
    citizens: Option<Scope>,
    /// Field rights of the posts, where they are not as usual.
    #[serde(default)]
    sights: Vec<(i32, Sight)>,
}

/// Where an export stands.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Cursor {
    /// The list's own.
    page: Option<String>,
    rows: u32,
    bytes: u64,
    /// Digest of the rows so far.
    #[serde(default)]
    digest: String,
}

#[derive(Debug, Serialize)]
struct Report<'c> {
    rows: u32,
    format: ExportFormat,
    rows_sha256: &'c str,
}

fn unusual(actor: &Actor) -> Vec<(i32, Sight)> {
    let posts = actor.posts.iter().filter(|post| !post.sight.is_usual());
    posts.map(|post| (post.no, post.sight.clone())).collect()
}

impl Reach {
    fn of(ctx: &Ctx) -> Result<Self, Fault> {
        Ok(Self {
            tickets: ctx.reach(needs::EXPORT)?,
            citizens: ctx.actor.scope(Permission::CitizenView),
            sights: unusual(&ctx.actor),
        })
    }

    /// Refuses when the rights reach another part of the tickets by now.
    fn still(&self, ctx: &Ctx) -> Result<(), Fault> {
        if *self == Self::of(ctx)? {
            Ok(())
        } else {
            Err(Fault::new(Code::JobRights))
        }
    }
}

/// Asks for the list behind a filter as a file. The same wish sent twice under one idempotency key is one job.
///
/// # Errors
/// `access.denied`, `export.too_large`, faults of the filter; `job.held` while another export of the person is under way.
pub async fn ask(ctx: &Ctx, command: AskExport) -> Result<JobView, Fault> {
    let services = &ctx.services;
    let query = TicketQuery::from_query(&command.query)?;
    let format = command.format.unwrap_or(ExportFormat::USUAL);
    let (user, mut asked) = admitted(ctx, &query, format).await?;
    asked.purpose = purpose(command.purpose.as_deref())?;
    let from = super::second_from(services).await.settle(services)?;
    let is_long = from.is_some_and(|rows| asked.count > rows);
    let grant = match asked.purpose.as_deref() {
        None if is_long => return Err(Fault::field("purpose", Code::InputRequired)),
        Some(purpose) if is_long => {
            let what = (purpose, asked.count, query.columns.as_slice());
            let found = grants::covering(services, user, what).await;
            found.settle(services)?
        }
        _ => None,
    };
    let awaits = is_long && grant.is_none();
    let kind = JobKind::Export.as_str();
    let scope = json(&asked).settle(services)?;
    let subject = if format == ExportFormat::USUAL {
        String::new()
    } else {
        format.to_string()
    };
    let mut new = host::asked(ctx, kind, subject, scope);
    let once = format!("{kind}:{user}");
    new.once = Some(once.clone());
    let id = new.id;
    let mut row = told(entry(ctx, &query.filter, "ok"), &query, format);
    row.facts.insert("job".to_owned(), id.to_string());
    row.facts.insert("awaits".to_owned(), awaits.to_string());
    if let Some(grant) = &grant {
        row.facts.insert("grant".to_owned(), grant.job.to_string());
    }
    if let Some(purpose) = &asked.purpose {
        row.erasable.insert("purpose".to_owned(), purpose.clone());
    }
    let is_new = services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                let is_new = store::jobs::put(tx, &new).await?;
                if is_new {
                    if awaits {
                        store::jobs::await_second(tx, id).await?;
                    }
                    store::audit::append(tx, &[row]).await?;
                }
                Ok(is_new)
            })
        })
        .await
        .settle(services)?;
    if is_new {
        return host::desk::get(ctx, id).await;
    }
    let open = store::jobs::open_of(&services.store().reader(), &once).await;
    let open = open
        .settle(services)?
        .ok_or_else(|| Fault::new(Code::Busy))?;
    let before: Asked = parsed(&open.scope).settle(services)?;
    if before.key.is_some() && before.key == asked.key {
        return host::desk::get(ctx, open.id).await;
    }
    Err(Fault::new(Code::JobHeld).fact("job", open.id))
}

/// What is asked for, when the right is there and the list is not too long.
async fn admitted(
    ctx: &Ctx,
    query: &TicketQuery,
    format: ExportFormat,
) -> Result<(UserId, Asked), Fault> {
    let filter = &query.filter;
    let reach = match Reach::of(ctx) {
        Ok(reach) => reach,
        Err(fault) => {
            watch::refused(ctx, entry(ctx, filter, fault.code.as_str())).await;
            return Err(fault);
        }
    };
    let user = ctx.actor.user().ok_or_else(Fault::denied)?;
    crate::views::answerable(filter)?;
    let reference = ctx.services.reference().await?;
    let filter = &prepared(&reference, (&ctx.actor, &reach.tickets), filter, ctx.now())?;
    let db = ctx.services.store().report_reader();
    let most = i64::from(MAX_ROWS);
    let count =
        store::tickets::count_capped(&db, &reach.tickets, filter, most + 1, ctx.now()).await;
    let count = count.settle(&ctx.services)?;
    if count > most {
        super::write_audit(ctx, entry(ctx, filter, Code::ExportTooLarge.as_str())).await?;
        return Err(Fault::new(Code::ExportTooLarge).fact("max", MAX_ROWS));
    }
    let whole = TicketQuery {
        cursor: None,
        limit: TicketQuery::default().limit,
        ..query.clone()
    };
    let asked = Asked {
        query: whole.to_query(),
        locale: ctx.locale,
        format: Some(format),
        purpose: None,
        count,
        reach,
        key: ctx.idempotency_key.clone(),
    };
    Ok((user, asked))
}

/// What somebody says that an export is for.
fn purpose(typed: Option<&str>) -> Result<Option<String>, Fault> {
    let words = typed.map(shared::input::line);
    let words = words.filter(|words| !words.is_empty());
    match words {
        Some(words) if words.chars().count() > PURPOSE => Err(Fault::fields(vec![FieldFault {
            field: "purpose".to_owned(),
            code: Code::InputTooLong,
            facts: [("max".to_owned(), PURPOSE.to_string())].into(),
        }])),
        words => Ok(words),
    }
}

/// The standing approval that would come of an approval of this job.
pub(crate) fn standing(ctx: &Ctx, job: &Job, days: u32) -> Result<Option<Grant>, Fault> {
    if days == 0 {
        return Ok(None);
    }
    if !grants::DAYS.contains(&days) {
        return Err(Fault::field("days", Code::InputNumber));
    }
    let asked: Asked = parsed(&job.scope).settle(&ctx.services)?;
    let query = TicketQuery::from_query(&asked.query)?;
    let now = ctx.now();
    Ok(job.owner.zip(asked.purpose).map(|(asker, purpose)| Grant {
        job: job.id,
        asker,
        asker_name: job.owner_name.clone(),
        region: job.region.clone(),
        purpose,
        columns: query.columns,
        most_rows: asked.count,
        given_by: host::desk::name_of(ctx),
        given_at: now,
        ends_at: Instant(now.0 + i64::from(days) * grants::DAY),
    }))
}

/// What is asked for, in words, for who is to agree.
pub(crate) async fn asks(ctx: &Ctx, job: &Job) -> Result<Vec<String>, Fault> {
    let asked: Asked = parsed(&job.scope).settle(&ctx.services)?;
    let query = TicketQuery::from_query(&asked.query)?;
    let reference = ctx.services.reference().await?;
    let mut lines = about::filters(&reference, &query.filter, ctx.locale);
    let named = |name: Text, value: String| (name.get(ctx.locale).to_owned(), value);
    lines.push(named(words::ASKED_ROWS, asked.count.to_string()));
    lines.extend(asked.purpose.map(|purpose| named(words::PURPOSE, purpose)));
    let lines = lines.into_iter();
    Ok(lines
        .map(|(name, value)| format!("{name}：{value}"))
        .collect())
}

/// Whether somebody may take the result of a job of theirs.
pub(crate) fn may_take(ctx: &Ctx, job: &Job) -> Result<(), Fault> {
    let asked: Asked = parsed(&job.scope).settle(&ctx.services)?;
    asked.reach.still(ctx)
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
        cursor = Cursor::default();
    }
    let (total, part, next) = page(&ctx, job, (&asked, &query), &mut cursor).await?;
    let (id, from) = (job.id, cursor.bytes);
    cursor.bytes = tokio::task::spawn_blocking(move || folder.append(id, from, &part))
        .await
        .map_err(anyhow::Error::new)??;
    if next.is_some() {
        cursor.page = next;
        let stand = Stand {
            done: i64::from(cursor.rows),
            total,
            cursor: json(&cursor)?,
        };
        return Ok(effect(move |_| {
            let stand = stand.clone();
            Box::pin(async move { Ok(Step::On(stand)) })
        }));
    }
    over(&ctx, job, (&asked, &query), &cursor).await
}

/// The next rows as they stand in the file, and where the page behind them begins.
async fn page(
    ctx: &Ctx,
    job: &Job,
    (asked, query): (&Asked, &TicketQuery),
    cursor: &mut Cursor,
) -> Result<(Option<i64>, Vec<u8>, Option<String>), Failure> {
    let scope = &asked.reach.tickets;
    let db = ctx.services.store().report_reader();
    // What is late is late as of the moment of asking, on every page.
    let now = job.made_at;
    let is_first = cursor.rows == 0;
    let reference = ctx.services.reference().await?;
    let query = TicketQuery {
        filter: prepared(&reference, (&ctx.actor, scope), &query.filter, now)?,
        ..query.clone()
    };
    let total = if is_first {
        let most = i64::from(MAX_ROWS);
        let filter = &query.filter;
        Some(store::tickets::count_capped(&db, scope, filter, most, now).await?)
    } else {
        job.total
    };
    let query = TicketQuery {
        cursor: cursor.page.clone(),
        limit: PAGE,
        ..query.clone()
    };
    let page = store::tickets::list(&db, scope, &query, now).await?;
    let ids: Vec<TicketId> = page.items.iter().map(|ticket| ticket.id).collect();
    let live = store::tickets::case::live_parts(&db, scope, &ids).await?;
    let columns = columns(ctx, &reference, (scope, &query), now);
    let mut part = if is_first {
        format::head(asked.format(), &columns.heads())?
    } else {
        Vec::new()
    };
    let left = MAX_ROWS.saturating_sub(cursor.rows) as usize;
    let count = page.items.len().min(left);
    let rows = page.items[..count].iter();
    let rows: Vec<Vec<Value>> = rows
        .map(|ticket| columns.row(ticket, live.contains(&ticket.id)))
        .collect();
    part.extend(format::rows(asked.format(), &columns.keys(), &rows)?);
    let mut chain = Chain::of_hex(&cursor.digest);
    for row in &rows {
        chain.add(row)?;
    }
    cursor.digest = chain.to_hex();
    cursor.rows += count as u32;
    Ok((total, part, page.next_cursor.filter(|_| count < left)))
}

fn columns<'a>(
    ctx: &'a Ctx,
    reference: &'a Names,
    (scope, query): (&Scope, &TicketQuery),
    now: Instant,
) -> Columns<'a> {
    let reader = (&ctx.actor, Some(scope.clone()));
    Columns {
        reference,
        locale: ctx.locale,
        actor: &ctx.actor,
        now,
        own: Chosen::of(reference, reader, &query.columns),
    }
}

/// What a job has written into the folder.
pub(crate) async fn written(ctx: &Ctx, job: &Job) -> Result<std::fs::File, Failure> {
    let path = results::Folder::below(&ctx.services.config().data_dir).path(job.id);
    let file = tokio::task::spawn_blocking(move || std::fs::File::open(path)).await;
    let file = file.map_err(anyhow::Error::new)?;
    file.map_err(|error| disk(error, "reading a result"))
}

/// What lies in the folder as the file that is kept: the same, or the workbook of the rows that were gathered there.
async fn whole(
    ctx: &Ctx,
    job: &Job,
    (asked, query): (&Asked, &TicketQuery),
    cursor: &Cursor,
) -> Result<(std::fs::File, i64), Failure> {
    let file = written(ctx, job).await?;
    let bytes = i64::try_from(cursor.bytes).unwrap_or(i64::MAX);
    if asked.format() != ExportFormat::Book {
        return Ok((file, bytes));
    }
    let reference = ctx.services.reference().await?;
    let sum = (cursor.rows, cursor.digest.as_str());
    let facts = about::facts(ctx, &reference, query, sum, job.made_at);
    let scope = &asked.reach.tickets;
    let heads = columns(ctx, &reference, (scope, query), job.made_at).heads();
    let plan = workbook::plan(ctx, heads, facts);
    let book = workbook::made(&ctx.services, file.take(cursor.bytes), plan).await?;
    let length = book
        .metadata()
        .map_err(|error| disk(error, "reading a result"))?;
    let bytes = i64::try_from(length.len()).unwrap_or(i64::MAX);
    Ok((book, bytes))
}

/// The whole file, sealed like all others: one retention, one way to destroy it. What lies in the clear goes once the step is written.
async fn sealed(
    ctx: &Ctx,
    kind: FileKind,
    (file, bytes): (std::fs::File, i64),
) -> Result<(Blob, Vec<u8>), Failure> {
    let clear = Clear {
        kind,
        from: From::Open(Arc::new(file), bytes),
    };
    let id = BlobId(ctx.services.new_id());
    let (blob, key) = write::sealed(&ctx.services, id, &clear).await?;
    // We wrote it: no scanner has to look at it.
    let blob = Blob {
        state: FileState::Clean,
        ..blob
    };
    Ok((blob, key))
}

/// A complete result, sealed, with what says whose it is.
#[derive(Clone)]
pub(crate) struct Kept {
    /// What the job says of it.
    pub(crate) file: ResultFile,
    blob: Blob,
    key: Vec<u8>,
    reference: Reference,
}

impl Kept {
    /// Writes it down; in the transaction that ends the job.
    pub(crate) async fn put(&self, tx: &Tx) -> Result<(), Failure> {
        store::files::put(tx, &self.blob, &self.key).await?;
        store::files::refer(tx, &self.reference).await?;
        Ok(())
    }
}

/// Seals what a job has written, under a name.
pub(crate) async fn kept(
    ctx: &Ctx,
    job: &Job,
    (name, kind): (String, FileKind),
    (written, bytes): (std::fs::File, i64),
) -> Result<Kept, Failure> {
    let file = ResultFile {
        name,
        bytes,
        until: results::kept_until(&ctx.services).await?,
    };
    let (blob, key) = sealed(ctx, kind, (written, bytes)).await?;
    let reference = Reference {
        id: FileId(ctx.services.new_id()),
        blob: blob.id,
        hook: Hook::result(job.id),
        version: 0,
        name: file.name.clone(),
        by: job.owner,
        by_name: job.owner_name.clone(),
        at: ctx.now(),
    };
    Ok(Kept {
        file,
        blob,
        key,
        reference,
    })
}

async fn over(
    ctx: &Ctx,
    job: &Job,
    (asked, query): (&Asked, &TicketQuery),
    cursor: &Cursor,
) -> Result<Effect, Failure> {
    let format = asked.format();
    let whole = whole(ctx, job, (asked, query), cursor).await?;
    let name = format.file_name(job.made_at.date());
    let kept = kept(ctx, job, (name, format.kind()), whole).await?;
    let mut row = entry(ctx, &query.filter, "ok");
    row.action = format!("{ACTION}.done");
    for (name, value) in [
        ("rows", cursor.rows.to_string()),
        ("rows_sha256", cursor.digest.clone()),
        ("format", format.to_string()),
        ("job", job.id.to_string()),
    ] {
        row.facts.insert(name.to_owned(), value);
    }
    let report = json(&Report {
        rows: cursor.rows,
        format,
        rows_sha256: &cursor.digest,
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
