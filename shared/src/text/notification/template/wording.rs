//! How a message is worded at a place, how its variables are filled, and whether a text has the variables that it may and must have.
//! Not here: the messages and the texts that are shipped (the module above).
//! Values are never read as variables.

use std::borrow::Cow;

use super::MessageCode;
use crate::fault::{Check, Code};
use crate::register::{Held, TextCode, column_of};
use crate::text::Locale;

/// What stands for a variable.
pub type Values<'v> = [(&'static str, Cow<'v, str>)];

/// How messages are worded at a place: as the office's lists say, else as shipped.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wordings<'a> {
    /// The list of templates.
    pub templates: Option<&'a Held>,
    /// The list of public texts, which has the signature.
    pub texts: Option<&'a Held>,
    /// Division code of the place; empty for the whole installation.
    pub region: &'a str,
}

impl<'a> Wordings<'a> {
    /// A message's text with its variables in it.
    pub fn template(&self, code: MessageCode, locale: Locale) -> &'a str {
        let row = self
            .templates
            .and_then(|held| held.get(self.region, code.as_str()));
        let said = row.and_then(|cells| cells.get(column_of(locale)));
        said.map_or_else(|| code.shipped().get(locale), String::as_str)
    }

    /// What operators want in front of each message, without its brackets.
    pub fn signature(&self, locale: Locale) -> &'a str {
        TextCode::Signature.said(self.texts, self.region, locale)
    }

    /// The message as it is sent, with the signature in front.
    pub fn message(&self, code: MessageCode, values: &Values<'_>, locale: Locale) -> String {
        self.signed(&fill(self.template(code, locale), values), locale)
    }

    /// Words as they are sent, with the signature in front.
    pub fn signed(&self, filled: &str, locale: Locale) -> String {
        let signature = self.signature(locale);
        match locale {
            Locale::Zh => format!("【{signature}】{filled}"),
            Locale::En => format!("[{signature}] {filled}"),
        }
    }
}

/// Part of a template.
enum Part<'t> {
    Words(&'t str),
    Variable(&'t str),
}

/// A template's parts; an open brace without its end is words.
fn parts(template: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, behind)) = after.split_once('}') else {
            break;
        };
        parts.push(Part::Words(before));
        parts.push(Part::Variable(name));
        rest = behind;
    }
    parts.push(Part::Words(rest));
    parts
}

/// A template with the values in it; what has none is left out.
pub fn fill(template: &str, values: &Values<'_>) -> String {
    parts(template)
        .into_iter()
        .map(|part| match part {
            Part::Words(words) => words,
            Part::Variable(name) => values
                .iter()
                .find(|(known, _)| *known == name)
                .map_or("", |(_, value)| value.as_ref()),
        })
        .collect()
}

/// Looks whether a text has the variables that it must have, and none that its message does not offer.
pub fn check(code: MessageCode, column: &str, template: &str, check: &mut Check) {
    check_words((code.offers(), code.needs()), column, template, check);
}

/// The same of a text that offers these variables and must have those.
pub fn check_words(
    (offered, needed): (&[&str], &[&str]),
    column: &str,
    template: &str,
    check: &mut Check,
) {
    let mut named = Vec::new();
    let mut is_broken = false;
    for part in parts(template) {
        match part {
            Part::Variable(name) => named.push(name),
            Part::Words(words) => is_broken |= words.contains(['{', '}']),
        }
    }
    let shown = |names: &[&str]| {
        let names = names.iter().map(|name| format!("{{{name}}}"));
        names.collect::<Vec<_>>().join(" ")
    };
    let offers = shown(offered);
    let foreign = named.iter().find(|name| !offered.contains(name));
    if let Some(name) = foreign {
        check.add_with(
            column,
            Code::InputVariable,
            &[("value", &shown(&[name])), ("offers", &offers)],
        );
    } else if is_broken {
        check.add_with(
            column,
            Code::InputVariable,
            &[("value", &"{ }"), ("offers", &offers)],
        );
    } else if let Some(missing) = needed.iter().find(|name| !named.contains(name)) {
        check.add_with(
            column,
            Code::InputVariableMissing,
            &[("value", &shown(&[missing]))],
        );
    }
}
