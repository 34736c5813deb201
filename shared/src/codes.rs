//! The `codes!` macro: a closed code list with its stored code, its word on the wire and its label in both languages.
//! One row per value, so that a value without a translation does not compile (I16).
//! Not here: open lists such as categories, places and units, which are data.

/// Declares an enum whose values have a stored `code`, a wire `word` and a label in Chinese and English.
/// Parsing accepts the word as well as the code, since partners send codes and people read words.
#[macro_export]
macro_rules! codes {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $code:literal, $word:literal, $zh:literal, $en:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum $name { $($(#[$vmeta])* #[cfg_attr(feature = "openapi", schema(rename = $word))] $variant,)+ }

        impl $name {
            /// Every value in its listed order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The code that is stored and exchanged with partners.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// The word used in JSON, URLs and forms.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// What people read.
            pub const fn text(self) -> $crate::text::Text {
                match self { $(Self::$variant => $crate::text::Text { zh: $zh, en: $en },)+ }
            }

            /// What people read, in one language.
            pub const fn label(self, locale: $crate::text::Locale) -> &'static str {
                self.text().get(locale)
            }

            /// The value for a code or a word; `None` for anything else.
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| text == value.code() || text == value.as_str())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::fault::Fault;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text).ok_or_else(|| {
                    $crate::fault::Fault::new($crate::fault::Code::InputCode).fact("value", text.chars().take(40).collect::<String>())
                })
            }
        }

        impl $crate::command::Part for $name {
            fn of_text(text: &str) -> Result<Self, $crate::command::Wrong> {
                Self::parse(text.trim()).ok_or_else(|| $crate::command::Wrong::no_code(text))
            }

            #[cfg(feature = "openapi")]
            fn described() -> $crate::command::Described {
                $crate::command::named::<Self>()
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = String::deserialize(d)?;
                Self::parse(&text).ok_or_else(|| serde::de::Error::unknown_variant(&text, &[$($word,)+]))
            }
        }
    };
}
