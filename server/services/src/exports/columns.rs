//! One ticket as a row of the export: masked, free text without numbers (I12); name, telephone and address in the clear only where a second
//! person agreed to it. The order of the columns is that of `shared::text::export::TICKET_COLUMNS`, or the layout's.
//! Not here: masks and what a role hides (`views::sight`), which tickets (`mod`), how values are written (`format`).

use shared::access::{Actor, Permission, PersonalField, Scope};
use shared::calendar::{Instant, light};
use shared::export::Layout;
use shared::register::OwnClass;
use shared::text::{Locale, Text, export};
use shared::ticket::Satisfaction;
use store::record::Ticket;

use super::format::Value;
use super::more::{self, Parts};
use crate::reference::Reference;
use crate::tickets::columns::Chosen;
use crate::views::sight::{self, Sight};

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
    /// Name, telephone and address in the clear where the reader may see them so.
    pub(crate) clear: bool,
    /// Places of the columns that stand in the file, in their order; all of them without any.
    pub(crate) picks: Option<Vec<usize>>,
    /// Assignments of the tickets, where a column needs them.
    pub(super) parts: Parts,
}

impl Columns<'_> {
    /// The headings.
    pub fn heads(&self) -> Vec<String> {
        let own = self.own.heads(self.locale).map(str::to_owned);
        let usual = export::TICKET_COLUMNS.iter().zip(export::TICKET_KEYS);
        let usual = usual.map(|(heading, key)| {
            let mut clear = export::CLEAR_COLUMNS.iter();
            let clear = clear.find(|(name, _)| self.clear && *name == key);
            let heading = clear.map_or(*heading, |(_, heading)| *heading);
            heading.get(self.locale).to_owned()
        });
        let more = export::MORE_COLUMNS.iter();
        let more = more.map(|(heading, _, _)| heading.get(self.locale).to_owned());
        self.picked(usual.chain(own).collect(), more)
    }

    /// Names of the columns that stay the same in every language.
    pub fn keys(&self) -> Vec<String> {
        let own = self.own.codes().map(|code| format!("own.{code}"));
        let usual = export::TICKET_KEYS.iter().map(|key| (*key).to_owned());
        let more = export::MORE_COLUMNS.iter();
        let more = more.map(|(_, key, _)| (*key).to_owned());
        self.picked(usual.chain(own).collect(), more)
    }

    /// Their widths in a workbook, in characters; none for own fields, which have the usual one.
    pub(crate) fn widths(&self) -> Vec<Option<u16>> {
        let own = self.own.codes().map(|_| None);
        let usual = export::TICKET_WIDTHS.iter().copied().map(Some);
        let more = export::MORE_COLUMNS.iter();
        let more = more.map(|(_, _, width)| Some(*width));
        self.picked(usual.chain(own).collect(), more)
    }

    /// What stands in the file, in its order: all without a layout, else what it names, behind which `more` may stand.
    fn picked<T: Clone>(&self, mut all: Vec<T>, more: impl IntoIterator<Item = T>) -> Vec<T> {
        let Some(picks) = &self.picks else {
            return all;
        };
        all.extend(more);
        let places = picks.iter();
        places
            .filter_map(|place| all.get(*place).cloned())
            .collect()
    }

    /// A value in the clear where that was agreed to and the reader may see it so, else as it is masked.
    fn shown(
        &self,
        ticket: &Ticket,
        (field, clear): (PersonalField, Option<&String>),
        masked: Option<String>,
    ) -> String {
        let is_clear = |_: &&String| {
            self.clear && sight::row_is_clear(self.actor, self.reference, ticket, field)
        };
        let value = clear.filter(is_clear).cloned().or(masked);
        value.unwrap_or_default()
    }

    /// One ticket; `live` unless it is seen only through a part that was returned or recalled, which does not tell who has it now.
    pub fn row(&self, ticket: &Ticket, live: bool) -> Vec<Value> {
        let more = self.more(ticket, live);
        self.picked(self.whole_row(ticket, live), more)
    }

    /// The columns that only a layout names; nothing where it names none.
    fn more(&self, ticket: &Ticket, live: bool) -> Vec<Value> {
        let usual = export::TICKET_KEYS.len() + self.own.codes().count();
        let picks = self.picks.as_deref().unwrap_or_default();
        if picks.iter().all(|place| *place < usual) {
            return Vec::new();
        }
        let sight = self.sight(ticket);
        let eye = more::Eye {
            reference: self.reference,
            locale: self.locale,
            sight: &sight,
        };
        let parts = self.parts.get(&ticket.id);
        eye.values(ticket, live, parts.map_or(&[], Vec::as_slice))
    }

    fn sight(&self, ticket: &Ticket) -> Sight {
        let through = Permission::TicketExport;
        Sight::of_row(self.actor, self.reference, ticket, through).masked()
    }

    /// What the office of the ticket's place calls its channel.
    fn channel(&self, ticket: &Ticket) -> String {
        let lists = &self.reference.lists;
        let row = lists.channel(&ticket.region, ticket.channel);
        row.name(self.locale).to_owned()
    }

    fn whole_row(&self, ticket: &Ticket, live: bool) -> Vec<Value> {
        let sight = self.sight(ticket);
        let citizen = ticket.citizen.as_ref().filter(|_| live);
        let name = citizen.and_then(|citizen| citizen.name.as_ref());
        let name = (PersonalField::Name, name);
        let name = self.shown(ticket, name, sight.name(ticket).filter(|_| live));
        let phone = citizen.and_then(|citizen| citizen.phone.as_ref());
        let phone = (PersonalField::Phone, phone);
        let phone = self.shown(ticket, phone, sight.phone(ticket).filter(|_| live));
        let address = ticket.address.as_ref().filter(|_| live);
        let address = (PersonalField::Address, address);
        let address = self.shown(ticket, address, sight.address(ticket));
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
            Value::Word(self.channel(ticket)),
            label(ticket.urgency.text()),
            said(sight.words(&ticket.title)),
            said(sight.words(&ticket.content)),
            said(self.category(ticket)),
            said(self.reference.path_at(place, ticket.closed_at)),
            said(address),
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

/// The places of a layout's columns among all of them, and the keys for which the reader has no column.
pub(super) fn places(
    reference: &Reference,
    (actor, scope): (&Actor, &Scope),
    (layout, own): (&Layout, &Chosen<'_>),
) -> (Option<Vec<usize>>, Vec<String>) {
    if layout.columns.is_empty() {
        return (None, Vec::new());
    }
    let sees_citizens = actor.scope(Permission::CitizenView).is_some();
    let codes: Vec<&str> = own.codes().collect();
    let place = |key: &str| {
        let mut more = export::MORE_COLUMNS.iter();
        if let Some(place) = more.position(|(_, known, _)| *known == key) {
            return Some(export::TICKET_KEYS.len() + codes.len() + place);
        }
        let Some(code) = key.strip_prefix("own.") else {
            let is_citizens = matches!(key, "citizen" | "phone");
            let place = export::TICKET_KEYS.iter().position(|usual| *usual == key);
            return place.filter(|_| sees_citizens || !is_citizens);
        };
        let field = reference.lists.own_field(code)?;
        let is_hidden = field.class == OwnClass::Centre && scope.has_unit();
        let place = codes.iter().position(|known| *known == code)?;
        (!is_hidden).then_some(export::TICKET_KEYS.len() + place)
    };
    let mut places = Vec::new();
    let mut left_out = Vec::new();
    for key in &layout.columns {
        match place(key) {
            Some(found) => places.push(found),
            None => left_out.push(key.clone()),
        }
    }
    if places.is_empty() {
        // A file without any column says nothing: at least the number stands there.
        places.push(0);
    }
    (Some(places), left_out)
}

/// A value with a text that people or their browsers made.
pub(super) fn said(text: impl Into<String>) -> Value {
    Value::Said(text.into())
}

pub(super) const fn yes_no(value: bool) -> Text {
    if value { export::YES } else { export::NO }
}
