//! Several lists changed together, by the machine's owner: each judged as it would be with the others, and all written in one transaction or none.
//! Not here: what the rows came from (`setup`), one list alone (`draft`, `publish`).
//! A list that would stay as it is gets no revision, so that the same again changes nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

use shared::access::needs;
use shared::category::Category;
use shared::fault::{Code, Fault, FieldFault};
use shared::organisation::Unit;
use shared::register::{Cells, Finding, ListCode, RevisionState, UnitRow, list};
use store::Tx;
use store::record::AuditEntry;
use store::register::{At, Change, Draft, Revision};

use super::draft::{TakenOver, change_of, facts, new, take_over};
use super::office::{self, Before, Projection, RowsByKey, Whole};
use super::{BASE, Desk, apply, cells, object};
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::reference::Reference;

/// Rows for the base of a list.
#[derive(Debug, Clone)]
pub(crate) struct Sent {
    /// Which list.
    pub(crate) code: ListCode,
    /// Rows as `List::read` gave them, by key.
    pub(crate) rows: RowsByKey,
    /// They are the whole list: the others go.
    pub(crate) replaces: bool,
}

/// How much a list changes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) new: usize,
    pub(crate) changed: usize,
    pub(crate) gone: usize,
}

/// What would be done, and what keeps it from being done.
pub(crate) struct Planned {
    lists: Vec<OneList>,
    /// Names as they would be then.
    pub(crate) reference: Reference,
    /// What checks found, by list.
    pub(crate) found: Vec<(ListCode, Finding)>,
    /// How much changes, of the lists that do.
    pub(crate) counts: Vec<(ListCode, Counts)>,
}

impl Planned {
    /// What is written of it.
    pub(crate) fn lists(&self) -> Vec<OneList> {
        self.lists.clone()
    }
}

/// One list with its next revision.
#[derive(Clone)]
pub(crate) struct OneList {
    taken: Option<(Revision, Vec<Change>)>,
    revision: Revision,
    draft: Draft,
    changes: Vec<Change>,
    projection: Projection,
    audit: AuditEntry,
}

/// Judges lists in their order, each with what those before it would bring.
///
/// # Errors
/// `register.draft_open` at a list that somebody drafts, `register.date` at one that has a revision to come, `register.permanent` where rows
/// would go that cannot; each at the list's code as its field.
pub(crate) async fn plan(ctx: &Ctx, sent: Vec<Sent>) -> Result<Planned, Fault> {
    let reference: Arc<Reference> = ctx.services.reference().await?;
    let mut planned = Planned {
        lists: Vec::new(),
        reference: (*reference).clone(),
        found: Vec::new(),
        counts: Vec::new(),
    };
    let mut sent = sent;
    sent.sort_by_key(|sent| sent.code);
    for sent in sent {
        one(ctx, sent, &mut planned).await?;
    }
    Ok(planned)
}

fn refused(list: ListCode, code: Code, name: &str, value: impl ToString) -> Fault {
    Fault::fields(vec![FieldFault {
        field: list.to_string(),
        code,
        facts: [(name.to_owned(), value.to_string())].into(),
    }])
}

async fn one(ctx: &Ctx, sent: Sent, planned: &mut Planned) -> Result<(), Fault> {
    let code = sent.code;
    let desk = Desk::open_for(ctx, needs::PUBLISHING, (code, BASE)).await?;
    let now = ctx.now();
    if let Some(open) = desk.draft() {
        let by = open.made_by_name.clone().unwrap_or_default();
        return Err(refused(code, Code::RegisterDraftOpen, "by", by));
    }
    let coming = desk.newest().and_then(|newest| newest.valid_from);
    if let Some(from) = coming.filter(|from| *from > now) {
        return Err(refused(code, Code::RegisterDate, "from", from.date()));
    }
    let taken = take_over(ctx, &desk).await?;
    let before = rows_now(ctx, &desk, &taken).await?;
    let mut after = sent.rows.clone();
    if !sent.replaces {
        for (key, cells) in &before {
            after.entry(key.clone()).or_insert_with(|| cells.clone());
        }
    } else if !list(code).removable && before.keys().any(|key| !after.contains_key(key)) {
        return Err(refused(code, Code::RegisterPermanent, "list", code));
    }
    let changes = differences(&before, &after);
    if !changes.is_empty() {
        planned.counts.push((code, counted(&changes)));
    }
    let others = office::others(&ctx.services, &desk.part).await;
    let whole = Whole {
        part: &desk.part,
        rows: after,
        changes,
        others: others.settle(&ctx.services)?,
        reference: &planned.reference,
    };
    let judged = office::judged(&ctx.services, &whole).await;
    let (found, _) = judged.settle(&ctx.services)?;
    let (rows, changes) = (whole.rows, whole.changes);
    planned
        .found
        .extend(found.into_iter().map(|finding| (code, finding)));
    if !changes.is_empty() {
        let next = next(ctx, &desk, taken, (&rows, changes));
        planned.lists.push(next);
    }
    become_known(&mut planned.reference, code, &rows);
    Ok(())
}

/// The rows as the list stands.
async fn rows_now(ctx: &Ctx, desk: &Desk, taken: &TakenOver) -> Result<RowsByKey, Fault> {
    let read = |key: String, body: String| Ok::<_, Failure>((key, cells(&body)?));
    let services = &ctx.services;
    if let Some((_, changes)) = taken {
        let rows = changes.iter().cloned();
        let rows = rows.filter_map(|row| Some(read(row.key, row.becomes?.0)));
        return rows.collect::<Result<_, _>>().settle(services);
    }
    let at = At {
        number: desk.newest().map_or(0, |newest| newest.number),
        draft: None,
    };
    let db = services.store().reader();
    let held = store::register::rows(&db, &desk.part, at, office::EVERY).await;
    let rows = held.settle(services)?.into_iter();
    let rows = rows.filter_map(|row| Some(read(row.key, row.body?)));
    rows.collect::<Result<_, _>>().settle(services)
}

fn differences(before: &RowsByKey, after: &RowsByKey) -> Vec<Before> {
    let gone = before.iter().filter(|(key, _)| !after.contains_key(*key));
    let gone = gone.map(|(_, was)| (Some(was.clone()), None));
    let come = after
        .iter()
        .filter(|(key, cells)| before.get(*key) != Some(cells));
    let come = come.map(|(key, cells)| (before.get(key).cloned(), Some(cells.clone())));
    gone.chain(come).collect()
}

fn counted(changes: &[Before]) -> Counts {
    let mut counts = Counts::default();
    for change in changes {
        match change {
            (None, _) => counts.new += 1,
            (Some(_), Some(_)) => counts.changed += 1,
            (Some(_), None) => counts.gone += 1,
        }
    }
    counts
}

/// The revision that comes, published from now on.
fn next(
    ctx: &Ctx,
    desk: &Desk,
    taken: TakenOver,
    (rows, changes): (&RowsByKey, Vec<Before>),
) -> OneList {
    let now = ctx.now();
    let code = desk.part.list;
    let base = taken
        .as_ref()
        .map(|(revision, _)| revision.number)
        .or(desk.newest().map(|newest| newest.number))
        .unwrap_or(0);
    let last = desk.revisions.first().map_or(0, |newest| newest.number);
    let mut revision = Revision {
        state: RevisionState::Published,
        valid_from: Some(now),
        published_at: Some(now),
        applied_at: Some(now),
        ..new(ctx, desk, (last.max(base) + 1, base), None)
    };
    if !apply::is_followed(&revision) {
        revision.followed_at = Some(now);
    }
    let mut audit = ctx.audit("register.publish", object(&desk.part), "ok");
    facts(&mut audit, &revision);
    audit
        .facts
        .insert("rows".to_owned(), changes.len().to_string());
    let change = |(was, becomes): &Before| match becomes {
        Some(cells) => change_of(code, cells),
        None => Change {
            key: list(code).key(was.as_ref().unwrap_or(&Cells::new())),
            becomes: None,
        },
    };
    OneList {
        draft: desk.as_draft(&revision),
        changes: changes.iter().map(change).collect(),
        projection: Projection {
            part: desk.part.clone(),
            rows: rows.values().cloned().collect(),
            changes,
            at: now,
            open_too: false,
        },
        taken,
        revision,
        audit,
    }
}

/// What the lists behind it may name.
fn become_known(reference: &mut Reference, code: ListCode, rows: &BTreeMap<String, Cells>) {
    match code {
        ListCode::Units => {
            for row in rows.values().filter_map(UnitRow::of) {
                let unit = Unit {
                    path: String::new(),
                    code: row.code.clone(),
                    name: row.name,
                    parent: row.parent,
                    level: row.level,
                    region: row.region,
                    active: row.is_active,
                    successor: row.successor,
                };
                reference.units.insert(row.code, unit);
            }
        }
        ListCode::Categories => {
            let all = rows.values().filter_map(Category::of_cells);
            reference.categories = all.map(|it| (it.code.clone(), it)).collect();
        }
        _ => {}
    }
}

/// Writes what was planned. Open tickets that follow a list do so by the job of the register.
///
/// # Errors
/// Of the store; `register.draft_open` when somebody was faster.
pub(crate) async fn write(tx: &Tx, lists: &[OneList]) -> Result<(), Failure> {
    for one in lists {
        if let Some((found, rows)) = &one.taken {
            let first = Draft {
                number: found.number,
                base: 0,
                part: one.draft.part.clone(),
            };
            store::register::add(tx, found)
                .await
                .map_err(super::open_already)?;
            store::register::put(tx, &first, rows).await?;
            store::register::publish_rows(tx, &first).await?;
        }
        store::register::add(tx, &one.revision)
            .await
            .map_err(super::open_already)?;
        store::register::put(tx, &one.draft, &one.changes).await?;
        store::register::publish_rows(tx, &one.draft).await?;
        office::project(tx, &one.projection).await?;
        store::audit::append(tx, &one.audit).await?;
    }
    Ok(())
}
