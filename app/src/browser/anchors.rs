//! Links inside a page (`#content`, the skip link): the focus goes to what they name, as it does without script.
//! The router takes every link of this site and only scrolls, so a reader with a keyboard would stay where they were.
//! Not here: links to other pages.

use leptos::ev::MouseEvent;
use leptos::prelude::document;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

/// Listens for the whole life of the page, before the router does.
pub fn watch() {
    let listener = Closure::<dyn FnMut(MouseEvent)>::new(|event: MouseEvent| {
        let plain =
            event.button() == 0 && !event.ctrl_key() && !event.meta_key() && !event.shift_key();
        if plain && let Some(id) = named(&event) {
            event.prevent_default();
            super::focus_later(&id);
        }
    });
    let _: Result<(), JsValue> = document().add_event_listener_with_callback_and_bool(
        "click",
        listener.as_ref().unchecked_ref(),
        true,
    );
    listener.forget();
}

/// The element's id that the pressed link names; nothing for other clicks and for names that are not on the page.
fn named(event: &MouseEvent) -> Option<String> {
    let pressed = event.target()?.dyn_into::<Element>().ok()?;
    let link = pressed.closest("a[href^=\"#\"]").ok()??;
    let id = link
        .get_attribute("href")?
        .trim_start_matches('#')
        .to_owned();
    super::element(&id).map(|_| id)
}
