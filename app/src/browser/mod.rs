//! Everything that only a browser can do; compiled with the feature `hydrate` alone.
//! Small functions over web-sys: failures give nothing, since every page works without them.
//! Not here: anything that a page needs in order to be read or sent.

pub mod anchors;
pub mod copy;
pub mod draft;
#[cfg(feature = "staff")]
pub mod kept;
pub mod keys;
#[cfg(feature = "staff")]
pub mod passkey;
#[cfg(feature = "staff")]
pub mod phrase;
pub mod picture;
pub mod position;
pub mod query;
#[cfg(feature = "staff")]
pub mod sign_in;
pub mod submit;
pub mod upload;

use leptos::prelude::{request_animation_frame, window};
use shared::calendar::Instant;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The browser's clock, for words such as "today" on pages that were not made by the server.
pub fn now() -> Instant {
    Instant(js_sys::Date::now() as i64)
}

/// A random text of 32 letters and digits, for the idempotency keys of a page made in the browser.
pub fn random_key() -> String {
    let mut bytes = [0_u8; 16];
    if window()
        .crypto()
        .and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes))
        .is_err()
    {
        // Without a generator two pages still differ by the time; the server only needs them to differ.
        bytes[..8].copy_from_slice(&js_sys::Date::now().to_bits().to_be_bytes());
    }
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0');
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}

/// Waits, in milliseconds.
pub async fn pause(milliseconds: u32) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let time = i32::try_from(milliseconds).unwrap_or(i32::MAX);
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, time);
    });
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
}

/// Says on the document that script has taken over; style and journeys can wait for it.
pub fn mark_live() {
    if let Some(root) = window()
        .document()
        .and_then(|document| document.document_element())
    {
        let _ = root.set_attribute("data-live", "");
    }
}

/// An element by its id.
pub fn element(id: &str) -> Option<HtmlElement> {
    window().document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// Ticks the radio button of a name and value, and brings it into view.
#[cfg(feature = "staff")]
pub fn choose(name: &str, value: &str) {
    let selector = format!(
        "input[name=\"{name}\"][value=\"{}\"]",
        value.replace(['"', '\\'], "")
    );
    let found = window()
        .document()
        .and_then(|page| page.query_selector(&selector).ok()?)
        .and_then(|input| input.dyn_into::<web_sys::HtmlInputElement>().ok());
    if let Some(input) = found {
        input.set_checked(true);
        let _ = input.focus();
        draft::tell(&input, "change");
    }
}

/// Puts the focus on an element once the page has been drawn anew.
pub fn focus_later(id: &str) {
    let id = id.to_owned();
    request_animation_frame(move || {
        if let Some(element) = element(&id) {
            let _ = element.focus();
            element.scroll_into_view_with_bool(true);
        }
    });
}
