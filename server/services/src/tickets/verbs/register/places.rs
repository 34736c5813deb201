//! Where a request belongs: a city or anything below it, inside the province that the installation serves.
//! Not here: whether the caller may register there (`super`).

use shared::place::{self, DivisionLevel};

use crate::reference::Reference;

/// Where a request belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Six digits: county or city.
    pub region: String,
    /// Nine digits, when a street was given.
    pub street: Option<String>,
    /// Six digits of the city, for the number.
    pub city: String,
}

/// The place of a division code: a city or anything below it, inside the province that this installation serves.
pub fn place_of(reference: &Reference, code: &str) -> Option<Place> {
    let division = reference.divisions.get(code)?;
    if division.level == DivisionLevel::Province || division.ended || !served(reference, code) {
        return None;
    }
    let (region, street) = match division.level {
        DivisionLevel::Street => (division.parent.clone()?, Some(code.to_owned())),
        _ => (code.to_owned(), None),
    };
    let city = place::city_code(&region)?;
    Some(Place {
        region,
        street,
        city,
    })
}

/// Whether the code lies in the area of the centre at the top; without any unit yet every place is served.
fn served(reference: &Reference, code: &str) -> bool {
    let mut roots = reference
        .units
        .values()
        .filter(|unit| unit.parent.is_none())
        .peekable();
    roots.peek().is_none() || roots.any(|root| code.starts_with(place::prefix(&root.region)))
}
