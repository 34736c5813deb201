//! An export as a job: the same rows as the download, a page a step, into a file of the data folder, for whoever asked and nobody else.
//! The right is read anew at each step and when the file is taken: a job of somebody whose reach has changed fails, and so does the taking.
//! Not here: columns and masks (`columns`), the folder where it grows (`jobs::host::results`), taking a result (`jobs::host::desk`).

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use shared::access::{Actor, Permission, Scope, Sight, needs};
use shared::fault::{Code, Fault};
use shared::file::{FileKind, FileState, Hook};
use shared::ids::{BlobId, FileId, TicketId, UserId};
use shared::job::{AskExport, JobKind, JobView};
use shared::query::TicketQuery;
use shared::text::Locale;
use store::Tx;
use store::files::{Blob, Reference};
use store::jobs::{Job, ResultFile, Stand};

use super::columns::{BOM, Columns};
use super::{ACTION, MAX_ROWS, PAGE, entry, finish, with_columns, writer};
use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle, disk};
use crate::files::write::{self, Clear, From};
use crate::jobs::host::{self, Effect, Over, Step, Stepwise, effect, json, parsed, results};
use crate::tickets::columns::{Chosen, prepared};
use crate::watch;

/// What is exported, for whom.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Asked {
    /// Filter and order as in the address of the list.
    query: String,
    locale: Locale,
    reach: Reach,
    /// The idempotency key under which it was asked for.
    key: Option<String>,
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
}

#[derive(Debug, Serialize)]
struct Report {
    rows: u32,
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
    let (user, asked) = admitted(ctx, &query).await?;
    let kind = JobKind::Export.as_str();
    let scope = json(&asked).settle(services)?;
    let mut new = host::asked(ctx, kind, String::new(), scope);
    let once = format!("{kind}:{user}");
    new.once = Some(once.clone());
    let id = new.id;
    let mut row = with_columns(entry(ctx, &query.filter, "ok"), &query.columns);
    row.facts.insert("job".to_owned(), id.to_string());
    let is_new = services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                let is_new = store::jobs::put(tx, &new).await?;
                if is_new {
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
async fn admitted(ctx: &Ctx, query: &TicketQuery) -> Result<(UserId, Asked), Fault> {
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
    let filter = &prepared(&reference, (&ctx.actor, &reach.tickets), filter)?;
    let db = ctx.services.store().report_reader();
    let most = i64::from(MAX_ROWS);
    let count =
        store::tickets::count_capped(&db, &reach.tickets, filter, most + 1, ctx.now()).await;
    if count.settle(&ctx.services)? > most {
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
        reach,
        key: ctx.idempotency_key.clone(),
    };
    Ok((user, asked))
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
    let (total, part, next) = page(&ctx, job, (&asked.reach.tickets, &query), &mut cursor).await?;
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
    over(&ctx, job, &query, &cursor).await
}

/// The next rows as they stand in the file, and where the page behind them begins.
async fn page(
    ctx: &Ctx,
    job: &Job,
    (scope, query): (&Scope, &TicketQuery),
    cursor: &mut Cursor,
) -> Result<(Option<i64>, Vec<u8>, Option<String>), Failure> {
    let db = ctx.services.store().report_reader();
    // What is late is late as of the moment of asking, on every page.
    let now = job.made_at;
    let is_first = cursor.rows == 0;
    let reference = ctx.services.reference().await?;
    let query = TicketQuery {
        filter: prepared(&reference, (&ctx.actor, scope), &query.filter)?,
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
    let columns = Columns {
        reference: &reference,
        locale: ctx.locale,
        actor: &ctx.actor,
        now,
        own: Chosen::of(
            &reference,
            (&ctx.actor, Some(scope.clone())),
            &query.columns,
        ),
    };
    let mut out = writer();
    if is_first {
        columns.head(&mut out).map_err(anyhow::Error::new)?;
    }
    let left = MAX_ROWS.saturating_sub(cursor.rows) as usize;
    let rows = page.items.len().min(left);
    for ticket in &page.items[..rows] {
        let is_live = live.contains(&ticket.id);
        columns
            .row(ticket, is_live, &mut out)
            .map_err(anyhow::Error::new)?;
    }
    let part = finish(out)?;
    let part = if is_first {
        [BOM, &part].concat()
    } else {
        part
    };
    cursor.rows += rows as u32;
    Ok((total, part, page.next_cursor.filter(|_| rows < left)))
}

/// The whole file, sealed like all others: one retention, one way to destroy it. What lies in the clear goes once the step is written.
async fn sealed(ctx: &Ctx, job: &Job, bytes: i64) -> Result<(Blob, Vec<u8>), Failure> {
    let path = results::Folder::below(&ctx.services.config().data_dir).path(job.id);
    let file = tokio::task::spawn_blocking(move || std::fs::File::open(path)).await;
    let file = file.map_err(anyhow::Error::new)?;
    let file = file.map_err(|error| disk(error, "reading a result"))?;
    let clear = Clear {
        kind: FileKind::Csv,
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
    (name, bytes): (String, u64),
) -> Result<Kept, Failure> {
    let file = ResultFile {
        name,
        bytes: i64::try_from(bytes).unwrap_or(i64::MAX),
        until: results::kept_until(&ctx.services).await?,
    };
    let (blob, key) = sealed(ctx, job, file.bytes).await?;
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
    query: &TicketQuery,
    cursor: &Cursor,
) -> Result<Effect, Failure> {
    let name = format!("tickets-{}.csv", job.made_at.date().format("%Y%m%d"));
    let kept = kept(ctx, job, (name, cursor.bytes)).await?;
    let mut row = entry(ctx, &query.filter, "ok");
    row.action = format!("{ACTION}.done");
    for (name, value) in [
        ("rows", cursor.rows.to_string()),
        ("job", job.id.to_string()),
    ] {
        row.facts.insert(name.to_owned(), value);
    }
    let report = json(&Report { rows: cursor.rows })?;
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
