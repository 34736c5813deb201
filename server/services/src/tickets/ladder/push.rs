//! The overtime alarm comes to whoever is responsible (超时报警推送): on each working morning one notice with all that waits too long, and later one with
//! what has crossed the line since. Nobody hears of the same case twice but in the morning.
//! Not here: the page of alarms (`alarm`), which waits too long (`store::tickets::alarms`), whether a city tells of it at all (the list of who is told).
//! At night nobody is told; what crosses the line then stands in the morning's notice.

use std::collections::{BTreeMap, HashMap};

use chrono::Timelike as _;
use shared::access::Role;
use shared::calendar::{Instant, day_start};
use shared::ids::UserId;
use shared::ladder::Alarm;
use shared::notice::{Audience, NoticeKind, NoticeTicket, OnRung};
use shared::register::{Keep, ToldEvent, setting_of};
use store::StoreError;
use store::tickets::alarms as kept;
use store::tickets::alarms::{Ringing, Wanted};

use super::merged::{Merged, merged};
use super::receivers::of_centre;
use super::tell::faster;
use crate::context::Services;
use crate::fault::Failure;
use crate::jobs::Done;
use crate::reference::Reference;

/// Alarms of one kind that are looked at.
const MOST: usize = 2_000;
/// Tickets that a notice names.
const NAMED: usize = 10;
/// Milliseconds of a minute.
const MINUTE: i64 = 60_000;
/// The code in the place of a rung's.
const RUNG: &str = "alarm";

/// Something that waits too long, as people are told of it.
#[derive(Debug, Clone)]
struct Rings {
    /// Kind, ticket and task.
    what: String,
    since: Instant,
    region: String,
    ticket: NoticeTicket,
}

/// Tells everybody who is responsible of what rings; how many notices it came to.
pub(crate) async fn run(services: &Services) -> Result<Done, Failure> {
    let reference = services.reference().await?;
    if !services.clock_is_settled() || !is_day(services, &reference).await? {
        return Ok(Done::default());
    }
    let mut count = 0;
    for (person, rings) in by_person(services, &reference).await? {
        count += u64::from(tell(services, &reference, (person, rings)).await?);
    }
    Ok(Done { count, more: false })
}

/// Whether people may be told: between the two times that the office has set, on a working day not before work begins.
async fn is_day(services: &Services, reference: &Reference) -> Result<bool, Failure> {
    let now = services.now();
    let local = now.local();
    let minute = i32::try_from(local.hour() * 60 + local.minute()).unwrap_or(0);
    let from = set(services, &Keep::ALARM_FROM).await?;
    let to = set(services, &Keep::ALARM_TO).await?;
    let opens = || {
        let calendar = reference.hours.of_place(&reference.root_region());
        calendar.next_open(day_start(now.date()))
    };
    Ok((from..to).contains(&minute) && (!works(reference, now) || now >= opens()))
}

/// What the office has set.
async fn set(services: &Services, keep: &Keep) -> Result<i32, Failure> {
    let said = store::settings::get(&services.store().reader(), &setting_of(keep.key)).await?;
    Ok(keep.of(said.as_deref()))
}

/// Whether it is a working day of the centre on top; of a year that nobody has entered nothing is known.
fn works(reference: &Reference, now: Instant) -> bool {
    let calendar = reference.hours.of_place(&reference.root_region());
    calendar.is_working_day(now.date()).unwrap_or(false)
}

/// What rings for each person, what waits longest first.
async fn by_person(
    services: &Services,
    reference: &Reference,
) -> Result<BTreeMap<UserId, Vec<Rings>>, Failure> {
    let db = services.store().reader();
    let now = services.now();
    let allowed = i64::from(set(services, &Keep::ALARM).await?);
    let mut known: HashMap<String, Vec<UserId>> = HashMap::new();
    let mut all: BTreeMap<UserId, Vec<Rings>> = BTreeMap::new();
    // Of what the ladder gives to do people were told by its rung.
    for alarm in Alarm::ALL.iter().filter(|alarm| !alarm.is_duty()) {
        let wanted = Wanted {
            alarm: *alarm,
            now,
            opened: Instant(now.0 - allowed * MINUTE),
            after: None,
            limit: MOST,
        };
        for rings in ringing(services, &wanted).await? {
            let told = reference.lists.tells(&rings.region, ToldEvent::StaffAlarm);
            let audience = of_centre(reference, &rings.region, roles(*alarm));
            let Some(audience) = audience.filter(|_| told.is_some()) else {
                continue;
            };
            let key = key(&audience);
            let people = if let Some(people) = known.get(&key) {
                people.clone()
            } else {
                let people = store::notices::people(&db, &audience, now).await?;
                known.insert(key, people.clone());
                people
            };
            for person in people {
                all.entry(person).or_default().push(rings.clone());
            }
        }
    }
    for rings in all.values_mut() {
        rings.sort_by_key(|it| it.since);
    }
    Ok(all)
}

fn key(audience: &Audience) -> String {
    serde_json::to_string(audience).unwrap_or_default()
}

/// Who of a centre is responsible: the dispatchers for what waits for them, and whoever supervises for everything.
const fn roles(alarm: Alarm) -> &'static [Role] {
    match alarm {
        Alarm::Queue => &[Role::Dispatcher, Role::ShiftLead, Role::Supervisor],
        Alarm::Review | Alarm::Sign | Alarm::Phone | Alarm::Order => {
            &[Role::ShiftLead, Role::Supervisor]
        }
    }
}

/// What rings of one kind, with its ticket.
async fn ringing(services: &Services, wanted: &Wanted) -> Result<Vec<Rings>, Failure> {
    let db = services.store().reader();
    let found = kept::ringing(&db, wanted).await?;
    let one = |it: Ringing| Rings {
        what: format!("{}:{}:{}", wanted.alarm, it.ticket, it.task_no),
        since: it.opened_at,
        region: it.region,
        ticket: NoticeTicket {
            id: it.ticket,
            no: it.no.to_string(),
        },
    };
    Ok(found.into_iter().map(one).collect())
}

/// Tells one person of what is to be told now; `false` where he knows all of it.
async fn tell(
    services: &Services,
    reference: &Reference,
    (person, rings): (UserId, Vec<Rings>),
) -> Result<bool, Failure> {
    let now = services.now();
    let day = now.date().to_string();
    let mut asked: Vec<String> = rings.iter().map(|it| it.what.clone()).collect();
    if works(reference, now) {
        asked.push(day.clone());
    }
    let db = services.store().reader();
    let known = kept::known(&db, person, &asked).await?;
    let is_morning = works(reference, now) && !known.contains(&day);
    let told: Vec<&Rings> = rings
        .iter()
        .filter(|it| is_morning || !known.contains(&it.what))
        .collect();
    let Some(notice) = notice(services, reference, person, &told).await? else {
        return Ok(false);
    };
    let new: Vec<String> = asked.into_iter().filter(|it| !known.contains(it)).collect();
    let written = services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (notice, new) = (notice.clone(), new.clone());
            Box::pin(async move {
                if !kept::tell(tx, person, (&new, now)).await? {
                    return Err(faster().into());
                }
                notice.put(tx).await
            })
        })
        .await;
    match written {
        Ok(()) => Ok(true),
        Err(Failure::Store(StoreError::Conflict { .. })) => Ok(false),
        Err(other) => Err(other),
    }
}

async fn notice(
    services: &Services,
    reference: &Reference,
    person: UserId,
    told: &[&Rings],
) -> Result<Option<Merged>, Failure> {
    let Some(oldest) = told.first() else {
        return Ok(None);
    };
    let named = told.iter().take(NAMED).map(|it| it.ticket.clone());
    let rung = OnRung {
        rung: RUNG.to_owned(),
        area: oldest.region.clone(),
        tickets: named.collect(),
        count: told.len(),
    };
    let about = (oldest.ticket.clone(), rung);
    let made = merged(services, reference, (person, NoticeKind::Alarm), about).await?;
    Ok(Some(made))
}
