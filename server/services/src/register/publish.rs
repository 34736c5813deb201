//! From a draft to what holds: the look at what would change, handing on to a second person, publishing from a day, taking back what waits.
//! Not here: the step at the day itself (`apply`).
//! Nobody publishes what they changed themselves where a list wants a second person; the machine's owner may.

use chrono::NaiveDate;
use shared::access::needs;
use shared::calendar::{Instant, day_start};
use shared::fault::{Code, Fault};
use shared::register::{
    Effect, FindingCode, ListCode, NOTE, PreviewView, RevisionState, RevisionView, Rule, Seconds,
    Weight,
};
use store::record::AuditEntry;
use store::register::{Draft, Look, Part, Revision};

use super::draft::facts;
use super::{Desk, apply, object, office, own_name, reading, replay, shown};
use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle};
use crate::host::denied::recorded;

/// Findings that are shown one by one.
const TOLD: usize = 100;

/// How a draft is published.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Publishing {
    /// The version of the draft that was looked at.
    pub version: i32,
    /// From the beginning of this day; from now on without it, or when it is today.
    pub from: Option<NaiveDate>,
    /// Open tickets follow new limits as well.
    pub open_too: bool,
    /// Why.
    pub note: Option<String>,
    /// Whoever works in the area is asked to read it, and what the note says of it.
    pub reading: Option<Reading>,
}

/// That people must read what is published.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reading {
    /// The last day for it.
    pub read_by: Option<NaiveDate>,
}

/// What publishing the draft would change, and what keeps it from being published.
///
/// # Errors
/// `register.no_draft`, `not_found`.
pub async fn preview(ctx: &Ctx, code: ListCode, area: &str) -> Result<PreviewView, Fault> {
    let desk = Desk::open(ctx, code, area).await?;
    if !desk.area.may_edit && !desk.area.may_publish {
        return Err(Fault::denied());
    }
    let revision = desk
        .draft()
        .ok_or_else(|| Fault::new(Code::RegisterNoDraft))?;
    let checked = office::checked(&ctx.services, &desk.part, revision).await;
    let (found, effects) = checked.settle(&ctx.services)?;
    let db = ctx.services.store().reader();
    let counts = store::register::counts(&db, &desk.part, (revision.base, revision.number)).await;
    let counts = counts.settle(&ctx.services)?;
    let replay = replay::newest(ctx, revision).await;
    let replay = replay.settle(&ctx.services)?;
    let faults = found.iter().filter(|it| it.weight == Weight::Fault).count();
    let mut findings = found;
    findings.sort_by_key(|it| it.weight == Weight::Warning);
    findings.truncate(TOLD);
    Ok(PreviewView {
        needs_second: wants_second(&ctx.services, &desk.part, revision)
            .await
            .settle(&ctx.services)?,
        is_own: had_a_hand(ctx, revision),
        area: desk.area.clone(),
        revision: shown(revision, counts),
        new: counts.new,
        changed: counts.changed,
        gone: counts.gone,
        findings,
        faults: i64::try_from(faults).unwrap_or(i64::MAX),
        effects: effects
            .into_iter()
            .filter(|it: &Effect| it.count > 0)
            .collect(),
        replay,
    })
}

/// Whether somebody else than who changed a list must publish it.
pub(super) async fn needs_second(services: &Services, code: ListCode) -> Result<bool, Failure> {
    let key = format!("register.{}", Seconds::key(code));
    let said = store::settings::get(&services.store().reader(), &key).await?;
    Ok(Seconds::of(said.as_deref(), code))
}

/// The same of a draft. One that changes rules about accounts or signing in always wants one, whatever the settings say of their own list.
async fn wants_second(
    services: &Services,
    part: &Part,
    revision: &Revision,
) -> Result<bool, Failure> {
    if needs_second(services, part.list).await? {
        return Ok(true);
    }
    if part.list != ListCode::Settings {
        return Ok(false);
    }
    let look = Look {
        limit: office::EVERY,
        ..Look::default()
    };
    let db = services.store().reader();
    let span = (revision.base, revision.number);
    let changes = store::register::changes(&db, part, span, &look).await?;
    Ok(changes
        .iter()
        .any(|row| Rule::of(&row.key).is_some_and(|rule| rule.is_of_accounts())))
}

/// Hands the draft on to a second person.
///
/// # Errors
/// `register.no_draft`, `register.empty`, `version.stale`.
pub async fn hand_on(
    ctx: &Ctx,
    (code, area): (ListCode, &str),
    (version, note): (i32, Option<String>),
) -> Result<RevisionView, Fault> {
    let call = async {
        let desk = Desk::open_for(ctx, needs::DRAFTING, (code, area)).await?;
        let (mut revision, draft) = desk.drafted(version)?;
        not_empty(ctx, &draft).await?;
        revision.state = RevisionState::Submitted;
        revision.submitted_by = ctx.actor.user();
        revision.submitted_by_name = own_name(ctx);
        revision.note = checked_note(note)?.or(revision.note);
        keep(ctx, revision, ("register.hand_on", version)).await
    };
    recorded(ctx, ("register.hand_on", format!("register:{code}")), call).await
}

/// Publishes the draft.
///
/// # Errors
/// `register.second` for who changed it; `register.faults`; `register.date` for a day that is past, or lies before that of a revision
/// published already; `register.empty`, `register.no_draft`, `version.stale`. Where people are asked to read it, as `reading::ask`.
pub async fn publish(
    ctx: &Ctx,
    (code, area): (ListCode, &str),
    order: Publishing,
) -> Result<RevisionView, Fault> {
    let call = published(ctx, (code, area), order);
    recorded(ctx, ("register.publish", format!("register:{code}")), call).await
}

async fn published(
    ctx: &Ctx,
    (code, area): (ListCode, &str),
    order: Publishing,
) -> Result<RevisionView, Fault> {
    let desk = Desk::open_for(ctx, needs::PUBLISHING, (code, area)).await?;
    let services = &ctx.services;
    let (mut revision, draft) = desk.drafted(order.version)?;
    not_empty(ctx, &draft).await?;
    let note = checked_note(order.note)?;
    let from = begin(ctx, &desk, order.from)?;
    let second = wants_second(services, &desk.part, &revision).await;
    if second.settle(services)? && had_a_hand(ctx, &revision) {
        return Err(Fault::new(Code::RegisterSecond));
    }
    let (found, _) = office::checked(services, &desk.part, &revision)
        .await
        .settle(services)?;
    let at_once = from <= ctx.now();
    let stops = |it: &&shared::register::Finding| {
        it.weight == Weight::Fault || at_once && it.code == FindingCode::OpenWork
    };
    let faults = found.iter().filter(stops).count();
    if faults > 0 {
        return Err(Fault::new(Code::RegisterFaults).fact("count", faults));
    }
    let replayed = replay::newest(ctx, &revision).await.settle(services)?;
    let replayed = replayed.is_some_and(|it| it.is_current && it.is_through());
    revision.state = RevisionState::Published;
    revision.valid_from = Some(from);
    revision.open_too = order.open_too && code == ListCode::Limits;
    revision.note = note.or(revision.note);
    revision.published_at = Some(ctx.now());
    revision.published_by = ctx.actor.user();
    revision.published_by_name = own_name(ctx);
    let asking = match order.reading {
        Some(Reading { read_by }) => {
            let what = (revision.note.clone(), read_by);
            let asking = reading::asking(ctx, (&desk.part, &revision), what).await?;
            Some(Box::new(asking))
        }
        None => None,
    };
    let rows = Rows::Publish { replayed, asking };
    let done = with_rows(ctx, &desk, revision, (order.version, rows)).await?;
    if at_once {
        apply::run(services).await.settle(services)?;
    }
    let now = Desk::open(ctx, code, area).await?;
    let now = now
        .revisions
        .iter()
        .find(|it| it.number == done.number)
        .cloned();
    super::desk::with_counts(ctx, &desk.part, &now.unwrap_or(done)).await
}

/// Whether the caller had a hand in a draft.
fn had_a_hand(ctx: &Ctx, revision: &Revision) -> bool {
    let Some(user) = ctx.actor.user() else {
        return false;
    };
    revision.made_by == Some(user)
        || revision.submitted_by == Some(user)
        || revision.editors.contains_key(&user.to_string())
}

/// From when it holds: not before today, and not before what is published already.
fn begin(ctx: &Ctx, desk: &Desk, from: Option<NaiveDate>) -> Result<Instant, Fault> {
    let today = ctx.now().date();
    let refused = |day: NaiveDate| {
        let facts = [("from", day.to_string())];
        Fault::fields(vec![shared::fault::FieldFault {
            field: "from".to_owned(),
            code: Code::RegisterDate,
            facts: facts.map(|(name, value)| (name.to_owned(), value)).into(),
        }])
    };
    let from = match from {
        Some(day) if day < today => return Err(refused(today)),
        Some(day) if day > today => day_start(day),
        _ => ctx.now(),
    };
    let newest = desk.newest().and_then(|it| it.valid_from);
    match newest.filter(|newest| from < *newest) {
        Some(newest) => Err(refused(newest.date())),
        None => Ok(from),
    }
}

async fn not_empty(ctx: &Ctx, draft: &Draft) -> Result<(), Fault> {
    let db = ctx.services.store().reader();
    let counts = store::register::counts(&db, &draft.part, (draft.base, draft.number)).await;
    if counts.settle(&ctx.services)?.sum() == 0 {
        return Err(Fault::new(Code::RegisterEmpty));
    }
    Ok(())
}

pub(super) fn checked_note(note: Option<String>) -> Result<Option<String>, Fault> {
    let note = note
        .map(|note| shared::input::body(&note))
        .filter(|note| !note.trim().is_empty());
    match note.as_ref().map(|note| note.chars().count()) {
        Some(length) if length > NOTE => {
            let mut check = shared::fault::Check::default();
            check.add_with(
                "note",
                Code::InputTooLong,
                &[("max", &NOTE), ("length", &length)],
            );
            check.finish()?;
            Ok(note)
        }
        _ => Ok(note),
    }
}

/// What waits for its day becomes a draft again.
///
/// # Errors
/// `register.not_coming` for what holds already; `register.draft_open` while there is another draft.
pub async fn take_back(
    ctx: &Ctx,
    (code, area): (ListCode, &str),
    number: i32,
) -> Result<RevisionView, Fault> {
    let call = async {
        let desk = Desk::open_for(ctx, needs::PUBLISHING, (code, area)).await?;
        if let Some(open) = desk.draft() {
            let by = open.made_by_name.clone().unwrap_or_default();
            return Err(Fault::new(Code::RegisterDraftOpen).fact("by", by));
        }
        let newest = desk.newest().filter(|it| it.number == number);
        let mut revision = newest
            .cloned()
            .ok_or_else(|| Fault::new(Code::RegisterNotComing))?;
        if revision.applied_at.is_some() || revision.valid_from.is_none_or(|from| from <= ctx.now())
        {
            return Err(Fault::new(Code::RegisterNotComing));
        }
        let seen = revision.version;
        revision.state = RevisionState::Draft;
        revision.valid_from = None;
        revision.open_too = false;
        revision.published_at = None;
        revision.published_by = None;
        revision.published_by_name = None;
        let done = with_rows(ctx, &desk, revision, (seen, Rows::TakeBack)).await?;
        super::desk::with_counts(ctx, &desk.part, &done).await
    };
    recorded(
        ctx,
        ("register.take_back", format!("register:{code}")),
        call,
    )
    .await
}

/// What happens to the rows with a revision.
#[derive(Clone)]
enum Rows {
    Publish {
        /// Whether the draft was tried on recent tickets as it is.
        replayed: bool,
        /// Who is asked to read it.
        asking: Option<Box<reading::Asking>>,
    },
    TakeBack,
}

async fn with_rows(
    ctx: &Ctx,
    desk: &Desk,
    mut revision: Revision,
    (seen, rows): (i32, Rows),
) -> Result<Revision, Fault> {
    revision.version = seen + 1;
    let action = match &rows {
        Rows::Publish { .. } => "register.publish",
        Rows::TakeBack => "register.take_back",
    };
    let mut audit = audit_of(ctx, action, &revision);
    let is_tried = replay::is_tried(revision.list);
    if let (Rows::Publish { replayed, .. }, true) = (&rows, is_tried) {
        let said = if *replayed { "yes" } else { "no" };
        audit.facts.insert("replayed".to_owned(), said.to_owned());
    }
    let draft = desk.as_draft(&revision);
    let kept = revision.clone();
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (kept, draft, audit) = (kept.clone(), draft.clone(), audit.clone());
            let rows = rows.clone();
            Box::pin(async move {
                store::register::save(tx, &kept, seen).await?;
                match &rows {
                    Rows::Publish { asking, .. } => {
                        store::register::publish_rows(tx, &draft).await?;
                        if let Some(asking) = asking {
                            reading::keep(tx, asking).await?;
                        }
                    }
                    Rows::TakeBack => store::register::take_back_rows(tx, &draft).await?,
                }
                Ok(store::audit::append(tx, &audit).await?)
            })
        })
        .await
        .settle(&ctx.services)?;
    Ok(revision)
}

fn audit_of(ctx: &Ctx, action: &str, revision: &Revision) -> AuditEntry {
    let part = Part {
        list: revision.list,
        area: revision.area.clone(),
    };
    let mut audit = ctx.audit(action, object(&part), "ok");
    facts(&mut audit, revision);
    if revision.open_too {
        audit.facts.insert("open_too".to_owned(), "yes".to_owned());
    }
    audit
}

async fn keep(
    ctx: &Ctx,
    mut revision: Revision,
    (action, seen): (&str, i32),
) -> Result<RevisionView, Fault> {
    revision.version = seen + 1;
    let audit = audit_of(ctx, action, &revision);
    let kept = revision.clone();
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (kept, audit) = (kept.clone(), audit.clone());
            Box::pin(async move {
                store::register::save(tx, &kept, seen).await?;
                Ok(store::audit::append(tx, &audit).await?)
            })
        })
        .await
        .settle(&ctx.services)?;
    let part = Part {
        list: revision.list,
        area: revision.area.clone(),
    };
    super::desk::with_counts(ctx, &part, &revision).await
}
