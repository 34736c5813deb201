//! Administrative divisions (行政区划, GB/T 2260) as a tree of codes.
//! Not here: the list itself (data in `store`), polygons.
//! A division's code without trailing zeros is a prefix of the codes below it.

use serde::{Deserialize, Serialize};

codes! {
    /// Level of a division.
    DivisionLevel {
        Province = "1", "province", "省", "Province";
        City = "2", "city", "市", "City";
        County = "3", "county", "区县", "District or county";
        Street = "4", "street", "街道/镇", "Subdistrict or town";
    }
}

/// One division.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Division {
    /// 6 digits down to the county, 9 digits for streets and towns.
    pub code: String,
    /// Chinese name.
    pub name: String,
    /// Level.
    pub level: DivisionLevel,
    /// Code of the division above.
    pub parent: Option<String>,
}

/// A division to choose in a filter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceChoice {
    /// Six digits.
    pub code: String,
    /// Chinese name.
    pub name: String,
    /// A district of the city before it in the list.
    pub inner: bool,
}

/// The part of a division code that all codes below it share: `320000` → `32`, `320100` → `3201`, `320106` → `320106`.
pub fn prefix(code: &str) -> &str {
    match code.len() {
        6 if code.ends_with("0000") => &code[..2],
        6 if code.ends_with("00") => &code[..4],
        _ => code,
    }
}
