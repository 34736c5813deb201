//! Putting words into a text where its cursor stands.
//! Not here: which words (`components::form::phrases`).

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;

use super::draft::tell;

/// Puts words into the text with this id in the place of what is selected; whether it is there.
pub fn insert(id: &str, words: &str) -> bool {
    let node = document().get_element_by_id(id);
    let Some(area) = node.and_then(|node| node.dyn_into::<HtmlTextAreaElement>().ok()) else {
        return false;
    };
    // Places count UTF-16 units, as the browser does.
    let before: Vec<u16> = area.value().encode_utf16().collect();
    let place = |at: Option<u32>| {
        let at = at.and_then(|at| usize::try_from(at).ok());
        at.unwrap_or(before.len()).min(before.len())
    };
    let start = place(area.selection_start().ok().flatten());
    let end = place(area.selection_end().ok().flatten()).max(start);
    let put: Vec<u16> = words.encode_utf16().collect();
    let after = [&before[..start], &put[..], &before[end..]].concat();
    area.set_value(&String::from_utf16_lossy(&after));
    let cursor = u32::try_from(start + put.len()).ok();
    let moved = area.set_selection_range(cursor.unwrap_or_default(), cursor.unwrap_or_default());
    let focused = area.focus();
    tell(&area, "input");
    moved.is_ok() && focused.is_ok()
}
