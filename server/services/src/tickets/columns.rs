//! Own fields in lists and exports: which may be filtered by, and their columns as far as each ticket lets its reader see them.
//! Not here: one ticket's answers and their masks (`own`), the statements (`store::tickets`).
//! A row knows the lead unit alone: whoever may see it as a handling unit does is taken for one.

use shared::access::{Actor, Permission, PersonalField, Scope};
use shared::calendar::Instant;
use shared::fault::{Code, Fault, FieldFault};
use shared::query::TicketFilter;
use shared::query::language::{Condition, Field, Subject, Value};
use shared::register::{OwnClass, OwnField};
use shared::text::Locale;
use shared::ticket::view::{OwnAskView, OwnView};
use store::record::Ticket;

use super::own::{self, Reader};
use super::rights::{is_discreet, row_through};
use crate::reference::Reference;
use crate::views::persons;
use crate::views::search::{reads, widening};
use crate::views::sight::Sight;

/// Chosen columns for one reader.
pub(crate) struct Chosen<'a> {
    reference: &'a Reference,
    actor: &'a Actor,
    scope: Option<Scope>,
    fields: Vec<OwnField>,
}

impl<'a> Chosen<'a> {
    /// The columns of these codes; one that the office never had is left out.
    pub(crate) fn of(
        reference: &'a Reference,
        (actor, scope): (&'a Actor, Option<Scope>),
        codes: &[String],
    ) -> Self {
        let known = codes.iter();
        let fields = known.filter_map(|code| reference.lists.own_field(code));
        Self {
            reference,
            actor,
            scope,
            fields: fields.collect(),
        }
    }

    /// Their names.
    pub(crate) fn heads(&self, locale: Locale) -> impl Iterator<Item = &str> {
        self.fields.iter().map(move |field| field.name(locale))
    }

    /// Their codes.
    pub(crate) fn codes(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(|field| field.code.as_str())
    }

    /// The answers of one ticket; `live` unless it is seen only through a part that was returned or recalled.
    pub(crate) fn views(&self, ticket: &Ticket, live: bool) -> Vec<OwnView> {
        let of_unit = |scope: &Scope| {
            let part = row_through(scope, self.reference, ticket).map(Scope::is_of_unit);
            part.unwrap_or_else(|| scope.has_unit())
        };
        let is_of_unit = self.scope.as_ref().is_none_or(of_unit);
        if self.fields.is_empty() || !live || is_of_unit && is_discreet(ticket) {
            return Vec::new();
        }
        let sight = Sight::of_row(self.actor, self.reference, ticket, Permission::TicketView);
        let reader = Reader {
            of_unit: is_of_unit,
            personal: sight.masked().of(PersonalField::Own),
        };
        let mut views = own::views(self.reference, ticket, reader);
        views.retain(|view| self.fields.iter().any(|field| field.code == view.code));
        views
    }

    /// The same as cells in the order of the columns.
    pub(crate) fn cells(&self, ticket: &Ticket, live: bool, locale: Locale) -> Vec<String> {
        let views = self.views(ticket, live);
        let cell = |field: &OwnField| {
            let view = views.iter().find(|view| view.code == field.code);
            view.map_or_else(String::new, |view| match locale {
                Locale::Zh => view.shown_zh.clone(),
                Locale::En => view.shown_en.clone(),
            })
        };
        self.fields.iter().map(cell).collect()
    }
}

/// Whether somebody with this scope may ask for tickets by a field. What is about a person stands sealed and is never asked for.
fn is_asked_for(field: &OwnField, scope: &Scope) -> bool {
    match field.class {
        OwnClass::Plain => true,
        OwnClass::Centre => !scope.has_unit(),
        OwnClass::Personal | OwnClass::Sensitive => false,
    }
}

/// Reads what a filter asks for as the tickets have it, the category by the name of the place and the answers by their fields, with what stands for
/// searched words beside them, and keeps what units do not see of discreet tickets out of their sight.
///
/// # Errors
/// `input.query` at a field that is none, or that the reader may not ask for, and at an expression that nothing leads; what is wrong with an answer, at its field.
pub(crate) fn prepared(
    reference: &Reference,
    (actor, scope): (&Actor, &Scope),
    filter: &TicketFilter,
    now: Instant,
) -> Result<TicketFilter, Fault> {
    let mut filter = filter.clone();
    filter.also = widening::also(
        reference,
        actor.region.as_deref().unwrap_or_default(),
        &filter,
    );
    filter.reads = reads::everywhere(reference, (actor, scope), &filter);
    if let Some(code) = &filter.category {
        let place = filter.region.as_deref().or(actor.region.as_deref());
        let called = reference
            .lists
            .category_called(place.unwrap_or_default(), code);
        filter.category = called.or(filter.category);
    }
    filter.own_open = scope.has_unit();
    filter.mine_of = actor.user().into_iter().collect();
    for (code, value) in &mut filter.own {
        let name = format!("own.{code}");
        *value = answer(reference, scope, (&name, code), value)?;
    }
    expression(reference, (scope, actor), &mut filter)?;
    let filter = filter.led(now);
    filter
        .check_led(leads(scope))
        .map_err(|mistake| mistake.fault())?;
    Ok(filter)
}

/// An answer to an own field in its one way of writing, for whoever may ask for it.
fn answer(
    reference: &Reference,
    scope: &Scope,
    (name, code): (&str, &str),
    sent: &str,
) -> Result<String, Fault> {
    let refused = |code: Code| {
        let facts = [("field", name), ("value", sent)];
        Fault::fields(vec![FieldFault {
            field: name.to_owned(),
            code,
            facts: facts
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .into(),
        }])
    };
    let field = reference.lists.own_field(code);
    let field = field
        .filter(|field| is_asked_for(field, scope))
        .ok_or_else(|| refused(Code::InputQuery))?;
    field.read(sent).map_err(|wrong| refused(wrong.code))
}

/// The same for what the expression asks; a unit learns of tickets of which it has no part in force no more than their rows show.
fn expression(
    reference: &Reference,
    (scope, actor): (&Scope, &Actor),
    filter: &mut TicketFilter,
) -> Result<(), Fault> {
    let Some(expr) = &mut filter.expr else {
        return Ok(());
    };
    let place = filter.region.as_deref().or(actor.region.as_deref());
    let place = place.unwrap_or_default();
    expr.change(&mut |condition: &mut Condition| {
        for value in &mut condition.values {
            let Value::Text(text) = value else { continue };
            match &condition.of {
                Subject::Field(Field::Category) => {
                    let called = reference.lists.category_called(place, text);
                    *text = called.unwrap_or_else(|| std::mem::take(text));
                }
                Subject::Own(code) => {
                    let name = format!("own.{code}");
                    *text = answer(reference, scope, (&name, code), text)?;
                }
                Subject::Field(_) => {}
            }
        }
        Ok::<(), Fault>(())
    })?;
    let is_shown = |of: &Subject| matches!(of, Subject::Field(field) if field.is_on_every_row());
    filter.in_force = scope.has_unit() && expr.asks(|of| !is_shown(of));
    persons::checked(reference, actor, filter)
}

/// Whether a scope by itself leads to few tickets: a unit's, a person's, those of a district.
fn leads(scope: &Scope) -> bool {
    match scope {
        Scope::Unit(_) | Scope::UnitTree(_) | Scope::Own(_) | Scope::Team(_) => true,
        Scope::Region(prefix) => prefix.len() >= 6,
        Scope::Any(parts) => parts.iter().all(leads),
        Scope::All => false,
    }
}

/// The columns that somebody can choose, and those among them by which lists can be filtered.
pub(crate) fn offered(
    reference: &Reference,
    (region, scope): (&str, &Scope),
) -> (Vec<OwnAskView>, Vec<String>) {
    let mut fields = reference.lists.own_fields(region);
    fields.retain(|field| field.class != OwnClass::Centre || !scope.has_unit());
    let asked = fields.iter().filter(|field| is_asked_for(field, scope));
    let asked = asked.map(|field| field.code.clone()).collect();
    let fields = fields.into_iter();
    let views = fields.map(|field| own::blank(reference, field));
    (views.collect(), asked)
}
