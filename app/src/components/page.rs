//! The frame of one page: title in the tab, `main.page`, one `h1`.
//! Loading and failing are the same everywhere: `Loaded` shows a resource's value, its fault, or a quiet placeholder.
//! Not here: header and footer (`frame`).

use std::future::Future;

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::params::ParamsMap;
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::text::{Text, common};

use super::fault::FaultCard;
use crate::context::{say, use_revision, use_seed};
use crate::error::AppError;

/// The page shows its title as the `h1`; what it holds begins below that.
#[derive(Clone, Copy)]
pub struct HasHeading;

/// A page. A request that was refused before the page could run shows that instead of the content.
#[component]
pub fn Page(
    /// Title in the tab; the page's own `h1` is in its content unless `heading` is set.
    #[prop(into)]
    title: Signal<String>,
    /// Class beside `page`: `wide`, `medium`, `narrow`.
    #[prop(default = "")]
    width: &'static str,
    /// Shows the title as the `h1`.
    #[prop(default = true)]
    heading: bool,
    children: Children,
) -> impl IntoView {
    // The head is written after the page: the signals of a route's fallback are gone by then, and so may be the page's language.
    let product = say(common::PRODUCT);
    let first = tab_title(&title.get_untracked(), product);
    let tab = move || {
        title
            .try_get()
            .map_or_else(|| first.clone(), |title| tab_title(&title, product))
    };
    let seed = use_seed();
    let refusal = if seed.left.get_untracked() {
        None
    } else {
        seed.with(|seed| seed.refusal.clone())
    };
    if heading && refusal.is_none() {
        provide_context(HasHeading);
    }
    let content = match refusal {
        Some(fault) => view! { <FaultCard fault/> }.into_any(),
        None => view! {
            {heading.then(|| view! { <div class="page-head"><h1>{move || title.get()}</h1></div> })}
            {children()}
        }
        .into_any(),
    };
    view! {
        <Title text=tab/>
        <main id="main" class=format!("page {width}") tabindex="-1">{content}</main>
    }
}

/// `查进度 · 民声 12345`, or the product alone.
fn tab_title(title: &str, product: &str) -> String {
    if title.is_empty() || title == product {
        product.to_owned()
    } else {
        format!("{title} · {product}")
    }
}

/// A title that does not change.
pub fn fixed(text: Text) -> Signal<String> {
    Signal::stored(say(text).to_owned())
}

/// What a page reads for its query string; read anew when that changes, and after every accepted form.
pub fn by_query<T, F>(
    read: impl Fn(String) -> F + Send + Sync + 'static,
) -> Resource<Result<T, AppError>>
where
    T: Clone + Send + Sync + Serialize + DeserializeOwned + 'static,
    F: Future<Output = Result<T, AppError>> + Send + 'static,
{
    let query = use_query_map();
    of_address(move || query.with(ParamsMap::to_query_string), read)
}

/// What a page reads for the ticket of its path (`:id`); read anew as `by_query` does.
pub fn by_id<T, F>(
    read: impl Fn(String) -> F + Send + Sync + 'static,
) -> Resource<Result<T, AppError>>
where
    T: Clone + Send + Sync + Serialize + DeserializeOwned + 'static,
    F: Future<Output = Result<T, AppError>> + Send + 'static,
{
    let params = use_params_map();
    of_address(
        move || params.with(|params| params.get("id").unwrap_or_default()),
        read,
    )
}

/// What a page reads for a part of its address; read anew as `by_query` does.
pub fn of_address<T, F>(
    part: impl Fn() -> String + Send + Sync + 'static,
    read: impl Fn(String) -> F + Send + Sync + 'static,
) -> Resource<Result<T, AppError>>
where
    T: Clone + Send + Sync + Serialize + DeserializeOwned + 'static,
    F: Future<Output = Result<T, AppError>> + Send + 'static,
{
    let revision = use_revision();
    Resource::new_blocking(
        move || (part(), revision.get()),
        move |(part, _)| read(part),
    )
}

/// The value of a blocking resource, or its fault as a card. Without script the server waits for it, so nothing is missing.
#[component]
pub fn Loaded<T, V, F>(
    /// The resource.
    resource: Resource<Result<T, AppError>>,
    /// Shows the value.
    show: F,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    V: IntoView + 'static,
    F: Fn(T) -> V + Clone + Send + Sync + 'static,
{
    view! {
        <Transition fallback=Loading>
            {move || {
                let show = show.clone();
                Suspend::new(async move {
                    match resource.await {
                        Ok(value) => show(value).into_any(),
                        Err(AppError(fault)) => view! { <FaultCard fault/> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
}

/// A quiet line while something is fetched.
#[component]
pub fn Loading() -> impl IntoView {
    view! { <p class="muted" role="status">{say(common::LOADING)}</p> }
}
