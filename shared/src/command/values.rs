//! Field types beyond texts and codes: numbers within bounds, days, boxes that are ticked or not, names of people, lists without doubles, and
//! what only forms of a process know (their fields, their variables).
//! Not here: reading (`sent`), texts and open codes (`parts`).
//! Read next: `approval::verbs`, which use most of them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Value;

use super::parts::{number, of_number, parse_by_part};
use super::{Part, Wrong};
use crate::calendar::Instant;
use crate::fault::Code;
use crate::input;

macro_rules! numbers {
    ($($ty:ty),+) => {$(
        impl Part for $ty {
            const IS_TEXT: bool = false;

            fn absent() -> Result<Self, Wrong> {
                Err(Wrong::new(Code::InputRequired))
            }

            fn of_text(text: &str) -> Result<Self, Wrong> {
                number(text)
            }

            fn of_json(value: &Value) -> Result<Self, Wrong> {
                of_number(value)
            }

            #[cfg(feature = "openapi")]
            fn described() -> super::Described {
                super::schema::of::<Self>()
            }
        }
    )+};
}

numbers!(u8, i32, i64);

/// A whole number between two others, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Within<const MIN: i32, const MAX: i32>(i32);

impl<const MIN: i32, const MAX: i32> Within<MIN, MAX> {
    /// The number.
    pub const fn get(self) -> i32 {
        self.0
    }

    fn of(number: i32) -> Result<Self, Wrong> {
        if (MIN..=MAX).contains(&number) {
            Ok(Self(number))
        } else {
            Err(Wrong::with(Code::InputNumber, "value", number))
        }
    }
}

impl<const MIN: i32, const MAX: i32> Part for Within<MIN, MAX> {
    const IS_TEXT: bool = false;

    fn absent() -> Result<Self, Wrong> {
        i32::absent().map(Self)
    }

    fn of_text(text: &str) -> Result<Self, Wrong> {
        number(text).and_then(Self::of)
    }

    fn of_json(value: &Value) -> Result<Self, Wrong> {
        of_number(value).and_then(Self::of)
    }

    #[cfg(feature = "openapi")]
    fn described() -> super::Described {
        super::schema::between(MIN, MAX)
    }
}

/// Which part of a task; the task itself where none is said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct PartNo(pub i32);

impl Part for PartNo {
    const IS_OPTIONAL: bool = true;
    const IS_TEXT: bool = false;

    fn absent() -> Result<Self, Wrong> {
        Ok(Self(0))
    }

    fn of_text(text: &str) -> Result<Self, Wrong> {
        number(text).map(Self)
    }

    fn of_json(value: &Value) -> Result<Self, Wrong> {
        of_number(value).map(Self)
    }

    #[cfg(feature = "openapi")]
    fn described() -> super::Described {
        super::schema::of::<i32>()
    }
}

/// A box of a form; not ticked where it was not sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Ticked(pub bool);

impl Part for Ticked {
    const IS_OPTIONAL: bool = true;
    const IS_TEXT: bool = false;

    fn absent() -> Result<Self, Wrong> {
        Ok(Self(false))
    }

    fn of_text(text: &str) -> Result<Self, Wrong> {
        bool::of_text(text).map(Self)
    }

    fn of_json(value: &Value) -> Result<Self, Wrong> {
        bool::of_json(value).map(Self)
    }

    #[cfg(feature = "openapi")]
    fn described() -> super::Described {
        super::schema::of::<bool>()
    }
}

/// A day, as people and programs write it. Whether it may lie in the past is for whoever knows the clock.
impl Part for NaiveDate {
    fn absent() -> Result<Self, Wrong> {
        Err(Wrong::new(Code::InputRequired))
    }

    fn of_text(text: &str) -> Result<Self, Wrong> {
        let day = input::moment::day(text).ok();
        day.and_then(crate::calendar::bounded)
            .ok_or_else(|| Wrong::new(Code::InputDate))
    }

    #[cfg(feature = "openapi")]
    fn described() -> super::Described {
        super::schema::day()
    }
}

/// A moment, as people and other systems write it, at +08:00 unless it says otherwise; a day alone is its begin. Whether it may lie in
/// the future is for whoever knows the clock.
impl Part for Instant {
    fn absent() -> Result<Self, Wrong> {
        Err(Wrong::new(Code::InputRequired))
    }

    fn of_text(text: &str) -> Result<Self, Wrong> {
        let read = input::moment::read(text);
        read.map(|found| found.at)
            .map_err(|_| Wrong::new(Code::InputDate))
    }

    #[cfg(feature = "openapi")]
    fn described() -> super::Described {
        super::schema::text(None, None)
    }
}

/// A text that is kept character by character, such as that of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Verbatim(String);

impl Verbatim {
    /// As it came.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Part for Verbatim {
    fn absent() -> Result<Self, Wrong> {
        Err(Wrong::new(Code::InputRequired))
    }

    fn of_text(text: &str) -> Result<Self, Wrong> {
        if text.trim().is_empty() {
            Self::absent()
        } else {
            Ok(Self(text.to_owned()))
        }
    }

    #[cfg(feature = "openapi")]
    fn described() -> super::Described {
        super::schema::text(Some(1), None)
    }
}

/// A moment: date and time, in +08:00 unless an offset is said. Whether it may lie where it lies is for whoever knows the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Moment(pub Instant);

impl Part for Moment {
    fn absent() -> Result<Self, Wrong> {
        Err(Wrong::new(Code::InputRequired))
    }

    fn of_text(text: &str) -> Result<Self, Wrong> {
        let found = input::moment::read(text).ok();
        found
            .filter(|found| !found.day_only)
            .map(|found| Self(found.at))
            .ok_or_else(|| Wrong::new(Code::InputMoment))
    }

    #[cfg(feature = "openapi")]
    fn described() -> super::Described {
        super::schema::moment()
    }
}

/// Longest sign-in name, in bytes.
const LONGEST_NAME: usize = 64;

/// A sign-in name, in lower case as they all are; whether somebody is called so, the services say.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Username(String);

impl Username {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Part for Username {
    fn absent() -> Result<Self, Wrong> {
        Err(Wrong::new(Code::InputRequired))
    }

    fn of_text(text: &str) -> Result<Self, Wrong> {
        let name = input::line(text).to_lowercase();
        if name.is_empty() {
            Self::absent()
        } else if name.len() > LONGEST_NAME || name.chars().any(crate::ticket::rules::is_forbidden)
        {
            Err(Wrong::new(Code::InputPerson))
        } else {
            Ok(Self(name))
        }
    }

    #[cfg(feature = "openapi")]
    fn described() -> super::Described {
        super::schema::text(Some(1), Some(LONGEST_NAME))
    }
}

/// One to `MOST` of something, none twice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Several<T, const MOST: usize>(Vec<T>);

impl<T, const MOST: usize> std::ops::Deref for Several<T, MOST> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T: Part + PartialEq, const MOST: usize> Several<T, MOST> {
    fn of(all: Vec<T>) -> Result<Self, Wrong> {
        let mut out: Vec<T> = Vec::new();
        for one in all {
            if !out.contains(&one) {
                out.push(one);
            }
        }
        match out.len() {
            0 => Err(Wrong::new(Code::InputRequired)),
            length if length > MOST => Err(Wrong {
                code: Code::InputTooLong,
                facts: vec![("max", MOST.to_string()), ("length", length.to_string())],
            }),
            _ => Ok(Self(out)),
        }
    }
}

impl<T: Part + PartialEq, const MOST: usize> Part for Several<T, MOST> {
    const IS_LIST: bool = true;

    fn absent() -> Result<Self, Wrong> {
        Err(Wrong::new(Code::InputRequired))
    }

    fn of_text(text: &str) -> Result<Self, Wrong> {
        Vec::of_text(text).and_then(Self::of)
    }

    fn of_json(value: &Value) -> Result<Self, Wrong> {
        Vec::of_json(value).and_then(Self::of)
    }

    #[cfg(feature = "openapi")]
    fn described() -> super::Described {
        super::schema::list(T::described())
    }
}

/// What was typed into the fields of a process's form, by their ids; a field of several values has them divided by commas. What each field
/// may hold stands in the definition, so the services read it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Typed(BTreeMap<String, String>);

impl Typed {
    /// By field.
    pub const fn all(&self) -> &BTreeMap<String, String> {
        &self.0
    }
}

impl From<BTreeMap<String, String>> for Typed {
    fn from(fields: BTreeMap<String, String>) -> Self {
        Self(fields)
    }
}

impl Part for Typed {
    const IS_OPTIONAL: bool = true;
    const IS_TEXT: bool = false;

    fn absent() -> Result<Self, Wrong> {
        Ok(Self::default())
    }

    fn of_text(_text: &str) -> Result<Self, Wrong> {
        Err(Wrong::new(Code::InputBody))
    }

    fn of_json(value: &Value) -> Result<Self, Wrong> {
        let wrong = || Wrong::new(Code::InputBody);
        let one = |value: &Value| match value {
            Value::String(text) => Ok(input::body(text)),
            Value::Array(all) => {
                let all: Option<Vec<&str>> = all.iter().map(Value::as_str).collect();
                all.map(|all| all.join(",")).ok_or_else(wrong)
            }
            _ => Err(wrong()),
        };
        let fields = value.as_object().ok_or_else(wrong)?;
        let fields = fields
            .iter()
            .map(|(id, value)| Ok((id.clone(), one(value)?)));
        fields.collect::<Result<_, Wrong>>().map(Self)
    }

    #[cfg(feature = "openapi")]
    fn described() -> super::Described {
        super::schema::map::<String>()
    }
}

/// Most variables in one command.
const VARIABLES: usize = 100;

/// Values for a process by name: JSON, under names that are words. A form sends them as one text.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Variables(BTreeMap<String, Value>);

impl Variables {
    /// By name.
    pub const fn all(&self) -> &BTreeMap<String, Value> {
        &self.0
    }
}

impl Part for Variables {
    const IS_OPTIONAL: bool = true;
    const IS_TEXT: bool = false;

    fn absent() -> Result<Self, Wrong> {
        Ok(Self::default())
    }

    fn of_text(text: &str) -> Result<Self, Wrong> {
        let value: Value = serde_json::from_str(text).map_err(|_| Wrong::new(Code::InputBody))?;
        Self::of_json(&value)
    }

    fn of_json(value: &Value) -> Result<Self, Wrong> {
        let is_word = |name: &str| {
            !name.is_empty()
                && name.len() <= 100
                && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
                && !name.starts_with(|c: char| c.is_ascii_digit())
        };
        match value.as_object() {
            Some(all) if all.len() <= VARIABLES && all.keys().all(|name| is_word(name)) => {
                let all = all
                    .iter()
                    .map(|(name, value)| (name.clone(), value.clone()));
                Ok(Self(all.collect()))
            }
            _ => Err(Wrong::new(Code::InputBody)),
        }
    }

    #[cfg(feature = "openapi")]
    fn described() -> super::Described {
        super::schema::map::<Value>()
    }
}

parse_by_part! {
    [] Username;
    [] Variables;
    [const MIN: i32, const MAX: i32] Within<MIN, MAX>;
    [T: Part + PartialEq, const MOST: usize] Several<T, MOST>;
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn lists_are_at_least_one_and_none_twice() {
        type Names = Several<Username, 3>;
        let names = Names::of_json(&json!(["Wang.Wu", " wang.wu ", "li.si"])).expect("two");
        let names: Vec<&str> = names.iter().map(Username::as_str).collect();
        assert_eq!(names, ["wang.wu", "li.si"]);
        for (sent, code) in [
            (json!([]), Code::InputRequired),
            (json!([""]), Code::InputRequired),
            (json!(["a", "b", "c", "d"]), Code::InputTooLong),
            (json!("a"), Code::InputBody),
        ] {
            assert_eq!(Names::of_json(&sent).map_err(|wrong| wrong.code), Err(code));
        }
    }

    #[test]
    fn days_are_days_of_the_calendar() {
        assert!(NaiveDate::of_text("2026-03-02").is_ok());
        assert!(NaiveDate::of_text("2026年3月2日").is_ok());
        for text in ["02.03.2026", "2026-02-30", "9999-12-31", "soon"] {
            assert!(NaiveDate::of_text(text).is_err(), "{text}");
        }
    }

    #[test]
    fn moments_have_a_time_of_day() {
        let at = Moment::of_text("2026-11-28T16:00:00+08:00");
        assert!(at.is_ok());
        for same in [
            "2026-11-28T16:00",
            "2026-11-28 16:00",
            "2026-11-28T08:00:00Z",
        ] {
            assert_eq!(Moment::of_text(same), at, "{same}");
        }
        for text in ["2026-11-28", "16:00", "yesterday", "2026-11-31T16:00"] {
            let wrong = Moment::of_text(text).map_err(|wrong| wrong.code);
            assert_eq!(wrong, Err(Code::InputMoment), "{text}");
        }
    }

    #[test]
    fn variables_are_an_object_with_words_for_names() {
        assert!(Variables::of_text("{\"days\": 3}").is_ok());
        for text in ["days = 3", "[1]", "{\"\": 1}", "{\"1a\": 1}"] {
            assert!(Variables::of_text(text).is_err(), "{text}");
        }
        let many: serde_json::Map<String, Value> = (0..=VARIABLES)
            .map(|n| (format!("v{n}"), json!(n)))
            .collect();
        assert!(Variables::of_json(&Value::Object(many)).is_err());
    }

    #[test]
    fn several_values_of_a_field_are_divided_by_commas() {
        let typed = Typed::of_json(&json!({"people": ["wang.wu", "li.si"], "days": " 3 "}));
        let typed = typed.expect("fields");
        assert_eq!(typed.all()["people"], "wang.wu,li.si");
        assert_eq!(typed.all()["days"], " 3 ");
        assert!(Typed::of_json(&json!({"days": 3})).is_err());
    }

    #[test]
    fn numbers_keep_within_their_bounds() {
        type Days = Within<1, 60>;
        assert_eq!(Days::of_text("5").map(Days::get), Ok(5));
        for text in ["0", "61", "many"] {
            let wrong = Days::of_text(text).map_err(|wrong| wrong.code);
            assert_eq!(wrong, Err(Code::InputNumber), "{text}");
        }
    }
}
