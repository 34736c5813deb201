//! One ticket as a row of the export: always masked, free text without numbers (I12).
//! The order of the columns is that of `shared::text::export::TICKET_COLUMNS`.
//! Not here: masks and what a role hides (`views::sight`), which tickets (`mod`), how values are written (`format`).

use shared::access::{Actor, Permission};
use shared::calendar::{Instant, light};
use shared::text::{Locale, Text, export};
use shared::ticket::Satisfaction;
use store::record::Ticket;

use super::format::Value;
use crate::reference::Reference;
use crate::tickets::columns::Chosen;
use crate::views::sight::Sight;

/// Turns tickets into rows for one reader.
pub struct Columns<'a> {
    /// Names of units, places and categories.
    pub reference: &'a Reference,
    /// Language of headings and codes.
    pub locale: Locale,
    /// Who reads.
    pub actor: &'a Actor,
    /// When; decides the light.
    pub now: Instant,
    /// Own fields beside the rest.
    pub(crate) own: Chosen<'a>,
}

impl Columns<'_> {
    /// The headings.
    pub fn heads(&self) -> Vec<String> {
        let own = self.own.heads(self.locale).map(str::to_owned);
        let usual = export::TICKET_COLUMNS.iter();
        let usual = usual.map(|heading| heading.get(self.locale).to_owned());
        usual.chain(own).collect()
    }

    /// Names of the columns that stay the same in every language.
    pub fn keys(&self) -> Vec<String> {
        let own = self.own.codes().map(|code| format!("own.{code}"));
        let usual = export::TICKET_KEYS.iter().map(|key| (*key).to_owned());
        usual.chain(own).collect()
    }

    /// One ticket; `live` unless it is seen only through a part that was returned or recalled, which does not tell who has it now.
    pub fn row(&self, ticket: &Ticket, live: bool) -> Vec<Value> {
        let through = Permission::TicketExport;
        let sight = Sight::of_row(self.actor, self.reference, ticket, through).masked();
        let name = sight.name(ticket).filter(|_| live).unwrap_or_default();
        let phone = sight.phone(ticket).filter(|_| live).unwrap_or_default();
        let done_at = if ticket.state.is_open() {
            None
        } else {
            ticket.closed_at.or(Some(ticket.updated_at))
        };
        let label = |text: Text| Value::Word(text.get(self.locale).to_owned());
        let satisfaction = if live {
            ticket.latest_satisfaction
        } else {
            Satisfaction::Unrated
        };
        let lead_unit = ticket.lead_unit.as_deref().filter(|_| live);
        let lead_unit = lead_unit.map(|code| self.reference.unit_at(code, ticket.closed_at).name);
        let solved = ticket.solved.filter(|_| live);
        let place = ticket.street.as_deref().unwrap_or(&ticket.region);
        let light = light(self.now, ticket.due_at, ticket.warn_at, done_at);
        let mut values = vec![
            Value::Word(ticket.ticket_no.as_str().to_owned()),
            Value::Word(ticket.ticket_no.grouped()),
            label(ticket.state.text()),
            label(ticket.kind.text()),
            label(ticket.channel.text()),
            label(ticket.urgency.text()),
            said(sight.words(&ticket.title)),
            said(sight.words(&ticket.content)),
            said(self.category(ticket)),
            said(self.reference.path_at(place, ticket.closed_at)),
            said(sight.address(ticket).unwrap_or_default()),
            said(name),
            said(phone),
            label(yes_no(ticket.anonymous)),
            label(yes_no(ticket.confidential)),
            said(lead_unit.unwrap_or_default()),
            Value::At(Some(ticket.accepted_at)),
            Value::At(ticket.due_at),
            label(light.text()),
            Value::At(ticket.first_dispatched_at),
            Value::At(ticket.closed_at),
            Value::Count(i64::from(ticket.cycle_no)),
            solved.map_or_else(|| Value::Word(String::new()), |solved| label(solved.text())),
            label(satisfaction.text()),
        ];
        let own = self.own.cells(ticket, live, self.locale);
        values.extend(own.iter().map(|text| said(sight.words(text))));
        values
    }

    fn category(&self, ticket: &Ticket) -> String {
        let view = ticket
            .category
            .as_deref()
            .and_then(|code| self.reference.category(code));
        view.map_or_else(
            || {
                ticket
                    .source_words
                    .get("category")
                    .cloned()
                    .unwrap_or_default()
            },
            |view| match self.locale {
                Locale::Zh => view.path_zh,
                Locale::En => view.path_en,
            },
        )
    }
}

/// A value with a text that people or their browsers made.
fn said(text: impl Into<String>) -> Value {
    Value::Said(text.into())
}

const fn yes_no(value: bool) -> Text {
    if value { export::YES } else { export::NO }
}
