//! The unfinished complaint in this browser's storage, for 7 days, with a way to throw it away.
//! Only here: nothing of it reaches the server before the form is sent.
//! Keys, passwords and hidden steps are not kept.

use leptos::prelude::window;
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Event, EventInit, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, Storage,
};

use crate::forms::{KEY, STEP};

/// Seven days in milliseconds.
const KEPT: i64 = 7 * 24 * 3600 * 1000;

#[derive(Serialize, Deserialize)]
struct Draft {
    saved_at: i64,
    fields: Vec<(String, String)>,
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// Keeps what is typed in the form now.
pub fn save(key: &str, form_id: &str) {
    let Some(fields) = super::submit::typed(form_id) else {
        return;
    };
    let fields: Vec<_> = fields
        .into_iter()
        .filter(|(name, value)| name != KEY && name != STEP && !value.is_empty())
        .collect();
    keep(key, fields);
}

/// Keeps fields under a key.
pub(super) fn keep(key: &str, fields: Vec<(String, String)>) {
    let draft = Draft {
        saved_at: super::now().0,
        fields,
    };
    if let (Some(storage), Ok(text)) = (storage(), serde_json::to_string(&draft)) {
        // A full storage loses the draft, not the form.
        let _ = storage.set_item(key, &text);
    }
}

/// What was kept, unless it is older than 7 days; an old one is thrown away.
pub fn load(key: &str) -> Option<Vec<(String, String)>> {
    let text = storage()?.get_item(key).ok().flatten()?;
    match serde_json::from_str::<Draft>(&text) {
        Ok(draft) if super::now().0 - draft.saved_at < KEPT => Some(draft.fields),
        _ => {
            discard(key);
            None
        }
    }
}

/// Throws the draft away.
pub fn discard(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(key);
    }
}

/// Puts a kept value into its control, if the reader has not typed something there already.
pub fn put(name: &str, value: &str) {
    let selector = format!("[name=\"{}\"]", name.replace(['"', '\\'], ""));
    let Some(found) = window()
        .document()
        .and_then(|document| document.query_selector_all(&selector).ok())
    else {
        return;
    };
    for index in 0..found.length() {
        let Some(node) = found.get(index) else {
            continue;
        };
        put_one(&node, value);
    }
}

/// Puts a value into one control that is still empty; whether it was.
pub(super) fn put_one(node: &web_sys::Node, value: &str) -> bool {
    if let Some(area) = node.dyn_ref::<HtmlTextAreaElement>() {
        if area.value().trim().is_empty() {
            area.set_value(value);
            tell(area, "input");
            return true;
        }
    } else if let Some(select) = node.dyn_ref::<HtmlSelectElement>() {
        if select.value().is_empty() {
            select.set_value(value);
            return true;
        }
    } else if let Some(input) = node.dyn_ref::<HtmlInputElement>() {
        match input.type_().as_str() {
            "radio" | "checkbox" if input.value() == value && !input.checked() => {
                input.set_checked(true);
                tell(input, "change");
                return true;
            }
            "radio" | "checkbox" | "hidden" | "file" | "password" => {}
            _ if input.value().is_empty() => {
                input.set_value(value);
                tell(input, "input");
                return true;
            }
            _ => {}
        }
    }
    false
}

/// Lets the page's own listeners see a value that was put in.
pub(super) fn tell(target: &web_sys::EventTarget, what: &str) {
    let init = EventInit::new();
    init.set_bubbles(true);
    if let Ok(event) = Event::new_with_event_init_dict(what, &init) {
        let _: Result<bool, JsValue> = target.dispatch_event(&event);
    }
}
