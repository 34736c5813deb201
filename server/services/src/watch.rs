//! What the audit keeps beside the verbs: calls that were refused or broke, wrong look-ups, looks at discreet tickets, and alarms.
//! One row for a request; of a flood the first rows and then how many more there were, so that nobody can fill the audit.
//! Not here: rows of verbs (each in its transaction), who is refused (each service).

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use shared::access::Who;
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use store::record::{AuditEntry, Ticket};

use crate::audit::reads::Look;
use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle};
use crate::jobs::Done;
use crate::tickets::rights::is_discreet;
use crate::tries;

/// Rows of one caller and action that are written one by one within a window.
const EACH: u32 = 10;
/// Milliseconds of such a window.
const WINDOW: i64 = 60_000;
/// A person's looks at one discreet ticket within so many milliseconds are one row.
const LOOK: i64 = 10 * 60_000;
/// Callers and actions that are told apart at a time; more are counted together.
const MOST: usize = 20_000;

/// What was written lately, of one process.
#[derive(Default)]
pub(crate) struct Notes(Mutex<Lately>);

#[derive(Default)]
struct Lately {
    floods: BTreeMap<String, Flood>,
    looks: BTreeMap<String, Instant>,
}

/// The rows of one caller and action since the window began.
struct Flood {
    since: Instant,
    written: u32,
    /// Not written; the last of them stands for all.
    held: Option<(u64, AuditEntry)>,
}

/// One address of IPv4, or the /64 of IPv6 that a household owns as a whole. What is no address stays as it is.
pub(crate) fn household(ip: &str) -> String {
    ip.parse::<IpAddr>()
        .map_or_else(|_| ip.to_owned(), |ip| tries::household(ip).to_string())
}

impl Notes {
    fn with<T>(&self, act: impl FnOnce(&mut Lately) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The rows to write for this one: itself, none, or itself after the sum of what was held back in a window that is over.
    fn admit(&self, key: String, entry: AuditEntry) -> Vec<AuditEntry> {
        self.with(|lately| {
            let key = if lately.floods.contains_key(&key) || lately.floods.len() < MOST {
                key
            } else {
                "others".to_owned()
            };
            let now = entry.at;
            let flood = lately.floods.entry(key).or_insert(Flood {
                since: now,
                written: 0,
                held: None,
            });
            let mut rows = Vec::new();
            if is_over(flood.since, now, WINDOW) {
                rows.extend(flood.held.take().map(summed));
                (flood.since, flood.written) = (now, 0);
            }
            if flood.written < EACH {
                flood.written += 1;
                rows.push(entry);
            } else {
                let before = flood.held.take().map_or(0, |(count, _)| count);
                flood.held = Some((before + 1, entry));
            }
            rows
        })
    }

    /// The sums of windows that are over, and forgets what is old.
    fn ripe(&self, now: Instant) -> Vec<AuditEntry> {
        self.with(|lately| {
            lately.looks.retain(|_, at| !is_over(*at, now, LOOK));
            let mut rows = Vec::new();
            lately.floods.retain(|_, flood| {
                let over = is_over(flood.since, now, WINDOW);
                if over {
                    rows.extend(flood.held.take().map(summed));
                }
                !over
            });
            rows
        })
    }
}

/// A window ends with its time, or when the clock was set back behind its beginning.
fn is_over(since: Instant, now: Instant, window: i64) -> bool {
    now < since || now.0 - since.0 >= window
}

fn summed((count, mut entry): (u64, AuditEntry)) -> AuditEntry {
    entry.facts.insert("more".to_owned(), count.to_string());
    entry
}

/// Keeps a row about something that was not done. That it could not be written is logged; the refusal stands.
pub(crate) async fn note(ctx: &Ctx, entry: AuditEntry) {
    let who = match ctx.actor.user() {
        Some(user) => user.to_string(),
        None => ctx.household(),
    };
    let key = format!("{who}\u{0}{}\u{0}{}", entry.action, entry.outcome);
    let rows = ctx.services.notes().admit(key, entry);
    if let Err(error) = write(&ctx.services, rows).await {
        let _logged: Fault = ctx.services.fault(error);
    }
}

/// Keeps that a call was refused, once for each request.
pub(crate) async fn refused(ctx: &Ctx, entry: AuditEntry) {
    if ctx.is_first_refusal() {
        note(ctx, entry).await;
    }
}

/// The fact of a row about what broke: the number under which the log says why.
const INCIDENT: &str = "incident";

/// Keeps that what somebody began ended with a defect of ours, with its incident; what is refused, and what the house does by itself, is none of it.
/// Nothing is tried where the database itself is away, full or too busy: one line a minute tells of that.
pub(crate) async fn broke(ctx: &Ctx, (action, object): (&str, &str), fault: &Fault) {
    let passes = matches!(
        fault.code,
        Code::Busy | Code::StorageFull | Code::DatabaseAway
    );
    let is_ours = matches!(ctx.actor.who, Who::Job(_) | Who::Process | Who::System);
    let Some(incident) = fault.incident.as_ref().filter(|_| !passes && !is_ours) else {
        return;
    };
    if fault.status() < 500 {
        return;
    }
    let mut entry = ctx.audit(action, object, fault.code.as_str());
    entry.facts.insert(INCIDENT.to_owned(), incident.clone());
    refused(ctx, entry).await;
}

/// Runs a call of somebody, and keeps in the audit that it was refused: the right is missing, or the thing lies outside the scope; or that it broke.
///
/// # Errors
/// Those of the call.
pub async fn watched<T>(
    ctx: &Ctx,
    action: &str,
    object: impl Into<String>,
    call: impl Future<Output = Result<T, Fault>>,
) -> Result<T, Fault> {
    let done = crate::spans::called(ctx, action, call).await;
    if let Err(fault) = &done {
        let object: String = object.into();
        broke(ctx, (action, &object), fault).await;
        if is_probe(ctx, fault) {
            refused(ctx, ctx.audit(action, object, fault.code.as_str())).await;
        }
    }
    done
}

/// Whether a fault tells of somebody who wanted what is not theirs. Visitors who are not signed in are only sent to do so.
pub(crate) fn is_probe(ctx: &Ctx, fault: &Fault) -> bool {
    ctx.actor.user().is_some() && matches!(fault.code, Code::AccessDenied | Code::NotFound)
}

/// Keeps that somebody looks at a confidential ticket or a tip-off, before it is shown; within ten minutes once.
///
/// # Errors
/// When the row cannot be written, nothing is shown.
pub(crate) async fn looked(
    ctx: &Ctx,
    action: &str,
    ticket: &Ticket,
    in_clear: bool,
) -> Result<(), Fault> {
    opened(ctx, action, (ticket, in_clear), None).await
}

/// The same of a whole ticket, whose look is counted in the same write.
///
/// # Errors
/// When it cannot be written, nothing is shown.
pub(crate) async fn opened(
    ctx: &Ctx,
    action: &str,
    (ticket, in_clear): (&Ticket, bool),
    look: Option<Look>,
) -> Result<(), Fault> {
    let row = row_of(ctx, action, ticket, in_clear);
    let look = look.filter(|look| row.is_some() || look.is_outside());
    if row.is_none() && look.is_none() {
        return Ok(());
    }
    let entry = row.as_ref().map(|(_, entry)| entry.clone());
    let counted = look.clone();
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                if let Some(entry) = &entry {
                    store::audit::append(tx, entry).await?;
                }
                if let Some(look) = &counted {
                    look.count(tx, entry.is_some()).await?;
                }
                Ok(())
            })
        })
        .await
        .settle(&ctx.services)?;
    if let Some((key, entry)) = row {
        ctx.services.notes().with(|lately| {
            if lately.looks.len() < MOST {
                lately.looks.insert(key, entry.at);
            }
        });
    }
    if let Some(look) = look {
        look.remember(&ctx.services);
    }
    Ok(())
}

/// The row of a look at a discreet ticket, or at one shown in the clear, with what it is known by; none where it was written lately.
fn row_of(
    ctx: &Ctx,
    action: &str,
    ticket: &Ticket,
    in_clear: bool,
) -> Option<(String, AuditEntry)> {
    if !(in_clear || is_discreet(ticket)) || ctx.actor.is_system() {
        return None;
    }
    let now = ctx.now();
    let object = format!("ticket:{}", ticket.id);
    let key = format!("{}\u{0}{action}\u{0}{object}", ctx.actor_name());
    let is_known = ctx.services.notes().with(|lately| {
        let at = lately.looks.get(&key);
        at.is_some_and(|at| !is_over(*at, now, LOOK))
    });
    if is_known {
        return None;
    }
    let mut entry = ctx.audit(action, object, "ok");
    let class = match (ticket.confidential, is_discreet(ticket)) {
        (true, _) => "confidential",
        (false, true) => "tip_off",
        (false, false) => "in_clear",
    };
    entry.facts.insert("class".to_owned(), class.to_owned());
    placed(ctx, &mut entry);
    Some((key, entry))
}

/// Adds from which unit somebody looks: whose data it is, and the unit, are told by it.
pub(crate) fn placed(ctx: &Ctx, entry: &mut AuditEntry) {
    if let Some(unit) = &ctx.actor.unit {
        entry.facts.insert("unit".to_owned(), unit.clone());
    }
}

/// Writes the row of what a call did that writes nothing else.
///
/// # Errors
/// Those of the store.
pub(crate) async fn noted(ctx: &Ctx, entry: AuditEntry) -> Result<(), Fault> {
    write(&ctx.services, vec![entry])
        .await
        .settle(&ctx.services)
}

/// Something that somebody should look at: a row, a line, and a count that the server's figures show.
pub(crate) async fn alarm(ctx: &Ctx, name: &'static str, facts: &[(&str, String)]) {
    let mut entry = ctx.audit("alarm", name, "alarm");
    for (fact, value) in facts {
        entry.facts.insert((*fact).to_owned(), value.clone());
    }
    metrics::counter!("minsheng_alarms_total", "alarm" => name).increment(1);
    tracing::warn!(
        alarm = name,
        user.id = ctx.actor.user().map(tracing::field::display),
        "something happens more often than work explains"
    );
    note(ctx, entry).await;
}

/// Writes what was held back in windows that are over.
pub(crate) async fn flush(services: &Services) -> Result<Done, Failure> {
    let rows = services.notes().ripe(services.now());
    let count = rows.len() as u64;
    write(services, rows).await?;
    Ok(Done { count, more: false })
}

async fn write(services: &Services, rows: Vec<AuditEntry>) -> Result<(), Failure> {
    if rows.is_empty() {
        return Ok(());
    }
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move { Ok(store::audit::append(tx, &rows[..]).await?) })
        })
        .await
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn entry(at: i64) -> AuditEntry {
        AuditEntry {
            id: Uuid::from_u128(at.unsigned_abs().into()),
            at: Instant(at),
            actor: None,
            actor_name: "wang".to_owned(),
            action: "ticket.read".to_owned(),
            object: "ticket:x".to_owned(),
            outcome: "not_found".to_owned(),
            ip: None,
            facts: BTreeMap::new(),
            erasable: BTreeMap::new(),
        }
    }

    #[test]
    fn of_a_flood_the_beginning_is_written_and_then_the_count() {
        let notes = Notes::default();
        let written: usize = (0..1_000)
            .map(|at| notes.admit("a".to_owned(), entry(at)).len())
            .sum();
        assert_eq!(written, 10);
        assert_eq!(
            notes.admit("b".to_owned(), entry(5)).len(),
            1,
            "somebody else is not drowned"
        );
        assert!(notes.ripe(Instant(59_999)).is_empty());
        let rows = notes.ripe(Instant(60_000));
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].facts.get("more").map(String::as_str), Some("990"));
        assert!(notes.ripe(Instant(60_001)).is_empty(), "once");
    }

    #[test]
    fn the_next_call_after_a_window_writes_the_sum_first() {
        let notes = Notes::default();
        for at in 0..12 {
            notes.admit("a".to_owned(), entry(at));
        }
        let rows = notes.admit("a".to_owned(), entry(70_000));
        let more: Vec<Option<&str>> = rows
            .iter()
            .map(|row| row.facts.get("more").map(String::as_str))
            .collect();
        assert_eq!(more, [Some("2"), None]);
        assert_eq!(
            notes.admit("a".to_owned(), entry(-5)).len(),
            1,
            "a clock that was set back begins a new window"
        );
    }

    #[test]
    fn a_household_is_one_address_or_a_network_of_version_six() {
        assert_eq!(household("192.0.2.7"), "192.0.2.7");
        assert_eq!(household("::ffff:192.0.2.7"), "192.0.2.7");
        assert_eq!(household("2001:db8:1:2::9"), household("2001:db8:1:2:ff::"));
        assert_ne!(household("2001:db8:1:2::9"), household("2001:db8:1:3::9"));
        assert_eq!(household(""), "");
    }
}
