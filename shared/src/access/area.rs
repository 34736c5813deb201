//! Areas: the division that somebody works for, with everything below it. A province's people have the province, a city's the city, a
//! district's the district. Every question whether a place is somebody's asks here.
//! Not here: the SQL of an area (`store::scope`), who holds what (`policy`).

use serde::{Deserialize, Serialize};

use crate::place;

/// A division and everything below it, kept as what its codes begin with: `32`, `3201`, `320106`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Area(String);

impl Area {
    /// The area of a division code, for example of the region of a person's unit.
    pub fn of(region: &str) -> Self {
        Self(place::prefix(region).to_owned())
    }

    /// The city that the division belongs to: what is done for a whole city is its districts' people's as well. A province stays itself.
    pub fn city_of(region: &str) -> Self {
        let prefix = place::prefix(region);
        Self(place::city(prefix).unwrap_or(prefix).to_owned())
    }

    /// Whether a division code lies in the area; a code without a place lies in none.
    pub fn covers(&self, region: &str) -> bool {
        !self.0.is_empty() && region.starts_with(&self.0)
    }

    /// What the codes of the area begin with.
    pub fn prefix(&self) -> &str {
        &self.0
    }

    /// The same, owned.
    pub fn into_prefix(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_holds_itself_and_what_lies_below() {
        let cases = [
            ("320000", "320000", true),
            ("320000", "320106", true),
            ("320000", "110000", false),
            ("320100", "320100", true),
            ("320100", "320106001", true),
            ("320100", "320500", false),
            ("320100", "320000", false),
            ("320106", "320106001", true),
            ("320106", "320100", false),
            ("320106", "320105", false),
            ("", "320106", false),
        ];
        for (own, region, covered) in cases {
            assert_eq!(Area::of(own).covers(region), covered, "{own} {region}");
        }
        for (region, city) in [
            ("320106001", "3201"),
            ("320106", "3201"),
            ("320100", "3201"),
            ("320000", "32"),
        ] {
            assert_eq!(Area::city_of(region).prefix(), city, "{region}");
        }
    }
}
