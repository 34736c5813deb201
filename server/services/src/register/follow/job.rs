//! The job that lets open tickets follow a revision: a page of tickets a step, each deadline that moves with its entry in the ledger, in the transaction
//! that also says how far it came; so that it goes on after a stop and moves nothing twice. Whoever publishes waits for the first steps alone.
//! Not here: where a clock goes (`super`), applying the revision (`apply`).
//! Another server may count with a snapshot of half a minute ago: a second job, begun later than that, finds what it wrote meanwhile.

use serde::{Deserialize, Serialize};
use shared::calendar::{ClockReason, Instant};
use shared::ids::{JobId, TicketId};
use shared::job::{JobKind, JobState};
use shared::register::ListCode;
use store::jobs::{Job, New, Pick, Stand};
use store::register::{Part, Revision};
use store::{StoreError, Tx};

use super::{BATCH, Measure, SETTLED, Target};
use crate::context::Services;
use crate::fault::Failure;
use crate::jobs::host::{self, Effect, Over, Step, Stepwise, Taken, Work, effect, json, parsed};
use crate::jobs::recompute;
use crate::register::BASE;

/// Word of this kind.
const KIND: &str = JobKind::Follow.as_str();
/// Steps that whoever publishes waits for: a page of tickets, and the end where there are no more.
const AT_ONCE: usize = 2;
/// Jobs among which those of a revision are looked for.
const LOOKED_AT: u32 = 50;
/// A job that was stopped or failed is followed by another one after so long, in milliseconds.
const REST: i64 = 3_600_000;

/// Which revision is followed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Asked {
    list: String,
    area: String,
    number: i32,
}

/// Where it stands.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Cursor {
    /// When it began, in milliseconds.
    began: i64,
    after: Option<TicketId>,
    so_far: Report,
}

/// What it came to.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Report {
    /// Clocks looked at.
    clocks: i64,
    /// Those that moved.
    moved: i64,
}

fn asked(revision: &Revision) -> Asked {
    Asked {
        list: revision.list.to_string(),
        area: revision.area.clone(),
        number: revision.number,
    }
}

/// The words by which only one job of a revision is under way.
fn once(revision: &Revision) -> String {
    format!(
        "{KIND}:{}:{}:{}",
        revision.list, revision.area, revision.number
    )
}

/// The job of a revision; whoever published it sees how far it is.
pub(in crate::register) fn begin(services: &Services, revision: &Revision) -> Result<New, Failure> {
    let shown = if revision.area.is_empty() {
        BASE
    } else {
        &revision.area
    };
    let name = revision.published_by_name.clone();
    Ok(New {
        id: JobId(services.new_id()),
        kind: KIND,
        once: Some(once(revision)),
        owner: revision.published_by,
        owner_name: name.unwrap_or_else(|| "system".to_owned()),
        region: revision.area.clone(),
        subject: format!("{} {shown} {}", revision.list, revision.number),
        scope: json(&asked(revision))?,
        at: services.now(),
    })
}

/// The job of a revision that is under way.
pub(in crate::register) async fn open(
    services: &Services,
    revision: &Revision,
) -> Result<Option<JobId>, Failure> {
    if revision.applied_at.is_none() || revision.followed_at.is_some() {
        return Ok(None);
    }
    let db = services.store().reader();
    let job = store::jobs::open_of(&db, &once(revision)).await?;
    Ok(job.map(|job| job.id))
}

/// Asks for a job of a revision that is not followed to its end: the first one, and once the other servers count by it, one more.
pub(in crate::register) async fn ask(
    services: &Services,
    revision: &Revision,
) -> Result<Option<JobId>, Failure> {
    if let Some(open) = open(services, revision).await? {
        return Ok(Some(open));
    }
    let now = services.now();
    if let Some(before) = newest(services, revision).await? {
        let rests = before.state != JobState::Done && now.0 - before.made_at.0 < REST;
        if rests || !is_settled(revision, now) {
            return Ok(None);
        }
    }
    let new = begin(services, revision)?;
    let id = new.id;
    let is_new = services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move { Ok(store::jobs::put(tx, &new).await?) })
        })
        .await?;
    Ok(is_new.then_some(id))
}

/// The newest job of a revision.
async fn newest(services: &Services, revision: &Revision) -> Result<Option<Job>, Failure> {
    let wanted = asked(revision);
    let db = services.store().reader();
    for job in store::jobs::newest(&db, KIND, LOOKED_AT).await? {
        if parsed::<Asked>(&job.scope)? == wanted {
            return Ok(Some(job));
        }
    }
    Ok(None)
}

/// Whether every server counts by a revision that was applied, seen from a moment.
fn is_settled(revision: &Revision, at: Instant) -> bool {
    let applied = revision.applied_at;
    applied.is_none_or(|applied| at.0 - applied.0 >= SETTLED)
}

/// Does the first steps of a job here, so that few tickets have followed when the answer comes. What goes wrong is tried again by the host.
pub(in crate::register) async fn some_steps(services: &Services, id: JobId) -> Result<(), Failure> {
    let work: &dyn Work = &FOLLOW;
    for _ in 0..AT_ONCE {
        let Some(held) = host::claim(services, &Pick::One(id)).await? else {
            break;
        };
        if host::take(services, Some(work), held).await? != Taken::On {
            break;
        }
    }
    Ok(())
}

/// The kind.
pub(crate) const FOLLOW: Stepwise = Stepwise {
    kind: JobKind::Follow,
    step: |services, job| Box::pin(step(services, job)),
};

async fn step(services: &Services, job: &Job) -> Result<Effect, Failure> {
    let asked: Asked = parsed(&job.scope)?;
    let cursor = job.cursor.as_deref().map(parsed::<Cursor>).transpose()?;
    let now = services.now();
    let cursor = cursor.unwrap_or_else(|| Cursor {
        began: now.0,
        ..Cursor::default()
    });
    let db = services.store().reader();
    let Some(revision) = revision_of(services, &asked).await? else {
        return over(&cursor, None);
    };
    let measure = Measure {
        list: revision.list,
        calendars: crate::reference::calendars(&db).await?,
        limits: store::limits::all(&db).await?,
        at: revision.valid_from.unwrap_or(now),
    };
    let page = store::tickets::open_clocks(&db, cursor.after, BATCH).await?;
    let Some(last) = page.last() else {
        let is_through = is_settled(&revision, Instant(cursor.began));
        return over(&cursor, is_through.then_some((revision, now)));
    };
    let mut targets: Vec<Target> = page
        .iter()
        .filter_map(|clock| measure.target(clock))
        .collect();
    // A ticket's clock follows those of its assignments.
    targets.sort_by_key(|it| it.clock.clock.assignment_id.is_none());
    let mut next = cursor;
    next.after = Some(last.clock.ticket_id);
    next.so_far.clocks += i64::try_from(page.len()).unwrap_or(i64::MAX);
    Ok(effect(move |tx| {
        let (targets, mut next) = (targets.clone(), next.clone());
        Box::pin(async move {
            next.so_far.moved += save(tx, targets, now).await?;
            Ok(Step::On(Stand {
                done: next.so_far.clocks,
                total: None,
                cursor: json(&next)?,
            }))
        })
    }))
}

/// The revision, while open tickets are to follow it.
async fn revision_of(services: &Services, asked: &Asked) -> Result<Option<Revision>, Failure> {
    let Some(list) = ListCode::parse(&asked.list) else {
        return Ok(None);
    };
    let part = Part {
        list,
        area: asked.area.clone(),
    };
    let db = services.store().reader();
    let all = store::register::revisions(&db, &part).await?;
    let mut open = all
        .into_iter()
        .filter(|it| it.applied_at.is_some() && it.followed_at.is_none());
    Ok(open.find(|it| it.number == asked.number))
}

/// Moves clocks of one page; how many.
async fn save(tx: &Tx, targets: Vec<Target>, now: Instant) -> Result<i64, Failure> {
    let mut count = 0;
    for Target { clock, due, rule } in targets {
        let clock = clock.clock;
        let Some(got) = store::tickets::move_clock(tx, &clock, due, rule).await? else {
            continue;
        };
        let why = match rule {
            Some(_) => ClockReason::Limits,
            None => ClockReason::Calendar,
        };
        let mut entry = recompute::entry(&clock, (due, got), (why, now));
        if let Some((id, limit)) = rule {
            entry.limit_rule = Some(id);
            entry.limit_value = Some(limit.value);
            entry.limit_unit = Some(limit.unit);
        }
        store::host::add_clock(tx, &entry).await?;
        count += 1;
    }
    Ok(count)
}

/// The end; of a revision to which nothing is left that follows, it is noted.
fn over(cursor: &Cursor, through: Option<(Revision, Instant)>) -> Result<Effect, Failure> {
    let report = json(&cursor.so_far)?;
    let done = cursor.so_far.clocks;
    Ok(effect(move |tx| {
        let (report, through) = (report.clone(), through.clone());
        Box::pin(async move {
            if let Some((mut revision, now)) = through {
                let seen = revision.version;
                revision.version += 1;
                revision.followed_at = Some(now);
                match store::register::save(tx, &revision, seen).await {
                    Ok(()) | Err(StoreError::Conflict { .. }) => {}
                    Err(other) => return Err(other.into()),
                }
            }
            Ok(Step::Over(Over {
                done,
                report,
                outcome: "ok",
                file: None,
            }))
        })
    }))
}
