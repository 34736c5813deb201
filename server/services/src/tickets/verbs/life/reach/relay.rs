//! Write to the citizen (短信联系诉求人): the words go out by the gateway with the messages of the ticket, and stand in the log of the unit's tries. The
//! unit learns no number, neither here nor in the history.
//! Not here: sending (`gateway`), what became of the message (`views`).

use shared::fault::{Code, Fault};
use shared::person::{conceal, phone::is_mobile};
use shared::text::notification::sms::Notice;
use shared::ticket::verbs::Relay;
use shared::ticket::{ContactWay, Verb};
use store::record::Ticket;

use super::contact::{Proof, tried};
use crate::host::Decide;
use crate::tickets::flow;
use crate::tickets::rights::is_discreet;
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};

impl Decide for Relay {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let id = copy.aimed()?;
        let words: &str = &self.words;
        if conceal(words) != words {
            let mut fault = Fault::field("words", Code::RelayUnfit);
            if let Some(first) = fault.fields.first_mut() {
                first.facts.insert("why".to_owned(), "numbers".to_owned());
            }
            return Err(fault.into());
        }
        if let Some(why) = unfit(&copy.case.ticket) {
            return Err(Fault::new(Code::RelayUnfit).fact("why", why).into());
        }
        let most = copy.scene.reference.relays_a_day;
        let today = copy.now().date();
        let written = flow::contacts(&copy.case, id)
            .filter(|it| it.way == ContactWay::Message && it.at.date() == today)
            .count();
        if written >= usize::try_from(most).unwrap_or_default() {
            let fault = Fault::new(Code::RelayUnfit).fact("why", "many");
            return Err(fault.fact("max", most).into());
        }
        let tries = tried(
            copy,
            (ContactWay::Message, false, Proof::default()),
            Some(words),
        )?;
        let unit = copy.assignment(id)?.unit.clone();
        let unit = copy.scene.reference.unit(&unit).name;
        copy.notify(&Notice::Relayed { unit: &unit, words });
        let told = Told::default()
            .of(id)
            .note(Some(words))
            .fact("tries", tries);
        copy.event(Verb::Relay, told);
        Ok(())
    }
}

/// Why no unit writes to the citizen of a ticket; nothing where one may.
pub(crate) fn unfit(ticket: &Ticket) -> Option<&'static str> {
    let citizen = ticket.citizen.as_ref();
    let phone = citizen.and_then(|it| it.phone.as_deref());
    if is_discreet(ticket) {
        Some("discreet")
    } else if phone.is_none_or(|phone| !is_mobile(phone)) {
        Some("nobody")
    } else {
        None
    }
}
