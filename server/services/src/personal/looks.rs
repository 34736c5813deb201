//! Who looked at citizens' data, in the area of who asks: read from the audit, without a copy beside it, a month at a time.
//! Not here: recording a look (`tickets::verbs::reveal`, `watch`, `views`, `exports`), the audit as the auditor reads it (`audit`).
//! Looks at tickets outside the reader's area are left out, so a page may be short. What is of no single ticket (look-ups, exports, approvals) is
//! told by the unit of who looked.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, Months, NaiveDate};
use shared::access::{Role, Scope, needs};
use shared::calendar::{day, day_start};
use shared::fault::{Code, Fault};
use shared::ids::{TicketId, UserId};
use shared::person::conceal;
use shared::personal::looks::{LookCount, LookKind, PersonalLook, PersonalLooks};
use shared::ticket::Verb;
use store::audit::{AuditQuery, AuditRow};
use store::record::AuditEntry;

use crate::context::Ctx;
use crate::fault::Settle;
use crate::reference::Reference;
use crate::watch::watched;

/// Looks of a page.
const PAGE: usize = 50;
/// Rows of the audit that are read at a time.
const BATCH: u32 = 500;
/// Batches that one page looks through.
const FOR_PAGE: usize = 4;
/// Batches of each action that are counted.
const COUNTED: usize = 20;
/// Rows of how often who looked.
const SHOWN: usize = 200;
/// The actions that are looks. Of exports that are done only those in the clear are.
const ACTIONS: [&str; 6] = [
    Verb::Reveal.as_str(),
    READ,
    "tickets.related",
    "tickets.person",
    "approval.reveal",
    "export.tickets.done",
];
/// A ticket that was opened, which stands in the audit where it is discreet or shown in the clear.
pub(crate) const READ: &str = "ticket.read";

/// Which looks.
#[derive(Debug, Clone, Default)]
pub struct LookFor {
    /// The month, as 2026-03; this one where nothing is said.
    pub month: Option<String>,
    /// One kind of look alone.
    pub kind: Option<String>,
    /// Where the page begins.
    pub cursor: Option<String>,
}

/// A page of a month's looks, the newest first.
///
/// # Errors
/// `access.denied`; `input.date` at `month`; `input.code` at `kind`; `input.cursor`.
pub async fn looks(ctx: &Ctx, look: LookFor) -> Result<PersonalLooks, Fault> {
    watched(ctx, "personal.looks", "personal-looks", page(ctx, look)).await
}

/// What a row of the audit is as a look; nothing for others.
pub(crate) fn kind_of(entry: &AuditEntry) -> Option<LookKind> {
    let is = |name: &str, value: &str| entry.facts.get(name).is_some_and(|it| it == value);
    if entry.outcome != "ok" {
        return None;
    }
    match entry.action.as_str() {
        action if action == Verb::Reveal.as_str() => Some(LookKind::Reveal),
        READ if is("class", "in_clear") => Some(LookKind::Role),
        READ => Some(LookKind::Discreet),
        "tickets.related" => Some(LookKind::Number),
        "tickets.person" => Some(LookKind::Person),
        "approval.reveal" => Some(LookKind::Approval),
        "export.tickets.done" if is("personal", "clear") => Some(LookKind::Export),
        _ => None,
    }
}

async fn page(ctx: &Ctx, look: LookFor) -> Result<PersonalLooks, Fault> {
    ctx.ask(needs::LOOKS)?;
    let scope = ctx.reach(needs::LOOKS)?;
    let reference = ctx.services.reference().await?;
    let reader = Reader {
        ctx,
        scope: &scope,
        reference: &reference,
        kind: kind_asked(look.kind.as_deref())?,
    };
    let first = first_of(ctx, look.month.as_deref())?;
    let month = first.format("%Y-%m").to_string();
    let cursor = look.cursor.filter(|cursor| !cursor.is_empty());
    let Some(since) = row_at(ctx, first).await? else {
        return Ok(PersonalLooks {
            month,
            ..PersonalLooks::default()
        });
    };
    let next = first.checked_add_months(Months::new(1)).unwrap_or(first);
    let until = row_at(ctx, next).await?.map(|n| n.to_string());
    let (counts, more) = if cursor.is_none() {
        reader.counts((since, until.clone())).await?
    } else {
        (Vec::new(), false)
    };
    let (items, next_cursor) = reader.items(since, cursor.or(until)).await?;
    Ok(PersonalLooks {
        month,
        counts,
        more,
        items,
        next_cursor,
    })
}

/// The first day of the month that is asked for.
fn first_of(ctx: &Ctx, month: Option<&str>) -> Result<NaiveDate, Fault> {
    let today = ctx.now().date();
    match month.map(str::trim).filter(|month| !month.is_empty()) {
        None => Ok(today.with_day(1).unwrap_or(today)),
        Some(month) => {
            day(&format!("{month}-01")).ok_or_else(|| Fault::field("month", Code::InputDate))
        }
    }
}

/// The kind of look that is asked for.
fn kind_asked(kind: Option<&str>) -> Result<Option<LookKind>, Fault> {
    let kind = kind.map(str::trim).filter(|kind| !kind.is_empty());
    let known = |kind| LookKind::parse(kind).ok_or_else(|| Fault::field("kind", Code::InputCode));
    kind.map(known).transpose()
}

/// The actions among whose rows looks of a kind are.
fn actions_of(kind: Option<LookKind>) -> Vec<String> {
    let action = match kind {
        None => return ACTIONS.map(str::to_owned).to_vec(),
        Some(LookKind::Reveal) => Verb::Reveal.as_str(),
        Some(LookKind::Role | LookKind::Discreet) => READ,
        Some(LookKind::Number) => "tickets.related",
        Some(LookKind::Person) => "tickets.person",
        Some(LookKind::Approval) => "approval.reveal",
        Some(LookKind::Export) => "export.tickets.done",
    };
    vec![action.to_owned()]
}

/// The number of the first row since a day.
async fn row_at(ctx: &Ctx, from: NaiveDate) -> Result<Option<i64>, Fault> {
    let db = ctx.services.store().reader();
    let found = store::audit::first_row(&db, day_start(from)).await;
    found.settle(&ctx.services)
}

/// Who reads, and how far.
struct Reader<'a> {
    ctx: &'a Ctx,
    scope: &'a Scope,
    reference: &'a Reference,
    /// One kind of look alone.
    kind: Option<LookKind>,
}

impl Reader<'_> {
    /// A page of looks, and where the next one begins.
    async fn items(
        &self,
        since: i64,
        mut cursor: Option<String>,
    ) -> Result<(Vec<PersonalLook>, Option<String>), Fault> {
        let mut items = Vec::new();
        for _ in 0..FOR_PAGE {
            let query = AuditQuery {
                actions: actions_of(self.kind),
                outcome: Some("ok".to_owned()),
                since: Some(since),
                cursor: cursor.take(),
                limit: BATCH,
                ..AuditQuery::default()
            };
            let (rows, next) = self.rows(&query).await?;
            for (n, look) in self.seen(rows).await? {
                if self.kind.is_some_and(|kind| kind != look.kind) {
                    continue;
                }
                items.push(look);
                if items.len() == PAGE {
                    return Ok((items, Some(n.to_string())));
                }
            }
            cursor = next;
            if cursor.is_none() {
                break;
            }
        }
        Ok((items, cursor))
    }

    /// How often who looked, and whether there was more than is counted. Each action is read along its own index.
    async fn counts(
        &self,
        (since, until): (i64, Option<String>),
    ) -> Result<(Vec<LookCount>, bool), Fault> {
        let mut counts: BTreeMap<(String, Option<String>, LookKind), u64> = BTreeMap::new();
        let mut more = false;
        for action in ACTIONS {
            let mut cursor = until.clone();
            for batch in 1..=COUNTED {
                let query = AuditQuery {
                    action: Some(action.to_owned()),
                    outcome: Some("ok".to_owned()),
                    since: Some(since),
                    cursor: cursor.take(),
                    limit: BATCH,
                    ..AuditQuery::default()
                };
                let (rows, next) = self.rows(&query).await?;
                for (_, look) in self.seen(rows).await? {
                    *counts.entry((look.by, look.unit, look.kind)).or_default() += 1;
                }
                cursor = next;
                if cursor.is_none() {
                    break;
                }
                more |= batch == COUNTED;
            }
        }
        let row = |((by, unit, kind), count)| LookCount {
            by,
            unit,
            kind,
            count,
        };
        let mut counts: Vec<LookCount> = counts.into_iter().map(row).collect();
        counts.sort_by_key(|it| std::cmp::Reverse(it.count));
        more |= counts.len() > SHOWN;
        counts.truncate(SHOWN);
        Ok((counts, more))
    }

    async fn rows(&self, query: &AuditQuery) -> Result<(Vec<AuditRow>, Option<String>), Fault> {
        let db = self.ctx.services.store().reader();
        let found = store::audit::list(&db, query).await;
        let found = found.settle(&self.ctx.services)?;
        Ok((found.items, found.next_cursor))
    }

    /// The looks among some rows that lie within reach, each with the number of its row: the scope of tickets is asked of the database, once for all.
    async fn seen(&self, rows: Vec<AuditRow>) -> Result<Vec<(i64, PersonalLook)>, Fault> {
        let services = &self.ctx.services;
        let db = services.store().reader();
        let tickets: BTreeSet<TicketId> =
            rows.iter().filter_map(|row| ticket(&row.entry)).collect();
        let tickets: Vec<TicketId> = tickets.into_iter().collect();
        let inside = store::tickets::inside(&db, self.scope, &tickets).await;
        let inside = inside.settle(services)?;
        let is_placed = |row: &&AuditRow| row.entry.facts.contains_key("unit");
        let unplaced = rows.iter().filter(|row| !is_placed(row));
        let people: BTreeSet<UserId> = unplaced.filter_map(|row| row.entry.actor).collect();
        let people = store::users::of_ids(&db, people.into_iter().collect()).await;
        let people = people.settle(services)?.into_iter();
        let units: BTreeMap<UserId, String> = people.map(|user| (user.id, user.unit)).collect();
        let looks = rows.into_iter().filter_map(|row| {
            let of_person = row.entry.actor.and_then(|user| units.get(&user));
            let unit = row.entry.facts.get("unit").or(of_person).cloned();
            let no = match ticket(&row.entry) {
                Some(id) => Some(inside.get(&id)?.to_string()),
                None if unit.as_deref().is_some_and(|unit| self.reaches(unit)) => {
                    row.entry.facts.get("approval_no").cloned()
                }
                None => return None,
            };
            let kind = kind_of(&row.entry)?;
            let look = self.view(&row.entry, (kind, no), unit.as_deref());
            Some((row.n, look))
        });
        Ok(looks.collect())
    }

    /// A look as it is read.
    fn view(
        &self,
        entry: &AuditEntry,
        (kind, ticket_no): (LookKind, Option<String>),
        unit: Option<&str>,
    ) -> PersonalLook {
        let is_own = unit.is_some() && unit == self.ctx.actor.unit.as_deref();
        let tells_why = !self.scope.has_unit() || is_own;
        let reason = entry.erasable.get("reason").filter(|_| tells_why);
        let role = entry.facts.get("role");
        PersonalLook {
            at: entry.at,
            by: entry.actor_name.clone(),
            kind,
            role: role.and_then(|role| Role::parse(role)),
            unit: unit.map(|code| self.reference.unit_at(code, Some(entry.at)).name),
            ticket_no,
            reason: reason.map(|words| conceal(words)),
        }
    }

    /// Whether a unit's people are the reader's to look after.
    fn reaches(&self, code: &str) -> bool {
        let unit = self.reference.units.get(code);
        unit.is_some_and(|unit| {
            self.scope.covers_unit(&unit.code, &unit.path) || self.scope.covers_region(&unit.region)
        })
    }
}

/// The ticket that a row is about.
fn ticket(entry: &AuditEntry) -> Option<TicketId> {
    entry.object.strip_prefix("ticket:")?.parse().ok()
}
