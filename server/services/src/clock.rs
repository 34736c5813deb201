//! Noticing that the machine's clock jumped: the wall's time is compared with time that only passes.
//! After a jump forwards nothing is thrown away and no timer rings for a while, so that a clock that was ahead for a minute does no harm.
//! Not here: the clocks (`context`). What is dated ahead of now after a jump back is taken by its own query (outbox, calls, leases).

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use shared::calendar::Instant;

use crate::context::Services;
use crate::fault::Failure;
use crate::jobs::Done;

/// The wall may be moved so far without being told of, in milliseconds: a step of the time service.
pub(crate) const TOLERANCE: i64 = 60_000;
/// How long the clock must have been steady after a jump forwards before something that cannot be undone is done for its sake.
const SETTLE: Duration = Duration::from_mins(15);
/// A server that was away for longer cannot know whether it was away or its clock jumped, in milliseconds.
const AWAY: i64 = 7 * 24 * 3_600_000;
/// How far apart the marks in the database are, in milliseconds.
const MARK_EVERY: i64 = 60_000;
/// The latest time that was seen.
pub(crate) const SEEN: &str = "clock.seen";
/// The last jump, as JSON.
const JUMP: &str = "clock.jump";

/// A jump of the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Jump {
    /// What the clock said afterwards.
    pub at: Instant,
    /// Milliseconds; negative when it was put back.
    pub by: i64,
    /// How many jumps were noticed so far, this one counted.
    #[serde(default)]
    pub count: u64,
}

/// What this process has seen of its clock.
#[derive(Default)]
pub(crate) struct Watch(Mutex<State>);

#[derive(Default)]
struct State {
    /// Wall and steady time of the last look.
    last: Option<(Instant, Duration)>,
    /// Steady time of the last jump forwards.
    ahead: Option<Duration>,
    /// Jumps that are not written down yet.
    fresh: Vec<Jump>,
    /// The marks of earlier processes were compared.
    begun: bool,
    /// What the database's mark says.
    marked: Option<Instant>,
}

impl Watch {
    /// Compares, and says whether the clock has been steady long enough.
    fn look(&self, now: Instant, steady: Duration) -> bool {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((last, then)) = state.last {
            let passed = i64::try_from(steady.saturating_sub(then).as_millis()).unwrap_or(i64::MAX);
            let by = now.0.saturating_sub(last.0).saturating_sub(passed);
            state.note(now, steady, by);
        }
        state.last = Some((now, steady));
        state
            .ahead
            .is_none_or(|ahead| steady.saturating_sub(ahead) >= SETTLE)
    }

    /// Compares with what an earlier process has seen.
    fn begin(&self, now: Instant, steady: Duration, seen: Option<Instant>) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if std::mem::replace(&mut state.begun, true) {
            return;
        }
        state.marked = seen;
        let by = seen.map_or(0, |seen| now.0.saturating_sub(seen.0));
        if !(-TOLERANCE..AWAY).contains(&by) {
            state.note(now, steady, by);
        }
    }

    fn has_begun(&self) -> bool {
        let state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.begun
    }

    /// Jumps to be written down, and the mark when it has to move.
    fn news(&self, now: Instant) -> (Vec<Jump>, bool) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = std::mem::take(&mut state.fresh);
        let moves = state
            .marked
            .is_none_or(|marked| marked.0.abs_diff(now.0) >= MARK_EVERY.unsigned_abs());
        let moves = moves || !fresh.is_empty();
        (fresh, moves)
    }

    fn marked(&self, now: Instant) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.marked = Some(now);
    }

    /// The jumps could not be written down: the next run tries again.
    fn again(&self, jumps: Vec<Jump>) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.fresh.splice(0..0, jumps);
    }
}

impl State {
    fn note(&mut self, now: Instant, steady: Duration, by: i64) {
        if by.abs() <= TOLERANCE {
            return;
        }
        if by > 0 {
            self.ahead = Some(steady);
        }
        tracing::warn!(
            clock.now = %now.rfc3339(),
            clock.seconds = by / 1000,
            "the machine's clock jumped; see `minsheng doctor`"
        );
        let jump = Jump {
            at: now,
            by,
            count: 0,
        };
        self.fresh.push(jump);
    }
}

impl Services {
    /// Whether the clock has been steady long enough to throw something away or to ring a timer for its sake.
    pub(crate) fn clock_is_settled(&self) -> bool {
        self.watch().look(self.now(), self.steady())
    }
}

/// Looks at the clock, writes jumps down, and moves the mark for the next start.
pub(crate) async fn run(services: &Services) -> Result<Done, Failure> {
    let now = services.now();
    let watch = services.watch();
    if !watch.has_begun() {
        let seen = store::settings::get(&services.store().reader(), SEEN).await?;
        let seen = seen.and_then(|text| text.parse().ok()).map(Instant);
        watch.begin(now, services.steady(), seen);
    }
    watch.look(now, services.steady());
    let (jumps, moves) = watch.news(now);
    if !moves {
        return Ok(Done::default());
    }
    let count = jumps.len() as u64;
    let kept = jumps.clone();
    let written = services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                store::settings::set(tx, SEEN, &now.0.to_string()).await?;
                if let Some(newest) = jumps.last() {
                    let before = read(store::settings::get(tx, JUMP).await?);
                    let jump = Jump {
                        count: before.map_or(0, |jump| jump.count) + jumps.len() as u64,
                        ..*newest
                    };
                    let text = serde_json::to_string(&jump).map_err(anyhow::Error::new)?;
                    store::settings::set(tx, JUMP, &text).await?;
                }
                Ok(())
            })
        })
        .await;
    match written {
        Ok(()) => watch.marked(now),
        Err(failure) => {
            watch.again(kept);
            return Err(failure);
        }
    }
    Ok(Done { count, more: false })
}

/// The last jump that was noticed by any process on this database.
pub async fn last_jump(services: &Services) -> Result<Option<Jump>, store::StoreError> {
    Ok(read(
        store::settings::get(&services.store().reader(), JUMP).await?,
    ))
}

fn read(text: Option<String>) -> Option<Jump> {
    text.and_then(|text| serde_json::from_str(&text).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 24 * 3_600_000;

    fn after(minutes: u64) -> Duration {
        Duration::from_mins(minutes)
    }

    #[test]
    fn time_that_passes_is_no_jump() {
        let watch = Watch::default();
        assert!(watch.look(Instant(0), after(0)));
        assert!(watch.look(Instant(90 * DAY), after(90 * 24 * 60)));
        assert!(watch.news(Instant(0)).0.is_empty());
    }

    #[test]
    fn a_jump_forwards_wants_time_and_one_backwards_none() {
        let watch = Watch::default();
        watch.look(Instant(0), after(0));
        assert!(!watch.look(Instant(400 * DAY), after(1)));
        assert!(!watch.look(Instant(60_000), after(1)), "back again");
        let (jumps, moves) = watch.news(Instant(60_000));
        assert!(moves && jumps.len() == 2 && jumps[0].by > 0 && jumps[1].by < 0);
        assert!(!watch.look(Instant(15 * 60_000), after(15)));
        assert!(watch.look(Instant(16 * 60_000), after(16)), "settled");
        assert!(watch.news(Instant(16 * 60_000)).0.is_empty(), "told once");
    }

    #[test]
    fn a_start_compares_with_what_was_seen_before() {
        let watch = Watch::default();
        watch.begin(Instant(0), after(0), Some(Instant(400 * DAY)));
        assert_eq!(watch.news(Instant(0)).0[0].by, -400 * DAY);
        let watch = Watch::default();
        watch.begin(Instant(3 * DAY), after(0), Some(Instant(0)));
        assert!(watch.look(Instant(3 * DAY), after(0)), "a weekend off");
        let watch = Watch::default();
        watch.begin(Instant(400 * DAY), after(0), Some(Instant(0)));
        assert!(!watch.look(Instant(400 * DAY), after(0)));
    }
}
