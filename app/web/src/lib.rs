//! The browser entry: hydrates the server-rendered page. Nothing else lives here, so that the wasm build keeps LTO.
//! Not here: pages (`app`). Read next: `app::hydrate`.

use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the page's script when the module is loaded.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    app::hydrate();
}
