//! What a setting's value may be, and how people read it.
//! Not here: the settings themselves (`settings`).

use super::{Cap, Keep};
use crate::access::Role;
use crate::fault::{Check, Code};
use crate::register::lists::{Rule, cell};
use crate::register::{Cells, yes};
use crate::text::{Locale, text};

pub(super) fn check(cells: &Cells, check: &mut Check) {
    let (name, value) = (cell(cells, "name"), cell(cells, "value"));
    if name.is_empty() || value.is_empty() {
        return;
    }
    if let Some(rule) = Rule::of(name) {
        rule.check(value, check);
        return;
    }
    let caps = Cap::ALL.iter().map(|cap| (cap.key, cap.bounds));
    let keeps = Keep::every().map(|keep| (keep.key, keep.bounds));
    match caps.chain(keeps).find(|(key, _)| *key == name) {
        Some((_, (least, most))) => {
            if !value
                .parse()
                .is_ok_and(|value: i32| (least..=most).contains(&value))
            {
                check.add_with(
                    "value",
                    Code::InputNumber,
                    &[("min", &least), ("max", &most)],
                );
            }
        }
        None if matches!(value, "yes" | "no") => {}
        None => check.add_with("value", Code::InputCode, &[("value", &value)]),
    }
}

/// A value as people read it: switches, and whom a rule is about, in words; numbers as they stand.
#[must_use]
pub fn setting_words(value: &str, locale: Locale) -> String {
    let word = |word: &str| {
        let text = match word {
            "all" => text("全部", "Everybody"),
            "none" => text("无", "None"),
            _ => {
                let switch = yes().into_iter().find(|choice| choice.value == word);
                let role = || Role::parse(word).map(Role::text);
                switch.map(|choice| choice.text).or_else(role)?
            }
        };
        Some(text.get(locale).to_owned())
    };
    let words = value.split(',').map(str::trim);
    let words = words.map(|it| word(it).unwrap_or_else(|| it.to_owned()));
    let between = match locale {
        Locale::Zh => "、",
        Locale::En => ", ",
    };
    words.collect::<Vec<_>>().join(between)
}
