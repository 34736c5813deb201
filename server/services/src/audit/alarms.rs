//! Rules about what stands in the audit: each half minute a look along its index, an alarm in a work list of the auditors, dismissed with a reason.
//! Not here: the thresholds (settings of the register, `shared::register::Rule`), alarms that arise where something is done (`watch`, `tries`).
//! An alarm is one a rule, person and stretch of time, so that a job that runs twice, or on two servers, tells it once.

use std::net::IpAddr;

use shared::access::{
    AuditAlarmView, AuditAlarms, AuditRule, DismissAuditAlarm, Permission, needs,
};
use shared::calendar::{Instant, day_start};
use shared::fault::{Code, Fault};
use shared::register::Rule;
use store::audit::alarms::{AuditAlarm, Counted};
use store::audit::{AuditQuery, alarms, first_row};
use uuid::Uuid;

use super::reads;
use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle};
use crate::jobs::Done;
use crate::paging;
use crate::tickets::same_text::ACTS;
use crate::users::life::stop;
use crate::watch::watched;

/// Alarms of a page, unless another number is asked for.
pub const PAGE: u32 = 50;
/// Most of a page.
pub const MOST: u32 = 200;
const MINUTE: i64 = 60_000;
/// So long a network is known, in milliseconds.
const KNOWN: i64 = 90 * 24 * 60 * MINUTE;
/// So long ago a sign-in is looked at, in minutes.
const LATELY: i64 = 10;
/// Why an account freezes, in its history.
const WHY: &str = "短时间大量查看，自动冻结";
/// Earlier sign-ins that are looked at.
const EARLIER: u32 = 200;

/// Looks at what is the citizens'.
const LOOKS: &[&str] = &[
    "ticket.read",
    "reveal",
    "approval.reveal",
    "tickets.related",
    "tickets.person",
    "ticket.readers",
];

/// What says how many rows went out, finished or not.
const TAKEN: [&str; 3] = ["export.tickets.done", "export.approvals.done", "job.result"];

/// Minutes of a day.
const DAY: i64 = 24 * 60;

/// A rule that counts.
struct Counting {
    rule: AuditRule,
    threshold: Rule,
    actions: &'static [&'static str],
    /// Within so many minutes.
    within: Rule,
    /// Different objects count, not acts.
    objects: bool,
    /// Only outside working time.
    at_night: bool,
}

const COUNTING: [Counting; 4] = [
    Counting {
        rule: AuditRule::NightReads,
        threshold: Rule::NIGHT_READS,
        actions: LOOKS,
        within: Rule::LOOK_MINUTES,
        objects: true,
        at_night: true,
    },
    Counting {
        rule: AuditRule::Lookups,
        threshold: Rule::LOOKUPS,
        actions: LOOKS,
        within: Rule::LOOK_MINUTES,
        objects: true,
        at_night: false,
    },
    Counting {
        rule: AuditRule::MassExports,
        threshold: Rule::MASS_EXPORTS,
        actions: &[
            "export.tickets",
            "export.approvals",
            "job.result",
            "export.audit",
            "report.file",
            "data.take",
        ],
        within: Rule::ACT_MINUTES,
        objects: false,
        at_night: false,
    },
    Counting {
        rule: AuditRule::RightsJump,
        threshold: Rule::RIGHTS_JUMP,
        actions: &["role.grant", "role.make", "role.change", "role.span"],
        within: Rule::ACT_MINUTES,
        objects: false,
        at_night: false,
    },
];

/// Looks once, by every rule.
pub(crate) async fn run(services: &Services) -> Result<Done, Failure> {
    let now = services.now();
    let reference = services.reference().await?;
    let is_night = !reference.calendar.is_open(now);
    let mut count = 0;
    for rule in &COUNTING {
        let threshold = threshold(services, &rule.threshold).await?;
        if threshold == 0 || (rule.at_night && !is_night) {
            continue;
        }
        let minutes = minutes(services, &rule.within).await?;
        let db = services.store().reader();
        let since = Instant(now.0 - minutes * MINUTE);
        for found in alarms::counted(&db, since, rule.actions).await? {
            let much = if rule.objects {
                found.objects
            } else {
                found.counted
            };
            if much < threshold {
                continue;
            }
            let who = found.who.clone();
            let stretch = stretch(now, minutes);
            let new = raise(services, (rule.rule, stretch), found).await?;
            if new > 0 && rule.objects {
                freeze(services, who).await?;
            }
            count += new;
        }
    }
    count += outside(services, now).await?;
    count += same_text(services, now).await?;
    count += many_rows(services, now).await?;
    if threshold(services, &Rule::FAR_SIGN_IN).await? > 0 {
        count += far(services, now).await?;
    }
    Ok(Done { count, more: false })
}

/// The number of a stretch of so many minutes.
const fn stretch(now: Instant, minutes: i64) -> i64 {
    now.0.div_euclid(minutes * MINUTE)
}

/// Many tickets that lie in no queue of the person's, within the minutes that the office has set. What is counted stands in no row of the audit;
/// an alarm is told again only when somebody went on.
async fn outside(services: &Services, now: Instant) -> Result<u64, Failure> {
    let least = threshold(services, &Rule::OUTSIDE_READS).await?;
    if least == 0 {
        return Ok(0);
    }
    let minutes = minutes(services, &Rule::LOOK_MINUTES).await?;
    let db = services.store().reader();
    let since = Instant(now.0 - minutes * MINUTE);
    let mut count = 0;
    for looked in store::audit::reads::outside(&db, since, least).await? {
        let found = Counted {
            who: looked.who.clone(),
            counted: looked.counted,
            objects: looked.counted,
            first_row: 0,
            last_row: 0,
        };
        let stretch = stretch(Instant(looked.last_at), minutes);
        let new = raise(services, (AuditRule::OutsideReads, stretch), found).await?;
        if new > 0 {
            freeze(services, looked.who).await?;
        }
        count += new;
    }
    Ok(count)
}

/// The same text on many tickets of one day.
async fn same_text(services: &Services, now: Instant) -> Result<u64, Failure> {
    let least = threshold(services, &Rule::SAME_TEXT).await?;
    if least == 0 {
        return Ok(0);
    }
    let db = services.store().reader();
    let since = day_start(now.date());
    let mut count = 0;
    for found in alarms::same_text(&db, since, ACTS, least).await? {
        let rule = (AuditRule::SameText, stretch(since, DAY));
        count += raise(services, rule, found).await?;
    }
    Ok(count)
}

/// One export of very many rows, within the minutes of acts; what was broken off counts with what went out.
async fn many_rows(services: &Services, now: Instant) -> Result<u64, Failure> {
    let least = threshold(services, &Rule::EXPORT_ROWS).await?;
    if least == 0 {
        return Ok(0);
    }
    let minutes = minutes(services, &Rule::ACT_MINUTES).await?;
    let db = services.store().reader();
    let Some(since) = first_row(&db, Instant(now.0 - minutes * MINUTE)).await? else {
        return Ok(0);
    };
    let mut query = AuditQuery {
        actions: TAKEN.map(str::to_owned).to_vec(),
        since: Some(since),
        limit: 500,
        ..AuditQuery::default()
    };
    let mut count = 0;
    loop {
        let page = store::audit::list(&db, &query).await?;
        for row in page.items {
            let rows = row.entry.facts.get("rows");
            let rows: i64 = rows.and_then(|rows| rows.parse().ok()).unwrap_or(0);
            if row.entry.actor.is_none() || rows < least {
                continue;
            }
            let found = Counted {
                who: row.entry.actor_name,
                counted: rows,
                objects: 1,
                first_row: row.n,
                last_row: row.n,
            };
            let stretch = stretch(row.entry.at, minutes);
            count += raise(services, (AuditRule::ManyRows, stretch), found).await?;
        }
        query.cursor = page.next_cursor;
        if query.cursor.is_none() {
            return Ok(count);
        }
    }
}

/// Freezes the account, where the office wants that and it is not the last of its kind.
async fn freeze(services: &Services, who: String) -> Result<(), Failure> {
    if threshold(services, &Rule::LOOKUPS_FREEZE).await? == 0 {
        return Ok(());
    }
    let ctx = Ctx::job(services, "audit_alarms");
    let frozen = services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (ctx, who) = (ctx.clone(), who.clone());
            Box::pin(async move {
                let user = store::users::find_by_name(tx, &who).await?;
                match user.filter(|user| user.active) {
                    Some(user) => stop(&ctx, tx, &user, WHY).await,
                    None => Ok(()),
                }
            })
        })
        .await;
    match frozen {
        Ok(()) => {
            services.rights().forget_all();
            Ok(())
        }
        // Frozen already, or somebody must be left: it was told.
        Err(Failure::Fault(fault))
            if matches!(fault.code, Code::RoleLast | Code::AccountNotNow) =>
        {
            Ok(())
        }
        Err(failure) => Err(failure),
    }
}

async fn threshold(services: &Services, rule: &Rule) -> Result<i64, Failure> {
    let said = store::settings::get(&services.store().reader(), rule.key).await?;
    Ok(rule.number(said.as_deref()))
}

/// The minutes of a window, at least one.
async fn minutes(services: &Services, rule: &Rule) -> Result<i64, Failure> {
    Ok(threshold(services, rule).await?.max(1))
}

/// Sign-ins of late from a network that the person has not used before.
async fn far(services: &Services, now: Instant) -> Result<u64, Failure> {
    let db = services.store().reader();
    let Some(since) = first_row(&db, Instant(now.0 - LATELY * MINUTE)).await? else {
        return Ok(0);
    };
    let known = first_row(&db, Instant(now.0 - KNOWN)).await?;
    let signed_in = AuditQuery {
        action: Some("session.sign_in".to_owned()),
        outcome: Some("ok".to_owned()),
        limit: 500,
        ..AuditQuery::default()
    };
    let lately = AuditQuery {
        since: Some(since),
        ..signed_in.clone()
    };
    let mut count = 0;
    for row in store::audit::list(&db, &lately).await?.items {
        let (Some(actor), Some(here)) = (row.entry.actor, network(row.entry.ip.as_deref())) else {
            continue;
        };
        let earlier = AuditQuery {
            actor: Some(actor),
            since: known,
            cursor: Some(row.n.to_string()),
            limit: EARLIER,
            ..signed_in.clone()
        };
        let earlier = store::audit::list(&db, &earlier).await?.items;
        let mut networks = earlier
            .iter()
            .filter_map(|row| network(row.entry.ip.as_deref()));
        if earlier.is_empty() || networks.any(|network| network == here) {
            continue;
        }
        let found = Counted {
            who: row.entry.actor_name,
            counted: 1,
            objects: 1,
            first_row: row.n,
            last_row: row.n,
        };
        let stretch = stretch(now, LATELY);
        count += raise(services, (AuditRule::FarSignIn, stretch), found).await?;
    }
    Ok(count)
}

/// What an address belongs to: the first two numbers of IPv4, the first three groups of IPv6.
fn network(ip: Option<&str>) -> Option<Vec<u16>> {
    match ip?.parse::<IpAddr>().ok()?.to_canonical() {
        IpAddr::V4(ip) => Some(ip.octets()[..2].iter().map(|it| u16::from(*it)).collect()),
        IpAddr::V6(ip) => Some(ip.segments()[..3].to_vec()),
    }
}

/// Keeps an alarm and a row of the audit, once; how many that were.
async fn raise(
    services: &Services,
    (rule, stretch): (AuditRule, i64),
    found: Counted,
) -> Result<u64, Failure> {
    let now = services.now();
    let alarm = AuditAlarm {
        id: services.new_id(),
        rule: rule.code().to_owned(),
        who: found.who,
        stretch,
        at: now,
        first_row: found.first_row,
        last_row: found.last_row,
        counted: found.counted,
        dismissed_at: None,
        dismissed_by: None,
        dismissed_name: None,
        reason: None,
    };
    let mut entry = Ctx::job(services, "audit_alarms").audit("alarm", rule.as_str(), "alarm");
    let facts = [
        ("who", alarm.who.clone()),
        ("counted", alarm.counted.to_string()),
        ("first_row", alarm.first_row.to_string()),
        ("last_row", alarm.last_row.to_string()),
    ];
    let facts = facts.map(|(name, value)| (name.to_owned(), value));
    entry.facts.extend(facts);
    let is_new = services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (alarm, entry) = (alarm.clone(), entry.clone());
            Box::pin(async move {
                let is_new = alarms::raise(tx, &alarm).await?;
                if is_new {
                    store::audit::append(tx, &entry).await?;
                }
                Ok(is_new)
            })
        })
        .await?;
    if is_new {
        metrics::counter!("minsheng_alarms_total", "alarm" => rule.as_str()).increment(1);
        tracing::warn!(
            alarm = rule.as_str(),
            "the audit shows more than work explains; see /audit/alarms"
        );
    }
    Ok(u64::from(is_new))
}

/// A page of alarms: those that wait, or those that were dismissed.
///
/// # Errors
/// `access.denied`; `input.cursor` at `cursor`.
pub async fn page(
    ctx: &Ctx,
    dismissed: bool,
    cursor: Option<&str>,
    limit: u32,
) -> Result<AuditAlarms, Fault> {
    let read = async {
        ctx.ask(needs::AUDIT)?;
        let before = cursor.map(paging::id::<Uuid>).transpose()?;
        let limit = limit.clamp(1, MOST) as usize;
        let db = ctx.services.store().reader();
        let mut found = alarms::page(&db, dismissed, before, limit as u64 + 1)
            .await
            .settle(&ctx.services)?;
        let next_cursor = paging::cut(&mut found, limit).map(|alarm| alarm.id.to_string());
        let looks = if dismissed || cursor.is_some() {
            Vec::new()
        } else {
            reads::most(ctx).await?
        };
        Ok(AuditAlarms {
            items: found.into_iter().filter_map(view).collect(),
            looks,
            next_cursor,
        })
    };
    watched(ctx, Permission::AuditRead.code(), "audit", read).await
}

/// What is shown of one; nothing of a rule that this release does not know.
fn view(alarm: AuditAlarm) -> Option<AuditAlarmView> {
    Some(AuditAlarmView {
        id: alarm.id,
        rule: AuditRule::parse(&alarm.rule)?,
        who: alarm.who,
        at: alarm.at,
        counted: alarm.counted,
        first_row: alarm.first_row,
        last_row: alarm.last_row,
        dismissed_at: alarm.dismissed_at,
        dismissed_by: alarm.dismissed_name,
        reason: alarm.reason,
    })
}

/// Dismisses an alarm with a reason.
///
/// # Errors
/// `access.denied`; `not_found` where it is dismissed already.
pub async fn dismiss(ctx: &Ctx, id: Uuid, command: DismissAuditAlarm) -> Result<(), Fault> {
    let object = format!("audit_alarm:{id}");
    watched(ctx, "audit.dismiss", object, dismissed(ctx, id, command)).await
}

async fn dismissed(ctx: &Ctx, id: Uuid, command: DismissAuditAlarm) -> Result<(), Fault> {
    ctx.ask(needs::AUDIT)?;
    let found = alarms::find(&ctx.services.store().reader(), id)
        .await
        .settle(&ctx.services)?
        .filter(|alarm| alarm.dismissed_at.is_none())
        .ok_or_else(Fault::missing)?;
    let mut entry = ctx.audit("audit.dismiss", format!("audit_alarm:{id}"), "ok");
    entry.facts.insert("rule".to_owned(), found.rule.clone());
    let reason = command.reason.to_string();
    entry.erasable.insert("reason".to_owned(), reason.clone());
    let alarm = AuditAlarm {
        dismissed_at: Some(ctx.now()),
        dismissed_by: ctx.actor.user(),
        dismissed_name: ctx.actor.signature(),
        reason: Some(reason),
        ..found
    };
    let done = ctx
        .services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (alarm, entry) = (alarm.clone(), entry.clone());
            Box::pin(async move {
                let done = alarms::dismiss(tx, &alarm).await?;
                if done {
                    store::audit::append(tx, &entry).await?;
                }
                Ok(done)
            })
        })
        .await
        .settle(&ctx.services)?;
    if done { Ok(()) } else { Err(Fault::missing()) }
}

#[cfg(test)]
mod tests {
    use super::network;

    #[test]
    fn neighbours_are_of_one_network() {
        let of = |ip| network(Some(ip));
        assert_eq!(of("10.20.1.1"), of("10.20.200.9"));
        assert_eq!(of("10.20.1.1"), of("::ffff:10.20.9.9"));
        assert_ne!(of("10.20.1.1"), of("10.21.1.1"));
        assert_eq!(of("2001:db8:1:2::9"), of("2001:db8:1:3::9"));
        assert_ne!(of("2001:db8:1::9"), of("2001:db8:2::9"));
        assert_eq!((of("somewhere"), network(None)), (None, None));
    }
}
