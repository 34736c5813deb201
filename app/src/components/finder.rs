//! A field that narrows the list below it while one types (`.finder-search`). Only script can, so without it the field is not there
//! and the list is whole. Not here: searching in the database (the ticket list's own field).
//! Whoever has the list decides what fits.

use leptos::prelude::*;
use shared::text::Text;

use crate::context::say;

/// The field.
#[component]
pub fn Finder(
    /// What is looked for; for the eye and for screen readers.
    label: Text,
    /// What was typed.
    words: RwSignal<String>,
    /// Element id.
    #[prop(into)]
    id: String,
) -> impl IntoView {
    let live = RwSignal::new(false);
    Effect::new(move || live.set(true));
    view! {
        <input
            type="search"
            id=id
            class="finder-search"
            aria-label=say(label)
            placeholder=say(label)
            autocomplete="off"
            hidden=move || !live.get()
            on:input=move |event| words.set(event_target_value(&event))
        />
    }
}

/// Whether each word that was typed is in one of the texts; everything fits while nothing was typed.
pub fn fits(typed: &str, texts: &[&str]) -> bool {
    let texts: Vec<String> = texts.iter().map(|text| text.to_lowercase()).collect();
    let typed = typed.to_lowercase();
    typed
        .split_whitespace()
        .all(|word| texts.iter().any(|text| text.contains(word)))
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn nothing_typed_fits_everything_and_case_does_not_count() {
        assert!(fits("  ", &["x"]));
        assert!(fits("pot", &["Roads", "Potholes"]));
        assert!(fits("roads pot", &["Roads", "Potholes"]));
        assert!(!fits("lamp", &["Roads", "Potholes"]));
    }
}
