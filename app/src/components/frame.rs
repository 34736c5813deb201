//! Around every page: skip link, header with language and text size, footer (`.site-header`, `.site-tools`, `.site-footer`).
//! Language and text size are plain forms on purpose: they change the whole document, so it loads anew.
//! Not here: the staff's rail (`staff`).

use leptos::prelude::*;
use leptos_router::hooks::use_location;
#[cfg(feature = "staff")]
use shared::text::notice;
use shared::text::{Locale, citizen, common};

use super::icon::Sign;
#[cfg(feature = "staff")]
use super::icon::{Draw, Icon};
#[cfg(feature = "staff")]
use super::staff::Badge;
#[cfg(feature = "staff")]
use crate::api::notices::notice_count;
use crate::context::{has_citizen, say, use_actor, use_locale, use_seed};
use crate::routes::Pages;

/// Header, the current page, footer.
#[component]
pub fn Frame() -> impl IntoView {
    notice_navigation();
    view! {
        <a class="skip-link" href="#main">{say(common::SKIP)}</a>
        <Header/>
        <Pages/>
        <Footer/>
    }
}

/// After a navigation in the browser the page's own time and returned form are old, and the reader is put to the new page's start.
fn notice_navigation() {
    let (location, seed) = (use_location(), use_seed());
    Effect::new(move |before: Option<String>| {
        let path = location.pathname.get();
        if before.is_some_and(|before| before != path) {
            seed.left.set(true);
            seed.returned.set(None);
            #[cfg(feature = "hydrate")]
            crate::browser::focus_later("main");
        }
        path
    });
}

#[component]
fn Header() -> impl IntoView {
    let locale = use_locale();
    let location = use_location();
    let back = Signal::derive(move || {
        let search = location.search.get();
        let path = location.pathname.get();
        if search.is_empty() {
            path
        } else {
            format!("{path}?{}", search.trim_start_matches('?'))
        }
    });
    let large = use_seed().with(|seed| seed.large_text);
    let (text_value, text_word) = if large {
        ("usual", common::USUAL_TEXT)
    } else {
        ("large", common::LARGE_TEXT)
    };
    let other = if locale == Locale::Zh {
        Locale::En
    } else {
        Locale::Zh
    };
    let other_name = if other == Locale::Zh {
        "中文"
    } else {
        "English"
    };
    view! {
        <header class="site-header">
            <a class="brand" href="/" rel="external">
                <Sign/>
                <span>{say(common::PRODUCT)}</span>
            </a>
            <div class="site-tools">
                <form method="post" action="/text-size" class="tool">
                    <input type="hidden" name="back" value=move || back.get()/>
                    <button class="button link" name="text" value=text_value>{say(text_word)}</button>
                </form>
                <form method="post" action="/language" class="tool">
                    <input type="hidden" name="back" value=move || back.get()/>
                    <button class="button link" name="language" value=other.tag() lang=other.tag()>{other_name}</button>
                </form>
                <Account/>
            </div>
        </header>
    }
}

/// The person signed in, with the way to the own work and out.
#[component]
fn Account() -> impl IntoView {
    if has_citizen() {
        return view! { <Citizen/> }.into_any();
    }
    use_actor()
        .map(|actor| {
            view! {
                // Who is held at signing in is told nothing yet.
                {actor.held.is_none().then(|| view! { <Bell/> })}
                <a class="button link" href="/account" lang="zh-CN">{actor.name}</a>
                <form method="post" action="/sign-out" class="tool">
                    <button class="button link">{say(common::SIGN_OUT)}</button>
                </form>
            }
        })
        .into_any()
}

/// A citizen who has signed in: the way to the own requests, and out.
#[component]
fn Citizen() -> impl IntoView {
    view! {
        <a class="button link" href="/me" rel="external">{say(citizen::account::MINE)}</a>
        <form method="post" action="/me/sign-out" class="tool">
            <button class="button link">{say(common::SIGN_OUT)}</button>
        </form>
    }
}

/// The way to one's notices, with how many are unread.
#[cfg(feature = "staff")]
#[component]
fn Bell() -> impl IntoView {
    view! {
        <a class="button link bell" href="/notices">
            <Draw icon=Icon::Bell/>
            <span class="bell-word">{say(notice::NOTICES)}</span>
            <Badge count=notice_count/>
        </a>
    }
}

/// Citizens' pages have no bell: who is signed in gets the staff's browser code.
#[cfg(not(feature = "staff"))]
#[component]
fn Bell() -> impl IntoView {}

#[component]
fn Footer() -> impl IntoView {
    let (actor, locale) = (use_actor(), use_locale());
    let office = use_seed().with(|seed| seed.office.clone());
    let work = match actor {
        Some(_) => view! { <a href="/tasks">{say(common::TO_WORK)}</a> },
        None => view! { <a href="/sign-in" rel="external">{say(common::STAFF_SIGN_IN)}</a> },
    };
    view! {
        <footer class="site-footer">
            <p><span lang=locale.tag()>{office}</span> " · " {say(common::FOOTER)} " " <a href="tel:12345" class="nowrap">"12345"</a></p>
            <p class="row"><a href="/privacy" rel="external">{say(common::PRIVACY)}</a> {work}</p>
        </footer>
    }
}
