//! A ticket from a row: with a reply it is closed, else it waits for dispatch with the clock from the import.
//! Not here: judging the row (`row`), the process itself (`demo::template` runs it once for each of the two ways).
//! The form's length limits do not apply.

use std::sync::Arc;

use shared::calendar::Instant;
use shared::ids::{BatchId, TicketId};
use shared::place;
use shared::ticket::{Channel, RequestKind, TicketNo, rules};
use store::bulk::BulkTicket;

use super::PROVINCE;
use super::row::Row;
use crate::context::Services;
use crate::demo::build::PLAIN;
use crate::demo::fill::Filling;
use crate::demo::script::{Flags, Move};
use crate::demo::template::{self, Stage0, Template};
use crate::fault::Failure;
use crate::reference::Reference;

/// The ways an imported ticket can have come.
pub(super) struct Ways {
    open: [Template; 2],
    closed: [Template; 2],
}

impl Ways {
    /// Runs the process for each of them, with and without a known citizen.
    pub fn new(reference: &Arc<Reference>) -> Result<Self, Failure> {
        let stage = Stage0 {
            reference,
            units: Default::default(),
        };
        let way = |moves: &[Move], anonymous| stage.run(moves, Flags { anonymous, ..PLAIN });
        let both = |moves: &[Move]| Ok::<_, Failure>([way(moves, false)?, way(moves, true)?]);
        Ok(Self {
            open: both(&[Move::Register])?,
            closed: both(&[Move::Register, Move::Answer])?,
        })
    }
}

/// What is the same for all rows of a run.
pub(super) struct Builder<'a> {
    pub services: &'a Services,
    pub reference: &'a Reference,
    pub ways: &'a Ways,
    pub source: &'a str,
    pub channel: Channel,
    pub batch: BatchId,
    pub now: Instant,
}

impl Builder<'_> {
    /// When the request was accepted: the source's date, else now.
    pub fn accepted_at(&self, row: &Row) -> Instant {
        row.at.unwrap_or(self.now)
    }

    /// Six digits for the number: the city, or the province while the place is not known.
    pub fn city(row: &Row) -> String {
        row.region
            .as_deref()
            .and_then(place::city_code)
            .unwrap_or_else(|| PROVINCE.to_owned())
    }

    /// The unit of a code, or of a name that only one unit has.
    fn unit(&self, said: &str) -> Option<String> {
        let units = &self.reference.units;
        if units.contains_key(said) {
            return Some(said.to_owned());
        }
        let mut named = units.values().filter(|unit| unit.name == said);
        let first = named.next()?;
        named.next().is_none().then(|| first.code.clone())
    }

    /// The whole case.
    pub fn case(&self, row: Row, ticket_no: TicketNo) -> Result<BulkTicket, Failure> {
        let accepted = self.accepted_at(&row);
        let anonymous = row.citizen.is_none();
        let ids = self.services.ids();
        let mut ticket = template::blank(
            TicketId(ids.new_id(accepted)),
            ticket_no,
            accepted,
            Flags { anonymous, ..PLAIN },
        );
        ticket.title = title(&row);
        let region = row.region.unwrap_or_else(|| PROVINCE.to_owned());
        ticket.street = (region.len() == 9).then(|| region.clone());
        ticket.region = place::county_code(&region).unwrap_or(PROVINCE).to_owned();
        ticket.kind = row.kind.unwrap_or(RequestKind::Other);
        ticket.channel = self.channel;
        ticket.category = row.category;
        ticket.address = row.address;
        ticket.accused_unit = row.accused.as_deref().and_then(|said| self.unit(said));
        ticket.accused_words = row.accused;
        ticket.content = row.text;
        ticket.source_system = Some(self.source.to_owned());
        ticket.external_no = Some(row.id);
        ticket.batch = Some(self.batch);
        ticket.source_words = row.words;
        ticket.citizen = row.citizen;
        let code = ids.query_code();
        ticket.query_code_hash = self
            .services
            .store()
            .seal()
            .query_code_hash(ticket.ticket_no.as_str(), &code);
        let answered = row.reply_at.unwrap_or(self.now).max(accepted);
        let (template, times, texts) = match row.reply {
            Some(reply) => (
                &self.ways.closed,
                vec![accepted, answered],
                vec![(String::new(), String::new()), (reply, String::new())],
            ),
            None => (
                &self.ways.open,
                vec![self.now],
                vec![(String::new(), String::new())],
            ),
        };
        let filling = Filling {
            reference: self.reference,
            template: &template[usize::from(anonymous)],
            clock_from: times[0],
            until: self.now,
            ticket,
            times: &times,
            people: &[None, None],
            units: &[],
            centre: PROVINCE,
            texts: &texts,
            new_id: &mut || ids.new_id(accepted),
        };
        filling.finish()
    }
}

/// The source's title, else one made from the text.
fn title(row: &Row) -> String {
    row.title
        .clone()
        .unwrap_or_else(|| rules::title_from(&row.text))
}

/// The hash under which the row's text is known, as the store makes it.
pub(super) fn text_hash(row: &Row) -> Vec<u8> {
    let mut ticket = template::blank(
        TicketId(uuid::Uuid::nil()),
        TicketNo::new(PROVINCE, Instant(0).date(), Channel::Other, 1),
        Instant(0),
        PLAIN,
    );
    ticket.title = title(row);
    row.text.clone_into(&mut ticket.content);
    store::bulk::text_hash(&ticket)
}
