//! What is missing of a ticket that went back to intake, above the form with which it is completed.
//! Not here: the form (`actions::intake`).
//! The words are those of the history's last line about it.

use leptos::prelude::*;
use shared::text::ticket::intake as words;
use shared::ticket::view::HistoryEvent;
use shared::ticket::{TicketState, Verb};

use crate::components::ticket::When;
use crate::context::say;

/// The card; nothing while the ticket waits for something else.
#[component]
pub fn Missing(
    /// How the ticket stands.
    state: TicketState,
    /// What has happened.
    history: Vec<HistoryEvent>,
) -> impl IntoView {
    let is_back = state == TicketState::IntakeFix;
    let mut lines = history.into_iter().rev();
    let last = lines.find(|line| is_back && line.verb == Verb::ToIntake);
    last.map(|line| {
        let by = line.by.unwrap_or_default();
        view! {
            <section class="card stack tight" aria-labelledby="missing-title">
                <h2 class="section-title" id="missing-title">{say(words::WAITS)}</h2>
                <div class="note warn">
                    <p class="prose" lang="zh-CN">{line.note}</p>
                    <p class="muted small"><span lang="zh-CN">{by}</span> " · " <When at=line.at/></p>
                </div>
            </section>
        }
    })
}
