//! Delivers notices to people of the house, after the commit that wrote them (I9): who is told follows from unit and role at the moment of delivery.
//! Each gets the notice in the product, by mail or by text message, as he has chosen; mails and text messages then go the way of all others.
//! Not here: who is to be told (the verbs), reading notices (`bell`).

use shared::calendar::Instant;
use shared::ids::{CaseId, TicketId};
use shared::notice::{Audience, Told};
use shared::notification::About;
use shared::text::sms;
use store::notices::Notice;
use store::outbox::{self, Claim, Claimed, Outcome, Sent, Which};
use store::record::OutboxMessage;

use super::{MAIL, SMS, claimed};
use crate::context::Services;
use crate::fault::Failure;
use crate::jobs::Done;
use crate::reference::Reference;

/// Messages of one run.
const BATCH: u32 = 100;
/// How long one process keeps the work to itself, in milliseconds.
const LEASE: i64 = 60_000;

/// One batch.
pub(crate) async fn run(services: &Services) -> Result<Done, Failure> {
    let now = services.now();
    let claim = Claim {
        which: Which::Inside,
        now,
        until: Instant(now.0 + LEASE),
        limit: BATCH,
    };
    let waiting = claimed(services, claim).await?;
    if waiting.is_empty() {
        return Ok(Done::default());
    }
    let more = waiting.len() >= BATCH as usize;
    let reference = services.reference().await?;
    let mut count = 0;
    for claimed in waiting {
        count += deliver(services, &reference, claimed).await?;
    }
    Ok(Done { count, more })
}

/// What comes of one message.
#[derive(Clone, Default)]
struct Made {
    notices: Vec<Notice>,
    letters: Vec<OutboxMessage>,
}

async fn deliver(
    services: &Services,
    reference: &Reference,
    claimed: Claimed,
) -> Result<u64, Failure> {
    let message = claimed.message;
    let made = made(services, reference, &message).await?;
    let count = made.notices.len() + made.letters.len();
    let (id, now) = (message.id, services.now());
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let made = made.clone();
            Box::pin(async move {
                store::notices::add(tx, &made.notices).await?;
                for letter in &made.letters {
                    outbox::put(tx, letter).await?;
                }
                Ok(outbox::settle(tx, id, Outcome::Sent(Sent::default()), now).await?)
            })
        })
        .await?;
    Ok(u64::try_from(count).unwrap_or(u64::MAX))
}

async fn made(
    services: &Services,
    reference: &Reference,
    message: &OutboxMessage,
) -> Result<Made, Failure> {
    let audience = serde_json::from_str::<Audience>(&message.to);
    let told = serde_json::from_str::<Told>(&message.body);
    let of_told = |told: &Told| told.approval.map(CaseId::from);
    let ticket = message.ticket_id.map(CaseId::from);
    // What is about a page hangs on no case.
    let of_page = |told: &Told| told.kind.page().map(|_| CaseId(uuid::Uuid::nil()));
    let case = ticket.or_else(|| {
        let told = told.as_ref().ok()?;
        of_told(told).or_else(|| of_page(told))
    });
    let (Ok(audience), Ok(told), Some(case)) = (audience, told, case) else {
        // Written by a newer release: its notices are that one's to make, and nobody else waits behind it.
        tracing::warn!(notification.id = %message.id, "a notice that this release cannot read is left out");
        return Ok(Made::default());
    };
    let db = services.store().reader();
    let area = message.area.clone().unwrap_or_default();
    let mut made = Made::default();
    for person in store::notices::people(&db, &audience, services.now()).await? {
        if told.by == Some(person) {
            continue;
        }
        let settings = store::notices::settings(&db, person).await?;
        let wanted = settings.of(told.kind);
        if wanted.desk {
            made.notices.push(Notice {
                person,
                id: message.id,
                kind: told.kind,
                case,
                is_approval: told.approval.is_some(),
                no: told.no.clone(),
                area: area.clone(),
                at: message.at,
                read_at: None,
                rungs: Vec::new(),
            });
        }
        let mail = settings.mail.filter(|_| wanted.mail).map(|to| (MAIL, to));
        let sms = settings.mobile.filter(|_| wanted.sms).map(|to| (SMS, to));
        for (channel, to) in mail.into_iter().chain(sms) {
            made.letters.push(OutboxMessage {
                id: services.ids().new_id(services.now()),
                ticket_id: message.ticket_id,
                channel: channel.to_owned(),
                to,
                body: words(reference, &told, &area),
                at: services.now(),
                about: Some(About::Staff),
                area: Some(area.clone()),
                urgent: false,
            });
        }
    }
    Ok(made)
}

/// The message as it leaves the house, with the signature in front.
fn words(reference: &Reference, told: &Told, area: &str) -> String {
    let values = [("no", told.no.as_str().into())];
    let wordings = reference.lists.wordings(area);
    wordings.message(told.kind.message(), &values, sms::LANGUAGE)
}

/// What a notice is about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Subject<'s> {
    /// The ticket; an approval stands in what is told.
    pub(crate) ticket: Option<TicketId>,
    /// Its division.
    pub(crate) region: &'s str,
}

/// A notice that waits for its delivery, as a verb sends it.
pub(crate) fn notice(
    audience: &Audience,
    told: &Told,
    subject: Subject<'_>,
    (id, at): (uuid::Uuid, Instant),
) -> OutboxMessage {
    OutboxMessage {
        id,
        ticket_id: subject.ticket,
        channel: outbox::DESK.to_owned(),
        // Texts, codes and ids always have a JSON.
        to: serde_json::to_string(audience).unwrap_or_default(),
        body: serde_json::to_string(told).unwrap_or_default(),
        at,
        about: Some(About::Staff),
        area: Some(subject.region.to_owned()),
        urgent: true,
    }
}
