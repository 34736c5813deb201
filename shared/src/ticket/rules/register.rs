//! What a registration must say: type, content, place, and a phone number unless it is anonymous (`domain.md` 3.2, row 1).
//! Not here: whether the place and the category exist (the services look them up).
//! Photos are checked when they are uploaded.

use super::chars::{code, line, lines, optional, required};
use super::length;
use crate::calendar::Instant;
use crate::fault::{Check, Code, Fault};
use crate::input::moment;
use crate::person;
use crate::place::DivisionCode;
use crate::ticket::TicketNo;
use crate::ticket::command::{Citizen, Register};

/// How far another clock may be ahead of ours.
const CLOCK_SKEW: i64 = 5 * 60 * 1000;
/// China and its seas in degrees: what a position in GCJ-02 can be.
const LONGITUDE: std::ops::RangeInclusive<f64> = 72.0..=138.0;
const LATITUDE: std::ops::RangeInclusive<f64> = 3.0..=54.5;

/// Checks a registration.
///
/// # Errors
/// `input.invalid` with a fault at each wrong field; fields of the citizen block begin with `citizen.`.
pub fn register(command: &Register, now: Instant) -> Result<(), Fault> {
    let mut check = Check::default();
    optional(
        &mut check,
        "title",
        command.title.as_deref(),
        line(length::TITLE),
    );
    required(
        &mut check,
        "content",
        &command.content,
        lines(length::CONTENT_MIN, length::CONTENT),
    );
    place(&mut check, command);
    occurred(&mut check, command.occurred_at.as_deref(), now);
    if let Some(category) = command.category.as_deref().filter(|text| !text.is_empty()) {
        code(&mut check, "category", category, Code::InputCategory);
    }
    if command
        .repeat_of
        .as_deref()
        .is_some_and(|no| !no.trim().is_empty() && TicketNo::parse(no).is_none())
    {
        check.add_with("repeat_of", Code::InputCode, &[("typed", &"ticket_no")]);
    }
    if !command.anonymous {
        citizen(&mut check, &command.citizen);
    }
    check.finish()
}

fn place(check: &mut Check, command: &Register) {
    if let Err(wrong) = command.region.parse::<DivisionCode>() {
        check.add("region", wrong.code);
    }
    optional(
        check,
        "address",
        command.address.as_deref(),
        line(length::ADDRESS),
    );
    match (command.lon, command.lat) {
        (None, None) => {}
        (Some(lon), Some(lat)) => {
            if !LONGITUDE.contains(&lon) {
                check.add("lon", Code::InputNumber);
            }
            if !LATITUDE.contains(&lat) {
                check.add("lat", Code::InputNumber);
            }
        }
        (lon, _) => check.add(
            if lon.is_some() { "lat" } else { "lon" },
            Code::InputRequired,
        ),
    }
}

fn occurred(check: &mut Check, text: Option<&str>, now: Instant) {
    let Some(text) = text.filter(|text| !text.trim().is_empty()) else {
        return;
    };
    match moment::read(text) {
        Err(_) => check.add("occurred_at", Code::InputDate),
        Ok(read) if read.at.0 > now.0 + CLOCK_SKEW => {
            check.add("occurred_at", Code::InputFutureDate);
        }
        Ok(_) => {}
    }
}

fn citizen(check: &mut Check, citizen: &Citizen) {
    optional(
        check,
        "citizen.name",
        citizen.name.as_deref(),
        line(length::NAME),
    );
    match citizen
        .phone
        .as_deref()
        .map(str::trim)
        .filter(|phone| !phone.is_empty())
    {
        None => check.add("citizen.phone", Code::InputRequired),
        Some(phone) => {
            if let Err(wrong) = person::phone::check(phone) {
                check.add_with(
                    "citizen.phone",
                    Code::InputPhone,
                    &[("length", &wrong.length), ("why", &wrong.why.word())],
                );
            }
        }
    }
    optional(
        check,
        "citizen.backup_contact",
        citizen.backup_contact.as_deref(),
        line(length::CONTACT),
    );
    optional(
        check,
        "citizen.organisation",
        citizen.organisation.as_deref(),
        line(length::ORGANISATION),
    );
    let wrong = |text: Option<&str>, fits: fn(&str) -> bool| {
        text.is_some_and(|text| !text.trim().is_empty() && !fits(text))
    };
    if wrong(citizen.email.as_deref(), person::email::check) {
        check.add("citizen.email", Code::InputEmail);
    }
    if wrong(citizen.id_number.as_deref(), |text| {
        person::document::check(text).is_some()
    }) {
        check.add("citizen.id_number", Code::InputIdNumber);
    }
    if wrong(citizen.credit_code.as_deref(), |text| {
        person::credit_code::check(text).is_some()
            || person::organisation_code::check(text).is_some()
    }) {
        check.add("citizen.credit_code", Code::InputCreditCode);
    }
}
