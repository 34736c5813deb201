//! How one ticket's personal fields are shown to one actor: the one place where masks are put on, for pages, lists, exports and programs (I12).
//! What is hidden is absent and cannot be revealed; what is masked is revealed with a reason; what a role shows in the clear is recorded when it is looked at.
//! Not here: who sees the ticket (`tickets::rights`), what a role says (`shared::access::sight`), the masks themselves (`shared::person`),
//! what other people wrote about it (`hush`).

pub(crate) mod hush;

use shared::access::{Actor, Permission, PersonalField, Phase, Scope, Seen, Shown, Shows, needs};
use shared::person;
use shared::ticket::SubjectType;
use shared::ticket::command::Citizen;
use shared::ticket::view::CitizenView;
use store::record::{Ticket, TicketCase};

use crate::exports::without_private;
use crate::reference::Reference;
use crate::tickets::own;
use crate::tickets::rights::{self, is_discreet, own_part_only};

/// How one ticket's personal fields are shown to one actor.
#[derive(Debug, Clone, Copy)]
pub struct Sight {
    /// The citizen's block; absent when not even its masks are shown.
    citizen: Option<Shows>,
    /// Address and position.
    place: Shown,
    /// Title and content.
    words: Shown,
    /// What the roles alone say of address and position.
    place_by_role: Shown,
    /// Numbers of people inside what anybody wrote: as the numbers of the citizen are shown.
    numbers: Shown,
}

/// Of a confidential ticket or a tip-off nothing is clear without a reason, whatever a role says.
fn most(ticket: &Ticket) -> Shown {
    if is_discreet(ticket) {
        Shown::Masked
    } else {
        Shown::Clear
    }
}

fn phase(ticket: &Ticket) -> Phase {
    Phase::of(ticket.state.is_open())
}

/// Asks with a loaded case as what is seen.
fn shows(actor: &Actor, permission: Permission, case: &TicketCase) -> Shows {
    let units = rights::units(case);
    let seen = rights::seen(case, &units);
    actor.shows(permission, seen, phase(&case.ticket))
}

impl Sight {
    /// Of a loaded case.
    pub fn of_case(actor: &Actor, case: &TicketCase) -> Self {
        let ticket = &case.ticket;
        let of_unit = needs::TICKETS
            .scope(actor)
            .is_some_and(|scope| rights::is_unit_view(&scope, case));
        let sees_citizen = actor.scope(Permission::CitizenView).is_some_and(|scope| {
            rights::covers(&scope, case)
                && !(rights::is_unit_view(&scope, case) && is_discreet(ticket))
                && !own_part_only(actor, case)
        });
        let citizen =
            sees_citizen.then(|| shows(actor, Permission::CitizenView, case).at_most(most(ticket)));
        let matter = shows(actor, Permission::TicketView, case);
        Self::put_together(ticket, citizen, matter, of_unit)
    }

    /// Of a row of a list, which tells only who leads: `through` is the permission through which it is read.
    pub fn of_row(
        actor: &Actor,
        reference: &Reference,
        ticket: &Ticket,
        through: Permission,
    ) -> Self {
        let lead = ticket.lead_unit.as_deref();
        let lead = lead.and_then(|code| reference.units.get(code));
        let units: Vec<(&str, &str)> = lead
            .iter()
            .map(|unit| (unit.code.as_str(), unit.path.as_str()))
            .collect();
        let seen = Seen {
            by: ticket.accepted_by,
            region: &ticket.region,
            units: &units,
            accused: ticket.accused_unit.as_deref(),
        };
        let of_unit = actor.scope(through).is_some_and(|scope| {
            let part = scope.through(seen).map(Scope::is_of_unit);
            part.unwrap_or_else(|| scope.has_unit())
        });
        // Units see no citizen of a confidential ticket or a tip-off, and none of a ticket that another unit leads now.
        let sees_citizen = actor.scope(Permission::CitizenView).is_some_and(|scope| {
            scope
                .through(seen)
                .is_some_and(|part| !(part.is_of_unit() && is_discreet(ticket)))
        });
        let citizen = sees_citizen.then(|| {
            let shows = actor.shows(Permission::CitizenView, seen, phase(ticket));
            shows.at_most(most(ticket))
        });
        let matter = actor.shows(through, seen, phase(ticket));
        Self::put_together(ticket, citizen, matter, of_unit)
    }

    fn put_together(ticket: &Ticket, citizen: Option<Shows>, matter: Shows, of_unit: bool) -> Self {
        let place_by_role = matter.of(PersonalField::Address).min(most(ticket));
        // Where a tip-off comes from may tell who gave it.
        let place = if of_unit && is_discreet(ticket) {
            Shown::Hidden
        } else {
            place_by_role
        };
        let numbers = citizen.map_or(Shown::Hidden, |shows| {
            let (phone, number) = (PersonalField::Phone, PersonalField::Number);
            shows.of(phone).min(shows.of(number))
        });
        Self {
            citizen,
            place,
            words: matter.of(PersonalField::Words),
            place_by_role,
            numbers,
        }
    }

    /// The same, nothing of it in the clear: files that leave the house.
    #[must_use]
    pub fn masked(self) -> Self {
        Self {
            citizen: self.citizen.map(|shows| shows.at_most(Shown::Masked)),
            place: self.place.min(Shown::Masked),
            words: self.words.min(Shown::Masked),
            numbers: self.numbers.min(Shown::Masked),
            ..self
        }
    }

    /// How a class is shown.
    pub fn of(&self, field: PersonalField) -> Shown {
        match field {
            PersonalField::Address => self.place,
            PersonalField::Words => self.words,
            _ => self.citizen.map_or(Shown::Hidden, |shows| shows.of(field)),
        }
    }

    /// The classes that the actor's roles hide, of a citizen of whom something may be seen.
    pub fn hidden(&self) -> Vec<PersonalField> {
        let by_role = |field: PersonalField| match field {
            PersonalField::Address => self.place_by_role,
            PersonalField::Words => self.words,
            _ => self.citizen.map_or(Shown::Masked, |shows| shows.of(field)),
        };
        let all = PersonalField::ALL.iter().copied();
        all.filter(|field| by_role(*field) == Shown::Hidden)
            .collect()
    }

    /// A value of a class with the mask that belongs to it.
    pub fn value(
        &self,
        field: PersonalField,
        value: Option<&str>,
        mask: fn(&str) -> String,
    ) -> Option<String> {
        let value = value?;
        match self.of(field) {
            Shown::Hidden => None,
            Shown::Masked => Some(mask(value)),
            Shown::Clear => Some(value.to_owned()),
        }
    }

    /// Title, content and whatever else the citizen said of the matter. Numbers of people in it are in the clear where the citizen's are.
    pub fn words(&self, text: &str) -> String {
        match self.words {
            Shown::Clear if self.shows_numbers() => text.to_owned(),
            Shown::Clear => person::conceal(text),
            _ => without_private(text),
        }
    }

    /// Whether numbers of people inside texts are in the clear.
    pub fn shows_numbers(&self) -> bool {
        self.numbers == Shown::Clear
    }

    /// The name of the citizen.
    pub fn name(&self, ticket: &Ticket) -> Option<String> {
        let name = ticket.citizen.as_ref()?.name.as_deref();
        self.value(PersonalField::Name, name, person::mask_name)
    }

    /// The citizen's number.
    pub fn phone(&self, ticket: &Ticket) -> Option<String> {
        let phone = ticket.citizen.as_ref()?.phone.as_deref();
        self.value(PersonalField::Phone, phone, person::mask_phone)
    }

    /// The address, masked as far as the street.
    pub fn address(&self, ticket: &Ticket) -> Option<String> {
        let address = ticket.address.as_deref();
        self.value(PersonalField::Address, address, person::mask_address)
    }

    /// Longitude or latitude, masked to about a hundred metres.
    pub fn degrees(&self, degrees: Option<f64>) -> Option<f64> {
        match self.place {
            Shown::Hidden => None,
            Shown::Masked => degrees.map(person::mask_degrees),
            Shown::Clear => degrees,
        }
    }

    /// The citizen block: enough to recognise, not enough to reach, but for what a role shows in the clear. Absent for anonymous tickets, for
    /// actors without the right, and for units when the ticket is confidential or a tip-off.
    pub fn citizen(&self, ticket: &Ticket) -> Option<CitizenView> {
        use PersonalField::{Mail, Name, Number, Phone};
        self.citizen?;
        let citizen = ticket.citizen.as_ref()?;
        let value = |field, value: &Option<String>, mask| self.value(field, value.as_deref(), mask);
        Some(CitizenView {
            name: value(Name, &citizen.name, person::mask_name),
            phone: value(Phone, &citizen.phone, person::mask_phone),
            backup_contact: value(Phone, &citizen.backup_contact, mask_contact),
            email: value(Mail, &citizen.email, person::mask_email),
            id_number: value(Number, &citizen.id_number, person::mask_id),
            organisation: value(Name, &citizen.organisation, person::mask_organisation),
            credit_code: value(Number, &citizen.credit_code, person::mask_credit_code),
            masked: !self.is_clear(ticket),
            ..nothing(ticket.subject_type)
        })
    }

    /// Whether all that there is of the citizen is in the clear.
    fn is_clear(&self, ticket: &Ticket) -> bool {
        let mut present = present(ticket)
            .filter(|field| field.is_of_citizen())
            .peekable();
        present.peek().is_some() && present.all(|field| self.of(field) == Shown::Clear)
    }

    /// Whether a role shows something of this ticket in the clear that is masked for others: such a look is recorded.
    pub fn clears(&self, ticket: &Ticket) -> bool {
        present(ticket).any(|field| self.of(field) == Shown::Clear)
    }
}

/// Telephone number or address of mail.
fn mask_contact(text: &str) -> String {
    if text.contains('@') {
        person::mask_email(text)
    } else {
        person::mask_phone(text)
    }
}

const fn nothing(subject_type: SubjectType) -> CitizenView {
    CitizenView {
        subject_type,
        name: None,
        phone: None,
        backup_contact: None,
        email: None,
        id_number: None,
        organisation: None,
        credit_code: None,
        address: None,
        lon: None,
        lat: None,
        content: None,
        masked: true,
        own: Vec::new(),
    }
}

/// The classes of which the ticket holds something; its words aside, which everybody reads who sees it.
fn present(ticket: &Ticket) -> impl Iterator<Item = PersonalField> {
    let citizen = ticket.citizen.as_ref();
    let has = move |field: PersonalField| {
        let of = |has: fn(&Citizen) -> bool| citizen.is_some_and(has);
        match field {
            PersonalField::Name => of(|c| c.name.is_some() || c.organisation.is_some()),
            PersonalField::Phone => of(|c| c.phone.is_some() || c.backup_contact.is_some()),
            PersonalField::Mail => of(|c| c.email.is_some()),
            PersonalField::Number => of(|c| c.id_number.is_some() || c.credit_code.is_some()),
            PersonalField::Own => of(|c| !c.own.is_empty()),
            PersonalField::Address => ticket.address.is_some() || ticket.lon.is_some(),
            PersonalField::Words => false,
        }
    };
    let all = PersonalField::ALL.iter().copied();
    all.filter(move |field| has(*field))
}

/// What a look in the clear shows the actor, by the roles that let him look; absent without the right to look at this ticket.
fn looking(actor: &Actor, case: &TicketCase) -> Option<Shows> {
    let scope = needs::REVEAL.scope(actor)?;
    let may = rights::covers(&scope, case)
        && !(rights::is_unit_view(&scope, case)
            && (is_discreet(&case.ticket) || own_part_only(actor, case)));
    may.then(|| shows(actor, Permission::CitizenReveal, case))
}

/// Whether a class of a row may stand in the clear in a file to which a second person agreed: where the actor may look at it with a reason, as far as
/// the row tells who has it; never of a confidential ticket or a tip-off, and never what the roles hide.
pub fn row_is_clear(
    actor: &Actor,
    reference: &Reference,
    ticket: &Ticket,
    field: PersonalField,
) -> bool {
    let Some(scope) = needs::REVEAL.scope(actor) else {
        return false;
    };
    let lead = ticket.lead_unit.as_deref();
    let lead = lead.and_then(|code| reference.units.get(code));
    let units: Vec<(&str, &str)> = lead
        .iter()
        .map(|unit| (unit.code.as_str(), unit.path.as_str()))
        .collect();
    let seen = Seen {
        by: ticket.accepted_by,
        region: &ticket.region,
        units: &units,
        accused: ticket.accused_unit.as_deref(),
    };
    if is_discreet(ticket) || scope.through(seen).is_none() {
        return false;
    }
    let looking = actor.shows(Permission::CitizenReveal, seen, phase(ticket));
    looking.of(field) != Shown::Hidden
}

/// Whether the actor may see more of a ticket in the clear, with a reason: never a unit on a confidential ticket or a tip-off, never a unit whose
/// part was returned or recalled, and never what the roles hide.
pub fn may_reveal(actor: &Actor, case: &TicketCase) -> bool {
    let Some(looking) = looking(actor, case) else {
        return false;
    };
    let sight = Sight::of_case(actor, case);
    let of_block = present(&case.ticket)
        .any(|field| looking.of(field) != Shown::Hidden && sight.of(field) != Shown::Clear);
    of_block || (!sight.shows_numbers() && looks_at_numbers(looking) && has_numbers(&case.ticket))
}

/// Whether a look in the clear shows numbers inside the citizen's words.
fn looks_at_numbers(looking: Shows) -> bool {
    [PersonalField::Phone, PersonalField::Number]
        .into_iter()
        .all(|field| looking.of(field) != Shown::Hidden)
}

/// Whether the citizen's words have numbers of people in them.
fn has_numbers(ticket: &Ticket) -> bool {
    person::conceal(&ticket.content) != ticket.content
}

/// Whether a look in the clear could show anything to anybody: a person, a place that is shown as far as the street, a number in the citizen's words.
pub fn has_hidden(ticket: &Ticket) -> bool {
    ticket.citizen.is_some()
        || ticket.address.is_some()
        || ticket.lon.is_some()
        || has_numbers(ticket)
}

/// Citizen and exact place in the clear, for an audited look, without what the actor's roles hide. Of an anonymous ticket only the place is
/// there.
pub fn revealed(actor: &Actor, reference: &Reference, case: &TicketCase) -> CitizenView {
    use PersonalField::{Address, Mail, Name, Number, Own, Phone};
    let ticket = &case.ticket;
    let looking = looking(actor, case).unwrap_or(Shows::NOTHING);
    let shown = |field| looking.of(field) != Shown::Hidden;
    let citizen = ticket.citizen.clone().unwrap_or_default();
    let own = if shown(Own) {
        own::revealed(reference, ticket)
    } else {
        Vec::new()
    };
    CitizenView {
        name: citizen.name.filter(|_| shown(Name)),
        phone: citizen.phone.filter(|_| shown(Phone)),
        backup_contact: citizen.backup_contact.filter(|_| shown(Phone)),
        email: citizen.email.filter(|_| shown(Mail)),
        id_number: citizen.id_number.filter(|_| shown(Number)),
        organisation: citizen.organisation.filter(|_| shown(Name)),
        credit_code: citizen.credit_code.filter(|_| shown(Number)),
        address: ticket.address.clone().filter(|_| shown(Address)),
        lon: ticket.lon.filter(|_| shown(Address)),
        lat: ticket.lat.filter(|_| shown(Address)),
        content: (looks_at_numbers(looking) && has_numbers(ticket)).then(|| ticket.content.clone()),
        masked: false,
        own,
        ..nothing(ticket.subject_type)
    }
}
