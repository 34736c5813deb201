//! What was searched for as well as the words, above the rows, with the way to the words alone.
//! Not here: what stands for words (services), taking that off again (`chips`).

use leptos::prelude::*;
use shared::query::{TicketFilter, TicketQuery};
use shared::text::views;

use super::{PATH, to};
use crate::context::{say, use_locale};

/// The line; nothing where nothing stood for the words.
#[component]
pub fn Widened(also: Vec<String>, query: TicketQuery) -> impl IntoView {
    let locale = use_locale();
    (!also.is_empty()).then(|| {
        let alone = TicketQuery {
            filter: TicketFilter {
                exact: true,
                ..query.filter
            },
            cursor: None,
            ..query
        };
        let href = to(PATH, &alone);
        view! { <p class="small" role="status">{views::also(&also, locale)} " " <a href=href rel="nofollow">{say(views::SEARCH_EXACT)}</a></p> }
    })
}
