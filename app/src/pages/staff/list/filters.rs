//! Choosing filters: one line of selects, the rarer ones folded away (`.filters`). A plain GET form to the list itself.
//! Not here: taking filters off (`chips`). A value of several parts, from a report or by hand, stays as one entry "several".
//! With script the form navigates without empty fields in the address.

use leptos::prelude::*;
use shared::application::RulingOn;
use shared::query::{Sort, TicketFilter, TicketQuery};
use shared::text::ticket::{ruling, tree};
use shared::text::{Locale, Text, staff};
use shared::ticket::view::Named;
use shared::ticket::{Channel, Light, RequestKind, TicketState};

use super::PATH;
use super::own::OwnFilters;
use super::shown::Columns;
use crate::api::staff::Listed;
use crate::components::form::options::{Items, entries};
use crate::components::on_page::OnPage;
use crate::components::place_choice::indented;
use crate::context::{say, use_locale};

/// The form.
#[component]
pub fn Filters(
    listed: Listed,
    query: TicketQuery,
    /// Units to choose from, which the browser leaves as they stand.
    units: OnPage<Vec<Named>>,
    /// There are some.
    has_units: bool,
) -> impl IntoView {
    let locale = use_locale();
    let filter = query.filter.clone();
    let pairs = filter.to_pairs();
    let value = |name: &str| {
        let found = pairs.iter().find(|(other, _)| other == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let more = RARE.iter().any(|name| !value(name).is_empty())
        || !filter.own.is_empty()
        || !query.columns.is_empty();
    let kept = kept(&filter);
    let unit = value("unit");
    let unit = (has_units || !unit.is_empty()).then(|| {
        let offered = units.get().map(|units| {
            let items = of_units(units, &listed, &filter);
            all_entries(items, &unit, true)
        });
        let entries = offered.unwrap_or_default();
        view! { <Choice name="unit" label=staff::OF_UNIT entries chinese=true/> }
    });
    #[cfg(feature = "hydrate")]
    Effect::new(crate::browser::keys::find_search);
    #[cfg(feature = "hydrate")]
    let on_submit = crate::browser::query::interceptor(PATH);
    #[cfg(not(feature = "hydrate"))]
    let on_submit = |_: leptos::ev::SubmitEvent| {};
    view! {
        <form method="get" action=PATH class="filters" role="search" aria-label=say(staff::FILTERS) on:submit=on_submit>
            <div class="field wide-field">
                <label for="q">{say(staff::SEARCH)}</label>
                <input type="search" id="q" name="q" value=value("q") autocomplete="off" maxlength="200"/>
            </div>
            <Pick name="state" label=staff::STATE value=value("state") items=codes(STATES, |it| it.label(locale))/>
            <Pick name="kind" label=staff::KIND value=value("kind") items=codes(RequestKind::ALL, |it| it.label(locale))/>
            <Pick name="region" label=staff::REGION value=value("region") items=places(&listed, &filter) chinese=true/>
            <Pick name="category" label=staff::CATEGORY value=value("category") items=categories(&listed, locale)/>
            <Pick name="light" label=staff::LIGHT value=value("light") items=codes(Light::ALL, |it| it.label(locale))/>
            <Pick name="sort" label=staff::SORT value=query.sort.to_string() items=codes(Sort::ALL, |it| it.label(locale)) any=false/>
            <div class="field"><button class="button primary">{say(staff::APPLY)}</button></div>
            <details class="fold more-filters" open=more>
                <summary>{say(staff::MORE_FILTERS)}</summary>
                <div class="filters inner">
                    {unit}
                    <Pick name="channel" label=staff::CHANNEL value=value("channel") items=codes(Channel::ALL, |it| it.label(locale))/>
                    <Pick name="tag" label=staff::TAG value=value("tag") items=tags(&listed, &filter, locale)/>
                    <Pick name="mine" label=tree::FILTER value=value("mine") items=mine(locale)/>
                    <Pick name="ruling" label=ruling::FILTER value=value("ruling") items=codes(RulingOn::ALL, |it| it.label(locale))/>
                    <Pick name="overdue" label=staff::OVERDUE value=value("overdue") items=overdue(locale)/>
                    <Day name="accepted_from" label=staff::ACCEPTED_FROM value=value("accepted_from")/>
                    <Day name="accepted_to" label=staff::ACCEPTED_TO value=value("accepted_to")/>
                    <Day name="due_from" label=staff::DUE_FROM value=value("due_from")/>
                    <Day name="due_to" label=staff::DUE_TO value=value("due_to")/>
                    <OwnFilters listed=listed.clone() filter=filter.clone()/>
                    <Columns listed=listed.clone() query=query.clone()/>
                </div>
            </details>
            {kept.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view()}
        </form>
    }
}

/// Filters behind the fold.
const RARE: [&str; 10] = [
    "unit",
    "channel",
    "tag",
    "mine",
    "ruling",
    "overdue",
    "accepted_from",
    "accepted_to",
    "due_from",
    "due_to",
];

/// States that tickets are in by now; the others come with later work.
const STATES: &[TicketState] = &[
    TicketState::Draft,
    TicketState::ToDispatch,
    TicketState::Dispatched,
    TicketState::Handling,
    TicketState::Suspended,
    TicketState::Tracking,
    TicketState::ToReview,
    TicketState::ToVisit,
    TicketState::Closed,
    TicketState::Archived,
    TicketState::NotAccepted,
    TicketState::Terminated,
    TicketState::Withdrawn,
    TicketState::Merged,
    TicketState::External,
    TicketState::Recycled,
];

/// Filters without a control of their own stay as they are.
fn kept(filter: &TicketFilter) -> Vec<(String, String)> {
    let mut pairs = filter.to_pairs();
    pairs.retain(|(name, _)| {
        matches!(
            name.as_str(),
            "lead_unit" | "closed_from" | "closed_to" | "measure" | "cell" | "where" | "exact"
        )
    });
    pairs
}

fn codes<T: Copy + ToString>(all: &[T], label: impl Fn(T) -> &'static str) -> Items {
    all.iter()
        .map(|value| (value.to_string(), label(*value).to_owned()))
        .collect()
}

fn places(listed: &Listed, filter: &TicketFilter) -> Items {
    let offered = listed.regions.iter();
    with_chosen(
        offered.map(|it| (it.code.clone(), indented(it))).collect(),
        listed,
        filter.region.as_ref(),
    )
}

fn of_units(units: Vec<Named>, listed: &Listed, filter: &TicketFilter) -> Items {
    with_chosen(
        units.into_iter().map(|it| (it.code, it.name)).collect(),
        listed,
        filter.unit.as_ref(),
    )
}

fn tags(listed: &Listed, filter: &TicketFilter, locale: Locale) -> Items {
    let offered = listed.tags.iter();
    let mut items: Items = offered
        .map(|tag| (tag.code.clone(), tag.name(locale).to_owned()))
        .collect();
    // One that the office no longer has is found by its code.
    if let Some(code) = &filter.tag
        && !items.iter().any(|(known, _)| known == code)
    {
        items.push((code.clone(), code.clone()));
    }
    items
}

/// What can be chosen, and what is chosen though it is not on the list.
fn with_chosen(mut items: Items, listed: &Listed, chosen: Option<&String>) -> Items {
    let value = |named: &&Named| chosen == Some(&named.code);
    for named in listed.names.iter().filter(value) {
        if !items.iter().any(|(code, _)| *code == named.code) {
            items.push((named.code.clone(), named.name.clone()));
        }
    }
    items
}

fn categories(listed: &Listed, locale: Locale) -> Items {
    let mut items: Items = vec![("-".to_owned(), staff::NO_CATEGORY.get(locale).to_owned())];
    items.extend(listed.categories.iter().map(|node| {
        let name = match locale {
            Locale::Zh => &node.name_zh,
            Locale::En => &node.name_en,
        };
        (node.code.clone(), name.clone())
    }));
    items
}

fn mine(locale: Locale) -> Items {
    vec![("true".to_owned(), tree::FILTER_YES.get(locale).to_owned())]
}

fn overdue(locale: Locale) -> Items {
    vec![
        ("true".to_owned(), staff::OVERDUE_YES.get(locale).to_owned()),
        ("false".to_owned(), staff::OVERDUE_NO.get(locale).to_owned()),
    ]
}

#[component]
fn Pick(
    name: &'static str,
    label: Text,
    value: String,
    items: Items,
    /// Places and units: Chinese whatever the page's language.
    #[prop(optional)]
    chinese: bool,
    /// Has an entry for "any".
    #[prop(default = true)]
    any: bool,
) -> impl IntoView {
    if items.is_empty() && value.is_empty() {
        return ().into_any();
    }
    let entries = all_entries(items, &value, any);
    view! { <Choice name label entries chinese/> }.into_any()
}

/// The entries with one for "any", and one for a value that is none of them.
fn all_entries(items: Items, value: &str, any: bool) -> String {
    let mut all = Items::with_capacity(items.len() + 2);
    if any {
        all.push((String::new(), say(staff::ANY).to_owned()));
    }
    if !value.is_empty() && !items.iter().any(|(code, _)| code == value) {
        let word = if value.contains(',') {
            say(staff::SEVERAL)
        } else {
            value
        };
        all.push((value.to_owned(), word.to_owned()));
    }
    all.extend(items);
    entries(&all, value)
}

/// A select of the form.
#[component]
fn Choice(
    name: &'static str,
    label: Text,
    entries: String,
    /// As of `Pick`.
    #[prop(optional)]
    chinese: bool,
) -> impl IntoView {
    view! {
        <div class="field">
            <label for=format!("filter-{name}")>{say(label)}</label>
            <select id=format!("filter-{name}") name=name autocomplete="off" lang=chinese.then_some("zh-CN") inner_html=entries></select>
        </div>
    }
}

#[component]
fn Day(name: &'static str, label: Text, value: String) -> impl IntoView {
    // An instant that is no midnight has no place in a date field, and stays as it is.
    let whole = value.is_empty() || value.len() == 10;
    view! {
        <div class="field">
            <label for=format!("filter-{name}")>{say(label)}</label>
            <input
                type=if whole { "date" } else { "text" }
                id=format!("filter-{name}")
                name=name
                value=value
                autocomplete="off"
            />
        </div>
    }
}
