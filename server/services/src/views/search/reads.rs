//! Where in the index a reader's search may look: numbers of people and whole addresses where they are shown to him in the clear, lead units by their
//! names. Not here: what is shown of one ticket (`sight`), what lies in the index (`store`), the check of each hit (`hits`).
//! A number beside a list is not checked hit by hit, so it looks only where everything is the reader's to see.

use shared::access::{Actor, Permission, PersonalField, Scope};
use shared::query::TicketFilter;
use shared::search::{Reads, Sought, is_within};

use super::hits::words_of;
use crate::reference::Reference;

/// Units that a piece of words may name at most.
const MOST_UNITS: usize = 200;

/// Where everything that the reader's scope reaches is shown to him: for counts, exports and reports.
pub(crate) fn everywhere(
    reference: &Reference,
    (actor, scope): (&Actor, &Scope),
    filter: &TicketFilter,
) -> Reads {
    if words_of(filter).is_none() {
        return Reads::default();
    }
    let is_same = actor.scope(Permission::CitizenView).as_ref() == Some(scope);
    let has_unit = scope.has_unit();
    Reads {
        numbers: is_same && !has_unit && numbers(actor, true),
        places: actor.shows_clear(Permission::TicketView, PersonalField::Address, true),
        centre: !has_unit,
        units: if has_unit {
            Vec::new()
        } else {
            units(reference, filter)
        },
    }
}

/// Where anything of it is: for lists, which look at each hit once more.
pub(crate) fn somewhere(
    reference: &Reference,
    (actor, scope): (&Actor, &Scope),
    filter: &TicketFilter,
) -> Reads {
    if words_of(filter).is_none() {
        return Reads::default();
    }
    Reads {
        numbers: numbers(actor, false),
        places: actor.shows_clear(Permission::TicketView, PersonalField::Address, false),
        centre: !scope.is_of_unit(),
        // What is prepared for its reader has them already, but where he is of a unit.
        units: if filter.reads.units.is_empty() {
            units(reference, filter)
        } else {
            filter.reads.units.clone()
        },
    }
}

fn numbers(actor: &Actor, everywhere: bool) -> bool {
    let fields = [PersonalField::Phone, PersonalField::Number];
    let is_clear = |field| actor.shows_clear(Permission::CitizenView, field, everywhere);
    fields.into_iter().all(is_clear)
}

/// The units that the pieces of the words name; none for digits, which are pieces of numbers.
fn units(reference: &Reference, filter: &TicketFilter) -> Vec<(String, Vec<String>)> {
    let words = words_of(filter).unwrap_or_default();
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    for piece in Sought::new(words, &filter.also).pieces() {
        let is_name = piece.chars().any(|c| !c.is_ascii_digit()) && piece.chars().nth(1).is_some();
        if !is_name || found.iter().any(|(known, _)| known == piece) {
            continue;
        }
        let named = reference.units.values();
        let named = named.filter(|unit| is_within(piece, &unit.name));
        let codes: Vec<String> = named
            .map(|unit| unit.code.clone())
            .take(MOST_UNITS)
            .collect();
        if !codes.is_empty() {
            found.push((piece.to_owned(), codes));
        }
    }
    found
}
