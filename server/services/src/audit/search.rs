//! Searching the audit: what an auditor asks, by filters or by a question that comes with the product; a page, or everything as a file.
//! Not here: reading rows (`store::audit`). Whoever searches stands in the audit himself, before anything is shown.
//! What lies outside working time is told by the state's calendar, row by row; such a search looks at so many rows at a time and then says where to go on.

use std::collections::BTreeMap;

use aws_lc_rs::digest::{SHA256, digest};
use shared::access::{AuditQuestion, AuditRowView, AuditRows, Permission, needs};
use shared::calendar::{Instant, WorkCalendar, day, day_start, days_after};
use shared::fault::{Code, Fault};
use shared::person::conceal;
use shared::query::encoded;
use shared::text::account::audit as words;
use shared::ticket::TicketNo;
use store::audit::{AuditQuery, AuditRow, JOB, REQUEST, SESSION};
use store::record::AuditEntry;

use super::questions;
use crate::context::Ctx;
use crate::exports::{BOM, cell, finish, writer};
use crate::fault::{Failure, Settle};
use crate::watch::{noted, watched};

/// Rows of a page, unless another number is asked for.
pub const PAGE: u32 = 50;
/// Most of a page.
pub const MOST: u32 = 200;
/// Rows of a file at most.
const FILE: usize = 50_000;
/// Rows that one page looks at for those outside working time.
const LOOKED: usize = 5_000;
/// Rows of one read.
const READ: u32 = 500;
/// Most characters of what is asked for.
const LONGEST: usize = 100;

/// Names of what can be asked for.
pub const NAMES: [&str; 12] = [
    "question",
    "person",
    "action",
    "kind",
    "number",
    "object",
    "outcome",
    "ip",
    "request",
    "from",
    "to",
    "off_hours",
];

/// What is asked for, as it was sent.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Values by their names, of which there is one of each.
    values: BTreeMap<&'static str, String>,
    /// Where the page begins.
    pub cursor: Option<String>,
    /// How many rows at most.
    pub limit: u32,
}

impl Asked {
    /// Takes what stands under the names.
    #[must_use]
    pub fn of(value: impl Fn(&str) -> Option<String>, cursor: Option<String>, limit: u32) -> Self {
        let values = NAMES.into_iter();
        let values = values.filter_map(|name| Some((name, value(name)?)));
        let filled = values.filter(|(_, value)| !value.trim().is_empty());
        Self {
            values: filled.collect(),
            cursor,
            limit,
        }
    }

    /// What is asked for as an address has it, without the place of a page.
    pub(super) fn address(&self) -> String {
        let named = NAMES.into_iter();
        let pairs = named.filter_map(|name| Some(format!("{name}={}", encoded(self.get(name)?))));
        pairs.collect::<Vec<_>>().join("&")
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(|value| value.trim())
    }

    fn time(&self, name: &'static str, later: u64) -> Result<Option<Instant>, Fault> {
        let Some(text) = self.get(name) else {
            return Ok(None);
        };
        let date = day(text).ok_or_else(|| Fault::field(name, Code::InputDate))?;
        Ok(Some(day_start(days_after(date, later))))
    }
}

/// What is read, and what of it is shown.
pub(super) struct Wanted {
    query: AuditQuery,
    off_hours: bool,
}

/// Acts behind a question.
pub(super) const fn actions_of(question: AuditQuestion) -> &'static [&'static str] {
    match question {
        AuditQuestion::Rights => &[
            "role.grant",
            "role.revoke",
            "role.change",
            "role.make",
            "role.span",
            "user.manage",
            "user.active",
            "user.factor_reset",
        ],
        AuditQuestion::OffHours => &[
            "ticket.read",
            "reveal",
            "approval.reveal",
            "ticket.readers",
            "tickets.related",
            "tickets.person",
            "mandate.look",
            "wish.look",
        ],
        AuditQuestion::Mass => &["alarm", "lookup.flood"],
        AuditQuestion::Exports => &[
            "export.tickets",
            "export.tickets.done",
            "export.approvals",
            "export.approvals.done",
            "job.result",
            "export.audit",
            "report.file",
            "data.take",
        ],
        AuditQuestion::Failures => &[],
        AuditQuestion::Dormant => &["account.freeze"],
        AuditQuestion::Auditors => &["audit.read", "export.audit"],
    }
}

pub(super) async fn read(ctx: &Ctx, asked: &Asked) -> Result<Wanted, Fault> {
    let too_long = asked
        .values
        .iter()
        .find(|(_, value)| value.chars().count() > LONGEST);
    if let Some((name, _)) = too_long {
        return Err(Fault::field(name, Code::InputTooLong));
    }
    let mut query = AuditQuery {
        action: asked.get("action").map(str::to_owned),
        kind: asked.get("kind").map(str::to_owned),
        object: asked.get("object").map(str::to_owned),
        ip: asked.get("ip").map(str::to_owned),
        request: asked.get("request").map(str::to_lowercase),
        from: asked.time("from", 0)?,
        to: asked.time("to", 1)?,
        cursor: asked.cursor.clone(),
        ..AuditQuery::default()
    };
    let mut off_hours = asked.get("off_hours").is_some_and(|word| word != "false");
    if let Some(word) = asked.get("question") {
        let question = AuditQuestion::parse(word);
        let question = question.ok_or_else(|| Fault::field("question", Code::InputCode))?;
        let actions = actions_of(question).iter();
        query.actions = actions.map(|action| (*action).to_owned()).collect();
        query.failed = question == AuditQuestion::Failures;
        off_hours |= question == AuditQuestion::OffHours;
    }
    match asked.get("outcome") {
        Some("failed") => query.failed = true,
        other => query.outcome = other.map(str::to_owned),
    }
    if let Some(name) = asked.get("person") {
        by(ctx, name, &mut query).await?;
    }
    if let Some(typed) = asked.get("number") {
        query.object = Some(ticket(ctx, typed).await?);
    }
    Ok(Wanted { query, off_hours })
}

/// Rows of a person, or of what is none.
async fn by(ctx: &Ctx, name: &str, query: &mut AuditQuery) -> Result<(), Fault> {
    let name = name.to_lowercase();
    let db = ctx.services.store().reader();
    let user = store::users::find_by_name(&db, &name)
        .await
        .settle(&ctx.services)?;
    match user {
        Some(user) => query.actor = Some(user.id),
        None => query.nobody = Some(name),
    }
    Ok(())
}

/// The object that a ticket's number names.
async fn ticket(ctx: &Ctx, typed: &str) -> Result<String, Fault> {
    let no = TicketNo::parse(typed).ok_or_else(|| Fault::field("number", Code::InputCode))?;
    let scope = ctx.reach(needs::READERS)?;
    let db = ctx.services.store().reader();
    let id = store::tickets::find_by_no(&db, &scope, &no)
        .await
        .settle(&ctx.services)?
        .ok_or_else(Fault::missing)?;
    Ok(format!("ticket:{id}"))
}

/// A page of the rows that are asked for, the newest first.
///
/// # Errors
/// `access.denied`; `input.cursor`; at fields `input.code`, `input.date`, `input.too_long`; `not_found` for a number that no ticket has.
pub async fn page(ctx: &Ctx, asked: &Asked) -> Result<AuditRows, Fault> {
    watched(
        ctx,
        Permission::AuditRead.code(),
        "audit",
        found(ctx, asked),
    )
    .await
}

async fn found(ctx: &Ctx, asked: &Asked) -> Result<AuditRows, Fault> {
    ctx.ask(needs::AUDIT)?;
    let wanted = read(ctx, asked).await?;
    noted(ctx, entry(ctx, "audit.read", asked)).await?;
    let limit = asked.limit.clamp(1, MOST);
    let found = rows(ctx, wanted, limit as usize).await?;
    let kept = if asked.cursor.is_none() {
        questions::seen(ctx).await?
    } else {
        Vec::new()
    };
    Ok(AuditRows { kept, ..found })
}

/// Rows until there are enough, or until enough were looked at.
async fn rows(ctx: &Ctx, wanted: Wanted, enough: usize) -> Result<AuditRows, Fault> {
    let reference = ctx.services.reference().await?;
    let db = ctx.services.store().report_reader();
    let Wanted {
        mut query,
        off_hours,
    } = wanted;
    let mut items: Vec<AuditRowView> = Vec::new();
    let mut looked = 0;
    loop {
        // Whole reads, so that the cursor is that of the last row which was looked at.
        let left = u32::try_from(enough - items.len()).unwrap_or(READ);
        query.limit = if off_hours { READ } else { left.min(READ) };
        let read = store::audit::list(&db, &query)
            .await
            .settle(&ctx.services)?;
        looked += read.items.len();
        let shown = read.items.into_iter();
        let shown = shown.map(|row| view(&reference.calendar, row));
        items.extend(shown.filter(|row| row.off_hours || !off_hours));
        query.cursor = read.next_cursor;
        let is_over = query.cursor.is_none() || items.len() >= enough;
        if is_over || (off_hours && looked >= LOOKED.max(enough)) {
            return Ok(AuditRows {
                items,
                kept: Vec::new(),
                next_cursor: query.cursor,
            });
        }
    }
}

fn view(calendar: &WorkCalendar, row: AuditRow) -> AuditRowView {
    let AuditRow { n, entry } = row;
    let AuditEntry {
        id,
        at,
        actor_name,
        action,
        object,
        outcome,
        ip,
        mut facts,
        mut erasable,
        ..
    } = entry;
    let why = erasable.remove("reason").or_else(|| facts.remove("reason"));
    facts.extend(erasable);
    let (request, session, job) = (
        facts.remove(REQUEST),
        facts.remove(SESSION),
        facts.remove(JOB),
    );
    AuditRowView {
        n,
        id,
        at,
        off_hours: !calendar.is_open(at),
        who: actor_name,
        action,
        object,
        outcome,
        ip,
        request,
        session,
        job,
        why: why.as_deref().map(conceal),
        facts,
    }
}

/// Everything that is asked for as CSV, up to fifty thousand rows: the file's name with the beginning of its digest, and its bytes.
///
/// # Errors
/// As `page`; `export.too_large`.
pub async fn file(ctx: &Ctx, asked: &Asked) -> Result<(String, Vec<u8>), Fault> {
    watched(ctx, "export.audit", "audit", written(ctx, asked)).await
}

async fn written(ctx: &Ctx, asked: &Asked) -> Result<(String, Vec<u8>), Fault> {
    ctx.ask(needs::AUDIT)?;
    let wanted = read(ctx, asked).await?;
    let found = rows(ctx, wanted, FILE).await?;
    if found.next_cursor.is_some() {
        return Err(Fault::new(Code::ExportTooLarge).fact("max", FILE));
    }
    let count = found.items.len();
    let bytes = csv(ctx, &found.items)
        .map_err(Failure::from)
        .settle(&ctx.services)?;
    let hash = hex::encode(digest(&SHA256, &bytes).as_ref());
    let mut entry = entry(ctx, "export.audit", asked);
    let facts = [("rows", count.to_string()), ("sha256", hash.clone())];
    let facts = facts.map(|(name, value)| (name.to_owned(), value));
    entry.facts.extend(facts);
    // Nothing leaves that is not written down.
    noted(ctx, entry).await?;
    let begins: String = hash.chars().take(12).collect();
    let name = format!("audit-{}-{begins}.csv", ctx.now().date());
    Ok((name, bytes))
}

fn csv(ctx: &Ctx, rows: &[AuditRowView]) -> anyhow::Result<Vec<u8>> {
    let mut out = writer();
    out.write_record(words::HEADS.map(|head| head.get(ctx.locale)))?;
    for row in rows {
        let facts = serde_json::to_string(&row.facts)?;
        let off_hours = if row.off_hours { "1" } else { "" };
        let fields = [
            row.n.to_string(),
            row.at.rfc3339(),
            off_hours.to_owned(),
            cell(&row.who).into_owned(),
            cell(&row.action).into_owned(),
            cell(&row.object).into_owned(),
            cell(&row.outcome).into_owned(),
            cell(row.ip.as_deref().unwrap_or_default()).into_owned(),
            cell(row.request.as_deref().unwrap_or_default()).into_owned(),
            cell(row.session.as_deref().unwrap_or_default()).into_owned(),
            cell(row.job.as_deref().unwrap_or_default()).into_owned(),
            cell(row.why.as_deref().unwrap_or_default()).into_owned(),
            cell(&facts).into_owned(),
        ];
        out.write_record(fields)?;
    }
    Ok([BOM, &finish(out)?].concat())
}

/// That somebody searched, and for what. Values may be personal (an address), so that only the names of most filters stand in it.
fn entry(ctx: &Ctx, action: &str, asked: &Asked) -> AuditEntry {
    let mut entry = ctx.audit(action, "audit", "ok");
    let names: Vec<&str> = asked.values.keys().copied().collect();
    entry.facts.insert("filters".to_owned(), names.join(" "));
    for name in ["question", "action", "kind", "request", "from", "to"] {
        if let Some(value) = asked.get(name) {
            // What was asked for stands beside what the row itself came with.
            let fact = match name {
                "request" => "asked_request",
                name => name,
            };
            entry.facts.insert(fact.to_owned(), value.to_owned());
        }
    }
    for name in ["person", "number", "object", "ip"] {
        if let Some(value) = asked.get(name) {
            entry
                .erasable
                .insert(format!("asked_{name}"), value.to_owned());
        }
    }
    entry
}
