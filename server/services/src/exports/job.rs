//! An export as a job: the rows of the list, as many as there are, page by page into a file of the data folder, for whoever asked and nobody else.
//! The right is read anew at each step and when the file is taken: a job of somebody whose reach has changed fails, and so does the taking.
//! Not here: the steps (`steps`), what a page is (`chunk`), the file that is kept (`kept`), taking it (`jobs::host::desk`).

use serde::{Deserialize, Serialize};
use shared::access::{Actor, Permission, Scope, Sight, needs};
use shared::calendar::Instant;
use shared::export::{CLEAR, Layout, MOST_COLUMNS};
use shared::fault::{Code, Fault, FieldFault};
use shared::ids::{JobId, UserId};
use shared::job::{AskExport, ExportFormat, JobKind, JobView};
use shared::query::TicketQuery;
use shared::query::shown::ListColumn;
use shared::text::{Locale, Text, export as export_words, job as words};
use store::jobs::{Grant, Job};
use store::record::AuditEntry;

use super::chunk::Cursor;
use super::format::about;
use super::{archive, entry, grants, more, quota, templates, told};
use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle};
use crate::jobs::host::{self, json, parsed};
use crate::tickets::columns::prepared;
use crate::watch;

pub(crate) use super::kept::{kept, written};
pub(crate) use super::steps::EXPORT;

/// Letters that a purpose has at most.
const PURPOSE: usize = 200;

/// Rows that a standing approval covers at most.
const MOST_COUNTED: i64 = 1_000_000_000;
/// Rows up to which a job's are counted before they are written, where nothing else asks for more.
const ENOUGH: i64 = 10_000;

/// What is exported, for whom.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Asked {
    /// Filter and order as in the address of the list.
    pub(super) query: String,
    pub(super) locale: Locale,
    /// How it is written; an earlier release wrote CSV alone.
    #[serde(default)]
    format: Option<ExportFormat>,
    /// What it is for.
    #[serde(default)]
    pub(super) purpose: Option<String>,
    /// How many there were when it was asked for, as far as they were counted.
    #[serde(default)]
    pub(super) count: i64,
    /// Counting stopped there: there are that many at least.
    #[serde(default)]
    pub(super) more: bool,
    /// What stood for searched words when it was asked for; on every page the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) also: Vec<String>,
    pub(super) reach: Reach,
    /// Columns and related parts.
    #[serde(default)]
    pub(super) layout: Layout,
    /// Packed under a password, which stands in the cursor and goes with it.
    #[serde(default)]
    pub(super) locked: bool,
    /// The idempotency key under which it was asked for.
    key: Option<String>,
}

impl Asked {
    pub(super) fn format(&self) -> ExportFormat {
        self.format.unwrap_or(ExportFormat::USUAL)
    }

    /// How rows are written while they are gathered: as in the file, or, where sheets or several files come of them, as values.
    pub(super) fn gathered(&self) -> ExportFormat {
        if self.layout.parts.is_empty() {
            self.format()
        } else {
            ExportFormat::Book
        }
    }

    /// Whether the file is an archive: under a password, or of several tables.
    pub(super) fn is_packed(&self) -> bool {
        self.locked || (self.format() != ExportFormat::Book && !self.layout.parts.is_empty())
    }

    /// Whether personal data stand in it in the clear.
    pub(super) fn is_clear(&self) -> bool {
        self.reach.reveals.is_some()
    }

    /// What a standing approval has to cover beside purpose and rows.
    fn extent(&self, query: &TicketQuery) -> Vec<String> {
        let mut extent = self.own(query);
        extent.extend(more::extent(&self.layout).cloned());
        let parts = self.layout.parts.iter();
        extent.extend(parts.map(|part| format!("part.{part}")));
        if self.is_clear() {
            extent.push(CLEAR.to_owned());
        }
        extent
    }

    /// Codes of the own fields that stand beside the rest.
    pub(super) fn own(&self, query: &TicketQuery) -> Vec<String> {
        if self.layout.columns.is_empty() {
            let own = query.columns.iter();
            let own = own.filter(|code| ListColumn::parse(code).is_none());
            return own.cloned().collect();
        }
        self.layout.own().map(str::to_owned).collect()
    }
}

/// How far the rights of whoever asked went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Reach {
    pub(super) tickets: Scope,
    /// Of the masked citizen.
    citizens: Option<Scope>,
    /// Field rights of the posts, where they are not as usual.
    #[serde(default)]
    sights: Vec<(i32, Sight)>,
    /// Of what may be looked at in the clear, where that is asked for.
    #[serde(default)]
    reveals: Option<Scope>,
}

fn unusual(actor: &Actor) -> Vec<(i32, Sight)> {
    let posts = actor.posts.iter().filter(|post| !post.sight.is_usual());
    posts.map(|post| (post.no, post.sight.clone())).collect()
}

impl Reach {
    fn of(ctx: &Ctx, clear: bool) -> Result<Self, Fault> {
        let tickets = ctx.reach(needs::EXPORT)?;
        let reveals = clear.then(|| ctx.reach(needs::REVEAL)).transpose()?;
        Ok(Self {
            tickets,
            citizens: ctx.actor.scope(Permission::CitizenView),
            sights: unusual(&ctx.actor),
            reveals,
        })
    }

    /// Refuses when the rights reach another part of the tickets by now.
    pub(super) fn still(&self, ctx: &Ctx) -> Result<(), Fault> {
        if *self == Self::of(ctx, self.reveals.is_some())? {
            Ok(())
        } else {
            Err(Fault::new(Code::JobRights))
        }
    }
}

/// Asks for the list behind a filter as a file. The same wish sent twice under one idempotency key is one job; an archive's password stands in the
/// first answer alone.
///
/// # Errors
/// `access.denied`, faults of the filter and the columns; `job.held` while another export of the person is under way.
pub async fn ask(ctx: &Ctx, command: AskExport) -> Result<JobView, Fault> {
    let services = &ctx.services;
    let query = TicketQuery::from_query(&command.query)?;
    let (user, asked) = admitted(ctx, &query, &command).await?;
    let (awaits, grant) = second(ctx, user, (&asked, &query)).await?;
    let kind = JobKind::Export.as_str();
    let scope = json(&asked).settle(services)?;
    let mut new = host::asked(ctx, kind, subject(&asked), scope);
    let once = format!("{kind}:{user}");
    new.once = Some(once.clone());
    let id = new.id;
    let password = asked.locked.then(|| archive::password(services));
    let begins = password.clone().map(Cursor::under);
    let begins = begins.map(|cursor| json(&cursor)).transpose();
    let begins = begins.settle(services)?;
    let mut row = asked.row(ctx, &query);
    row.facts.insert("job".to_owned(), id.to_string());
    row.facts.insert("awaits".to_owned(), awaits.to_string());
    if let Some(grant) = &grant {
        row.facts.insert("grant".to_owned(), grant.job.to_string());
    }
    let share = quota::Share::of(ctx, asked.count).await.settle(services)?;
    let refused = entry(ctx, &query.filter, Code::ExportDayRows.as_str());
    let asked_for = services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                let is_new = store::jobs::put_from(tx, &new, begins).await?;
                if is_new {
                    if let Some(share) = &share {
                        share.take(tx).await?;
                    }
                    if awaits {
                        store::jobs::await_second(tx, id).await?;
                    }
                    store::audit::append(tx, &[row]).await?;
                }
                Ok(is_new)
            })
        })
        .await
        .settle(services);
    if let Err(fault) = &asked_for
        && fault.code == Code::ExportDayRows
    {
        crate::watch::noted(ctx, refused).await?;
    }
    if asked_for? {
        let view = host::desk::get(ctx, id).await?;
        return Ok(JobView { password, ..view });
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

/// Works on an export here until it has ended; others may do steps of it meanwhile. One that waits for a second person is given as it stands.
///
/// # Errors
/// `not_found` for a job that the reader does not see; what a step failed with.
pub async fn finished(ctx: &Ctx, id: JobId) -> Result<JobView, Fault> {
    let job = host::desk::get(ctx, id).await?;
    if job.awaits {
        return Ok(job);
    }
    let driven = host::drive(&ctx.services, id, None).await;
    driven.settle(&ctx.services)?;
    host::desk::get(ctx, id).await
}

impl Asked {
    /// The row of the audit for who asks.
    fn row(&self, ctx: &Ctx, query: &TicketQuery) -> AuditEntry {
        let mut row = told(entry(ctx, &query.filter, "ok"), query, self.format());
        self.tell(&mut row.facts);
        if !self.also.is_empty() {
            let also = self.also.join("、");
            row.erasable.insert("also".to_owned(), also);
        }
        if let Some(purpose) = &self.purpose {
            row.erasable.insert("purpose".to_owned(), purpose.clone());
        }
        row
    }

    /// What the audit is told beside filter and format.
    pub(super) fn tell(&self, facts: &mut std::collections::BTreeMap<String, String>) {
        let mut put = |name: &str, value: String| facts.insert(name.to_owned(), value);
        if self.is_clear() {
            put("personal", "clear".to_owned());
        }
        if self.locked {
            put("locked", true.to_string());
        }
        if !self.layout.columns.is_empty() {
            put("layout", self.layout.columns.join(","));
        }
        if !self.layout.parts.is_empty() {
            let parts = self.layout.parts.iter().map(|part| part.as_str());
            put("parts", parts.collect::<Vec<_>>().join(","));
        }
    }
}

/// What the job's line says: the format, unless it is the usual one.
fn subject(asked: &Asked) -> String {
    let mut words = Vec::new();
    if asked.format() != ExportFormat::USUAL {
        words.push(asked.format().as_str());
    }
    if asked.is_packed() {
        words.push("zip");
    }
    words.join(" + ")
}

/// Whether a second person has to agree, and the standing approval by which nobody has to.
async fn second(
    ctx: &Ctx,
    user: UserId,
    (asked, query): (&Asked, &TicketQuery),
) -> Result<(bool, Option<Grant>), Fault> {
    let services = &ctx.services;
    let from = super::second_from(services).await.settle(services)?;
    let is_needed = asked.is_clear() || from.is_some_and(|rows| asked.count > rows);
    let grant = match asked.purpose.as_deref() {
        None if is_needed => return Err(Fault::field("purpose", Code::InputRequired)),
        Some(purpose) if is_needed => {
            let extent = asked.extent(query);
            let what = (purpose, asked.count, extent.as_slice());
            let found = grants::covering(services, user, what).await;
            found.settle(services)?
        }
        _ => None,
    };
    Ok((is_needed && grant.is_none(), grant))
}

/// What is asked for, when the right is there.
async fn admitted(
    ctx: &Ctx,
    query: &TicketQuery,
    command: &AskExport,
) -> Result<(UserId, Asked), Fault> {
    let filter = &query.filter;
    let reach = match Reach::of(ctx, command.clear) {
        Ok(reach) => reach,
        Err(fault) => {
            watch::refused(ctx, entry(ctx, filter, fault.code.as_str())).await;
            return Err(fault);
        }
    };
    let user = ctx.actor.user().ok_or_else(Fault::denied)?;
    crate::views::answerable(filter)?;
    let (layout, format) = laid_out(ctx, command).await?;
    if !layout.parts.is_empty() {
        ctx.ask(needs::TICKETS)?;
    }
    let reference = ctx.services.reference().await?;
    let filter = &prepared(&reference, (&ctx.actor, &reach.tickets), filter, ctx.now())?;
    let db = ctx.services.store().report_reader();
    let most = counted_to(&ctx.services, user, command.clear).await;
    let most = most.settle(&ctx.services)?;
    let up_to = most.saturating_add(1);
    let count = store::tickets::count_capped(&db, &reach.tickets, filter, up_to, ctx.now()).await;
    let count = count.settle(&ctx.services)?;
    let whole = TicketQuery {
        cursor: None,
        limit: TicketQuery::default().limit,
        ..query.clone()
    };
    let asked = Asked {
        query: whole.to_query(),
        locale: ctx.locale,
        format: Some(format),
        purpose: purpose(command.purpose.as_deref())?,
        count,
        more: count > most,
        also: filter.also.clone(),
        reach,
        layout,
        locked: command.locked,
        key: ctx.idempotency_key.clone(),
    };
    Ok((user, asked))
}

/// How far rows are counted before they are written: as far as it decides about a second person, or whether a standing approval covers them.
async fn counted_to(services: &Services, user: UserId, is_clear: bool) -> Result<i64, Failure> {
    let from = super::second_from(services).await?;
    let enough = ENOUGH.max(quota::most(services).await?.unwrap_or_default());
    if from.is_none() && !is_clear {
        return Ok(enough);
    }
    let covered = grants::most(services, user).await?;
    Ok(enough.max(covered).max(from.unwrap_or_default()))
}

/// Columns, related parts and format as they are asked for, and what a template says of those that are not.
async fn laid_out(ctx: &Ctx, command: &AskExport) -> Result<(Layout, ExportFormat), Fault> {
    let (kept, format) = match command.template.as_deref() {
        Some(id) => templates::laid_out(ctx, id).await?,
        None => (Layout::default(), ExportFormat::USUAL),
    };
    let asked = keys(&command.columns)?;
    let mut parts = command.parts.clone();
    parts.extend(kept.parts);
    parts.sort_unstable();
    parts.dedup();
    let layout = Layout {
        columns: if asked.is_empty() {
            kept.columns
        } else {
            asked
        },
        parts,
    };
    Ok((layout, command.format.unwrap_or(format)))
}

/// Keys of columns, each once.
pub(super) fn keys(asked: &[String]) -> Result<Vec<String>, Fault> {
    let mut keys: Vec<String> = Vec::new();
    for key in asked.iter().map(|key| key.trim()) {
        let is_usual = export_words::TICKET_KEYS.contains(&key) || export_words::is_more(key);
        let is_own = key
            .strip_prefix("own.")
            .is_some_and(|code| !code.is_empty());
        if !(is_usual || is_own) || key.len() > 80 || keys.len() >= MOST_COLUMNS {
            let value: String = key.chars().take(40).collect();
            return Err(Fault::fields(vec![FieldFault {
                field: "columns".to_owned(),
                code: Code::InputCode,
                facts: [("value".to_owned(), value)].into(),
            }]));
        }
        if !keys.iter().any(|known| known == key) {
            keys.push(key.to_owned());
        }
    }
    Ok(keys)
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

/// All rows of a job of which only so many were counted, for what is to cover as many again.
async fn whole(
    services: &Services,
    job: &Job,
    (asked, query): (&Asked, &TicketQuery),
) -> Result<i64, Failure> {
    if !asked.more {
        return Ok(asked.count);
    }
    let owner = host::owner(services, job).await?;
    let reference = services.reference().await?;
    let scope = &asked.reach.tickets;
    let mut filter = prepared(
        &reference,
        (&owner.actor, scope),
        &query.filter,
        job.made_at,
    )?;
    filter.also.clone_from(&asked.also);
    let db = services.store().report_reader();
    let at = job.made_at;
    Ok(store::tickets::count_capped(&db, scope, &filter, MOST_COUNTED, at).await?)
}

/// The standing approval that would come of an approval of this job.
pub(crate) async fn standing(ctx: &Ctx, job: &Job, days: u32) -> Result<Option<Grant>, Fault> {
    if days == 0 {
        return Ok(None);
    }
    if !grants::DAYS.contains(&days) {
        return Err(Fault::field("days", Code::InputNumber));
    }
    let asked: Asked = parsed(&job.scope).settle(&ctx.services)?;
    let query = TicketQuery::from_query(&asked.query)?;
    let now = ctx.now();
    let extent = asked.extent(&query);
    let count = whole(&ctx.services, job, (&asked, &query)).await;
    let most_rows = count.settle(&ctx.services)?;
    Ok(job.owner.zip(asked.purpose).map(|(asker, purpose)| Grant {
        job: job.id,
        asker,
        asker_name: job.owner_name.clone(),
        region: job.region.clone(),
        purpose,
        columns: extent,
        most_rows,
        given_by: host::desk::name_of(ctx),
        given_at: now,
        ends_at: Instant(now.0 + i64::from(days) * grants::DAY),
    }))
}

/// What is asked for, in words, for who is to agree.
pub(crate) async fn asks(ctx: &Ctx, job: &Job) -> Result<Vec<String>, Fault> {
    let asked: Asked = parsed(&job.scope).settle(&ctx.services)?;
    let mut query = TicketQuery::from_query(&asked.query)?;
    let reference = ctx.services.reference().await?;
    query.filter.also.clone_from(&asked.also);
    let mut lines = about::filters(&reference, &query.filter, ctx.locale);
    let named = |name: Text, value: String| (name.get(ctx.locale).to_owned(), value);
    let rows = words::rows(asked.count, asked.more, ctx.locale);
    lines.push(named(words::ASKED_ROWS, rows));
    if asked.is_clear() {
        let clear = export_words::IN_CLEAR.get(ctx.locale).to_owned();
        lines.push(named(export_words::ABOUT_MASKED, clear));
    }
    let parts = asked.layout.parts.iter().map(|part| part.label(ctx.locale));
    let parts: Vec<&str> = parts.collect();
    if !parts.is_empty() {
        lines.push(named(words::PARTS, parts.join("、")));
    }
    lines.extend(asked.purpose.map(|purpose| named(words::PURPOSE, purpose)));
    let lines = lines.into_iter();
    Ok(lines
        .map(|(name, value)| format!("{name}：{value}"))
        .collect())
}

/// Whether the number of a job's rows is only about right: an export whose rows were not counted to the end.
pub(crate) fn is_about(job: &Job) -> bool {
    let is_export = job.kind == JobKind::Export.as_str();
    is_export && parsed::<Asked>(&job.scope).is_ok_and(|asked| asked.more)
}

/// Whether somebody may take the result of a job of theirs.
pub(crate) fn may_take(ctx: &Ctx, job: &Job) -> Result<(), Fault> {
    let asked: Asked = parsed(&job.scope).settle(&ctx.services)?;
    asked.reach.still(ctx)
}
