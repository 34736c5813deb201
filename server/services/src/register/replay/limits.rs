//! The replay of a draft of limits, of days or of working hours: the deadlines of what was accepted lately, by the rules of now and by those of the draft.
//! Not here: asking for it, its file (`super`), what open tickets would do after publishing (`register::follow`).

use shared::access::Area;
use shared::calendar::{Calendars, Instant};
use shared::job::JobKind;
use shared::process::limit::{self, LimitQuery, LimitRule, Stage};
use shared::register::{ListCode, NAMED, Replay, Replayed};
use shared::text::register::replay as words;
use store::jobs::Job;
use store::tickets::AcceptedClock;

use super::{Asked, BATCH, Cursor, Line, climbs, drafted, over, write};
use crate::context::Services;
use crate::fault::Failure;
use crate::jobs::host::{Effect, Stepwise, json, on, parsed, results};
use crate::register::office;

/// The kind.
pub(crate) const REPLAY: Stepwise = Stepwise {
    kind: JobKind::Replay,
    step: |services, job| Box::pin(step(services, job)),
};

async fn step(services: &Services, job: &Job) -> Result<Effect, Failure> {
    let asked: Asked = parsed(&job.scope)?;
    if asked.list() == ListCode::Ladder {
        return Box::pin(climbs::step(services, (job, &asked))).await;
    }
    let folder = results::Folder::below(&services.config().data_dir);
    let mut cursor: Cursor<Replay> = Cursor::of(job, &folder)?;
    let rules = Rules::of(services, &asked).await?;
    let span = (Instant(asked.from), Instant(asked.until));
    let db = services.store().report_reader();
    let page = store::tickets::accepted_clocks(&db, span, cursor.behind(&asked), BATCH).await?;
    let differs: Vec<Replayed> = page
        .iter()
        .filter_map(|clock| rules.try_on(clock, &mut cursor.so_far))
        .collect();
    let room = NAMED.saturating_sub(cursor.so_far.first.len());
    let first = differs.iter().take(room).cloned();
    cursor.so_far.first.extend(first);
    let lines = differs.iter().map(line).collect();
    cursor.bytes = write(
        services,
        (job, &asked),
        &words::HEADS,
        (cursor.bytes, lines),
    )
    .await?;
    let done = cursor.so_far.clocks;
    let Some(last) = page.last() else {
        let report = json(&cursor.so_far)?;
        return over(services, job, &asked, (cursor.bytes, done, report)).await;
    };
    cursor.after = Some((last.accepted_at.0, last.ticket_id));
    on(done, &cursor)
}

fn line(one: &Replayed) -> Line {
    let late = |is_late: bool| if is_late { "1" } else { "0" }.to_owned();
    let cells = vec![
        one.no.clone(),
        one.unit.clone().unwrap_or_default(),
        one.was.rfc3339(),
        one.would_be.rfc3339(),
        late(one.was_late),
        late(one.would_be_late),
    ];
    (one.ticket, cells)
}

/// What deadlines are reckoned by.
struct By {
    calendars: Calendars,
    limits: Vec<LimitRule>,
}

/// The rules of now and those of the draft.
struct Rules {
    area: String,
    now: By,
    draft: By,
    at: Instant,
}

impl Rules {
    /// # Errors
    /// As `drafted`.
    async fn of(services: &Services, asked: &Asked) -> Result<Self, Failure> {
        let list = asked.list();
        let (part, draft) = drafted(services, list, asked).await?;
        let db = services.store().reader();
        let at = Instant(asked.until);
        let now = By {
            calendars: crate::reference::calendars(&db).await?,
            limits: store::limits::all(&db).await?,
        };
        let draft = if list == ListCode::Limits {
            By {
                calendars: crate::reference::calendars(&db).await?,
                limits: office::drafted_limits(services, (&part, &draft), at).await?,
            }
        } else {
            By {
                calendars: office::drafted_calendars(services, (&part, &draft)).await?,
                limits: store::limits::all(&db).await?,
            }
        };
        Ok(Self {
            area: asked.area.clone(),
            now,
            draft,
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
    fn due(&self, by: &By, clock: &AcceptedClock) -> Option<Instant> {
        let chosen = chosen(&by.limits, clock, self.at)?;
        let calendar = by.calendars.of_clock(clock.unit.as_deref(), &clock.region);
        Some(calendar.due_with(clock.from, chosen.limit, clock.added).at)
    }
}

/// The limit of a clock by these rules, as if it had begun at a moment.
pub(super) fn chosen<'r>(
    rules: &'r [LimitRule],
    clock: &AcceptedClock,
    at: Instant,
) -> Option<&'r LimitRule> {
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
        accepted: at,
        at,
    };
    limit::choose(rules, &query)
}
