//! One notice to one person about several tickets: in the product, by mail or by text message, as he has chosen.
//! Not here: who is told and how often (`red`, `push`), rungs of running clocks (`tell`).

use shared::ids::{CaseId, UserId};
use shared::notice::{NoticeKind, NoticeTicket, OnRung};
use shared::notification::About;
use shared::text::sms;
use store::Tx;
use store::notices::Notice;
use store::outbox;
use store::record::OutboxMessage;

use super::tell::words;
use crate::context::Services;
use crate::fault::Failure;
use crate::gateway::{MAIL, SMS};
use crate::reference::Reference;

/// What one person is told.
#[derive(Clone)]
pub(super) struct Merged {
    notices: Vec<Notice>,
    letters: Vec<OutboxMessage>,
}

impl Merged {
    /// Writes it.
    pub(super) async fn put(&self, tx: &Tx) -> Result<(), Failure> {
        store::notices::add(tx, &self.notices).await?;
        for letter in &self.letters {
            outbox::put(tx, letter).await?;
        }
        Ok(())
    }
}

/// The notice, with the ticket that it opens and all that it is about.
pub(super) async fn merged(
    services: &Services,
    reference: &Reference,
    (person, kind): (UserId, NoticeKind),
    (first, rung): (NoticeTicket, OnRung),
) -> Result<Merged, Failure> {
    let now = services.now();
    let db = services.store().reader();
    let settings = store::notices::settings(&db, person).await?;
    let wanted = settings.of(kind);
    let area = rung.area.clone();
    let rungs = vec![rung];
    let mail = settings.mail.filter(|_| wanted.mail).map(|to| (MAIL, to));
    let sms = settings.mobile.filter(|_| wanted.sms).map(|to| (SMS, to));
    let said = words(reference, kind, &rungs, sms::LANGUAGE);
    let wordings = reference.lists.wordings(&area);
    let letter = |(channel, to): (&'static str, String)| OutboxMessage {
        id: services.ids().new_id(now),
        ticket_id: None,
        channel: channel.to_owned(),
        to,
        body: wordings.signed(&said, sms::LANGUAGE),
        at: now,
        about: Some(About::Staff),
        area: Some(area.clone()),
        urgent: false,
    };
    let letters: Vec<OutboxMessage> = mail.into_iter().chain(sms).map(letter).collect();
    let notice = wanted.desk.then(|| Notice {
        person,
        id: services.ids().new_id(now),
        kind,
        case: CaseId::from(first.id),
        is_approval: false,
        no: first.no,
        area: area.clone(),
        at: now,
        read_at: None,
        rungs,
    });
    Ok(Merged {
        notices: notice.into_iter().collect(),
        letters,
    })
}
