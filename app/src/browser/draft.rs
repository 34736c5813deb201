//! The unfinished complaint in this browser: until the tab is closed, or for 7 days where the person ticks that the device is theirs.
//! Only here: nothing of it reaches the server before the form is sent.
//! Keys, passwords, identity numbers and hidden steps are not kept.

use leptos::prelude::window;
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Event, EventInit, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, Storage,
};

use crate::forms::{KEY, STEP};

/// In milliseconds.
const KEPT: i64 = shared::command::DRAFT_DAYS * 24 * 3600 * 1000;

#[derive(Serialize, Deserialize)]
struct Draft {
    saved_at: i64,
    fields: Vec<(String, String)>,
}

/// Element id of the box that keeps the draft when the tab is closed.
pub const KEEP_BOX: &str = "keep-draft";

/// Stays on the device.
fn of_device() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// Ends with the tab.
fn of_tab() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

fn item(storage: Option<Storage>, key: &str) -> Option<String> {
    storage?.get_item(key).ok().flatten()
}

/// Whether a draft stays on this device already.
pub fn is_kept(key: &str) -> bool {
    item(of_device(), key).is_some()
}

/// What the box says; before it is there, what was chosen last time.
fn keeps(key: &str) -> bool {
    let found = window()
        .document()
        .and_then(|document| document.get_element_by_id(KEEP_BOX))
        .and_then(|element| element.dyn_into::<HtmlInputElement>().ok());
    found.map_or_else(|| is_kept(key), |input| input.checked())
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
    put_away(key, fields, keeps(key));
}

/// Keeps fields under a key on this device.
#[cfg(feature = "staff")]
pub(super) fn keep(key: &str, fields: Vec<(String, String)>) {
    put_away(key, fields, true);
}

fn put_away(key: &str, mut fields: Vec<(String, String)>, on_device: bool) {
    // An identity number stays in no browser.
    fields.retain(|(name, _)| name != "citizen.id_number");
    let draft = Draft {
        saved_at: super::now().0,
        fields,
    };
    let (storage, other) = if on_device {
        (of_device(), of_tab())
    } else {
        (of_tab(), of_device())
    };
    if let Some(other) = other {
        let _ = other.remove_item(key);
    }
    if let (Some(storage), Ok(text)) = (storage, serde_json::to_string(&draft)) {
        // A full storage loses the draft, not the form.
        let _ = storage.set_item(key, &text);
    }
}

/// What was kept, unless it is older than 7 days; an old one is thrown away.
pub fn load(key: &str) -> Option<Vec<(String, String)>> {
    let text = item(of_device(), key).or_else(|| item(of_tab(), key))?;
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
    for storage in [of_device(), of_tab()].into_iter().flatten() {
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
pub fn tell(target: &web_sys::EventTarget, what: &str) {
    let init = EventInit::new();
    init.set_bubbles(true);
    if let Ok(event) = Event::new_with_event_init_dict(what, &init) {
        let _: Result<bool, JsValue> = target.dispatch_event(&event);
    }
}
