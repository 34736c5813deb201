//! Why a number finds nothing, where the reader may know.
//! Not here: who may (services).

use leptos::prelude::*;
use shared::query::encoded;
use shared::query::unseen::Unseen;
use shared::text::query as words;

use crate::context::{say, use_locale};

/// A line below the empty list.
#[component]
pub fn Why(unseen: Option<Unseen>, no: String) -> impl IntoView {
    let locale = use_locale();
    unseen.map(|unseen| match unseen {
        Unseen::Filtered(id) => view! {
            <p>{say(words::FILTERED)} " " <a href=format!("/tickets/{id}")>{say(words::OPEN)}</a></p>
        }
        .into_any(),
        Unseen::Elsewhere(unit) => {
            let unit = unit.map(|name| words::led_by(&name, locale));
            let href = format!("/office/readers?no={}", encoded(&no));
            view! {
                <p>{say(words::ELSEWHERE)} " " {unit} " " <a href=href>{say(words::WHO_SEES)}</a></p>
            }
            .into_any()
        }
    })
}
