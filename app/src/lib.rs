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
    let staff = visit
        .as_ref()
        .is_some_and(|visit| visit.ctx.actor.user().is_some() || routes::is_of_staff(&visit.path));
    let still = visit
        .as_ref()
        .is_some_and(|visit| routes::is_still(&visit.path));
    let code = if staff {
        staff_code(options.clone())
    } else {
        options.clone()
    };
    let line = visit
        .as_ref()
        .map(|visit| visit.says(shared::register::TextCode::HomeLine));
    let large = visit.is_some_and(|visit| visit.large_text);
    view! {
        <!DOCTYPE html>
        <html lang=locale.tag() data-text=large.then_some("large")>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="theme-color" content="#0f4a9e"/>
                <meta name="description" content=line/>
                <meta name="format-detection" content="telephone=no"/>
                <HashedStylesheet options=code.clone() id="style"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="icon" href="/favicon.ico" sizes="32x32"/>
                <link rel="apple-touch-icon" href="/icons/180.png"/>
                <link rel="manifest" href="/manifest.webmanifest"/>
                {(!still).then(|| view! { <HydrationScripts options=code/> })}
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

/// Where the browser code with the staff's pages lies: a folder and a list of hashes of its own (see `[[workspace.metadata.leptos]]`).
#[cfg(feature = "ssr")]
fn staff_code(mut options: LeptosOptions) -> LeptosOptions {
    options.output_name = STAFF.into();
    options.site_pkg_dir = STAFF_DIR.into();
    options.hash_file = STAFF_HASHES.into();
    // Leptos panics on a list that is not there.
    options.hash_files = options.hash_files && *HASHED;
    options
}

/// Whether the build left the list of hashes beside the program.
#[cfg(feature = "ssr")]
static HASHED: std::sync::LazyLock<bool> = std::sync::LazyLock::new(|| {
    let program = std::env::current_exe().ok();
    let list = program.and_then(|path| Some(path.parent()?.join(STAFF_HASHES)));
    list.is_some_and(|list| list.is_file())
});

/// The list of hashes of the browser code with the staff's pages; lies beside the program as `hash.txt` does.
#[cfg(feature = "ssr")]
pub const STAFF_HASHES: &str = "hash-staff.txt";

/// Name of the browser code with the staff's pages.
#[cfg(feature = "ssr")]
const STAFF: &str = "staff";
/// Its folder in the site root.
#[cfg(feature = "ssr")]
pub const STAFF_DIR: &str = "pkg-staff";

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
    #[cfg(feature = "staff")]
    browser::kept::forget_at_sign_out();
    request_animation_frame(browser::mark_live);
}
