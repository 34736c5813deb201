//! Standard reports: each section counted in the reader's scope, beside the time before and the year before, and put into words in both languages.
//! Not here: which sections a report has (`shared::report`), how a cube is counted (`cubes`), keeping (`kept`), files (`files`).
//! Every number leads to its tickets as in a cube, since it is one (I14).

mod approvals;
mod change;
mod count;
mod facts;
mod ranks;
mod tables;

pub(super) use self::change::{change as changed, weight};

use aws_lc_rs::digest::{SHA256, digest};
use serde::{Deserialize, Serialize};
use shared::access::needs;
use shared::fault::{Code, Fault};
use shared::report::{Part, Report, ReportAsked};
use shared::text::{Locale, standard as words};

use crate::context::Ctx;
use crate::watch::watched;

/// What a report says, in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Chinese.
    pub zh: Report,
    /// English.
    pub en: Report,
}

impl Told {
    /// In one language.
    #[must_use]
    pub fn into_locale(self, locale: Locale) -> Report {
        match locale {
            Locale::Zh => self.zh,
            Locale::En => self.en,
        }
    }
}

/// A standard report in the reader's scope and language.
///
/// # Errors
/// `access.denied`, `input.place`, `input.query` for a category that is none, `busy`.
pub async fn standard(ctx: &Ctx, asked: &ReportAsked) -> Result<Report, Fault> {
    let told = told(ctx, asked).await?;
    Ok(told.into_locale(ctx.locale))
}

/// The same in both languages.
pub(super) async fn told(ctx: &Ctx, asked: &ReportAsked) -> Result<Told, Fault> {
    let object = asked.name.as_str();
    watched(ctx, "report.standard", object, Box::pin(made(ctx, asked))).await
}

async fn made(ctx: &Ctx, asked: &ReportAsked) -> Result<Told, Fault> {
    let scope = ctx.reach(needs::REPORT)?;
    let reference = ctx.services.reference().await?;
    let region = asked.region.as_deref();
    if region.is_some_and(|code| !reference.divisions.contains_key(code)) {
        return Err(Fault::field("area", Code::InputPlace));
    }
    let category = asked.category.as_deref();
    if category.is_some_and(|code| !reference.categories.contains_key(code)) {
        return Err(Fault::field("category", Code::InputCode));
    }
    let as_of = ctx.now();
    let mut counted = Vec::new();
    for section in asked.name.standard().sections {
        let one = Box::pin(count::section(ctx, asked, section)).await?;
        counted.push((section, one));
    }
    let sources: Vec<Option<i64>> = counted.iter().flat_map(|(_, one)| one.sources()).collect();
    let in_words = |locale: Locale| {
        let mut parts = Vec::new();
        if as_of.date() <= asked.period.to {
            parts.push(Part::Warning(words::NOT_OVER.get(locale).to_owned()));
        }
        for (section, one) in &counted {
            tables::section(&mut parts, (section, one), (&reference, locale));
        }
        let mut told = facts::all(&reference, (asked, &scope), as_of, locale);
        let by = words::counted_by(&sources, locale);
        told.push((words::COUNTED_BY.get(locale).to_owned(), by));
        Report {
            number: String::new(),
            title: words::title(asked.name, locale),
            subtitle: facts::subtitle(&reference, asked, locale),
            facts: told,
            parts,
            foot: vec![
                words::ROUNDING.get(locale).to_owned(),
                words::SMALL_WORDS.get(locale).to_owned(),
            ],
        }
    };
    let (mut zh, mut en) = (in_words(Locale::Zh), in_words(Locale::En));
    // Of the numbers in Chinese, so that both say the same digest.
    let sum = sum(&serde_json::to_string(&zh.parts).unwrap_or_default());
    for (report, locale) in [(&mut zh, Locale::Zh), (&mut en, Locale::En)] {
        let name = words::DIGEST.get(locale).to_owned();
        report.facts.push((name, sum.clone()));
    }
    Ok(Told { zh, en })
}

/// SHA-256 as hexadecimal digits.
pub(super) fn sum(text: &str) -> String {
    hex::encode(digest(&SHA256, text.as_bytes()))
}
