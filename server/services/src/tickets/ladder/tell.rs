//! Tells people of the rungs that were reached: everybody gets one notice a run, with all tickets in it, in the product, by mail or by text
//! message as he has chosen. What was told is gone in the same transaction.
//! Not here: who is told of which rung (`receivers`), reading notices (`gateway::bell`).
//! Of a ticket that has reached several rungs at once somebody is told of the highest alone.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use shared::ids::{CaseId, TicketId, UserId};
use shared::notice::{Audience, NoticeKind, NoticeTicket, OnRung};
use shared::notification::About;
use shared::place;
use shared::text::notification::template::fill;
use shared::text::{Locale, ladder as texts, sms};
use store::StoreError;
use store::notices::Notice;
use store::outbox;
use store::record::{LadderCall, OutboxMessage};
use store::tickets::ladder;
use uuid::Uuid;

use crate::context::Services;
use crate::fault::Failure;
use crate::gateway::{MAIL, SMS};
use crate::reference::Reference;

/// Rungs that are told of together.
const MOST: u32 = 5_000;
/// Tickets that a notice names of a rung.
const NAMED: usize = 50;

/// What is told.
#[derive(Clone, Default)]
struct Made {
    notices: Vec<Notice>,
    letters: Vec<OutboxMessage>,
}

/// Tells of everything that waits; how many notices it came to.
pub(super) async fn run(services: &Services) -> Result<u64, Failure> {
    let calls = ladder::calls(&services.store().reader(), MOST).await?;
    if calls.is_empty() {
        return Ok(0);
    }
    let reference = services.reference().await?;
    let mut made = Made::default();
    for (person, calls) in gathered(services, &calls).await? {
        let calls: Vec<&LadderCall> = calls.into_values().collect();
        put_to(services, &reference, (person, &calls), &mut made).await?;
    }
    let count = made.notices.len() + made.letters.len();
    let ids: Vec<Uuid> = calls.iter().map(|call| call.id).collect();
    let written = services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (made, ids) = (made.clone(), ids.clone());
            Box::pin(async move {
                if ladder::told(tx, &ids).await? != ids.len() as u64 {
                    return Err(faster().into());
                }
                store::notices::add(tx, &made.notices).await?;
                for letter in &made.letters {
                    outbox::put(tx, letter).await?;
                }
                Ok(())
            })
        })
        .await;
    match written {
        Ok(()) => Ok(u64::try_from(count).unwrap_or(u64::MAX)),
        Err(Failure::Store(StoreError::Conflict { .. })) => Ok(0),
        Err(other) => Err(other),
    }
}

/// Another server was faster: it has told them.
pub(super) fn faster() -> StoreError {
    StoreError::Conflict {
        object: "ladder".to_owned(),
        expected: 0,
        current: 0,
    }
}

/// What each person is told of: of each ticket the highest rung.
type ByPerson<'c> = BTreeMap<UserId, BTreeMap<TicketId, &'c LadderCall>>;

async fn gathered<'c>(
    services: &Services,
    calls: &'c [LadderCall],
) -> Result<ByPerson<'c>, Failure> {
    let db = services.store().reader();
    let now = services.now();
    let mut known: HashMap<String, Vec<UserId>> = HashMap::new();
    let mut told = ByPerson::new();
    // In the order of the times, so that the last is the highest.
    for call in calls {
        let audiences: Vec<Audience> = serde_json::from_str(&call.audience).unwrap_or_default();
        for audience in audiences {
            let key = serde_json::to_string(&audience).unwrap_or_default();
            let people = if let Some(people) = known.get(&key) {
                people.clone()
            } else {
                let people = store::notices::people(&db, &audience, now).await?;
                known.insert(key, people.clone());
                people
            };
            for person in people {
                told.entry(person).or_default().insert(call.ticket_id, call);
            }
        }
    }
    Ok(told)
}

/// One notice to one person.
async fn put_to(
    services: &Services,
    reference: &Reference,
    (person, calls): (UserId, &[&LadderCall]),
    made: &mut Made,
) -> Result<(), Failure> {
    let Some(first) = calls.iter().max_by_key(|call| call.is_late) else {
        return Ok(());
    };
    let kind = if first.is_late {
        NoticeKind::Overdue
    } else {
        NoticeKind::Near
    };
    let db = services.store().reader();
    let settings = store::notices::settings(&db, person).await?;
    let wanted = settings.of(kind);
    let now = services.now();
    let rungs = on_rungs(calls);
    let mail = settings.mail.filter(|_| wanted.mail).map(|to| (MAIL, to));
    let sms = settings.mobile.filter(|_| wanted.sms).map(|to| (SMS, to));
    for (channel, to) in mail.into_iter().chain(sms) {
        let words = words(reference, kind, &rungs, sms::LANGUAGE);
        let wordings = reference.lists.wordings(&first.region);
        made.letters.push(OutboxMessage {
            id: services.ids().new_id(now),
            ticket_id: Some(first.ticket_id),
            channel: channel.to_owned(),
            to,
            body: wordings.signed(&words, sms::LANGUAGE),
            at: now,
            about: Some(About::Staff),
            area: Some(first.region.clone()),
            urgent: calls.iter().any(|call| call.urgent),
        });
    }
    if wanted.desk {
        made.notices.push(Notice {
            person,
            id: services.ids().new_id(now),
            kind,
            case: CaseId::from(first.ticket_id),
            is_approval: false,
            no: first.ticket_no.clone(),
            area: first.region.clone(),
            at: now,
            read_at: None,
            rungs,
        });
    }
    Ok(())
}

/// The tickets by rung and by the city whose words count; what is late comes first.
fn on_rungs(calls: &[&LadderCall]) -> Vec<OnRung> {
    let mut all: Vec<(bool, OnRung)> = Vec::new();
    for call in calls {
        let same = |it: &(bool, OnRung)| {
            it.1.rung == call.rung && place::city(&it.1.area) == place::city(&call.region)
        };
        let place = all.iter().position(same).unwrap_or_else(|| {
            let rung = OnRung {
                rung: call.rung.clone(),
                area: call.region.clone(),
                tickets: Vec::new(),
                count: 0,
            };
            all.push((call.is_late, rung));
            all.len() - 1
        });
        if let Some((_, rung)) = all.get_mut(place) {
            rung.count += 1;
            if rung.tickets.len() < NAMED {
                rung.tickets.push(NoticeTicket {
                    id: call.ticket_id,
                    no: call.ticket_no.clone(),
                });
            }
        }
    }
    all.sort_by_key(|(is_late, _)| Reverse(*is_late));
    all.into_iter().map(|(_, rung)| rung).collect()
}

/// The notice in words: a sentence a rung, as the list words it; one whose row is gone by the general words of its kind.
pub(crate) fn words(
    reference: &Reference,
    kind: NoticeKind,
    rungs: &[OnRung],
    locale: Locale,
) -> String {
    let sentences: Vec<String> = rungs
        .iter()
        .map(|it| {
            let row = reference.lists.rung(&it.area, &it.rung);
            let wordings = reference.lists.wordings(&it.area);
            let template = row.as_ref().map_or_else(
                || wordings.template(kind.message(), locale),
                |row| row.words(locale),
            );
            let numbers = it.tickets.iter().map(|ticket| ticket.no.as_str());
            let numbers = texts::numbers(numbers, it.count, locale);
            let values = [
                ("no", numbers.into()),
                ("count", it.count.to_string().into()),
            ];
            fill(template, &values)
        })
        .collect();
    match locale {
        Locale::Zh => sentences.concat(),
        Locale::En => sentences.join(" "),
    }
}

#[cfg(test)]
mod tests {
    use shared::calendar::Instant;

    use super::*;

    fn call(n: u128, rung: &str, region: &str) -> LadderCall {
        LadderCall {
            id: Uuid::from_u128(n),
            ticket_id: TicketId(Uuid::from_u128(n)),
            ticket_no: n.to_string(),
            region: region.to_owned(),
            rung: rung.to_owned(),
            is_late: rung == "overdue",
            urgent: false,
            audience: String::new(),
            at: Instant(0),
        }
    }

    #[test]
    fn tickets_stand_by_rung_and_city_and_what_is_late_first() {
        let calls = [
            call(1, "half", "320106"),
            call(2, "overdue", "320106"),
            call(3, "half", "320102"),
            call(4, "half", "320505"),
        ];
        let calls: Vec<&LadderCall> = calls.iter().collect();
        let told: Vec<(String, usize)> = on_rungs(&calls)
            .into_iter()
            .map(|it| (it.rung, it.count))
            .collect();
        let pair = |rung: &str, count| (rung.to_owned(), count);
        assert_eq!(told, [pair("overdue", 1), pair("half", 2), pair("half", 1)]);
    }

    #[test]
    fn of_very_many_tickets_some_are_named_and_all_counted() {
        let calls: Vec<LadderCall> = (1..=60).map(|n| call(n, "half", "320106")).collect();
        let calls: Vec<&LadderCall> = calls.iter().collect();
        let told = on_rungs(&calls);
        assert_eq!((told[0].tickets.len(), told[0].count), (NAMED, 60));
    }
}
