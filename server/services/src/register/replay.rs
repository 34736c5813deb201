//! A draft of limits is tried on what came in lately before it counts: a job reckons the deadlines of the last 30 days by the rules of now and by those of
//! the draft, a page a step, and keeps what differs. It changes nothing and holds a page in memory.
//! Not here: what open tickets would do after publishing (`follow`), the look before publishing (`publish`).

use serde::{Deserialize, Serialize};
use shared::access::{Area, Scope, needs};
use shared::calendar::{Calendars, Instant};
use shared::fault::{Code, Fault};
use shared::file::FileKind;
use shared::ids::{JobId, TicketId};
use shared::job::{JobKind, JobPhase};
use shared::process::limit::{self, LimitQuery, LimitRule, Stage};
use shared::register::{ListCode, NAMED, Replay, ReplayView, Replayed, RevisionState};
use shared::text::Locale;
use shared::text::register::replay as words;
use store::jobs::{Job, Stand};
use store::register::{Part, Revision};
use store::tickets::AcceptedClock;

use super::{BASE, Desk, office};
use crate::context::{Ctx, Services};
use crate::exports::{BOM, finish, job as exported, writer};
use crate::fault::{Failure, Settle};
use crate::host::denied::recorded;
use crate::jobs::host::{self, Effect, Over, Step, Stepwise, effect, json, parsed, results};

/// Word of this kind.
const KIND: &str = JobKind::Replay.as_str();
/// How far back it looks, in milliseconds.
const BACK: i64 = 30 * 24 * 3_600_000;
/// Tickets of a step.
const BATCH: u32 = 500;
/// Replays among which that of a draft is looked for.
const LOOKED_AT: u32 = 50;

/// Which draft is replayed, on what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Asked {
    area: String,
    number: i32,
    version: i32,
    /// Milliseconds.
    from: i64,
    until: i64,
    /// What whoever asked may export; there is a file for them alone.
    reach: Option<Scope>,
    locale: Locale,
}

/// Where a replay stands.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Cursor {
    so_far: Replay,
    /// The last ticket: when it was accepted, in milliseconds, and its id.
    after: Option<(i64, TicketId)>,
    /// Length of the file.
    bytes: u64,
}

/// Begins a replay of the draft, or gives the one of this area that is under way.
///
/// # Errors
/// `not_found` for another list than that of limits; `register.no_draft`, `version.stale`.
pub async fn replay(
    ctx: &Ctx,
    (code, area): (ListCode, &str),
    version: i32,
) -> Result<JobId, Fault> {
    let call = begin(ctx, (code, area), version);
    recorded(ctx, ("register.replay", format!("register:{code}")), call).await
}

async fn begin(ctx: &Ctx, (code, area): (ListCode, &str), version: i32) -> Result<JobId, Fault> {
    let desk = Desk::open_for(ctx, needs::DRAFTING, (code, area)).await?;
    if code != ListCode::Limits {
        return Err(Fault::missing());
    }
    let (revision, _) = desk.drafted(version)?;
    let until = ctx.now().0;
    let asked = Asked {
        area: desk.part.area.clone(),
        number: revision.number,
        version: revision.version,
        from: until.saturating_sub(BACK),
        until,
        reach: ctx.reach(needs::EXPORT).ok(),
        locale: ctx.locale,
    };
    let scope = json(&asked).settle(&ctx.services)?;
    let shown = if asked.area.is_empty() {
        BASE
    } else {
        &asked.area
    };
    let subject = format!("{code} {shown} {}", asked.number);
    let mut new = host::asked(ctx, KIND, subject, scope);
    new.once = Some(format!("{KIND}:{shown}"));
    host::put_once(ctx, new, Code::JobEnded)
        .await
        .settle(&ctx.services)
}

/// The newest replay of a draft, if there is one.
pub(super) async fn newest(ctx: &Ctx, revision: &Revision) -> Result<Option<ReplayView>, Failure> {
    if revision.list != ListCode::Limits {
        return Ok(None);
    }
    let db = ctx.services.store().reader();
    for job in store::jobs::newest(&db, KIND, LOOKED_AT).await? {
        let asked: Asked = parsed(&job.scope)?;
        if asked.area == revision.area && asked.number == revision.number {
            return Ok(Some(view(ctx, (&job, &asked), revision)));
        }
    }
    Ok(None)
}

/// Whether the reader asked for it and may export; others see what it came to, and no file.
fn is_own(ctx: &Ctx, job: &Job) -> bool {
    job.owner.is_some() && job.owner == ctx.actor.user() && needs::EXPORT.is_met_by(&ctx.actor)
}

fn view(ctx: &Ctx, (job, asked): (&Job, &Asked), revision: &Revision) -> ReplayView {
    // Handing it on to a second person counts the draft's version and changes no row.
    let handed_on = i32::from(revision.state == RevisionState::Submitted);
    let report = job.report.as_deref();
    ReplayView {
        job: job.id,
        phase: JobPhase::of(job.state, job.started_at.is_some(), job.cancel_at.is_some()),
        is_current: revision.version - asked.version <= handed_on,
        asked_at: job.made_at,
        from: Instant(asked.from),
        has_file: job.file.is_some() && is_own(ctx, job),
        report: report.and_then(|text| serde_json::from_str(text).ok()),
    }
}

/// The kind.
pub(crate) const REPLAY: Stepwise = Stepwise {
    kind: JobKind::Replay,
    step: |services, job| Box::pin(step(services, job)),
};

async fn step(services: &Services, job: &Job) -> Result<Effect, Failure> {
    let asked: Asked = parsed(&job.scope)?;
    let cursor = job.cursor.as_deref().map(parsed::<Cursor>).transpose()?;
    let mut cursor = cursor.unwrap_or_default();
    let folder = results::Folder::below(&services.config().data_dir);
    if folder.length(job.id)? < cursor.bytes {
        // The file is gone, as after a restore: from the beginning.
        cursor = Cursor::default();
    }
    let rules = Rules::of(services, &asked).await?;
    let (from, until) = (Instant(asked.from), Instant(asked.until));
    let start = (asked.from.saturating_sub(1), TicketId(uuid::Uuid::nil()));
    let (at, id) = cursor.after.unwrap_or(start);
    let db = services.store().report_reader();
    let page =
        store::tickets::accepted_clocks(&db, (from, until), (Instant(at), id), BATCH).await?;
    let differs: Vec<Replayed> = page
        .iter()
        .filter_map(|clock| rules.try_on(clock, &mut cursor.so_far))
        .collect();
    let room = NAMED.saturating_sub(cursor.so_far.first.len());
    let first = differs.iter().take(room).cloned();
    cursor.so_far.first.extend(first);
    let part = part(services, &asked, (cursor.bytes == 0, &differs)).await?;
    if let Some(part) = part {
        let (id, from) = (job.id, cursor.bytes);
        cursor.bytes = tokio::task::spawn_blocking(move || folder.append(id, from, &part))
            .await
            .map_err(anyhow::Error::new)??;
    }
    let Some(last) = page.last() else {
        return over(services, job, &asked, &cursor).await;
    };
    cursor.after = Some((last.accepted_at.0, last.ticket_id));
    let stand = Stand {
        done: cursor.so_far.clocks,
        total: None,
        cursor: json(&cursor)?,
    };
    Ok(effect(move |_| {
        let stand = stand.clone();
        Box::pin(async move { Ok(Step::On(stand)) })
    }))
}

/// The next lines of the file: of what differs, the tickets that whoever asked may export. Nothing for who may export none.
async fn part(
    services: &Services,
    asked: &Asked,
    (is_first, differs): (bool, &[Replayed]),
) -> Result<Option<Vec<u8>>, Failure> {
    let Some(scope) = &asked.reach else {
        return Ok(None);
    };
    let db = services.store().report_reader();
    let mut out = writer();
    if is_first {
        let heads = words::HEADS.map(|head| head.get(asked.locale));
        out.write_record(heads).map_err(anyhow::Error::new)?;
    }
    for one in differs {
        if !store::tickets::is_in_scope(&db, scope, one.ticket).await? {
            continue;
        }
        let late = |is_late: bool| if is_late { "1" } else { "0" };
        let (was, would_be) = (one.was.rfc3339(), one.would_be.rfc3339());
        out.write_record([
            one.no.as_str(),
            one.unit.as_deref().unwrap_or_default(),
            was.as_str(),
            would_be.as_str(),
            late(one.was_late),
            late(one.would_be_late),
        ])
        .map_err(anyhow::Error::new)?;
    }
    let part = finish(out)?;
    Ok(Some(if is_first {
        [BOM, part.as_slice()].concat()
    } else {
        part
    }))
}

/// The end, with the file of whoever may still export what they might.
async fn over(
    services: &Services,
    job: &Job,
    asked: &Asked,
    cursor: &Cursor,
) -> Result<Effect, Failure> {
    let kept = if asked.reach.is_some() {
        let ctx = host::owner(services, job).await?;
        let name = format!("replay-{}.csv", job.made_at.date().format("%Y%m%d"));
        let bytes = i64::try_from(cursor.bytes).unwrap_or(i64::MAX);
        let written = exported::written(&ctx, job).await?;
        Some(exported::kept(&ctx, job, (name, FileKind::Csv), (written, bytes)).await?)
    } else {
        None
    };
    let (report, done) = (json(&cursor.so_far)?, cursor.so_far.clocks);
    Ok(effect(move |tx| {
        let (report, kept) = (report.clone(), kept.clone());
        Box::pin(async move {
            if let Some(kept) = &kept {
                kept.put(tx).await?;
            }
            Ok(Step::Over(Over {
                done,
                report,
                outcome: "ok",
                file: kept.map(|kept| kept.file),
            }))
        })
    }))
}

/// Whether somebody may take the file of a replay of theirs: while they may export what they might when they asked.
pub(crate) fn may_take(ctx: &Ctx, job: &Job) -> Result<(), Fault> {
    let asked: Asked = parsed(&job.scope).settle(&ctx.services)?;
    if asked.reach == Some(ctx.reach(needs::EXPORT)?) {
        Ok(())
    } else {
        Err(Fault::new(Code::JobRights))
    }
}

/// The limits of now and those of the draft.
struct Rules {
    area: String,
    calendars: Calendars,
    now: Vec<LimitRule>,
    draft: Vec<LimitRule>,
    at: Instant,
}

impl Rules {
    /// # Errors
    /// `register.no_draft` when the draft is gone; `version.stale` when it was changed.
    async fn of(services: &Services, asked: &Asked) -> Result<Self, Failure> {
        let db = services.store().reader();
        let part = Part {
            list: ListCode::Limits,
            area: asked.area.clone(),
        };
        let revisions = store::register::revisions(&db, &part).await?;
        let open = [RevisionState::Draft, RevisionState::Submitted];
        let draft = revisions
            .iter()
            .find(|it| it.number == asked.number && open.contains(&it.state))
            .ok_or_else(|| Fault::new(Code::RegisterNoDraft))?;
        let handed_on = i32::from(draft.state == RevisionState::Submitted);
        if draft.version - asked.version > handed_on {
            return Err(crate::fault::version_stale(draft.version, asked.version).into());
        }
        let at = Instant(asked.until);
        Ok(Self {
            area: asked.area.clone(),
            calendars: crate::reference::calendars(&db).await?,
            now: store::limits::all(&db).await?,
            draft: office::drafted_limits(services, (&part, draft), at).await?,
            at,
        })
    }

    /// Reckons a clock by both and counts; the clock, when it differs.
    fn try_on(&self, clock: &AcceptedClock, so_far: &mut Replay) -> Option<Replayed> {
        if !self.area.is_empty() && !Area::of(&self.area).covers(&clock.region) {
            return None;
        }
        let was = self.due(&self.now, clock)?;
        so_far.clocks += 1;
        let was_late = clock.is_late(was, self.at);
        so_far.late += i64::from(was_late);
        let Some(would_be) = self.due(&self.draft, clock) else {
            so_far.without += 1;
            return None;
        };
        if was == would_be {
            return None;
        }
        let would_be_late = clock.is_late(would_be, self.at);
        so_far.changed += 1;
        so_far.earlier += i64::from(would_be < was);
        so_far.later += i64::from(would_be > was);
        so_far.newly_late += i64::from(would_be_late && !was_late);
        so_far.no_longer_late += i64::from(was_late && !would_be_late);
        Some(Replayed {
            ticket: clock.ticket_id,
            no: clock.ticket_no.to_string(),
            unit: clock.unit.clone(),
            was,
            would_be,
            was_late,
            would_be_late,
        })
    }

    /// The deadline of a clock by these rules, as if they had held when it began.
    fn due(&self, rules: &[LimitRule], clock: &AcceptedClock) -> Option<Instant> {
        let query = LimitQuery {
            stage: if clock.unit.is_some() {
                Stage::Handle
            } else {
                Stage::Ticket
            },
            channel: clock.channel,
            kind: clock.kind,
            category: clock.category.as_deref(),
            urgency: clock.urgency,
            region: &clock.region,
            // What is accepted now has the rules of now, and of a draft that is published now those of the draft.
            accepted: self.at,
            at: self.at,
        };
        let chosen = limit::choose(rules, &query)?;
        let calendar = self
            .calendars
            .of_clock(clock.unit.as_deref(), &clock.region);
        Some(calendar.due_with(clock.from, chosen.limit, clock.added).at)
    }
}
