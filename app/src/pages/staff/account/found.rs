//! What lists of people share: finding by name with a plain GET form to the page itself, and the addresses of its pages.
//! Not here: the lists (`list`, `rights::people`).

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;
use shared::text::account as words;

use crate::context::say;

/// The form that finds people by name on the page of this path.
#[component]
pub fn FindPeople(path: &'static str) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    let on_submit = crate::browser::query::interceptor(path);
    #[cfg(not(feature = "hydrate"))]
    let on_submit = |_: leptos::ev::SubmitEvent| {};
    view! {
        <form method="get" action=path class="filters" role="search" aria-label=say(words::FIND) on:submit=on_submit>
            <div class="field wide-field">
                <label for="q">{say(words::FIND)}</label>
                <input type="search" id="q" name="q" value=sought() autocomplete="off" maxlength="40"/>
            </div>
            <div class="field"><button class="button primary">{say(words::FIND_SEND)}</button></div>
        </form>
    }
}

/// The name that is looked for.
fn sought() -> String {
    use_query_map().with_untracked(|query| query.get("q").unwrap_or_default())
}

/// The first page's address, where this is a later one, and the next page's.
pub fn pages(path: &str, next_cursor: Option<&str>) -> (Option<String>, Option<String>) {
    let sought = sought();
    let address = |cursor: Option<&str>| {
        let name = (!sought.is_empty()).then(|| ("q", sought.clone()));
        let cursor = cursor.map(|cursor| ("cursor", cursor.to_owned()));
        let query: ParamsMap = name.into_iter().chain(cursor).collect();
        format!("{path}{}", query.to_query_string())
    };
    let later = use_query_map().with_untracked(|query| query.get("cursor").is_some());
    let next = next_cursor.map(|cursor| address(Some(cursor)));
    (later.then(|| address(None)), next)
}
