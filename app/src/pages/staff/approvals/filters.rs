//! Choosing filters of a list of approvals: one line, the rarer ones folded away (`.filters`). A plain GET form to the list itself.
//! Not here: the statuses, which are links (`list`), what the filters mean (`shared::approval::query`).
//! With script the form navigates without empty fields in the address.

use leptos::prelude::*;
use shared::approval::query::ApprovalSort;
use shared::text::approval::list as words;
use shared::text::{Text, approval, staff};
use shared::ticket::Light;
use shared::ticket::view::Named;

use super::list::Address;
use crate::api::approvals::Choices;
use crate::components::form::options::{Items, entries};
use crate::components::place_choice::indented;
use crate::context::{say, use_locale};

/// The list's own address.
const PATH: &str = "/approvals";
/// Filters behind the fold.
const RARE: [&str; 11] = [
    "unit",
    "by",
    "no",
    "step",
    "overdue",
    "started_from",
    "started_to",
    "ended_from",
    "ended_to",
    "due_from",
    "due_to",
];

/// The form.
#[component]
pub(super) fn ApprovalFilters(choices: Choices, address: Address) -> impl IntoView {
    let locale = use_locale();
    #[cfg(feature = "hydrate")]
    let on_submit = crate::browser::query::interceptor(PATH);
    #[cfg(not(feature = "hydrate"))]
    let on_submit = |_: leptos::ev::SubmitEvent| {};
    let places = choices.regions.iter();
    let places: Items = places.map(|it| (it.code.clone(), indented(it))).collect();
    let lights: Items = Light::ALL
        .iter()
        .map(|it| (it.to_string(), it.label(locale).to_owned()))
        .collect();
    let definitions = named(choices.of_process.definitions);
    let usual = ApprovalSort::USUAL.to_string();
    let sort = Some(address.value("sort")).filter(|sort| !sort.is_empty());
    let sorts: Items = ApprovalSort::ALL
        .iter()
        .map(|it| (it.to_string(), it.label(locale).to_owned()))
        .collect();
    let sorts = entries(&sorts, &sort.unwrap_or(usual));
    let status = Some(address.value("status")).filter(|status| !status.is_empty());
    let status = status.map(|status| view! { <input type="hidden" name="status" value=status/> });
    let off = (!address.said.is_empty()).then(|| {
        let href = format!("{PATH}?shelf={}", address.shelf);
        view! { <div class="field"><a class="button" href=href>{say(words::ALL_OFF)}</a></div> }
    });
    view! {
        <form method="get" action=PATH class="filters" role="search" aria-label=say(staff::FILTERS) on:submit=on_submit>
            <input type="hidden" name="shelf" value=address.shelf.clone()/>
            {status}
            {typed(&address, "q", words::SEARCH, "search")}
            {pick(&address, "definition", approval::PROCESS, definitions)}
            {pick(&address, "region", staff::REGION, places)}
            {pick(&address, "light", staff::LIGHT, lights)}
            {select("sort", staff::SORT, sorts)}
            <div class="field"><button class="button primary">{say(staff::APPLY)}</button></div>
            {off}
            {rare(&address, choices.units, choices.of_process.steps)}
        </form>
    }
}

/// What is asked for less often.
fn rare(address: &Address, units: Vec<Named>, steps: Vec<Named>) -> impl IntoView + use<> {
    let open = RARE.iter().any(|name| !address.value(name).is_empty());
    let overdue = vec![
        ("true".to_owned(), say(staff::OVERDUE_YES).to_owned()),
        ("false".to_owned(), say(staff::OVERDUE_NO).to_owned()),
    ];
    let hint = steps
        .is_empty()
        .then(|| view! { <p class="muted small">{say(words::STEP_HELP)}</p> });
    view! {
        <details class="fold more-filters" open=open>
            <summary>{say(staff::MORE_FILTERS)}</summary>
            <div class="filters inner">
                {pick(address, "unit", words::UNIT, named(units))}
                {pick(address, "step", approval::STEP, named(steps))}
                {hint}
                {typed(address, "by", words::BY, "search")}
                {typed(address, "no", words::NUMBER, "search")}
                {pick(address, "overdue", words::OVERDUE, overdue)}
                {typed(address, "started_from", words::STARTED_FROM, "date")}
                {typed(address, "started_to", words::STARTED_TO, "date")}
                {typed(address, "ended_from", words::ENDED_FROM, "date")}
                {typed(address, "ended_to", words::ENDED_TO, "date")}
                {typed(address, "due_from", staff::DUE_FROM, "date")}
                {typed(address, "due_to", staff::DUE_TO, "date")}
            </div>
        </details>
    }
}

fn named(all: Vec<Named>) -> Items {
    all.into_iter().map(|it| (it.code, it.name)).collect()
}

/// A field to type into.
fn typed(
    address: &Address,
    name: &'static str,
    label: Text,
    kind: &'static str,
) -> impl IntoView + use<> {
    let value = address.value(name);
    // An instant that is no midnight has no place in a date field, and stays as it is.
    let kind = if kind == "date" && !matches!(value.len(), 0 | 10) {
        "text"
    } else {
        kind
    };
    let id = format!("filter-{name}");
    view! {
        <div class="field">
            <label for=id.clone()>{say(label)}</label>
            <input type=kind id=id name=name value=value autocomplete="off" maxlength="100"/>
        </div>
    }
}

/// A list to choose one of, or none; nothing where there is nothing to choose.
fn pick(address: &Address, name: &'static str, label: Text, items: Items) -> impl IntoView + use<> {
    let value = address.value(name);
    if items.is_empty() && value.is_empty() {
        return None;
    }
    let mut all: Items = vec![(String::new(), say(staff::ANY).to_owned())];
    // What is chosen though it is not on the list stays chosen.
    if !value.is_empty() && !items.iter().any(|(code, _)| *code == value) {
        all.push((value.clone(), value.clone()));
    }
    all.extend(items);
    Some(select(name, label, entries(&all, &value)))
}

fn select(name: &'static str, label: Text, entries: String) -> impl IntoView + use<> {
    let id = format!("filter-{name}");
    view! {
        <div class="field">
            <label for=id.clone()>{say(label)}</label>
            <select id=id name=name autocomplete="off" inner_html=entries></select>
        </div>
    }
}
