//! How a division stands in a list of divisions: districts under their city.
//! Not here: which divisions there are (services), the citizen's three lists (`pages::citizen::file::place`).
//! A list box shows nothing but text, so the step inwards is a wide blank.

use shared::place::PlaceChoice;

/// The name, one step inwards for a district under its city.
pub fn indented(place: &PlaceChoice) -> String {
    if place.inner {
        format!("\u{3000}{}", place.name)
    } else {
        place.name.clone()
    }
}
