//! The replay of a draft of the ladder: which rungs the clocks of what was accepted lately have reached by the ladder of now, and would have by the draft.
//! Not here: asking for it, its file (`super`), when a rung is reached (`shared::ladder`), telling people (`tickets::ladder`).
//! Both ladders are climbed under the limits and in the hours of now, until the clock was done or the replay was asked for.

use std::sync::Arc;

use shared::access::Area;
use shared::calendar::{Calendars, Instant};
use shared::ladder::{Rung, RunningClock, steps};
use shared::process::limit::LimitRule;
use shared::register::{Climbed, Held, LadderReplay, ListCode, NAMED};
use shared::text::register::climb as words;
use shared::ticket::{LimitUnit, Urgency};
use store::jobs::Job;
use store::tickets::AcceptedClock;

use super::limits::chosen;
use super::{Asked, BATCH, Cursor, Line, drafted, over, write};
use crate::context::Services;
use crate::fault::Failure;
use crate::jobs::host::{Effect, json, on, results};
use crate::reference::Reference;
use crate::register::office;

/// One page of the replay.
pub(super) async fn step(
    services: &Services,
    (job, asked): (&Job, &Asked),
) -> Result<Effect, Failure> {
    let folder = results::Folder::below(&services.config().data_dir);
    let mut cursor: Cursor<LadderReplay> = Cursor::of(job, &folder)?;
    let ladders = Ladders::of(services, asked).await?;
    let span = (Instant(asked.from), Instant(asked.until));
    let db = services.store().report_reader();
    let page = store::tickets::accepted_clocks(&db, span, cursor.behind(asked), BATCH).await?;
    let differs: Vec<Climbed> = page
        .iter()
        .filter_map(|clock| ladders.climb(clock, &mut cursor.so_far))
        .collect();
    let room = NAMED.saturating_sub(cursor.so_far.first.len());
    let first = differs.iter().take(room).cloned();
    cursor.so_far.first.extend(first);
    let lines = differs.iter().map(line).collect();
    cursor.bytes = write(services, (job, asked), &words::HEADS, (cursor.bytes, lines)).await?;
    let done = cursor.so_far.clocks;
    let Some(last) = page.last() else {
        let report = json(&cursor.so_far)?;
        return over(services, job, asked, (cursor.bytes, done, report)).await;
    };
    cursor.after = Some((last.accepted_at.0, last.ticket_id));
    on(done, &cursor)
}

fn line(one: &Climbed) -> Line {
    let cells = vec![
        one.no.clone(),
        one.unit.clone().unwrap_or_default(),
        one.was.join(" "),
        one.would_be.join(" "),
    ];
    (one.ticket, cells)
}

/// The ladder of now and that of the draft, with what both stand on.
struct Ladders {
    area: String,
    calendars: Calendars,
    limits: Vec<LimitRule>,
    reference: Arc<Reference>,
    draft: Held,
    at: Instant,
}

impl Ladders {
    /// # Errors
    /// As `drafted`.
    async fn of(services: &Services, asked: &Asked) -> Result<Self, Failure> {
        let (part, draft) = drafted(services, ListCode::Ladder, asked).await?;
        let db = services.store().reader();
        Ok(Self {
            area: asked.area.clone(),
            calendars: crate::reference::calendars(&db).await?,
            limits: store::limits::all(&db).await?,
            reference: services.reference().await?,
            draft: office::drafted_ladder(services, (&part, &draft)).await?,
            at: Instant(asked.until),
        })
    }

    /// Lets a clock climb both and counts; the clock, when it differs.
    fn climb(&self, clock: &AcceptedClock, so_far: &mut LadderReplay) -> Option<Climbed> {
        if !self.area.is_empty() && !Area::of(&self.area).covers(&clock.region) {
            return None;
        }
        let region = &clock.region;
        let was = self.reached(&self.reference.lists.ladder(region), clock)?;
        let draft: Vec<Rung> = self.draft.at(region).filter_map(Rung::of).collect();
        let would_be = self.reached(&draft, clock)?;
        so_far.clocks += 1;
        so_far.told += i64::try_from(was.len()).unwrap_or(i64::MAX);
        so_far.would_tell += i64::try_from(would_be.len()).unwrap_or(i64::MAX);
        if was == would_be {
            return None;
        }
        so_far.changed += 1;
        Some(Climbed {
            ticket: clock.ticket_id,
            no: clock.ticket_no.to_string(),
            unit: clock.unit.clone(),
            was,
            would_be,
        })
    }

    /// The rungs that a clock reaches until it is done; nothing where it has no limit.
    fn reached(&self, rungs: &[Rung], clock: &AcceptedClock) -> Option<Vec<String>> {
        let limit = chosen(&self.limits, clock, self.at)?.limit;
        let calendar = self
            .calendars
            .of_clock(clock.unit.as_deref(), &clock.region);
        let running = RunningClock {
            from: clock.from,
            due: calendar.due_with(clock.from, limit, clock.added).at,
            // What was extended is counted in working days.
            unit: if clock.added.days == 0 {
                limit.unit
            } else {
                LimitUnit::WorkingDays
            },
            paused: i64::from(clock.added.paused),
            at_once: clock.urgency != Urgency::Normal,
        };
        let end = clock.done_at.unwrap_or(self.at);
        let way = steps(rungs, &running, calendar).into_iter();
        let passed = way.take_while(|step| step.at <= end);
        Some(passed.map(|step| step.rung.code.clone()).collect())
    }
}
