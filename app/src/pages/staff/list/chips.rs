//! What is filtered, as chips; each is a link to the same list without it (`.chips > a.chip`).
//! Not here: choosing filters (`filters`).
//! Names of places, units and categories come with the list.

use leptos::prelude::*;
use shared::query::{TicketFilter, TicketQuery};
use shared::text::{Locale, clock, common, staff};

use super::{PATH, own, to};
use crate::api::staff::Listed;
use crate::context::{say, use_locale};

/// The chips; nothing while nothing is filtered.
#[component]
pub fn Chips(listed: Listed, query: TicketQuery) -> impl IntoView {
    let locale = use_locale();
    if query.filter.is_empty() {
        return ().into_any();
    }
    let chips = query
        .filter
        .to_pairs()
        .into_iter()
        .map(|(name, value)| {
            let words = words(&name, &value, &query.filter, &listed, locale);
            let label = own::name_of(&name, &listed, locale).unwrap_or_else(|| {
                let label = staff::filter(&name).unwrap_or(staff::SEARCH);
                label.get(locale).to_owned()
            });
            let without = TicketQuery {
                filter: without(&query.filter, &name),
                cursor: None,
                ..query.clone()
            };
            let chinese = matches!(name.as_str(), "region" | "unit" | "lead_unit");
            view! {
                <li>
                    <a class="chip" href=to(PATH, &without) title=say(staff::REMOVE_FILTER)>
                        <span>{label} " " <b lang=chinese.then_some("zh-CN")>{words}</b></span>
                        <span aria-hidden="true">"×"</span>
                        <span class="visually-hidden">{say(staff::REMOVE_FILTER)}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="chips" aria-label=say(staff::SET_FILTERS)>{chips}</ul> }.into_any()
}

fn without(filter: &TicketFilter, name: &str) -> TicketFilter {
    let pairs: Vec<_> = filter
        .to_pairs()
        .into_iter()
        .filter(|(other, _)| other != name)
        .collect();
    TicketFilter::from_pairs(&pairs).unwrap_or_default()
}

/// The value of a filter as people read it.
fn words(
    name: &str,
    value: &str,
    filter: &TicketFilter,
    listed: &Listed,
    locale: Locale,
) -> String {
    if let Some(words) = staff::chosen(filter, name, locale) {
        return words;
    }
    match name {
        "where" => {
            let expr = filter.expr.as_ref();
            expr.map_or_else(String::new, |it| it.said(locale))
        }
        "mine" | "exact" => common::YES.get(locale).to_owned(),
        "overdue" if filter.overdue == Some(true) => common::YES.get(locale).to_owned(),
        "overdue" => common::NO.get(locale).to_owned(),
        "category" if value == "-" => staff::NO_CATEGORY.get(locale).to_owned(),
        "category" => category(value, listed, locale),
        "region" | "unit" | "lead_unit" => listed
            .names
            .iter()
            .find(|named| named.code == value)
            .map_or_else(|| value.to_owned(), |named| named.name.clone()),
        "tag" => listed
            .tags
            .iter()
            .find(|tag| tag.code == value)
            .map_or_else(|| value.to_owned(), |tag| tag.name(locale).to_owned()),
        _ if name.starts_with(own::OWN) => own::answer_of(name, value, listed, locale),
        _ if name.ends_with("_from") || name.ends_with("_to") => date(value, locale),
        _ => value.to_owned(),
    }
}

fn category(code: &str, listed: &Listed, locale: Locale) -> String {
    let first = listed.categories.iter().find(|node| node.code == code);
    match first {
        Some(node) if locale == Locale::Zh => node.name_zh.clone(),
        Some(node) => node.name_en.clone(),
        None => listed
            .names
            .iter()
            .find(|named| named.code == code)
            .map_or_else(|| code.to_owned(), |named| named.name.clone()),
    }
}

/// A date as it stands in the address; an instant in words.
fn date(value: &str, locale: Locale) -> String {
    match shared::calendar::Instant::parse(value) {
        Some(at) if value.len() > 10 => clock::date_time(at, at, locale),
        _ => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use shared::ticket::TicketState;

    use super::*;

    #[test]
    fn a_chip_takes_off_its_own_filter_alone() {
        let filter = TicketFilter {
            state: vec![TicketState::Handling, TicketState::Closed],
            region: Some("320100".to_owned()),
            ..TicketFilter::default()
        };
        let left = without(&filter, "state");
        assert!(left.state.is_empty());
        assert_eq!(left.region.as_deref(), Some("320100"));
    }
}
