//! A draft of limits, days, working hours, the ladder or categories is tried on what came in lately before it counts: a job reckons the last 30 days by the rules of
//! now and by those of the draft, a page a step, and keeps what differs. It changes nothing and holds a page in memory.
//! Here what all have in common: asking, looking, the file. What is reckoned: `limits` (deadlines), `climbs` (rungs), `categories`. Not here: what open tickets would do
//! after publishing (`follow`), the look before publishing (`publish`).

mod categories;
mod climbs;
mod limits;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use shared::access::{Scope, needs};
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::file::FileKind;
use shared::ids::{JobId, TicketId};
use shared::job::JobKind;
use shared::register::{ListCode, ReplayView, RevisionState};
use shared::text::{Locale, Text};
use store::jobs::Job;
use store::register::{Part, Revision};

use super::{BASE, Desk};
use crate::context::{Ctx, Services};
use crate::exports::{BOM, finish, job as exported, writer};
use crate::fault::{Failure, Settle};
use crate::host::denied::recorded;
use crate::jobs::host::{self, Effect, Over, Step, effect, json, parsed, results};

pub(crate) use categories::RESORT;
pub(crate) use limits::REPLAY;

/// How far back it looks, in milliseconds.
const BACK: i64 = 30 * 24 * 3_600_000;
/// Tickets of a step.
const BATCH: u32 = 500;
/// Replays among which that of a draft is looked for.
const LOOKED_AT: u32 = 50;

/// The kind of job that replays a draft of this list; nothing for one that is not replayed.
const fn kind_of(list: ListCode) -> Option<JobKind> {
    match list {
        ListCode::Limits | ListCode::Calendar | ListCode::Hours | ListCode::Ladder => {
            Some(JobKind::Replay)
        }
        ListCode::Categories => Some(JobKind::Resort),
        _ => None,
    }
}

/// Whether drafts of this list are replayed.
pub(super) const fn is_tried(list: ListCode) -> bool {
    kind_of(list).is_some()
}

/// Which draft is replayed, on what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Asked {
    /// Those of before it was kept were of limits, or of categories by their kind.
    #[serde(default)]
    list: Option<ListCode>,
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

impl Asked {
    /// The list whose draft is reckoned by.
    fn list(&self) -> ListCode {
        self.list.unwrap_or(ListCode::Limits)
    }

    /// Whether it is about drafts of this list.
    fn is_of(&self, list: ListCode) -> bool {
        match self.list {
            Some(known) => known == list,
            None => matches!(list, ListCode::Limits | ListCode::Categories),
        }
    }
}

/// Where a replay stands that comes to an `R`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Cursor<R> {
    so_far: R,
    /// The last ticket: when it was accepted, in milliseconds, and its id.
    after: Option<(i64, TicketId)>,
    /// Length of the file.
    bytes: u64,
}

/// Begins a replay of the draft, or gives the one of this area that is under way.
///
/// # Errors
/// `not_found` for another list than those of limits, days, working hours, the ladder or categories; `register.no_draft`, `version.stale`.
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
    let kind = kind_of(code).ok_or_else(Fault::missing)?.as_str();
    let (revision, _) = desk.drafted(version)?;
    let until = ctx.now().0;
    let asked = Asked {
        list: Some(code),
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
    let mut new = host::asked(ctx, kind, subject, scope);
    new.once = Some(format!("{kind}:{code}:{shown}"));
    host::put_once(ctx, new, Code::JobEnded)
        .await
        .settle(&ctx.services)
}

/// The newest replay of a draft, if there is one.
pub(super) async fn newest(ctx: &Ctx, revision: &Revision) -> Result<Option<ReplayView>, Failure> {
    let Some(kind) = kind_of(revision.list) else {
        return Ok(None);
    };
    let db = ctx.services.store().reader();
    for job in store::jobs::newest(&db, kind.as_str(), LOOKED_AT).await? {
        let asked: Asked = parsed(&job.scope)?;
        let is_its = asked.area == revision.area && asked.number == revision.number;
        if is_its && asked.is_of(revision.list) {
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
    let is_of = |lists: &[ListCode]| report.filter(|_| lists.contains(&revision.list));
    let deadlines = [ListCode::Limits, ListCode::Calendar, ListCode::Hours];
    ReplayView {
        job: job.id,
        phase: host::phase(job),
        is_current: revision.version - asked.version <= handed_on,
        asked_at: job.made_at,
        from: Instant(asked.from),
        has_file: job.file.is_some() && is_own(ctx, job),
        report: is_of(&deadlines).and_then(|text| serde_json::from_str(text).ok()),
        categories: is_of(&[ListCode::Categories]).and_then(|text| serde_json::from_str(text).ok()),
        ladder: is_of(&[ListCode::Ladder]).and_then(|text| serde_json::from_str(text).ok()),
    }
}

impl<R: Default + DeserializeOwned> Cursor<R> {
    /// Of a job. From the beginning when the file is gone, as after a restore.
    fn of(job: &Job, folder: &results::Folder) -> Result<Self, Failure> {
        let cursor = job.cursor.as_deref().map(parsed::<Self>).transpose()?;
        let cursor = cursor.unwrap_or_default();
        Ok(if folder.length(job.id)? < cursor.bytes {
            Self::default()
        } else {
            cursor
        })
    }

    /// Behind which ticket the next page begins.
    fn behind(&self, asked: &Asked) -> (Instant, TicketId) {
        let start = (asked.from.saturating_sub(1), TicketId(uuid::Uuid::nil()));
        let (at, id) = self.after.unwrap_or(start);
        (Instant(at), id)
    }
}

/// A line of the file: its ticket and its cells.
type Line = (TicketId, Vec<String>);

/// Writes the next lines of the file: of what differs, the tickets that whoever asked may export. Nothing for who may export none. The file's length then.
async fn write(
    services: &Services,
    (job, asked): (&Job, &Asked),
    heads: &[Text],
    (bytes, lines): (u64, Vec<Line>),
) -> Result<u64, Failure> {
    let Some(scope) = &asked.reach else {
        return Ok(bytes);
    };
    let db = services.store().report_reader();
    let mut out = writer();
    let is_first = bytes == 0;
    if is_first {
        let heads = heads.iter().map(|head| head.get(asked.locale));
        out.write_record(heads).map_err(anyhow::Error::new)?;
    }
    for (ticket, cells) in lines {
        if store::tickets::is_in_scope(&db, scope, ticket).await? {
            out.write_record(cells).map_err(anyhow::Error::new)?;
        }
    }
    let mut part = finish(out)?;
    if is_first {
        part = [BOM, part.as_slice()].concat();
    }
    let folder = results::Folder::below(&services.config().data_dir);
    let id = job.id;
    tokio::task::spawn_blocking(move || folder.append(id, bytes, &part))
        .await
        .map_err(anyhow::Error::new)?
}

/// The draft as it was when the replay was asked for.
///
/// # Errors
/// `register.no_draft` when the draft is gone; `version.stale` when it was changed.
async fn drafted(
    services: &Services,
    list: ListCode,
    asked: &Asked,
) -> Result<(Part, Revision), Failure> {
    let db = services.store().reader();
    let part = Part {
        list,
        area: asked.area.clone(),
    };
    let revisions = store::register::revisions(&db, &part).await?;
    let open = [RevisionState::Draft, RevisionState::Submitted];
    let draft = revisions
        .into_iter()
        .find(|it| it.number == asked.number && open.contains(&it.state))
        .ok_or_else(|| Fault::new(Code::RegisterNoDraft))?;
    let handed_on = i32::from(draft.state == RevisionState::Submitted);
    if draft.version - asked.version > handed_on {
        return Err(crate::fault::version_stale(draft.version, asked.version).into());
    }
    Ok((part, draft))
}

/// The end, with the file of whoever may still export what they might.
async fn over(
    services: &Services,
    job: &Job,
    asked: &Asked,
    (bytes, done, report): (u64, i64, String),
) -> Result<Effect, Failure> {
    let kept = if asked.reach.is_some() {
        let ctx = host::owner(services, job).await?;
        let name = format!("{}-{}.csv", job.kind, job.made_at.date().format("%Y%m%d"));
        let bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
        let written = exported::written(&ctx, job).await?;
        Some(exported::kept(&ctx, job, (name, FileKind::Csv), (written, bytes)).await?)
    } else {
        None
    };
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
