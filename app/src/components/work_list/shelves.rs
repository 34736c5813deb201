//! The shelves on which the rows of a page lie (`?shelf=`): links to them, what is read of the chosen one, and the way to its next page.
//! Needs `.row`, `.button` and `.pager`. Not here: the rows (`rows`), shelves with counts (each page's own).

use std::fmt::Display;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::text::Text;

use crate::components::pager::Pager;
use crate::context::{say, use_locale};

/// The shelves of a page.
#[derive(Clone, Copy)]
pub struct Shelves<S: 'static> {
    /// The page's address.
    pub path: &'static str,
    /// What they are, for who hears it.
    pub label: Text,
    /// Each of them.
    pub all: &'static [S],
    /// The one that is shown where the address names none.
    pub usual: S,
    /// One by its word.
    pub parse: fn(&str) -> Option<S>,
    /// What one is called.
    pub text: fn(S) -> Text,
}

impl<S: Copy + Display + PartialEq + Send + Sync + 'static> Shelves<S> {
    fn named(self, said: Option<&str>) -> S {
        said.and_then(self.parse).unwrap_or(self.usual)
    }

    /// The shelf that the address names, or the usual one, as the address changes.
    pub fn here(self) -> impl Fn() -> S + Copy + Send + Sync + 'static {
        let query = use_query_map();
        move || self.named(query.with(|query| query.get("shelf")).as_deref())
    }

    /// What is asked of the server for the shelf and the page that the address names.
    pub fn asked(self) -> impl Fn() -> String + Send + Sync + 'static {
        let (query, here) = (use_query_map(), self.here());
        move || {
            let cursor = query.with(|query| query.get("cursor"));
            format!("shelf={}&cursor={}", here(), cursor.unwrap_or_default())
        }
    }

    /// Links to the first page of the shelf and to the next one.
    pub fn pager(self, next: Option<String>) -> AnyView {
        let query = use_query_map();
        let (shelf, cursor) =
            query.with_untracked(|query| (query.get("shelf"), query.get("cursor")));
        let first = format!("{}?shelf={}", self.path, self.named(shelf.as_deref()));
        let next = next.map(|cursor| format!("{first}&cursor={cursor}"));
        let first = cursor.map(|_| first);
        view! { <Pager first next/> }.into_any()
    }
}

/// A link to each shelf.
#[component]
pub fn Doors<S>(
    /// The shelves.
    shelves: Shelves<S>,
) -> impl IntoView
where
    S: Copy + Display + PartialEq + Send + Sync + 'static,
{
    let (here, locale) = (shelves.here(), use_locale());
    let door = move |door: S| {
        let current = move || (here() == door).then_some("page");
        let href = format!("{}?shelf={door}", shelves.path);
        let name = (shelves.text)(door).get(locale);
        view! { <a class="button" href=href aria-current=current>{name}</a> }
    };
    let doors = shelves.all.iter().copied().map(door).collect_view();
    view! { <nav class="row" aria-label=say(shelves.label)>{doors}</nav> }
}
