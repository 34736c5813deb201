//! What a search found in a text: `mark` around it, and a line with its neighbourhood (`.found`) where it does not stand in the title.
//! Not here: finding it (services).

use leptos::prelude::*;
use shared::query::search::FoundIn;
use shared::search::Shred;

use crate::context::use_locale;

/// A text in parts, what was found marked.
#[component]
pub fn Marked(parts: Vec<Shred>) -> impl IntoView {
    let part = |part: Shred| {
        if part.found {
            view! { <mark>{part.text}</mark> }.into_any()
        } else {
            part.text.into_any()
        }
    };
    parts.into_iter().map(part).collect_view()
}

/// Where else in a ticket it stands, with some words around; nothing where the title has it.
#[component]
pub fn Excerpt(found: FoundIn) -> impl IntoView {
    let locale = use_locale();
    found.place.map(|place| {
        view! { <span class="found">{place.label(locale)} " " <span lang="zh-CN"><Marked parts=found.excerpt/></span></span> }
    })
}
