//! The ticket as it begins, out of what was typed and what was judged of it.
//! Not here: judging (`super`), its number and what happens next.

use std::collections::BTreeMap;

use shared::ids::TicketId;
use shared::place::{Latitude, Longitude};
use shared::ticket::command::Citizen;
use shared::ticket::{Satisfaction, SubjectType, TicketNo, TicketState, Urgency, rules};
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
    #[allow(clippy::too_many_lines, reason = "a table: a field a line")]
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
        Ticket {
            id: TicketId(self.ctx.services.ids().new_id(accepted)),
            ticket_no: no,
            query_code_hash,
            version: 1,
            cycle_no: 0,
            kind: command.kind,
            channel: self.channel(),
            source_system: self.ctx.actor.who.partner().map(ToString::to_string),
            external_no: None,
            batch: None,
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
            state: TicketState::Draft,
            accepted_at: accepted,
            accepted_by: self.ctx.actor.user(),
            updated_at: self.ctx.now(),
            first_dispatched_at: None,
            replied_at: None,
            reviewed_at: None,
            closed_at: None,
            due_at: None,
            warn_at: None,
            provisional: false,
            limit_rule: None,
            limit_value: None,
            limit_unit: None,
            lead_unit: None,
            urge_count: 0,
            last_urged_on: None,
            repeat_of: command.repeat_of.clone(),
            paper_no: command.paper_no.as_ref().map(ToString::to_string),
            mandate: mandate.map(|mandate| mandate.id),
            first_satisfaction: Satisfaction::Unrated,
            latest_satisfaction: Satisfaction::Unrated,
            solved: None,
            answer: None,
            decline_reason: None,
            decline_explanation: None,
            decline_proposed: false,
            proposal: None,
            exempt_reason: None,
            hold: None,
            held_since: None,
            held_until: None,
            hold_words: None,
            hold_told: false,
            paused_minutes: 0,
            not_counted: false,
            unreasonable: false,
            difficult_at: None,
            source_words: BTreeMap::new(),
            tags,
            own: answers.plain,
        }
    }
}
