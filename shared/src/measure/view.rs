//! The catalogue as it is read: every measure with its formula in words, and what cannot be counted.
//! Not here: the definitions (`catalogue`), the words (`crate::text::measure`).

use serde::{Deserialize, Serialize};

use super::catalogue::missing::{MISSING, Missing};
use super::cube::CubeName;
use super::{Anchor, Lean, Measure, MeasureUnit, guards, leans};
use crate::quality::QualityRule;
use crate::text::{Locale, Text, measure as words};

/// A measure as it is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeasureView {
    /// Its word in cubes and cells.
    pub measure: Measure,
    /// Its name.
    pub name: CubeName,
    /// Its formula in words.
    pub formula: CubeName,
    /// What puts a ticket into the period.
    pub anchor: Anchor,
    /// What it is given in.
    pub unit: MeasureUnit,
    /// Of the formula.
    pub version: u32,
    /// With fewer in the denominator the value is marked; 0 for what is no rate.
    pub min_sample: i64,
    /// Where the formula comes from.
    pub source: CubeName,
    /// The fields that it leans on.
    pub leans: Vec<Lean>,
    /// The rules of quality that guard them.
    pub guards: Vec<QualityRule>,
}

/// A measure that cannot be counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MissingView {
    /// Its name.
    pub name: CubeName,
    /// What is missing for it.
    pub why: CubeName,
}

/// The catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CatalogueView {
    /// What can be counted.
    pub measures: Vec<MeasureView>,
    /// What cannot.
    pub missing: Vec<MissingView>,
}

impl CatalogueView {
    /// All of it.
    pub fn whole() -> Self {
        let missing = |it: &Missing| MissingView {
            name: it.name.into(),
            why: it.why.into(),
        };
        Self {
            measures: Measure::ALL.iter().copied().map(view).collect(),
            missing: MISSING.iter().map(missing).collect(),
        }
    }
}

fn view(measure: Measure) -> MeasureView {
    let definition = measure.definition();
    MeasureView {
        measure,
        name: measure.text().into(),
        formula: CubeName {
            zh: words::formula(measure, Locale::Zh),
            en: words::formula(measure, Locale::En),
        },
        anchor: definition.anchor,
        unit: definition.unit(),
        version: definition.version,
        min_sample: definition.min_sample,
        source: definition.source.into(),
        leans: leans(measure),
        guards: guards(measure),
    }
}

impl From<Text> for CubeName {
    fn from(text: Text) -> Self {
        Self {
            zh: text.zh.to_owned(),
            en: text.en.to_owned(),
        }
    }
}

impl CubeName {
    /// The name in one language.
    pub fn get(&self, locale: Locale) -> &str {
        match locale {
            Locale::Zh => &self.zh,
            Locale::En => &self.en,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_measure_has_a_formula_of_its_own_in_both_languages() {
        let whole = CatalogueView::whole();
        let mut seen = std::collections::BTreeSet::new();
        for it in &whole.measures {
            assert!(seen.insert(it.formula.zh.clone()), "{}", it.formula.zh);
            assert!(seen.insert(it.formula.en.clone()), "{}", it.formula.en);
            assert!(it.version > 0 && !it.source.en.is_empty());
        }
        assert!(whole.missing.len() > 5);
    }
}
