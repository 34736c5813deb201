//! Call without the number (电话联系诉求人，不见号码): both numbers go to the gateway, sealed until then; the try stands in the log of the unit, without them.
//! Not here: connecting the two (`gateway::call`), what came of it: the gateway's receipt (`gateway::receipts`) and the contact that is entered.
//! A call goes out at once or not at all, at night as well.

use shared::fault::{Code, Fault};
use shared::notification::About;
use shared::ticket::verbs::PlaceCall;
use shared::ticket::{ContactWay, Verb};
use store::record::{OutboxMessage, Ticket};

use super::contact::{Proof, tried};
use crate::gateway::CALL;
use crate::host::Decide;
use crate::tickets::flow;
use crate::tickets::rights::is_discreet;
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};

impl Decide for PlaceCall {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let id = copy.aimed()?;
        let to = match number(&copy.case.ticket) {
            Ok(to) => to.to_owned(),
            Err(why) => return Err(Fault::new(Code::CallUnfit).fact("why", why).into()),
        };
        let most = copy.scene.reference.calls_a_day;
        let today = copy.now().date();
        let placed = flow::contacts(&copy.case, id)
            .filter(|it| it.way == ContactWay::Bridge && it.at.date() == today)
            .count();
        if placed >= usize::try_from(most).unwrap_or_default() {
            let fault = Fault::new(Code::CallUnfit).fact("why", "many");
            return Err(fault.fact("max", most).into());
        }
        let tries = tried(copy, (ContactWay::Bridge, false, Proof::default()), None)?;
        let call = OutboxMessage {
            id: copy.new_id(),
            ticket_id: Some(copy.id()),
            channel: CALL.to_owned(),
            to,
            body: self.own_number.as_str().to_owned(),
            at: copy.now(),
            about: Some(About::Called),
            area: Some(copy.case.ticket.region.clone()),
            urgent: true,
        };
        copy.send(call);
        let told = Told::default()
            .of(id)
            .fact("way", ContactWay::Bridge)
            .fact("tries", tries);
        copy.event(Verb::PlaceCall, told);
        Ok(())
    }
}

/// Whether a unit may be connected with the citizen of a ticket.
pub(crate) fn is_fit(ticket: &Ticket, most: i32) -> bool {
    most > 0 && number(ticket).is_ok()
}

/// The citizen's number, or why no unit is connected with it.
fn number(ticket: &Ticket) -> Result<&str, &'static str> {
    let citizen = ticket.citizen.as_ref();
    let phone = citizen.and_then(|it| it.phone.as_deref());
    if is_discreet(ticket) {
        return Err("discreet");
    }
    phone.filter(|phone| !phone.is_empty()).ok_or("nobody")
}
