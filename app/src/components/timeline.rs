//! A vertical timeline: done steps quiet, the current one strong, coming ones pale (`ol.timeline`).
//! Not here: which steps there are (services).
//! Used by the citizen's tracker and by the staff's history.

use leptos::prelude::*;
use shared::calendar::Instant;
use shared::text::common;

use super::ticket::When;
use crate::context::say;

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineItem {
    /// `done`, `current` or `coming`.
    pub progress: String,
    /// What happened or will.
    pub what: String,
    /// The unit; a Chinese name.
    pub unit: Option<String>,
    /// When it happened.
    pub at: Option<Instant>,
    /// More words below: a note, or until when.
    pub note: Option<String>,
}

/// The steps in their order.
#[component]
pub fn Timeline(
    /// The steps.
    items: Vec<TimelineItem>,
) -> impl IntoView {
    let step = |item: TimelineItem| {
        let now = item.progress == "current";
        let spoken = match item.progress.as_str() {
            "done" => common::STEP_DONE,
            "current" => common::STEP_CURRENT,
            _ => common::STEP_COMING,
        };
        view! {
            <li class=item.progress aria-current=now.then_some("step")>
                <span class="visually-hidden">{say(spoken)}</span>
                <p class="what">
                    {item.what}
                    {item.unit.map(|unit| view! { " · " <span lang="zh-CN">{unit}</span> })}
                </p>
                {item.note.map(|note| view! { <p>{note}</p> })}
                {item.at.map(|at| view! { <p class="when"><When at/></p> })}
            </li>
        }
    };
    view! { <ol class="timeline">{items.into_iter().map(step).collect_view()}</ol> }
}
