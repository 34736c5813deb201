//! A list of units, the likely ones first, in the order in which the services give them.
//! Not here: the dispatch page's picker with load and reasons (`pages::staff::dispatch`).
//! Unit names are Chinese whatever the page's language.

use leptos::prelude::*;
use shared::text::Text;
use shared::ticket::view::Named;

use super::form::{Select, SelectItem};

/// A select of units.
#[component]
pub fn UnitSelect(
    /// Name in the form and in the command.
    name: &'static str,
    /// The units.
    units: Vec<Named>,
    /// A line below the label.
    #[prop(optional)]
    help: Option<Text>,
    /// May stay empty.
    #[prop(optional)]
    optional: bool,
) -> impl IntoView {
    let items: Vec<SelectItem> = units
        .into_iter()
        .map(|unit| SelectItem::chinese(unit.code, unit.name))
        .collect();
    match help {
        Some(help) => {
            view! { <Select name items=Signal::stored(items) help=help optional/> }.into_any()
        }
        None => view! { <Select name items=Signal::stored(items) optional/> }.into_any(),
    }
}
