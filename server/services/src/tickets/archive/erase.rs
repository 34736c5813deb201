//! Erasing by the clock: the citizen is taken out of archived tickets so many years after their closing, as the office says; never where it says 0.
//! A night's work in portions; one transaction erases a portion and writes the row of the audit that counts it.
//! Not here: erasing at the citizen's word (`tickets::verbs::life::citizen`). What is sealed stays as it was: the citizen's block is no part of the
//! seal, and the line of the history stands behind it. Address and position are part of what was asked, and stay with it.

use chrono::{Months, Timelike as _};
use shared::calendar::{Instant, day_start};
use shared::ids::TicketId;
use shared::register::{Keep, setting_of};
use shared::ticket::{TicketState, Verb};
use store::Tx;
use store::record::TicketCase;

use super::NIGHT;
use crate::context::{Ctx, Services};
use crate::fault::Failure;
use crate::host::{Told, WorkingCopy, jobs};
use crate::jobs::Done;

/// Name of the job.
const JOB: &str = "erasing";
/// Tickets of one portion.
const PORTION: u32 = 50;

/// Erases what is due, a portion of it.
pub(crate) async fn run(services: &Services) -> Result<Done, Failure> {
    let Some(before) = before(services, &Keep::ERASING).await? else {
        return Ok(Done::default());
    };
    let db = services.store().reader();
    let due = store::tickets::archives::to_erase(&db, before, PORTION).await?;
    if due.is_empty() {
        return Ok(Done::default());
    }
    let more = due.len() == PORTION as usize;
    let ctx = Ctx::job(services, JOB);
    let count = services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (ctx, due) = (ctx.clone(), due.clone());
            Box::pin(async move { portion(&ctx, tx, &due, before).await })
        })
        .await?;
    Ok(Done {
        count,
        more: more && count > 0,
    })
}

/// What ended before then is erased by a setting of years; nothing by day, and where no number of years is set.
pub(crate) async fn before(services: &Services, keep: &Keep) -> Result<Option<Instant>, Failure> {
    let now = services.now();
    // A clock that has just jumped forwards may jump back: what is erased is gone.
    if !NIGHT.contains(&now.local().hour()) || !services.clock_is_settled() {
        return Ok(None);
    }
    let said = store::settings::get(&services.store().reader(), &setting_of(keep.key)).await?;
    Ok(closed_before(keep.of(said.as_deref()), now))
}

/// The day so many years ago; nothing where no number of years is set.
fn closed_before(years: i32, now: Instant) -> Option<Instant> {
    let years = u32::try_from(years).ok().filter(|years| *years > 0)?;
    let day = now.date().checked_sub_months(Months::new(years * 12))?;
    Some(day_start(day))
}

async fn portion(ctx: &Ctx, tx: &Tx, due: &[TicketId], before: Instant) -> Result<u64, Failure> {
    let mut count: u64 = 0;
    for id in due {
        let ends = |copy: &mut WorkingCopy<'_, TicketCase>| -> Result<Option<()>, Failure> {
            let ticket = &copy.case.ticket;
            let is_due = ticket.state == TicketState::Archived
                && ticket.citizen.is_some()
                && ticket.closed_at.is_some_and(|at| at < before);
            if !is_due {
                return Ok(None);
            }
            copy.ticket().citizen = None;
            copy.event(Verb::EraseCitizen, Told::default());
            Ok(Some(()))
        };
        let erased = jobs::beside::<TicketCase, ()>(ctx, tx, (*id).into(), ends).await?;
        count += u64::from(erased.is_some());
    }
    let mut entry = ctx.audit("citizen.erase_old", "tickets:archived", "ok");
    let mut fact = |name: &str, value: String| entry.facts.insert(name.to_owned(), value);
    fact("count", count.to_string());
    fact("closed_before", before.date().to_string());
    store::audit::append(tx, &[entry]).await?;
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_erased_without_a_number_of_years() {
        let now = Instant::parse("2026-03-02T02:00:00+08:00").expect("a time");
        assert_eq!(closed_before(0, now), None);
        let then = closed_before(10, now).expect("a day");
        assert_eq!(then.date().to_string(), "2016-03-02");
    }
}
