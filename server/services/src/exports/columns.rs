//! One ticket as a row of the export: always masked, free text without numbers, times in +08:00 (I12).
//! The order of the columns is that of `shared::text::export::TICKET_COLUMNS`.
//! Not here: masks and what a role hides (`views::sight`), which tickets (`mod`), what a spreadsheet would take for a formula (`cell`).

use std::borrow::Cow;

use shared::access::{Actor, Permission};
use shared::calendar::{Instant, light};
use shared::text::{Locale, Text, export};
use shared::ticket::Satisfaction;
use store::record::Ticket;

use super::cell::cell;
use crate::reference::Reference;
use crate::tickets::columns::Chosen;
use crate::views::sight::Sight;

/// The mark by which Excel knows UTF-8.
pub const BOM: &[u8] = "\u{FEFF}".as_bytes();

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
    pub fn head(&self, out: &mut csv::Writer<Vec<u8>>) -> csv::Result<()> {
        let own = self.own.heads(self.locale).map(safe);
        let usual = export::TICKET_COLUMNS.iter();
        let usual = usual.map(|heading| Cow::Borrowed(heading.get(self.locale)));
        let heads: Vec<Cow<'_, str>> = usual.chain(own).collect();
        out.write_record(heads.iter().map(|cell| cell.as_bytes()))
    }

    /// One ticket; `live` unless it is seen only through a part that was returned or recalled, which does not tell who has it now.
    pub fn row(
        &self,
        ticket: &Ticket,
        live: bool,
        out: &mut csv::Writer<Vec<u8>>,
    ) -> csv::Result<()> {
        let through = Permission::TicketExport;
        let sight = Sight::of_row(self.actor, self.reference, ticket, through).masked();
        let name = sight.name(ticket).filter(|_| live).unwrap_or_default();
        let phone = sight.phone(ticket).filter(|_| live).unwrap_or_default();
        let done_at = if ticket.state.is_open() {
            None
        } else {
            ticket.closed_at.or(Some(ticket.updated_at))
        };
        let label = |text: Text| text.get(self.locale);
        let satisfaction = if live {
            ticket.latest_satisfaction
        } else {
            Satisfaction::Unrated
        };
        let cells: [Cow<'_, str>; 24] = [
            ticket.ticket_no.as_str().into(),
            ticket.ticket_no.grouped().into(),
            label(ticket.state.text()).into(),
            label(ticket.kind.text()).into(),
            label(ticket.channel.text()).into(),
            label(ticket.urgency.text()).into(),
            safe(&sight.words(&ticket.title)),
            safe(&sight.words(&ticket.content)),
            safe(&self.category(ticket)),
            safe(&self.reference.path_at(
                ticket.street.as_deref().unwrap_or(&ticket.region),
                ticket.closed_at,
            )),
            safe(&sight.address(ticket).unwrap_or_default()),
            safe(&name),
            safe(&phone),
            label(yes_no(ticket.anonymous)).into(),
            label(yes_no(ticket.confidential)).into(),
            safe(
                &ticket
                    .lead_unit
                    .as_deref()
                    .filter(|_| live)
                    .map(|code| self.reference.unit_at(code, ticket.closed_at).name)
                    .unwrap_or_default(),
            ),
            time(Some(ticket.accepted_at)).into(),
            time(ticket.due_at).into(),
            label(light(self.now, ticket.due_at, ticket.warn_at, done_at).text()).into(),
            time(ticket.first_dispatched_at).into(),
            time(ticket.closed_at).into(),
            ticket.cycle_no.to_string().into(),
            ticket
                .solved
                .filter(|_| live)
                .map_or("", |solved| label(solved.text()))
                .into(),
            label(satisfaction.text()).into(),
        ];
        let own = self.own.cells(ticket, live, self.locale);
        let own: Vec<Cow<'_, str>> = own.iter().map(|text| safe(&sight.words(text))).collect();
        out.write_record(cells.iter().chain(&own).map(|cell| cell.as_bytes()))
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

/// A cell with a text that people or their browsers made.
fn safe(text: &str) -> Cow<'static, str> {
    Cow::Owned(cell(text).into_owned())
}

const fn yes_no(value: bool) -> Text {
    if value { export::YES } else { export::NO }
}

/// `2026-02-14 09:30` in +08:00, which every spreadsheet reads as a time; empty without one.
fn time(at: Option<Instant>) -> String {
    at.map(|at| at.local().format("%Y-%m-%d %H:%M").to_string())
        .unwrap_or_default()
}
