//! The ticket as it begins, out of what was typed and what was judged of it.
//! Not here: judging (`super`), its number and what happens next.

use std::collections::BTreeMap;

use shared::ids::TicketId;
use shared::place::{Latitude, Longitude};
use shared::ticket::command::Citizen;
use shared::ticket::{SubjectType, TicketNo, Urgency, rules};
use store::record::{Mandate, Ticket};

use super::{Judged, Office, Work};
use crate::citizens::mandates;
use crate::tickets::grade;

impl Work {
    /// The citizen block. Under a mandate organisation, credit code and name are those that were looked at, whatever was typed.
    fn who_speaks(&self, own: BTreeMap<String, String>, mandate: Option<&Mandate>) -> Citizen {
        let mut citizen = Citizen {
            own,
            ..Citizen::from(self.command.citizen.0.clone())
        };
        if let Some(mandate) = mandate {
            citizen.name = Some(mandate.words.name.clone());
            citizen.organisation = Some(mandate.words.organisation.clone());
            citizen.credit_code = Some(mandate.words.credit_code.clone());
        }
        citizen
    }

    /// The ticket as it begins.
    pub(super) fn ticket(&self, no: TicketNo, query_code_hash: Vec<u8>, judged: Judged) -> Ticket {
        let (command, accepted) = (&self.command, self.accepted());
        let Judged {
            place,
            category,
            office,
            mandate,
        } = judged;
        let Office { tags, answers } = office;
        let proposed = grade::proposed(&self.reference, &place.region, command);
        let id = TicketId(self.ctx.services.ids().new_id(accepted));
        Ticket {
            query_code_hash,
            kind: command.kind,
            channel: self.channel(),
            source_system: self.ctx.actor.who.partner().map(ToString::to_string),
            title: command
                .title
                .as_deref()
                .map_or_else(|| rules::title_from(&command.content), str::to_owned),
            content: command.content.to_string(),
            category,
            region: place.region,
            street: place.street,
            address: command.address.as_deref().map(str::to_owned),
            lon: command.lon.map(Longitude::get),
            lat: command.lat.map(Latitude::get),
            occurred_at: command.occurred_at,
            urgency: command.urgency.or(proposed).unwrap_or(Urgency::Normal),
            subject_type: mandate.as_ref().map_or_else(
                || command.subject_type.unwrap_or(SubjectType::Person),
                mandates::subject,
            ),
            anonymous: command.anonymous.0,
            confidential: command.confidential.0 && !command.anonymous.0,
            reply_required: command.reply_required.unwrap_or(true),
            citizen: (!command.anonymous.0)
                .then(|| self.who_speaks(answers.personal, mandate.as_ref())),
            accepted_by: self.ctx.actor.user(),
            updated_at: self.ctx.now(),
            repeat_of: command.repeat_of.clone(),
            paper_no: command.paper_no.as_ref().map(ToString::to_string),
            mandate: mandate.map(|mandate| mandate.id),
            accused_words: command.accused.as_deref().map(str::to_owned),
            accused_unit: command.accused_unit.as_ref().map(ToString::to_string),
            tags,
            own: answers.plain,
            ..Ticket::blank(id, no, accepted)
        }
    }
}
