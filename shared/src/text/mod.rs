//! Words that people read, in Chinese and English side by side, so that neither can be missing (I16).
//! One file per area; add a constant where the page lives. Sentences with numbers are functions.
//! Not here: labels of code lists (beside their enum) and names of places and units (data).

use serde::{Deserialize, Serialize};

pub mod account;
pub mod approval;
pub mod approval_forms;
pub mod citizen;
pub mod clock;
pub mod common;
pub mod desk;
pub mod edge;
pub mod export;
pub mod faults;
pub mod fields;
pub mod file;
#[cfg(feature = "staff")]
pub mod import;
pub mod job;
pub mod notification;
pub mod obstacle;
pub mod process_check;
pub mod process_owner;
#[cfg(feature = "staff")]
pub mod process_retrace;
pub mod quality;
pub mod query;
pub mod questions;
#[cfg(feature = "staff")]
pub mod register;
pub mod report;
#[cfg(feature = "staff")]
pub mod setup;
pub use export::template;
pub use notification::{incoming, notice, sms};
pub use report::{measure, pivot, request, standard, three, touched};
pub use ticket::{bulk, checklist, directive, dispute, ladder, paper, pool, together};
pub mod staff;
pub mod ticket;
pub mod time;
pub mod todo;
pub mod views;

/// The language of a page or message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Locale {
    /// Simplified Chinese, the default.
    #[default]
    #[serde(rename = "zh-CN")]
    Zh,
    /// English.
    #[serde(rename = "en")]
    En,
}

impl Locale {
    /// The value of the `lang` attribute and of the language cookie.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// The locale for a language tag; `None` for other languages.
    pub fn parse(tag: &str) -> Option<Self> {
        let tag = tag.trim().to_ascii_lowercase();
        if tag.starts_with("zh") {
            Some(Self::Zh)
        } else if tag.starts_with("en") {
            Some(Self::En)
        } else {
            None
        }
    }
}

/// One text in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text {
    /// Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

impl Text {
    /// The text in one language.
    pub const fn get(self, locale: Locale) -> &'static str {
        match locale {
            Locale::Zh => self.zh,
            Locale::En => self.en,
        }
    }
}

/// Shorthand for constants in the text files.
pub const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}
