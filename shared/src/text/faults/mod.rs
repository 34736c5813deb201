//! Sentences for fault codes: what happened, what is safe, what to do (`ui.md`, "Words"). Every code has one in both languages.
//! Not here: the codes (`fault`), the place on the page.
//! Facts of a fault fill the numbers; a missing fact leaves a sentence that still stands. Next: `whole`, `fields`, `staff`.

use std::collections::BTreeMap;

use super::Locale;
use crate::fault::{Code, Fault, FieldFault};
use crate::ticket::{TicketState, Verb};

#[cfg(feature = "staff")]
mod accounts;
mod fields;
#[cfg(feature = "staff")]
mod files;
#[cfg(feature = "staff")]
mod filters;
#[cfg(feature = "staff")]
mod guarded;
#[cfg(feature = "staff")]
mod print;
mod provider;
#[cfg(feature = "staff")]
mod rights;
#[cfg(feature = "staff")]
mod staff;
mod whole;
mod wishes;

/// The sentence for a fault, with the incident number where there is one.
pub fn message(fault: &Fault, locale: Locale) -> String {
    let mut text = sentence(fault.code, &fault.facts, locale);
    if let Some(incident) = &fault.incident {
        text.push_str(&match locale {
            Locale::Zh => format!("编号 {incident}。"),
            Locale::En => format!(" Incident {incident}."),
        });
    }
    text
}

/// The sentence for a fault at a field.
pub fn field_message(fault: &FieldFault, locale: Locale) -> String {
    sentence(fault.code, &fault.facts, locale)
}

/// The sentence for a code with its facts.
pub fn sentence(code: Code, facts: &BTreeMap<String, String>, locale: Locale) -> String {
    let facts = Facts { facts, locale };
    let found = fields::sentence(code, &facts)
        .or_else(|| whole::sentence(code, &facts))
        .or_else(|| provider::sentence(code, &facts));
    #[cfg(feature = "staff")]
    let found = found
        .or_else(|| accounts::sentence(code, &facts))
        .or_else(|| rights::sentence(code, &facts))
        .or_else(|| print::sentence(code, &facts))
        .or_else(|| guarded::sentence(code, &facts))
        .or_else(|| files::sentence(code, &facts))
        .or_else(|| staff::sentence(code, &facts));
    found.unwrap_or_else(|| code.to_string())
}

/// The facts of one fault as words of one language.
struct Facts<'a> {
    facts: &'a BTreeMap<String, String>,
    locale: Locale,
}

impl Facts<'_> {
    fn get(&self, name: &str) -> Option<&str> {
        self.facts.get(name).map(String::as_str)
    }

    /// One of two texts.
    fn say(&self, zh: impl Into<String>, en: impl Into<String>) -> String {
        match self.locale {
            Locale::Zh => zh.into(),
            Locale::En => en.into(),
        }
    }

    fn label<T: Copy>(
        &self,
        name: &str,
        parse: fn(&str) -> Option<T>,
        label: fn(T, Locale) -> &'static str,
    ) -> Option<String> {
        self.get(name)
            .and_then(parse)
            .map(|value| label(value, self.locale).to_owned())
    }

    fn verb(&self) -> String {
        self.label("verb", Verb::parse, Verb::label)
            .unwrap_or_else(|| self.say("此操作", "This action"))
    }

    fn state(&self) -> Option<String> {
        self.label("state", TicketState::parse, TicketState::label)
    }

    #[cfg(feature = "staff")]
    fn status(&self) -> Option<String> {
        self.label(
            "status",
            crate::ticket::AssignmentStatus::parse,
            crate::ticket::AssignmentStatus::label,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(list: &[(&str, &str)]) -> BTreeMap<String, String> {
        list.iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[cfg(feature = "staff")]
    #[test]
    fn every_code_has_a_sentence_in_both_languages_with_and_without_facts() {
        let all = facts(&[
            ("max", "60"),
            ("min", "10"),
            ("length", "61"),
            ("minutes", "5"),
            ("year", "2027"),
            ("state", "CLOSED"),
            ("verb", "sign"),
            ("status", "SIGNED"),
            ("value", "x"),
            ("field", "state"),
            ("max_mb", "10"),
            ("detail", "citizen.phone"),
        ]);
        for code in Code::ALL {
            for facts in [&BTreeMap::new(), &all] {
                let zh = sentence(*code, facts, Locale::Zh);
                let en = sentence(*code, facts, Locale::En);
                assert!(zh.ends_with('。') && zh.chars().count() > 4, "{code}: {zh}");
                assert!(en.ends_with('.') && en.is_ascii(), "{code}: {en}");
                assert!(
                    !zh.contains("None") && !zh.contains('！') && !en.contains('!'),
                    "{code}"
                );
            }
        }
    }

    #[test]
    fn sentences_are_those_of_the_design() {
        let phone = facts(&[("length", "10"), ("why", "mobile")]);
        assert_eq!(
            sentence(Code::InputPhone, &phone, Locale::Zh),
            "手机号应为 11 位，您填了 10 位。"
        );
        assert_eq!(
            sentence(Code::InputPhone, &phone, Locale::En),
            "This phone number has 10 digits; it needs 11."
        );
        let moved = facts(&[("state", "CLOSED"), ("verb", "dispatch")]);
        assert_eq!(
            sentence(Code::FlowNotAllowed, &moved, Locale::Zh),
            "这张工单现在是“已办结”，不能派单。请刷新后再看。"
        );
        let broken = Fault {
            incident: Some("7F3K".into()),
            ..Fault::new(Code::Busy)
        };
        assert_eq!(
            message(&broken, Locale::Zh),
            "暂时连不上数据库，您的内容没有丢失，请稍后再试。编号 7F3K。"
        );
    }
}
