//! Keys of the staff's pages: `/` puts the cursor into the search, `g d` goes to the to-dos, `g l` to the list, `g s` to the one search,
//! arrows go through the rows of a table; Enter opens, as a link does.
//! Keys typed into a field are left alone, and so are all with Ctrl, Alt or Meta.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

/// The link of a row; arrows go from one to the next.
const ROW: &str = "main .table a.row-link";
/// How long `g` waits for the second key, in milliseconds.
const CHORD: f64 = 1500.0;

/// Element id of the list's search.
const SEARCH: &str = "q";

thread_local! {
    /// The search was asked for on another page.
    static WANTED: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

/// Puts the cursor into the search that has just been drawn, if `/` brought the reader here.
pub fn find_search() {
    if WANTED.replace(false) {
        super::focus_later(SEARCH);
    }
}

/// Listens until the page is left.
pub fn listen() {
    let navigate = use_navigate();
    let chord = StoredValue::new(0.0_f64);
    let handle = window_event_listener(leptos::ev::keydown, move |event: KeyboardEvent| {
        if event.ctrl_key() || event.alt_key() || event.meta_key() || is_typing() {
            return;
        }
        let now = js_sys::Date::now();
        let go = now - chord.get_value() < CHORD;
        chord.set_value(0.0);
        match (go, event.key().as_str()) {
            (true, "d") => navigate("/tasks", NavigateOptions::default()),
            (true, "s") => navigate("/search", NavigateOptions::default()),
            (true, "l") => navigate("/tickets", NavigateOptions::default()),
            (_, "g") => chord.set_value(now),
            // A Chinese keyboard may give the wide sign, or none before its own list.
            (_, "/" | "／" | "、") => {
                event.prevent_default();
                if let Some(field) = super::element(SEARCH) {
                    drop(field.focus());
                } else {
                    WANTED.set(true);
                    navigate("/tickets", NavigateOptions::default());
                }
            }
            (_, "ArrowDown") => step(&event, 1),
            (_, "ArrowUp") => step(&event, -1),
            _ => {}
        }
    });
    on_cleanup(move || handle.remove());
}

fn is_typing() -> bool {
    let active = window().document().and_then(|page| page.active_element());
    active.is_some_and(|element| {
        matches!(element.tag_name().as_str(), "INPUT" | "SELECT" | "TEXTAREA")
    })
}

/// The focus to the next or the previous row; to the first one when none has it.
fn step(event: &KeyboardEvent, by: i32) {
    let Some(page) = window().document() else {
        return;
    };
    let Ok(rows) = page.query_selector_all(ROW) else {
        return;
    };
    let count = i32::try_from(rows.length()).unwrap_or(0);
    if count == 0 {
        return;
    }
    let active = page.active_element();
    let at = (0..count).find(|index| {
        let row = rows.get(u32::try_from(*index).unwrap_or(0));
        row.zip(active.as_ref())
            .is_some_and(|(row, active)| row.is_same_node(Some(active.as_ref())))
    });
    let next = at.map_or(0, |at| (at + by).clamp(0, count - 1));
    let row = rows
        .get(u32::try_from(next).unwrap_or(0))
        .and_then(|row| row.dyn_into::<HtmlElement>().ok());
    if let Some(row) = row {
        event.prevent_default();
        let _ = row.focus();
    }
}
