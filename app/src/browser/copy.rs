//! Copies a text to the clipboard.
//! Where the browser refuses, the button says so and the text can be selected by hand.
//! Not here: the button (`pages::citizen::filed`).

use leptos::prelude::window;
use wasm_bindgen_futures::JsFuture;

/// Whether the text is now on the clipboard.
pub async fn copy(text: &str) -> bool {
    let clipboard = window().navigator().clipboard();
    // Absent on plain http other than this machine.
    if AsRef::<wasm_bindgen::JsValue>::as_ref(&clipboard).is_undefined() {
        return false;
    }
    JsFuture::from(clipboard.write_text(text)).await.is_ok()
}
