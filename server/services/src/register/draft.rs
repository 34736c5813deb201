//! Changing a list in its draft: begin one, put a row, take one away, leave one as it was, bring an old state back, give the draft up.
//! Not here: files (`table`), publishing (`publish`).
//! Every change names the version of the draft that it saw: the second of two administrators is told, and nothing is lost.

use shared::access::needs;
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::register::{Cells, ListCode, RevisionState, RevisionView, list};
use store::Tx;
use store::record::AuditEntry;
use store::register::{At, Change, Draft, Revision};

use super::{Desk, body, object, office, open_already, own_name};
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::host::denied::recorded;

/// Begins a draft of what holds, or gives the one that is open.
///
/// # Errors
/// `access.denied`, `not_found`.
pub async fn begin(ctx: &Ctx, code: ListCode, area: &str) -> Result<RevisionView, Fault> {
    let what = ("register.draft", format!("register:{code}"));
    recorded(ctx, what, begun(ctx, (code, area), None)).await
}

/// Begins a draft that brings the state of an older revision back.
///
/// # Errors
/// As `begin`; `register.draft_open` while there is one; `not_found` for a revision that never held.
pub async fn restore(
    ctx: &Ctx,
    code: ListCode,
    area: &str,
    number: i32,
) -> Result<RevisionView, Fault> {
    let what = ("register.draft", format!("register:{code}"));
    recorded(ctx, what, begun(ctx, (code, area), Some(number))).await
}

async fn begun(
    ctx: &Ctx,
    (code, area): (ListCode, &str),
    older: Option<i32>,
) -> Result<RevisionView, Fault> {
    let desk = Desk::open_for(ctx, needs::DRAFTING, (code, area)).await?;
    match (desk.draft(), older) {
        (Some(open), None) => {
            return super::desk::with_counts(ctx, &desk.part, open).await;
        }
        (Some(open), Some(_)) => {
            let by = open.made_by_name.clone().unwrap_or_default();
            return Err(Fault::new(Code::RegisterDraftOpen).fact("by", by));
        }
        (None, _) => {}
    }
    if let Some(number) = older {
        let known = desk.revisions.iter().find(|it| it.number == number);
        known
            .filter(|it| it.state == RevisionState::Published)
            .ok_or_else(Fault::missing)?;
    }
    let taken = take_over(ctx, &desk).await?;
    let base = taken
        .as_ref()
        .map(|(revision, _)| revision.number)
        .or(desk.newest().map(|it| it.number))
        .unwrap_or(0);
    let last = desk.revisions.first().map_or(0, |it| it.number);
    let revision = new(ctx, &desk, (last.max(base) + 1, base), older);
    let draft = desk.as_draft(&revision);
    let mut audit = ctx.audit("register.draft", object(&desk.part), "ok");
    facts(&mut audit, &revision);
    let kept = revision.clone();
    let store = ctx.services.store();
    store
        .write::<_, Failure, _>(move |tx| {
            let (taken, kept, draft) = (taken.clone(), kept.clone(), draft.clone());
            let audit = audit.clone();
            Box::pin(async move {
                if let Some((found, rows)) = taken {
                    store::register::add(tx, &found)
                        .await
                        .map_err(open_already)?;
                    let first = Draft {
                        number: found.number,
                        base: 0,
                        part: draft.part.clone(),
                    };
                    store::register::put(tx, &first, &rows).await?;
                    store::register::publish_rows(tx, &first).await?;
                }
                store::register::add(tx, &kept)
                    .await
                    .map_err(open_already)?;
                if let Some(older) = older {
                    store::register::begin_from(tx, &draft, older).await?;
                }
                Ok(store::audit::append(tx, &audit).await?)
            })
        })
        .await
        .settle(&ctx.services)?;
    super::desk::with_counts(ctx, &desk.part, &revision).await
}

pub(super) type TakenOver = Option<(Revision, Vec<Change>)>;

/// The first revision of a list: what the live tables hold, so that it can be compared with and brought back.
pub(super) async fn take_over(ctx: &Ctx, desk: &Desk) -> Result<TakenOver, Fault> {
    if !desk.revisions.is_empty() || !desk.part.area.is_empty() {
        return Ok(None);
    }
    let found = office::found(&ctx.services, &desk.part).await;
    let found = found.settle(&ctx.services)?;
    let now = ctx.now();
    let revision = Revision {
        state: RevisionState::Published,
        valid_from: Some(Instant(0)),
        published_at: Some(now),
        applied_at: Some(now),
        followed_at: Some(now),
        made_by: None,
        made_by_name: None,
        editors: std::collections::BTreeMap::new(),
        ..new(ctx, desk, (1, 0), None)
    };
    let change = |cells: &Cells| change_of(desk.part.list, cells);
    Ok(Some((revision, found.iter().map(change).collect())))
}

/// A row that comes or changes.
pub(super) fn change_of(code: ListCode, cells: &Cells) -> Change {
    let list = list(code);
    Change {
        key: list.key(cells),
        becomes: Some((body(cells), list.words(cells))),
    }
}

pub(super) fn new(
    ctx: &Ctx,
    desk: &Desk,
    (number, base): (i32, i32),
    restored: Option<i32>,
) -> Revision {
    let mut revision = Revision {
        list: desk.part.list,
        area: desk.part.area.clone(),
        number,
        base,
        restored,
        made_at: ctx.now(),
        made_by: ctx.actor.user(),
        made_by_name: own_name(ctx),
        state: RevisionState::Draft,
        version: 1,
        editors: std::collections::BTreeMap::new(),
        note: None,
        valid_from: None,
        open_too: false,
        submitted_by: None,
        submitted_by_name: None,
        published_at: None,
        published_by: None,
        published_by_name: None,
        applied_at: None,
        followed_at: None,
    };
    if restored.is_some() {
        edited(ctx, &mut revision);
    }
    revision
}

/// Writes down who changed it, and takes it back from whoever should have published it: what they saw is not what it is.
pub(super) fn edited(ctx: &Ctx, revision: &mut Revision) {
    if let Some(user) = ctx.actor.user() {
        let name = own_name(ctx).unwrap_or_default();
        revision.editors.insert(user.to_string(), name);
    }
    revision.state = RevisionState::Draft;
    revision.submitted_by = None;
    revision.submitted_by_name = None;
}

/// What the audit says of a revision.
pub(super) fn facts(audit: &mut AuditEntry, revision: &Revision) {
    let number = ("revision", Some(revision.number.to_string()));
    let restored = ("restored", revision.restored.map(|it| it.to_string()));
    let from = ("from", revision.valid_from.map(Instant::rfc3339));
    for (name, fact) in [number, restored, from] {
        audit.facts.extend(fact.map(|fact| (name.to_owned(), fact)));
    }
}

/// Puts a row into the draft: a new one, or another in the place of that with the key `was`.
///
/// # Errors
/// `input.invalid` with what is wrong with it; `input.taken` for a key that another row has; `version.stale`, `register.no_draft`.
pub async fn put_row(
    ctx: &Ctx,
    (code, area): (ListCode, &str),
    version: i32,
    (was, sent): (Option<&str>, &Cells),
) -> Result<RevisionView, Fault> {
    let call = async {
        let desk = Desk::open_for(ctx, needs::DRAFTING, (code, area)).await?;
        let list = list(code);
        let row = list.read(sent)?;
        let (_, draft) = desk.drafted(version)?;
        let db = ctx.services.store().reader();
        let at = At {
            number: draft.base,
            draft: Some(draft.number),
        };
        let mut changes = vec![change_of(code, &row.cells)];
        if was != Some(row.key.as_str()) {
            let there = store::register::get(&db, &desk.part, at, &row.key).await;
            let key = list.columns.iter().rfind(|column| column.is_key);
            let key = key.map_or("key", |column| column.name);
            let there = there.settle(&ctx.services)?;
            if there.is_some_and(|it| it.body.is_some()) {
                return Err(Fault::field(key, Code::InputTaken));
            }
            if let Some(was) = was {
                let known = store::register::get(&db, &desk.part, at, was).await;
                let known = known.settle(&ctx.services)?.ok_or_else(Fault::missing)?;
                if !list.removable && known.before.is_some() {
                    return Err(Fault::field(key, Code::RegisterPermanent));
                }
                changes.push(Change {
                    key: was.to_owned(),
                    becomes: None,
                });
            }
        }
        change(ctx, &desk, version, Step::Put(changes)).await
    };
    recorded(ctx, ("register.change", format!("register:{code}")), call).await
}

/// Takes a row away.
///
/// # Errors
/// `register.permanent` for a row of a list whose rows end and do not go; `not_found`, `version.stale`, `register.no_draft`.
pub async fn remove_row(
    ctx: &Ctx,
    (code, area): (ListCode, &str),
    version: i32,
    key: &str,
) -> Result<RevisionView, Fault> {
    let call = async {
        let desk = Desk::open_for(ctx, needs::DRAFTING, (code, area)).await?;
        let (_, draft) = desk.drafted(version)?;
        let at = At {
            number: draft.base,
            draft: Some(draft.number),
        };
        let db = ctx.services.store().reader();
        let known = store::register::get(&db, &desk.part, at, key).await;
        let known = known.settle(&ctx.services)?.ok_or_else(Fault::missing)?;
        if known.before.is_some() && !list(code).removable {
            return Err(Fault::new(Code::RegisterPermanent));
        }
        let gone = Change {
            key: key.to_owned(),
            becomes: None,
        };
        change(ctx, &desk, version, Step::Put(vec![gone])).await
    };
    recorded(ctx, ("register.change", format!("register:{code}")), call).await
}

/// A row stays as it was.
///
/// # Errors
/// `version.stale`, `register.no_draft`.
pub async fn undo_row(
    ctx: &Ctx,
    (code, area): (ListCode, &str),
    version: i32,
    key: &str,
) -> Result<RevisionView, Fault> {
    let call = async {
        let desk = Desk::open_for(ctx, needs::DRAFTING, (code, area)).await?;
        change(ctx, &desk, version, Step::Undo(key.to_owned())).await
    };
    recorded(ctx, ("register.change", format!("register:{code}")), call).await
}

/// Gives the draft up; it stays in the history.
///
/// # Errors
/// `version.stale`, `register.no_draft`.
pub async fn discard(
    ctx: &Ctx,
    (code, area): (ListCode, &str),
    version: i32,
) -> Result<RevisionView, Fault> {
    let call = async {
        let desk = Desk::open_for(ctx, needs::DRAFTING, (code, area)).await?;
        change(ctx, &desk, version, Step::Discard).await
    };
    recorded(ctx, ("register.change", format!("register:{code}")), call).await
}

/// Enters rows at once, in place of those for which `replaces` says so: a draft that is published in the same call.
///
/// # Errors
/// `register.draft_open` while the list has a draft of somebody's; those of `publish`.
pub(crate) async fn enter(
    ctx: &Ctx,
    code: ListCode,
    rows: Vec<Cells>,
    replaces: &(dyn Fn(&Cells) -> bool + Sync),
) -> Result<(), Fault> {
    let desk = Desk::open_for(ctx, needs::DRAFTING, (code, super::BASE)).await?;
    if let Some(open) = desk.draft() {
        let by = open.made_by_name.clone().unwrap_or_default();
        return Err(Fault::new(Code::RegisterDraftOpen).fact("by", by));
    }
    let opened = begin(ctx, code, super::BASE).await?;
    let done = fill(ctx, code, (opened.version, rows), replaces).await;
    let version = match &done {
        Ok(Some(publishing)) => {
            let publishing = publishing.clone();
            let version = publishing.version;
            let published = super::publish(ctx, (code, super::BASE), publishing).await;
            if published.is_ok() {
                return Ok(());
            }
            discard(ctx, (code, super::BASE), version).await?;
            return published.map(drop);
        }
        Ok(None) | Err(_) => Desk::open(ctx, code, super::BASE)
            .await?
            .draft()
            .map(|it| it.version),
    };
    if let Some(version) = version {
        discard(ctx, (code, super::BASE), version).await?;
    }
    done.map(drop)
}

/// Puts the rows into the draft; nothing when it is as it was.
async fn fill(
    ctx: &Ctx,
    code: ListCode,
    (version, rows): (i32, Vec<Cells>),
    replaces: &(dyn Fn(&Cells) -> bool + Sync),
) -> Result<Option<super::Publishing>, Fault> {
    let desk = Desk::open_for(ctx, needs::DRAFTING, (code, super::BASE)).await?;
    let mut changes = Vec::new();
    for row in &rows {
        let row = list(code).read(row)?;
        changes.push(change_of(code, &row.cells));
    }
    let db = ctx.services.store().reader();
    let held = store::register::rows(&db, &desk.part, desk.at(), office::EVERY).await;
    for row in held.settle(&ctx.services)? {
        let old = super::cells(row.body.as_deref().unwrap_or("{}")).settle(&ctx.services)?;
        if replaces(&old) && !changes.iter().any(|it| it.key == row.key) {
            changes.push(Change {
                key: row.key,
                becomes: None,
            });
        }
    }
    let revision = change(ctx, &desk, version, Step::Put(changes)).await?;
    Ok((revision.changes > 0).then(|| super::Publishing {
        version: revision.version,
        ..super::Publishing::default()
    }))
}

/// What is done to a draft.
#[derive(Clone)]
pub(super) enum Step {
    /// Rows come, change or go.
    Put(Vec<Change>),
    /// The draft has these rows and no others.
    Replace(Vec<Change>),
    /// A row stays as it was.
    Undo(String),
    /// The draft is given up.
    Discard,
}

/// Carries a step out.
pub(super) async fn change(
    ctx: &Ctx,
    desk: &Desk,
    version: i32,
    step: Step,
) -> Result<RevisionView, Fault> {
    let done = change_all(ctx, &[(desk, version, step)]).await?;
    done.into_iter().next().ok_or_else(Fault::missing)
}

/// A step with everything that is written with it.
#[derive(Clone)]
struct Prepared {
    revision: Revision,
    seen: i32,
    draft: Draft,
    step: Step,
    audit: AuditEntry,
}

impl Prepared {
    fn of(ctx: &Ctx, desk: &Desk, seen: i32, step: Step) -> Result<Self, Fault> {
        let (mut revision, draft) = desk.drafted(seen)?;
        edited(ctx, &mut revision);
        if matches!(step, Step::Discard) {
            revision.state = RevisionState::Discarded;
        }
        revision.version += 1;
        let mut audit = ctx.audit("register.change", object(&desk.part), "ok");
        facts(&mut audit, &revision);
        told(&mut audit, &step);
        Ok(Self {
            revision,
            seen,
            draft,
            step,
            audit,
        })
    }
}

/// Carries steps on several lists out, each on the draft that was seen: all or none.
pub(super) async fn change_all(
    ctx: &Ctx,
    steps: &[(&Desk, i32, Step)],
) -> Result<Vec<RevisionView>, Fault> {
    let mut all = Vec::new();
    for (desk, seen, step) in steps {
        all.push(Prepared::of(ctx, desk, *seen, step.clone())?);
    }
    let kept = all.clone();
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let kept = kept.clone();
            Box::pin(async move {
                for it in &kept {
                    store::register::save(tx, &it.revision, it.seen).await?;
                    carry_out(tx, &it.draft, &it.step).await?;
                    store::audit::append(tx, &it.audit).await?;
                }
                Ok(())
            })
        })
        .await
        .settle(&ctx.services)?;
    let mut views = Vec::new();
    for ((desk, ..), it) in steps.iter().zip(&all) {
        views.push(super::desk::with_counts(ctx, &desk.part, &it.revision).await?);
    }
    Ok(views)
}

async fn carry_out(tx: &Tx, draft: &Draft, step: &Step) -> Result<(), Failure> {
    match step {
        Step::Put(changes) => {
            store::register::put(tx, draft, changes).await?;
            store::register::settle(tx, draft).await?;
        }
        Step::Replace(changes) => {
            store::register::remove_all(tx, draft).await?;
            store::register::put(tx, draft, changes).await?;
            store::register::settle(tx, draft).await?;
        }
        Step::Undo(key) => {
            store::register::drop_change(tx, draft, key).await?;
        }
        Step::Discard => {}
    }
    Ok(())
}

/// What the audit says of a step: a row by its key, many by their number.
fn told(audit: &mut AuditEntry, step: &Step) {
    let (what, about) = match step {
        Step::Put(changes) | Step::Replace(changes) if changes.len() != 1 => {
            ("rows", changes.len().to_string())
        }
        Step::Put(changes) | Step::Replace(changes) => {
            let gone = changes.iter().all(|change| change.becomes.is_none());
            let key = changes.first().map(|change| change.key.clone());
            (
                if gone { "removed" } else { "put" },
                key.unwrap_or_default(),
            )
        }
        Step::Undo(key) => ("undone", key.clone()),
        Step::Discard => ("discarded", "yes".to_owned()),
    };
    audit.facts.insert(what.to_owned(), about);
}
