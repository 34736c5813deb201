//! What a workbook says about its rows: by which filters, in which order, by whom, when, how many, and by which version of the program.
//! Not here: the sheet (`book`).
//! Names of places and units are those of now.

use shared::calendar::Instant;
use shared::query::{TicketFilter, TicketQuery};
use shared::text::{Locale, Text, export, measure, staff};

use super::minute;
use crate::context::Ctx;
use crate::reference::Reference;

/// Name and value, line by line.
pub fn facts(
    ctx: &Ctx,
    reference: &Reference,
    query: &TicketQuery,
    (rows, digest): (u32, &str),
    at: Instant,
) -> Vec<(String, String)> {
    let locale = ctx.locale;
    let line = |name: Text, value: String| (name.get(locale).to_owned(), value);
    let by = if ctx.actor.name.is_empty() {
        ctx.actor_name().into_owned()
    } else {
        ctx.actor.name.clone()
    };
    let mut lines = filters(reference, &query.filter, locale);
    if lines.is_empty() {
        lines.push(line(
            export::ABOUT_FILTER,
            export::NO_FILTER.get(locale).to_owned(),
        ));
    }
    lines.extend([
        line(export::ABOUT_SORT, query.sort.label(locale).to_owned()),
        line(export::ABOUT_BY, by),
        line(export::ABOUT_AT, minute(Some(at))),
        line(export::ABOUT_ROWS, rows.to_string()),
        line(export::ABOUT_HASH, digest.to_owned()),
        line(export::ABOUT_MASKED, export::MASKED.get(locale).to_owned()),
        line(export::ABOUT_VERSION, env!("CARGO_PKG_VERSION").to_owned()),
    ]);
    lines
}

/// The filters in words, as the list's page says them.
pub fn filters(
    reference: &Reference,
    filter: &TicketFilter,
    locale: Locale,
) -> Vec<(String, String)> {
    let title = export::ABOUT_FILTER.get(locale);
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
        .collect()
}

fn words(
    reference: &Reference,
    (name, value): (&str, &str),
    filter: &TicketFilter,
    locale: Locale,
) -> String {
    let joined = |labels: Vec<&'static str>| labels.join("、");
    let yes_no = |yes: bool| if yes { export::YES } else { export::NO };
    match name {
        "state" => joined(filter.state.iter().map(|it| it.label(locale)).collect()),
        "kind" => joined(filter.kind.iter().map(|it| it.label(locale)).collect()),
        "channel" => joined(filter.channel.iter().map(|it| it.label(locale)).collect()),
        "light" => filter.light.map_or("", |it| it.label(locale)).to_owned(),
        "ruling" => filter.ruling.map_or("", |it| it.label(locale)).to_owned(),
        "measure" => filter.measure.map_or("", |it| it.label(locale)).to_owned(),
        "cell" => {
            let cell = filter.cell.as_ref();
            cell.map_or_else(String::new, |it| measure::cell(it, locale))
        }
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
