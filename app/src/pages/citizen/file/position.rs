//! The optional position: a button that asks the browser, and the point as two hidden fields.
//! Not here: asking (`browser::position`); without script there is no button and nothing is missing.
//! The reader can take the point away again.

use leptos::prelude::*;
use shared::text::citizen;

use crate::components::form::{FieldNotes, Hidden, use_form};
use crate::components::icon::{Draw, Icon};
use crate::context::{say, use_locale};

/// Where the button is.
#[cfg_attr(
    not(feature = "hydrate"),
    expect(dead_code, reason = "only a browser is asked for its position")
)]
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    Not,
    Asking,
    Failed,
    /// Metres of accuracy.
    Found(i64),
}

/// Button, point, and words about it.
#[component]
pub fn Position() -> impl IntoView {
    let (form, locale) = (use_form(), use_locale());
    let lon = RwSignal::new(form.initial("lon", None));
    let lat = RwSignal::new(form.initial("lat", None));
    let asked = RwSignal::new(if lon.get_untracked().is_empty() {
        Asked::Not
    } else {
        Asked::Found(0)
    });
    let live = RwSignal::new(false);
    Effect::new(move || live.set(true));
    let ask = move |_| {
        asked.set(Asked::Asking);
        #[cfg(feature = "hydrate")]
        leptos::task::spawn_local(async move {
            match crate::browser::position::position().await {
                Some((x, y, accuracy)) => {
                    lon.set(crate::browser::position::degrees(x));
                    lat.set(crate::browser::position::degrees(y));
                    asked.set(Asked::Found(accuracy.round() as i64));
                }
                None => asked.set(Asked::Failed),
            }
        });
    };
    let remove = move |_| {
        lon.set(String::new());
        lat.set(String::new());
        asked.set(Asked::Not);
    };
    let words = move || match asked.get() {
        Asked::Not => String::new(),
        Asked::Asking => citizen::POSITION_ASKING.get(locale).to_owned(),
        Asked::Failed => citizen::POSITION_FAILED.get(locale).to_owned(),
        Asked::Found(accuracy) => citizen::position_added(accuracy, locale),
    };
    let found = move || matches!(asked.get(), Asked::Found(_));
    view! {
        <Hidden name="lon" value=lon/>
        <Hidden name="lat" value=lat/>
        <FieldNotes name="lon"/>
        <div class="row" hidden=move || !live.get()>
            <button type="button" class="button" hidden=found aria-disabled=move || (asked.get() == Asked::Asking).then_some("true") on:click=ask>
                <Draw icon=Icon::Pin/>
                {say(citizen::POSITION_BUTTON)}
            </button>
            <span aria-live="polite">{words}</span>
            <button type="button" class="button link" hidden=move || !found() on:click=remove>{say(citizen::POSITION_REMOVE)}</button>
        </div>
    }
}
