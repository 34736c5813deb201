//! Reports that make themselves: a job keeps each in the scope that its owner has then, and tells people its number; nothing of what it says leaves the house.
//! Not here: keeping (`kept`), how a notice reaches somebody (`gateway::inside`).
//! An owner without the right any more suspends the schedule; other failures are tried again, and stand on the page.

use shared::access::{Permission, needs};
use shared::calendar::Instant;
use shared::fault::{Check, Code, Fault};
use shared::ids::UserId;
use shared::notice::{Audience, NoticeKind, Told};
use shared::report::{
    AskSchedule, MOST_RECEIVERS, MOST_SCHEDULES, ReportAsked, ScheduleState, ScheduleView,
};
use shared::text::faults;
use store::record::ReportSchedule;
use store::{Tx, report_schedules};
use uuid::Uuid;

use super::kept::keep;
use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle};
use crate::gateway::inside::{Subject, notice};
use crate::jobs::Done;
use crate::sessions::actor_by_name;

/// Schedules of one run.
const BATCH: u64 = 5;
/// Milliseconds after which what failed, or what nobody ended, is tried again.
const AGAIN: i64 = 3_600_000;

/// The reader's own schedules.
///
/// # Errors
/// `access.denied`.
pub async fn schedules(ctx: &Ctx) -> Result<Vec<ScheduleView>, Fault> {
    let owner = owner(ctx)?;
    let db = ctx.services.store().reader();
    let found = report_schedules::own(&db, owner).await;
    let found = found.settle(&ctx.services)?;
    Ok(found.into_iter().map(|row| view(ctx, row)).collect())
}

fn view(ctx: &Ctx, row: ReportSchedule) -> ScheduleView {
    let code = row.trouble.as_deref().and_then(Code::parse);
    ScheduleView {
        id: row.id.to_string(),
        name: row.name,
        rhythm: row.rhythm,
        hour: u32::try_from(row.hour).unwrap_or_default(),
        region: row.region,
        receivers: row.receivers,
        state: row.state,
        next_at: row.next_at,
        last: row.last_no,
        trouble: code.map(|code| faults::message(&Fault::new(code), ctx.locale)),
    }
}

/// Lets a report make itself from now on.
///
/// # Errors
/// `access.denied`; faults at `hour`, `area` and `receivers`; `register.too_many` for too many of one person.
pub async fn schedule(ctx: &Ctx, command: AskSchedule) -> Result<(), Fault> {
    let owner = owner(ctx)?;
    let mut check = Check::default();
    if command.hour > 23 {
        check.add("hour", Code::InputCode);
    }
    let reference = ctx.services.reference().await?;
    let region = command.region.as_deref();
    if region.is_some_and(|code| !reference.divisions.contains_key(code)) {
        check.add("area", Code::InputPlace);
    }
    if command.receivers.len() > MOST_RECEIVERS {
        check.add_with(
            "receivers",
            Code::RegisterTooMany,
            &[("max", &MOST_RECEIVERS)],
        );
    } else if !all_read(ctx, &command.receivers).await? {
        check.add("receivers", Code::InputCode);
    }
    check.finish()?;
    let now = ctx.now();
    let row = ReportSchedule {
        id: ctx.services.new_id(),
        owner,
        name: command.name,
        region: command.region,
        rhythm: command.rhythm,
        hour: i32::try_from(command.hour).unwrap_or_default(),
        receivers: command.receivers,
        made_at: now,
        state: ScheduleState::Active,
        next_at: command.rhythm.next(now, command.hour),
        last_no: None,
        trouble: None,
    };
    let entry = ctx.audit("report.schedule", format!("schedule:{}", row.id), "ok");
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (row, entry) = (row.clone(), entry.clone());
            Box::pin(async move {
                let own = report_schedules::own(tx, owner).await?;
                if own.len() >= MOST_SCHEDULES {
                    let fault = Fault::new(Code::RegisterTooMany);
                    return Err(fault.fact("max", MOST_SCHEDULES).into());
                }
                report_schedules::insert(tx, &row).await?;
                Ok(store::audit::append(tx, &entry).await?)
            })
        })
        .await
        .settle(&ctx.services)
}

/// Whether all of them are people who see reports.
async fn all_read(ctx: &Ctx, names: &[String]) -> Result<bool, Fault> {
    for name in names {
        match actor_by_name(&ctx.services, name).await {
            Ok(actor) if actor.may(Permission::ReportView) => {}
            Ok(_) => return Ok(false),
            Err(fault) if fault.code == Code::NotFound => return Ok(false),
            Err(fault) => return Err(fault),
        }
    }
    Ok(true)
}

/// Ends a schedule of one's own.
///
/// # Errors
/// `access.denied`, `not_found`.
pub async fn unschedule(ctx: &Ctx, id: Uuid) -> Result<(), Fault> {
    let row = found(ctx, id).await?;
    let entry = ctx.audit("report.unschedule", format!("schedule:{id}"), "ok");
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let entry = entry.clone();
            Box::pin(async move {
                report_schedules::delete(tx, row.id).await?;
                Ok(store::audit::append(tx, &entry).await?)
            })
        })
        .await
        .settle(&ctx.services)
}

/// Lets a suspended schedule go on.
///
/// # Errors
/// `access.denied`, `not_found`.
pub async fn reschedule(ctx: &Ctx, id: Uuid) -> Result<(), Fault> {
    let row = found(ctx, id).await?;
    let was = row.next_at;
    let hour = u32::try_from(row.hour).unwrap_or_default();
    let next = ReportSchedule {
        state: ScheduleState::Active,
        next_at: row.rhythm.next(ctx.now(), hour),
        trouble: None,
        ..row
    };
    let entry = ctx.audit("report.reschedule", format!("schedule:{id}"), "ok");
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (next, entry) = (next.clone(), entry.clone());
            Box::pin(async move {
                report_schedules::save(tx, &next, was).await?;
                Ok(store::audit::append(tx, &entry).await?)
            })
        })
        .await
        .settle(&ctx.services)
}

fn owner(ctx: &Ctx) -> Result<UserId, Fault> {
    ctx.ask(needs::REPORT)?;
    ctx.actor.user().ok_or_else(Fault::denied)
}

async fn found(ctx: &Ctx, id: Uuid) -> Result<ReportSchedule, Fault> {
    let owner = owner(ctx)?;
    let db = ctx.services.store().reader();
    let found = report_schedules::find(&db, (id, owner)).await;
    found.settle(&ctx.services)?.ok_or_else(Fault::missing)
}

/// The job: makes what is due, each for itself.
///
/// # Errors
/// Of the store.
pub async fn run_scheduled(services: &Services) -> Result<Done, Failure> {
    if !services.clock_is_settled() {
        return Ok(Done::default());
    }
    let now = services.now();
    let due = report_schedules::due(&services.store().reader(), now, BATCH).await?;
    let mut count = 0;
    for row in due {
        let taken = ReportSchedule {
            next_at: Instant(now.0 + AGAIN),
            ..row.clone()
        };
        if !saved(services, (taken.clone(), row.next_at), Vec::new()).await? {
            continue;
        }
        let made = Box::pin(made(services, &taken)).await;
        ended(services, taken, made).await?;
        count += 1;
    }
    Ok(Done { count, more: false })
}

/// Keeps the report as its owner would now; its number.
async fn made(services: &Services, row: &ReportSchedule) -> Result<String, Fault> {
    let db = services.store().reader();
    let user = store::users::find(&db, row.owner).await.settle(services)?;
    let user = user.filter(|user| user.active).ok_or_else(Fault::denied)?;
    let ctx = Ctx::of(services, actor_by_name(services, &user.username).await?);
    let asked = ReportAsked {
        region: row.region.clone(),
        ..ReportAsked::usual(row.name, services.now().date())
    };
    keep(&ctx, &asked).await
}

/// Writes what became of a turn, and tells people of it.
async fn ended(
    services: &Services,
    row: ReportSchedule,
    made: Result<String, Fault>,
) -> Result<(), Failure> {
    let was = row.next_at;
    let hour = u32::try_from(row.hour).unwrap_or_default();
    let (row, told) = match made {
        Ok(no) => {
            let told = letters(services, &row, &no).await?;
            let row = ReportSchedule {
                next_at: row.rhythm.next(services.now(), hour),
                last_no: Some(no),
                trouble: None,
                ..row
            };
            (row, told)
        }
        Err(fault) => {
            let is_lasting = matches!(fault.code, Code::AccessDenied | Code::NotFound);
            let state = if is_lasting {
                ScheduleState::Suspended
            } else {
                row.state
            };
            let row = ReportSchedule {
                state,
                trouble: Some(fault.code.as_str().to_owned()),
                ..row
            };
            (row, Vec::new())
        }
    };
    saved(services, (row, was), told).await?;
    Ok(())
}

/// A notice to each receiver who still sees reports; it names the report's number and nothing of what it says.
async fn letters(
    services: &Services,
    row: &ReportSchedule,
    no: &str,
) -> Result<Vec<(UserId, Told)>, Failure> {
    let db = services.store().reader();
    let people = store::users::named(&db, &row.receivers).await?;
    let told = || Told {
        kind: NoticeKind::ReportMade,
        no: no.to_owned(),
        approval: None,
        by: None,
    };
    let active = people.into_iter().filter(|user| user.active);
    Ok(active.map(|user| (user.id, told())).collect())
}

async fn saved(
    services: &Services,
    (row, was): (ReportSchedule, Instant),
    told: Vec<(UserId, Told)>,
) -> Result<bool, Failure> {
    let own = services.clone();
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (services, row, told) = (own.clone(), row.clone(), told.clone());
            Box::pin(async move {
                if !report_schedules::save(tx, &row, was).await? {
                    return Ok(false);
                }
                send(&services, tx, (&row, &told)).await?;
                Ok(true)
            })
        })
        .await
}

async fn send(
    services: &Services,
    tx: &Tx,
    (row, told): (&ReportSchedule, &[(UserId, Told)]),
) -> Result<(), Failure> {
    let now = services.now();
    let subject = || Subject {
        ticket: None,
        region: row.region.as_deref().unwrap_or_default(),
    };
    for (user, told) in told {
        let id = services.ids().new_id(now);
        let letter = notice(&Audience::Person(*user), told, subject(), (id, now));
        store::outbox::put(tx, &letter).await?;
    }
    Ok(())
}
