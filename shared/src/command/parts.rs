//! The types that fields of commands are made of. Each reads itself, cleans what people cannot see, and then holds only what is allowed, so
//! that nobody trims, measures or cuts it a second time.
//! Not here: codes of closed lists, which `codes!` makes readable; what exists (services).

use serde::Serialize;
use serde_json::Value;

use super::Sent;
use crate::fault::{Check, Code};
use crate::input;

/// Why a value is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// The code at the field.
    pub code: Code,
    /// What the words need.
    pub facts: Vec<(&'static str, String)>,
}

impl Wrong {
    /// Without facts.
    pub const fn new(code: Code) -> Self {
        Self {
            code,
            facts: Vec::new(),
        }
    }

    /// With one fact.
    pub fn with(code: Code, name: &'static str, value: impl ToString) -> Self {
        Self {
            code,
            facts: vec![(name, value.to_string())],
        }
    }

    /// Nothing was chosen.
    pub fn not_chosen() -> Self {
        Self::with(Code::InputRequired, "choice", 1)
    }

    /// It is none of the list.
    pub fn no_code(text: &str) -> Self {
        let shown: String = text.chars().take(40).collect();
        Self::with(Code::InputCode, "value", shown)
    }
}

/// A type of a field.
pub trait Part: Sized {
    /// Several values under one name.
    const IS_LIST: bool = false;
    /// May be left out.
    const IS_OPTIONAL: bool = false;
    /// Programs send it as a text.
    const IS_TEXT: bool = true;

    /// Nothing was sent.
    ///
    /// # Errors
    /// For what must be there.
    fn absent() -> Result<Self, Wrong> {
        Err(Wrong::not_chosen())
    }

    /// A text, as people and programs send it.
    ///
    /// # Errors
    /// For what is not allowed.
    fn of_text(text: &str) -> Result<Self, Wrong>;

    /// Any other value of JSON.
    ///
    /// # Errors
    /// For the wrong type.
    fn of_json(_value: &Value) -> Result<Self, Wrong> {
        Err(Wrong::new(Code::InputBody))
    }

    /// Reads it where it stands; what is wrong with it is noted. What holds fields of its own notes each of them.
    fn take(sent: &Sent, name: &str, check: &mut Check) -> Option<Self> {
        sent.single(name, check)
    }

    /// The version, for the field that is one.
    fn version(&self) -> Option<i32> {
        None
    }

    /// Its schema, and those that it names.
    #[cfg(feature = "openapi")]
    fn described() -> super::Described {
        super::schema::text(None, None)
    }
}

impl<T: Part> Part for Option<T> {
    const IS_OPTIONAL: bool = true;
    const IS_TEXT: bool = T::IS_TEXT;

    fn absent() -> Result<Self, Wrong> {
        Ok(None)
    }

    fn of_text(text: &str) -> Result<Self, Wrong> {
        if text.trim().is_empty() {
            Ok(None)
        } else {
            T::of_text(text).map(Some)
        }
    }

    fn of_json(value: &Value) -> Result<Self, Wrong> {
        T::of_json(value).map(Some)
    }

    #[cfg(feature = "openapi")]
    fn described() -> super::Described {
        T::described()
    }
}

impl<T: Part> Part for Vec<T> {
    const IS_LIST: bool = true;
    const IS_OPTIONAL: bool = true;

    fn absent() -> Result<Self, Wrong> {
        Ok(Self::new())
    }

    fn of_text(text: &str) -> Result<Self, Wrong> {
        T::of_text(text).map(|one| vec![one])
    }

    fn of_json(value: &Value) -> Result<Self, Wrong> {
        let all = value
            .as_array()
            .ok_or_else(|| Wrong::new(Code::InputBody))?;
        let one = |value: &Value| match value {
            Value::String(text) => T::of_text(text),
            value => T::of_json(value),
        };
        all.iter().map(one).collect()
    }

    #[cfg(feature = "openapi")]
    fn described() -> super::Described {
        super::schema::list(T::described())
    }
}

/// The version that the sender saw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Version(pub i32);

impl Part for Version {
    const IS_TEXT: bool = false;

    fn absent() -> Result<Self, Wrong> {
        Err(Wrong::new(Code::InputRequired))
    }

    fn of_text(text: &str) -> Result<Self, Wrong> {
        number(text).map(Self)
    }

    fn of_json(value: &Value) -> Result<Self, Wrong> {
        of_number(value).map(Self)
    }

    fn version(&self) -> Option<i32> {
        Some(self.0)
    }

    #[cfg(feature = "openapi")]
    fn described() -> super::Described {
        super::schema::of::<i32>()
    }
}

/// A number as people write it.
pub(crate) fn number<T: std::str::FromStr>(text: &str) -> Result<T, Wrong> {
    text.trim().parse().map_err(|_| {
        let shown: String = text.chars().take(40).collect();
        Wrong::with(Code::InputNumber, "value", shown)
    })
}

/// A number of JSON; a text with digits is none.
pub(crate) fn of_number<T: std::str::FromStr>(value: &Value) -> Result<T, Wrong> {
    match value {
        Value::Number(digits) => number(&digits.to_string()),
        _ => Err(Wrong::new(Code::InputNumber)),
    }
}

impl Part for bool {
    const IS_TEXT: bool = false;

    fn of_text(text: &str) -> Result<Self, Wrong> {
        match text {
            "yes" | "true" | "on" | "1" => Ok(true),
            "no" | "false" | "off" | "0" => Ok(false),
            _ => Err(Wrong::new(Code::InputCode)),
        }
    }

    fn of_json(value: &Value) -> Result<Self, Wrong> {
        value.as_bool().ok_or_else(|| Wrong::new(Code::InputBody))
    }

    #[cfg(feature = "openapi")]
    fn described() -> super::Described {
        super::schema::of::<Self>()
    }
}

macro_rules! texts {
    ($($(#[doc = $doc:literal])+ $name:ident, $clean:path;)+) => {$(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
        #[serde(transparent)]
        pub struct $name<const MIN: usize, const MAX: usize>(String);

        impl<const MIN: usize, const MAX: usize> $name<MIN, MAX> {
            /// A mark that stands for a text that is put in its place later (the demo's templates); nobody sent it, and it is not measured.
            pub fn marked(mark: String) -> Self {
                Self(mark)
            }
        }

        impl<const MIN: usize, const MAX: usize> std::ops::Deref for $name<MIN, MAX> {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl<const MIN: usize, const MAX: usize> AsRef<str> for $name<MIN, MAX> {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl<const MIN: usize, const MAX: usize> From<$name<MIN, MAX>> for String {
            fn from(words: $name<MIN, MAX>) -> Self {
                words.0
            }
        }

        impl<const MIN: usize, const MAX: usize> Part for $name<MIN, MAX> {
            fn absent() -> Result<Self, Wrong> {
                Err(Wrong::new(Code::InputRequired))
            }

            fn of_text(text: &str) -> Result<Self, Wrong> {
                let text = $clean(text).trim().to_owned();
                measured(&text, MIN, MAX)?;
                Ok(Self(text))
            }

            #[cfg(feature = "openapi")]
            fn described() -> super::Described {
                super::schema::text(Some(MIN), Some(MAX))
            }
        }
    )+};
}

texts! {
    /// A text of `MIN` to `MAX` characters and any number of lines, cleaned and trimmed.
    Words, input::body;
    /// The same in one line.
    Line, input::line;
}

/// Whether a cleaned text is there, has no sign that breaks others, and is neither too long nor too short.
fn measured(text: &str, min: usize, max: usize) -> Result<(), Wrong> {
    let length = text.chars().count();
    let wrong = |code, bound: (&'static str, usize)| Wrong {
        code,
        facts: vec![
            (bound.0, bound.1.to_string()),
            ("length", length.to_string()),
        ],
    };
    if text.is_empty() {
        Err(Wrong::new(Code::InputRequired))
    } else if text.chars().any(crate::ticket::rules::is_forbidden) {
        let (at, sign) = crate::ticket::rules::odd_sign(text, false);
        Err(Wrong {
            code: Code::InputCharacters,
            facts: vec![("at", at.to_string()), ("sign", sign)],
        })
    } else if length > max {
        Err(wrong(Code::InputTooLong, ("max", max)))
    } else if length < min {
        Err(wrong(Code::InputTooShort, ("min", min)))
    } else {
        Ok(())
    }
}

/// Longest code of an open list, in bytes.
const LONGEST_CODE: usize = 40;

macro_rules! open_codes {
    ($($(#[doc = $doc:literal])+ $name:ident, $wrong:ident;)+) => {$(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// A code of our own data.
            pub fn known(code: &str) -> Self {
                Self(code.to_owned())
            }

            /// The code.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(&self.0)
            }
        }

        impl Part for $name {
            fn of_text(text: &str) -> Result<Self, Wrong> {
                let code = input::code(text);
                let fits = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
                if code.is_empty() {
                    Self::absent()
                } else if code.len() > LONGEST_CODE || !code.bytes().all(fits) {
                    Err(Wrong::new(Code::$wrong))
                } else {
                    Ok(Self(code))
                }
            }

            #[cfg(feature = "openapi")]
            fn described() -> super::Described {
                super::schema::text(None, Some(LONGEST_CODE))
            }
        }
    )+};
}

open_codes! {
    /// Code of a unit; whether there is one, the services say.
    UnitCode, InputUnit;
    /// Code of a category; whether there is one, the services say.
    CategoryCode, InputCategory;
    /// Code of a row of one of the office's lists; whether there is one, the services say.
    RowCode, InputCode;
}

macro_rules! ids {
    ($($id:ty),+) => {$(
        impl Part for $id {
            fn of_text(text: &str) -> Result<Self, Wrong> {
                text.trim().parse().map_err(|_| Wrong::no_code(text))
            }

            #[cfg(feature = "openapi")]
            fn described() -> super::Described {
                super::schema::named::<Self>()
            }
        }
    )+};
}

ids!(
    crate::ids::AssignmentId,
    crate::ids::DraftId,
    crate::ids::FileId,
    crate::ids::IncomingId,
    crate::ids::MandateId
);

macro_rules! parse_by_part {
    ($([$($generic:tt)*] $type:ty;)+) => {$(
        impl<$($generic)*> std::str::FromStr for $type {
            type Err = $crate::command::Wrong;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $crate::command::Part::of_text(text)
            }
        }
    )+};
}

pub(super) use parse_by_part;

parse_by_part! {
    [const MIN: usize, const MAX: usize] Words<MIN, MAX>;
    [const MIN: usize, const MAX: usize] Line<MIN, MAX>;
    [] UnitCode;
    [] CategoryCode;
    [] RowCode;
}
