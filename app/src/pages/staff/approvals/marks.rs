//! Small facts of an approval: its status, a deadline that is only a day and a light.
//! Not here: deadlines with what is left of them (`components::light`).
//! Never colour alone.

use leptos::prelude::*;
use shared::approval::ApprovalStatus;
use shared::calendar::Instant;
use shared::text::{approval_forms as words, clock};
use shared::ticket::Light;

use crate::components::icon::{Draw, Icon};
use crate::context::{say, use_locale, use_now};

/// The status (`.badge.state`).
#[component]
pub fn ApprovalBadge(status: ApprovalStatus) -> impl IntoView {
    view! { <span class="badge state" data-approval=status.as_str()>{status.label(use_locale())}</span> }
}

/// When something is due, with its light; a dash without a deadline.
#[component]
pub fn DueChip(due_at: Option<Instant>, light: Light) -> impl IntoView {
    let Some(due_at) = due_at else {
        return view! { <span class="muted">"—"</span> }.into_any();
    };
    let (class, icon, word) = match light {
        Light::Green => ("light green", Icon::Tick, None),
        Light::Yellow => ("light yellow", Icon::Clock, Some(words::DUE_SOON)),
        Light::Red => ("light red", Icon::Alert, Some(words::OVERDUE)),
    };
    let (now, locale) = (use_now(), use_locale());
    let exact = clock::date_time(due_at, now, locale);
    // Near days are words with the time; of others the day is enough.
    let near = due_at
        .date()
        .signed_duration_since(now.date())
        .num_days()
        .abs()
        <= 1;
    let at = if near {
        exact.clone()
    } else {
        clock::date(due_at.date(), now, locale)
    };
    view! {
        <span class=class title=exact>
            <Draw icon/>
            <span>{word.map(|word| format!("{} · ", say(word)))}<time datetime=due_at.rfc3339()>{at}</time></span>
        </span>
    }
    .into_any()
}
