//! A process as a drawing, made by the server; nothing in it runs in the browser.
//! Not here: the drawing itself (`bpmn::diagram`), its colours (`style/diagram.css`).
//! What it shows stands in words beside it, for whoever cannot see it.

use leptos::prelude::*;
use shared::text::{Text, ticket};

use crate::context::say;

/// The drawing, or words where a file has none.
#[component]
pub fn Drawing(
    /// SVG of our own making.
    svg: Option<String>,
    /// What a screen reader says for it.
    label: Text,
    /// Said where there is no drawing.
    none: Text,
    /// Explains the colour of steps that were done.
    #[prop(optional)]
    past: bool,
) -> impl IntoView {
    match svg {
        Some(svg) => view! {
            <div class="diagram" role="region" tabindex="0" aria-label=say(label) inner_html=svg></div>
            <div class="row diagram-keys">
                <span class="diagram-key is-here">{say(ticket::FLOW_NOW)}</span>
                {past.then(|| view! { <span class="diagram-key was-here">{say(ticket::FLOW_WAS)}</span> })}
                <span class="muted small">{say(ticket::FLOW_SCROLL)}</span>
            </div>
        }
        .into_any(),
        None => view! { <p class="note">{say(none)}</p> }.into_any(),
    }
}

/// Where a case stands: the steps that wait for somebody, or that it is over (`dl.facts`).
#[component]
pub fn Stands(
    /// Names of the steps, as the definition writes them.
    stands: Vec<String>,
) -> impl IntoView {
    let now = if stands.is_empty() {
        view! { <span>{say(ticket::FLOW_OVER)}</span> }.into_any()
    } else {
        view! { <b>{stands.join("、")}</b> }.into_any()
    };
    view! { <div><dt>{say(ticket::FLOW_NOW)}</dt><dd>{now}</dd></div> }
}
