//! Administrative divisions (行政区划, GB/T 2260) as a tree of codes.
//! Not here: the list itself (data in `store`), polygons.
//! A division's code without trailing zeros is a prefix of the codes below it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::command::{Part, Wrong, number, of_number};
use crate::fault::Code;
use crate::input;

codes! {
    /// Level of a division.
    DivisionLevel {
        Province = "1", "province", "省", "Province";
        City = "2", "city", "市", "City";
        County = "3", "county", "区县", "District or county";
        Street = "4", "street", "街道/镇", "Subdistrict or town";
    }
}

/// A code that is written as one: six digits, or nine for a street or town. Whether there is such a division, the services say.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct DivisionCode(String);

impl DivisionCode {
    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What all codes below it begin with.
    pub fn prefix(&self) -> &str {
        prefix(&self.0)
    }

    /// Whether a division lies in this one.
    pub fn holds(&self, code: &str) -> bool {
        code.starts_with(self.prefix())
    }
}

impl Part for DivisionCode {
    fn absent() -> Result<Self, Wrong> {
        Err(Wrong::new(Code::InputRequired))
    }

    fn of_text(text: &str) -> Result<Self, Wrong> {
        let code = input::code(text);
        if code.is_empty() {
            Self::absent()
        } else if matches!(code.len(), 6 | 9) && code.bytes().all(|b| b.is_ascii_digit()) {
            Ok(Self(code))
        } else {
            Err(Wrong::new(Code::InputPlace))
        }
    }

    #[cfg(feature = "openapi")]
    fn described() -> crate::command::Described {
        crate::command::digits(6, 9)
    }
}

impl std::str::FromStr for DivisionCode {
    type Err = Wrong;

    fn from_str(text: &str) -> Result<Self, Wrong> {
        Self::of_text(text)
    }
}

macro_rules! degrees {
    ($($(#[doc = $doc:literal])+ $name:ident, $from:literal, $to:literal;)+) => {$(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Serialize)]
        #[serde(transparent)]
        pub struct $name(f64);

        impl $name {
            /// The degrees.
            pub const fn get(self) -> f64 {
                self.0
            }

            fn of(degrees: f64) -> Result<Self, Wrong> {
                if ($from..=$to).contains(&degrees) {
                    Ok(Self(degrees))
                } else {
                    Err(Wrong::new(Code::InputNumber))
                }
            }
        }

        impl Part for $name {
            const IS_TEXT: bool = false;

            fn absent() -> Result<Self, Wrong> {
                Err(Wrong::new(Code::InputRequired))
            }

            fn of_text(text: &str) -> Result<Self, Wrong> {
                number(text).and_then(Self::of)
            }

            fn of_json(value: &Value) -> Result<Self, Wrong> {
                of_number(value).and_then(Self::of)
            }

            #[cfg(feature = "openapi")]
            fn described() -> crate::command::Described {
                crate::command::degrees($from, $to)
            }
        }
    )+};
}

// China and its seas: what a position in GCJ-02 can be.
degrees! {
    /// Longitude in degrees.
    Longitude, 72.0, 138.0;
    /// Latitude in degrees.
    Latitude, 3.0, 54.5;
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
    /// It is no more; tickets from before keep it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ended: bool,
    /// Where it went when it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub successor: Option<String>,
}

impl Division {
    /// One in use; level and what lies above follow from the code.
    pub fn placed(code: &str, name: &str) -> Self {
        let above = |digits: usize| code.get(..digits).unwrap_or(code);
        let (level, parent) = match code.len() {
            9 => (DivisionLevel::Street, Some(above(6).to_owned())),
            _ if code.ends_with("0000") => (DivisionLevel::Province, None),
            _ if code.ends_with("00") => (DivisionLevel::City, Some(format!("{}0000", above(2)))),
            _ => (DivisionLevel::County, Some(format!("{}00", above(4)))),
        };
        Self {
            code: code.to_owned(),
            name: name.to_owned(),
            level,
            parent,
            ended: false,
            successor: None,
        }
    }
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

/// Whether a text is what codes can begin with, from a province's two digits to a street's nine.
pub fn is_prefix(text: &str) -> bool {
    (2..=9).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether one of two divisions lies in the other: on the way from the top to a place in an area lie what is in the area and what it lies in.
pub fn is_on_the_way(code: &str, area: &str) -> bool {
    let (code, area) = (prefix(code), prefix(area));
    code.starts_with(area) || area.starts_with(code)
}

/// The digits that all codes of a province begin with: `320106` → `32`.
pub fn province(code: &str) -> Option<&str> {
    code.get(..2)
}

/// The digits that all codes of a city begin with: `320106` → `3201`. A province's own code has the four of none of its cities.
pub fn city(code: &str) -> Option<&str> {
    code.get(..4)
}

/// The code of the city that a division lies in: `320106001` → `320100`.
pub fn city_code(code: &str) -> Option<String> {
    city(code).map(|city| format!("{city}00"))
}

/// The code of the district or county that a street lies in, and any other code itself: `320106001` → `320106`.
pub fn county_code(code: &str) -> Option<&str> {
    code.get(..6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_six_or_nine_digits() {
        for (typed, kept) in [("320106", "320106"), (" ３２０１０６００１ ", "320106001")]
        {
            let code = DivisionCode::of_text(typed).expect(typed);
            assert_eq!(code.as_str(), kept);
        }
        for typed in ["", "3201", "32010", "3201065", "32010a", "320106; drop"] {
            assert!(DivisionCode::of_text(typed).is_err(), "{typed}");
        }
        let city = DivisionCode::of_text("320100").expect("a city");
        assert!(city.holds("320106001") && !city.holds("320506"));
    }

    #[test]
    fn the_way_to_an_area_leads_through_what_it_lies_in() {
        for (code, is_on) in [
            ("320000", true),
            ("320500", true),
            ("320581", true),
            ("320581001", true),
            ("320506", false),
            ("320100", false),
            ("310000", false),
        ] {
            assert_eq!(is_on_the_way(code, "320581"), is_on, "{code}");
        }
    }

    #[test]
    fn a_division_lies_in_a_county_a_city_and_a_province() {
        let code = "320106001";
        assert_eq!((province(code), city(code)), (Some("32"), Some("3201")));
        assert_eq!(city_code(code).as_deref(), Some("320100"));
        assert_eq!(county_code(code), Some("320106"));
        assert_eq!(city("32"), None);
    }
}
