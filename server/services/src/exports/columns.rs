//! One ticket as a row of the export: always masked, free text without numbers, times in +08:00 (I12).
//! The order of the columns is that of `shared::text::export::TICKET_COLUMNS`.
//! Not here: which tickets (`mod`), what a spreadsheet would take for a formula (`cell`).

use std::borrow::Cow;

use shared::access::{Actor, Permission, Scope, needs};
use shared::calendar::{Instant, light};
use shared::person;
use shared::text::{Locale, Text, export};
use shared::ticket::Satisfaction;
use store::record::Ticket;

use super::cell::{cell, without_numbers};
use super::houses::without_houses;
use crate::reference::Reference;
use crate::tickets::columns::Chosen;
use crate::tickets::rights::{is_discreet, row_through};

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
        let citizen = ticket
            .citizen
            .as_ref()
            .filter(|_| live && self.may_see_citizen(ticket));
        let name = citizen
            .and_then(|c| c.name.as_deref())
            .map(person::mask_name)
            .unwrap_or_default();
        let phone = citizen
            .and_then(|c| c.phone.as_deref())
            .map(person::mask_phone)
            .unwrap_or_default();
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
            words(&ticket.title),
            words(&ticket.content),
            safe(&self.category(ticket)),
            safe(&self.reference.path_at(
                ticket.street.as_deref().unwrap_or(&ticket.region),
                ticket.closed_at,
            )),
            safe(
                &ticket
                    .address
                    .as_deref()
                    .filter(|_| !(self.is_of_unit(ticket) && is_discreet(ticket)))
                    .map(person::mask_address)
                    .unwrap_or_default(),
            ),
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
        let own: Vec<Cow<'_, str>> = own.iter().map(|text| words(text)).collect();
        out.write_record(cells.iter().chain(&own).map(|cell| cell.as_bytes()))
    }

    /// Whether the ticket is seen as a handling unit sees it; of other units than the lead the row does not know.
    fn is_of_unit(&self, ticket: &Ticket) -> bool {
        let scope = needs::EXPORT.scope(self.actor);
        scope.is_some_and(|scope| {
            let through = row_through(&scope, self.reference, ticket).map(Scope::is_of_unit);
            through.unwrap_or_else(|| scope.has_unit())
        })
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

    /// Units see no citizen of a confidential ticket or a tip-off, and none of a ticket that another unit leads now.
    fn may_see_citizen(&self, ticket: &Ticket) -> bool {
        let scope = self.actor.scope(Permission::CitizenView);
        scope.is_some_and(|scope| {
            row_through(&scope, self.reference, ticket)
                .is_some_and(|part| !(part.is_of_unit() && is_discreet(ticket)))
        })
    }
}

/// A cell with a text that people or their browsers made.
fn safe(text: &str) -> Cow<'static, str> {
    Cow::Owned(cell(text).into_owned())
}

/// A cell with what somebody wrote: without numbers of people and of houses.
fn words(text: &str) -> Cow<'static, str> {
    safe(&without_houses(&without_numbers(text)))
}

const fn yes_no(value: bool) -> Text {
    if value { export::YES } else { export::NO }
}

/// `2026-02-14 09:30` in +08:00, which every spreadsheet reads as a time; empty without one.
fn time(at: Option<Instant>) -> String {
    at.map(|at| at.local().format("%Y-%m-%d %H:%M").to_string())
        .unwrap_or_default()
}
