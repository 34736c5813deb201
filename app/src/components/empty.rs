//! An empty list: why it is empty and what to do next (`.empty`).
//! Not here: faults (`fault`).
//! Read next: `page`.

use leptos::prelude::*;
use shared::text::Text;

use crate::context::say;

/// Why a list is empty, and the way on as children (links, buttons).
#[component]
pub fn Empty(
    /// What is not there.
    title: Text,
    /// Why, and what to do.
    reason: Text,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <h2>{say(title)}</h2>
            <p>{say(reason)}</p>
            {children.map(|children| children())}
        </div>
    }
}
