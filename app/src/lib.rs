//! What people see: the shell of every page, the router, server functions, forms and pages.
//! It renders on the server (feature `ssr`) and hydrates in the browser (feature `hydrate`); services exist only behind `ssr`.
//! Start with `routes`, then `context` (what a page knows of its request) and `forms` (how forms work with and without script).

pub mod api;
#[cfg(feature = "hydrate")]
pub mod browser;
pub mod components;
pub mod context;
pub mod error;
pub mod forms;
pub mod pages;
pub mod routes;

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::Router;

use crate::components::frame::Frame;

/// The document around `App`: language, text size, style sheet, scripts with the request's nonce.
#[cfg(feature = "ssr")]
pub fn shell(options: LeptosOptions) -> impl IntoView {
    use leptos_meta::{HashedStylesheet, MetaTags};

    let visit = context::use_visit().ok();
    let locale = visit
        .as_ref()
        .map(|visit| visit.ctx.locale)
        .unwrap_or_default();
    let large = visit.is_some_and(|visit| visit.large_text);
    view! {
        <!DOCTYPE html>
        <html lang=locale.tag() data-text=large.then_some("large")>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="theme-color" content="#0f4a9e"/>
                <meta name="format-detection" content="telephone=no"/>
                <HashedStylesheet options=options.clone() id="style"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="icon" href="/favicon.ico" sizes="32x32"/>
                <link rel="apple-touch-icon" href="/icons/180.png"/>
                <link rel="manifest" href="/manifest.webmanifest"/>
                <HydrationScripts options=options/>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

/// The whole product.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    context::provide_seed();
    view! {
        <Router>
            <Frame/>
        </Router>
    }
}

/// Takes over the server's page in the browser, and marks the document (`html[data-live]`) once its buttons work in place.
#[cfg(feature = "hydrate")]
pub fn hydrate() {
    leptos::mount::hydrate_body(App);
    browser::anchors::watch();
    request_animation_frame(browser::mark_live);
}
