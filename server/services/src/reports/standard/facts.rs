//! What makes a report's numbers defensible: time, area, scope, when it was counted, by which formulas.
//! Not here: the digest (`mod`), numbers (`tables`).

use shared::access::Scope;
use shared::calendar::Instant;
use shared::measure::{Measure, UnitsOf};
use shared::report::{ReportAsked, What};
use shared::text::{Locale, Text, standard as words};

use crate::reference::Reference;

/// Time and area.
pub(super) fn subtitle(reference: &Reference, asked: &ReportAsked, locale: Locale) -> String {
    let period = asked.period.words(locale);
    match &asked.region {
        Some(code) => format!("{period} · {}", reference.region(code).name),
        None => period,
    }
}

/// Name and value of each fact.
pub(super) fn all(
    reference: &Reference,
    (asked, scope): (&ReportAsked, &Scope),
    as_of: Instant,
    locale: Locale,
) -> Vec<(String, String)> {
    let period = &asked.period;
    let before = period.previous().words(locale);
    let year = period.last_year().words(locale);
    let at = as_of.local().format("%Y-%m-%d %H:%M").to_string();
    let mut facts: Vec<(Text, String)> = vec![
        (words::PERIOD, period.words(locale)),
        (words::COMPARED, words::compared(&before, &year, locale)),
    ];
    let area = asked.region.as_deref();
    facts.extend(area.map(|code| (words::AREA, reference.region(code).name)));
    if let Some(code) = &asked.category {
        let category = reference.categories.get(code);
        let name = category.map_or(code.as_str(), |category| match locale {
            Locale::Zh => category.name_zh.as_str(),
            Locale::En => category.name_en.as_str(),
        });
        facts.push((words::TOPIC, name.to_owned()));
    }
    if asked.units == UnitsOf::Now {
        facts.push((words::UNITS, asked.units.label(locale).to_owned()));
    }
    facts.push((words::SCOPE, reach(reference, scope, locale)));
    facts.push((words::AS_OF, at));
    facts.push((words::VERSIONS, versions(asked, locale)));
    let named = |(name, value): (Text, String)| (name.get(locale).to_owned(), value);
    facts.into_iter().map(named).collect()
}

/// Whose tickets were counted.
fn reach(reference: &Reference, scope: &Scope, locale: Locale) -> String {
    match scope {
        Scope::All => words::WHOLE_SCOPE.get(locale).to_owned(),
        Scope::Region(prefix) => {
            let code = prefix.trim_end_matches('-');
            reference.region(&format!("{code:0<6}")).name
        }
        Scope::Unit(code) => reference.unit(code).name,
        Scope::UnitTree(path) => {
            let last = path.trim_end_matches('/').rsplit('/').next();
            reference.unit(last.unwrap_or_default()).name
        }
        Scope::Own(_) | Scope::Team(_) | Scope::Any(_) => words::OWN_SCOPE.get(locale).to_owned(),
    }
}

/// Each measure of the report with the version of its formula.
fn versions(asked: &ReportAsked, locale: Locale) -> String {
    let mut seen: Vec<Measure> = Vec::new();
    for section in asked.name.standard().sections {
        if let What::Cube { measures, .. } = section.what {
            for measure in measures {
                if !seen.contains(measure) {
                    seen.push(*measure);
                }
            }
        }
    }
    let one = |it: &Measure| format!("{} v{}", it.label(locale), it.definition().version);
    let all: Vec<String> = seen.iter().map(one).collect();
    match locale {
        Locale::Zh => all.join("、"),
        Locale::En => all.join(", "),
    }
}
