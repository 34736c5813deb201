//! Acts on many tickets at once (批量签收、派单、答复): a look at what would be done, doing it ticket by ticket, what became of each.
//! Each ticket is done by its own verb on the common road, in a transaction and under a key of its own, so that a repeated call does nothing
//! twice and one refusal stops no other. Not here: the verbs (`verbs`), the runner (`host`).
//! Read next: `look`, then `run`.

mod look;
mod results;
mod run;

pub use look::preview;
pub use results::result;
pub use run::run;

use shared::fault::{Code, Fault};
use shared::text::{Locale, faults, fields};
use shared::ticket::bulk::{BulkAct, MOST};
use store::record::Ticket;

use super::rights;

/// What is decided, or said, about many at once is not about a ticket whose citizen must not be known.
///
/// # Errors
/// `ticket.bulk.discreet`.
fn suits(act: BulkAct, ticket: &Ticket) -> Result<(), Fault> {
    if rights::is_discreet(ticket) && !act.suits_discreet() {
        Err(Fault::new(Code::BulkDiscreet))
    } else {
        Ok(())
    }
}

/// Too many, or none.
fn wrong_number(length: usize) -> Fault {
    let mut fault = Fault::field("items", Code::BulkItems);
    if let Some(field) = fault.fields.first_mut() {
        let facts = [("max", MOST), ("length", length)];
        let facts = facts.map(|(name, value)| (name.to_owned(), value.to_string()));
        field.facts.extend(facts);
    }
    fault
}

/// Why a ticket was refused, as its reader is told: what is wrong with the whole, or with fields by their names.
fn said(fault: &Fault, locale: Locale) -> String {
    if fault.fields.is_empty() {
        return faults::message(fault, locale);
    }
    let of_field = |field: &shared::fault::FieldFault| {
        let words = faults::field_message(field, locale);
        match fields::label(&field.field) {
            Some(label) => format!("{}: {words}", label.get(locale)),
            None => words,
        }
    };
    let all: Vec<String> = fault.fields.iter().map(of_field).collect();
    all.join(" ")
}
