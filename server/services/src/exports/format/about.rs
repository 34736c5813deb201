//! What a workbook says about its rows: by which filters, in which order, by whom, when, how many, and by which version of the program.
//! Not here: the sheet (`book`).
//! Names of places and units are those of now.

use shared::calendar::Instant;
use shared::query::{TicketFilter, TicketQuery};
use shared::text::{Locale, Text, export, staff, views};

use super::minute;
use crate::context::Ctx;
use crate::jobs::host::desk::name_of;
use crate::reference::Reference;

/// What is told of an export beside its filters and its order.
pub struct Told<'t> {
    /// How many rows.
    pub rows: u32,
    /// Their digest.
    pub digest: &'t str,
    /// Its number, by which a copy is traced to who took it.
    pub export: String,
    /// As of when.
    pub at: Instant,
    /// Personal data stand in it in the clear.
    pub clear: bool,
    /// What it is for.
    pub purpose: Option<&'t str>,
    /// Columns that the reader could not have.
    pub left_out: &'t [String],
}

/// Name and value, line by line.
pub fn facts(
    ctx: &Ctx,
    reference: &Reference,
    query: &TicketQuery,
    told: &Told<'_>,
) -> Vec<(String, String)> {
    let locale = ctx.locale;
    let line = |name: Text, value: String| (name.get(locale).to_owned(), value);
    let mut lines = filters(reference, &query.filter, locale);
    if lines.is_empty() {
        lines.push(line(
            export::ABOUT_FILTER,
            export::NO_FILTER.get(locale).to_owned(),
        ));
    }
    let personal = if told.clear {
        export::IN_CLEAR
    } else {
        export::MASKED
    };
    lines.extend([
        line(export::ABOUT_SORT, query.sort.label(locale).to_owned()),
        line(export::ABOUT_BY, name_of(ctx)),
        line(export::ABOUT_AT, minute(Some(told.at))),
        line(export::ABOUT_AS_OF, export::AS_OF.get(locale).to_owned()),
        line(export::ABOUT_ROWS, told.rows.to_string()),
        line(export::ABOUT_HASH, told.digest.to_owned()),
        line(export::ABOUT_MARK, told.export.clone()),
        line(export::ABOUT_MASKED, personal.get(locale).to_owned()),
    ]);
    let purpose = told.purpose.map(str::to_owned);
    lines.extend(purpose.map(|purpose| line(export::ABOUT_PURPOSE, purpose)));
    if !told.left_out.is_empty() {
        lines.push(line(export::ABOUT_LEFT_OUT, told.left_out.join("、")));
    }
    let version = env!("CARGO_PKG_VERSION").to_owned();
    lines.push(line(export::ABOUT_VERSION, version));
    lines
}

/// The filters in words, as the list's page says them.
pub fn filters(
    reference: &Reference,
    filter: &TicketFilter,
    locale: Locale,
) -> Vec<(String, String)> {
    let title = export::ABOUT_FILTER.get(locale);
    let also = (!filter.also.is_empty()).then(|| {
        let label = views::SEARCH_ALSO.get(locale);
        (format!("{title} · {label}"), filter.also.join("、"))
    });
    let pairs = filter.to_pairs().into_iter();
    pairs
        .map(|(name, value)| {
            let own = name.strip_prefix("own.");
            let own = own.and_then(|code| reference.lists.own_field(code));
            let label = match (&own, staff::filter(&name)) {
                (Some(field), _) => field.name(locale).to_owned(),
                (None, Some(label)) => label.get(locale).to_owned(),
                (None, None) => name.clone(),
            };
            let words = words(reference, (&name, &value), filter, locale);
            (format!("{title} · {label}"), words)
        })
        .chain(also)
        .collect()
}

fn words(
    reference: &Reference,
    (name, value): (&str, &str),
    filter: &TicketFilter,
    locale: Locale,
) -> String {
    if let Some(words) = staff::chosen(filter, name, locale) {
        return words;
    }
    let yes_no = |yes: bool| if yes { export::YES } else { export::NO };
    match name {
        "overdue" => filter
            .overdue
            .map_or("", |overdue| yes_no(overdue).get(locale))
            .to_owned(),
        "category" if value == "-" => staff::NO_CATEGORY.get(locale).to_owned(),
        "category" => {
            let view = reference.category(value);
            view.map_or_else(
                || value.to_owned(),
                |view| match locale {
                    Locale::Zh => view.path_zh,
                    Locale::En => view.path_en,
                },
            )
        }
        "region" => reference.region(value).name,
        "unit" | "lead_unit" => reference.unit(value).name,
        "exact" => export::YES.get(locale).to_owned(),
        "tag" => reference.lists.tag(value).map_or_else(
            || value.to_owned(),
            |tag| match locale {
                Locale::Zh => tag.zh,
                Locale::En => tag.en,
            },
        ),
        _ => value.to_owned(),
    }
}
