//! The leaders' list of red tickets (领导每日红灯清单): on the morning of each working day one notice a leader, with how many tickets of his area or unit are
//! past their deadline and the ten that have been so for longest; and the notices
//! that a ticket is critical, or that very many people are about one. They name numbers and nothing else.
//! Not here: rungs of the ladder (`ring`, `tell`), whether a city tells leaders of it at all (the list of who is told).
//! A person gets one list a day: whoever was told stands in the table in the same transaction.

use std::collections::{BTreeMap, HashSet};

use chrono::Timelike as _;
use shared::access::{Area, Role};
use shared::calendar::Instant;
use shared::ids::{TicketId, UserId};
use shared::notice::{Audience, NoticeKind, NoticeTicket, OnRung};
use shared::register::{Keep, ToldEvent, setting_of};
use shared::ticket::Urgency;
use store::tickets::red::{self, RedClock};

use super::merged::merged;
use super::receivers::leaders;
use crate::context::Services;
use crate::fault::Failure;
use crate::host::Other;
use crate::jobs::Done;
use crate::reference::Reference;
use crate::tickets::working_copy::WorkingCopy;

/// Clocks that are looked at; nobody has more.
const MOST: u32 = 100_000;
/// Tickets that a list names.
const NAMED: usize = 10;
/// So many people about one event make leaders listen, each time.
const CROWDS: [usize; 4] = [10, 50, 100, 300];
/// The code in the place of a rung's.
const RUNG: &str = "red_list";

/// Tells the centre's leaders of a ticket that is critical and was not so before.
pub(crate) fn alarm(copy: &mut WorkingCopy<'_>, before: Option<Urgency>) {
    let critical = Urgency::Critical;
    if copy.case.ticket.urgency != critical || before == Some(critical) {
        return;
    }
    let reference = copy.scene.reference;
    if let Some(audience) = leaders(reference, &copy.case.ticket.region) {
        copy.tell(NoticeKind::Critical, &audience);
    }
}

/// Tells the leaders of a leading ticket's centre that very many people are about its event, now that one more joins it.
pub(crate) fn crowd(copy: &mut WorkingCopy<'_>, lead: &Other) {
    // The leading one and the one that joins speak as well.
    if !CROWDS.contains(&(lead.merged + 2)) {
        return;
    }
    let reference = copy.scene.reference;
    let told = reference.lists.tells(&lead.region, ToldEvent::LeaderGroup);
    let found = leaders(reference, &lead.region).filter(|_| told.is_some());
    if let Some(Audience::Unit { unit, roles }) = found {
        copy.tell_unit_of(lead, NoticeKind::Group, (&unit, &roles));
    }
}

/// The red tickets of one leader, each once, the oldest first.
#[derive(Debug, Clone, Default)]
struct Shelf {
    seen: HashSet<TicketId>,
    /// The division whose words it has.
    area: String,
    first: Vec<NoticeTicket>,
}

impl Shelf {
    fn add(&mut self, clock: &RedClock) {
        if !self.seen.insert(clock.ticket) {
            return;
        }
        if self.area.is_empty() {
            self.area.clone_from(&clock.region);
        }
        if self.first.len() < NAMED {
            self.first.push(NoticeTicket {
                id: clock.ticket,
                no: clock.no.to_string(),
            });
        }
    }
}

/// Makes the list of the day when its time has come; how many got it.
pub(crate) async fn run(services: &Services) -> Result<Done, Failure> {
    let now = services.now();
    let reference = services.reference().await?;
    if !services.clock_is_settled() || !is_time(services, &reference, now).await? {
        return Ok(Done::default());
    }
    let day = now.date().to_string();
    let db = services.store().reader();
    if red::is_told(&db, &day).await? {
        return Ok(Done::default());
    }
    let clocks = red::overdue(&db, now, MOST).await?;
    let mut count = 0;
    for (person, shelf) in by_person(services, &reference, &clocks).await? {
        count += u64::from(tell(services, &reference, (person, shelf)).await?);
    }
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move { Ok(red::all_told(tx, &day, now).await?) })
        })
        .await?;
    Ok(Done { count, more: false })
}

/// Whether it is a working day of the centre on top, and the time that the office has set.
async fn is_time(
    services: &Services,
    reference: &Reference,
    now: Instant,
) -> Result<bool, Failure> {
    let db = services.store().reader();
    let said = store::settings::get(&db, &setting_of(Keep::RED_LIST.key)).await?;
    let from = Keep::RED_LIST.of(said.as_deref());
    let said = store::settings::get(&db, &setting_of(Keep::RED_LATE.key)).await?;
    let late = Keep::RED_LATE.of(said.as_deref());
    let local = now.local();
    let minute = i32::try_from(local.hour() * 60 + local.minute()).unwrap_or(0);
    let calendar = reference.hours.of_place(&reference.root_region());
    // Of a year that nobody has entered nothing is known.
    let works = calendar.is_working_day(now.date()).unwrap_or(false);
    Ok(works && minute >= from && minute < from.saturating_add(late))
}

/// What each leader gets: of a centre the tickets of its area, of a unit those of which it has a part.
async fn by_person(
    services: &Services,
    reference: &Reference,
    clocks: &[RedClock],
) -> Result<BTreeMap<UserId, Shelf>, Failure> {
    let units = reference.units.values().filter(|unit| unit.active);
    let centres = units.filter(|unit| unit.level.is_centre());
    let centres: Vec<(&str, Area)> = centres
        .map(|unit| (unit.code.as_str(), Area::of(&unit.region)))
        .collect();
    let mut of_units: BTreeMap<(&str, Role), Vec<&RedClock>> = BTreeMap::new();
    for clock in clocks {
        for (unit, area) in &centres {
            if area.covers(&clock.region) {
                let key = (*unit, Role::CentreLeader);
                of_units.entry(key).or_default().push(clock);
            }
        }
        if let Some(unit) = clock.unit.as_deref() {
            let key = (unit, Role::UnitReviewer);
            of_units.entry(key).or_default().push(clock);
        }
    }
    let db = services.store().reader();
    let mut shelves: BTreeMap<UserId, Shelf> = BTreeMap::new();
    for ((unit, role), clocks) in of_units {
        let Some(known) = reference.units.get(unit) else {
            continue;
        };
        let event = ToldEvent::LeaderRedList;
        if reference.lists.tells(&known.region, event).is_none() {
            continue;
        }
        let audience = Audience::Unit {
            unit: unit.to_owned(),
            roles: vec![role],
        };
        for person in store::notices::people(&db, &audience, services.now()).await? {
            let shelf = shelves.entry(person).or_default();
            for clock in &clocks {
                shelf.add(clock);
            }
        }
    }
    Ok(shelves)
}

/// Tells one leader, in the ways that he has chosen; `false` where he has today's list.
async fn tell(
    services: &Services,
    reference: &Reference,
    (person, shelf): (UserId, Shelf),
) -> Result<bool, Failure> {
    let (kind, now) = (NoticeKind::RedList, services.now());
    let Some(oldest) = shelf.first.first().cloned() else {
        return Ok(false);
    };
    let count = shelf.seen.len();
    let rung = OnRung {
        rung: RUNG.to_owned(),
        area: shelf.area,
        tickets: shelf.first,
        count,
    };
    let made = merged(services, reference, (person, kind), (oldest, rung)).await?;
    let day = now.date().to_string();
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                if !red::told(tx, (person, &day), now, count).await? {
                    return Ok(false);
                }
                made.put(tx).await?;
                Ok(true)
            })
        })
        .await
}
