//! Moves the deadlines that were computed without a year's notice, once, when the notice has been entered (`domain.md` 3.4).
//! Each moved deadline gets an entry in the clock ledger; history keeps saying when the old one held.
//! Not here: entering a notice (`calendar`), the counting (`shared::calendar`).

use shared::access::ActorKind;
use shared::calendar::{Calendars, ClockReason, Due, Instant};
use shared::process::limit::Limit;
use store::record::{ClockEntry, ClockKind};
use store::tickets::Provisional;

use super::Done;
use crate::context::Services;
use crate::fault::Failure;

/// Tickets of one run.
const BATCH: u32 = 200;
/// The years for which everything was recomputed already, and in how many runs.
const MARK: &str = "calendar.recomputed";
/// A process may count with a calendar of half a minute ago: a second run, a minute later, finds what it wrote meanwhile.
const RUNS: u32 = 2;

/// One run. Nothing to do as long as the known years are those of the last complete runs.
pub(crate) async fn run(services: &Services) -> Result<Done, Failure> {
    let db = services.store().reader();
    let years = store::calendar::years(&db)
        .await?
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(" ");
    let mark = store::settings::get(&db, MARK).await?;
    let runs = mark
        .as_deref()
        .and_then(|mark| mark.strip_prefix(&format!("{years}#")))
        .and_then(|runs| runs.parse::<u32>().ok())
        .unwrap_or(0);
    if runs >= RUNS {
        return Ok(Done::default());
    }
    let calendars = crate::reference::calendars(&db).await?;
    let mut count = 0;
    let mut after = None;
    loop {
        let page = store::tickets::provisional(&db, after, BATCH).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.ticket_id);
        let mut moves: Vec<Move> = page
            .iter()
            .filter_map(|clock| moved(&calendars, clock))
            .collect();
        // A ticket's clock follows those of its assignments.
        moves.sort_by_key(|one| one.clock.assignment_id.is_none());
        count += moves.len() as u64;
        save(services, moves).await?;
    }
    let mark = format!("{years}#{}", runs + 1);
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move { Ok(store::settings::set(tx, MARK, &mark).await?) })
        })
        .await?;
    services.bust_reference().await;
    Ok(Done { count, more: false })
}

#[derive(Clone)]
struct Move {
    clock: Provisional,
    due: Due,
}

/// The new deadline, when every year that it needs is known now.
fn moved(calendars: &Calendars, clock: &Provisional) -> Option<Move> {
    let limit = Limit {
        value: clock.limit_value?,
        unit: clock.limit_unit?,
    };
    let calendar = calendars.of_clock(clock.unit.as_deref(), &clock.region);
    let due = calendar.due_with(clock.from, limit, clock.added);
    (!due.provisional).then(|| Move {
        clock: clock.clone(),
        due,
    })
}

/// The entry of a clock that was counted again by itself, with the deadline that its own limit makes and the one that it got.
pub(crate) fn entry(
    clock: &Provisional,
    (own, got): (Due, Due),
    (why, now): (ClockReason, Instant),
) -> ClockEntry {
    ClockEntry {
        assignment_id: clock.assignment_id,
        due_at: Some(got.at),
        limit_rule: clock.limit_rule,
        provisional: got.provisional,
        began_at: Some(clock.from),
        limit_value: clock.limit_value,
        limit_unit: clock.limit_unit,
        // A ticket's follows its parts where they end later; what a part is to its ticket stays.
        tied: clock.assignment_id.is_none().then_some(got.at != own.at),
        due_before: clock.due_at,
        reason: Some(why.as_str().to_owned()),
        actor: Some(ActorKind::Job),
        ..ClockEntry::new(clock.ticket_id.into(), ClockKind::Recompute, now)
    }
}

async fn save(services: &Services, moves: Vec<Move>) -> Result<(), Failure> {
    if moves.is_empty() {
        return Ok(());
    }
    let now: Instant = services.now();
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                for Move { clock, due: asked } in moves {
                    if let Some(due) = store::tickets::move_deadline(tx, &clock, asked).await? {
                        let moved = (asked, due);
                        let entry = entry(&clock, moved, (ClockReason::Calendar, now));
                        store::host::add_clock(tx, &entry).await?;
                    }
                }
                Ok(())
            })
        })
        .await
}
