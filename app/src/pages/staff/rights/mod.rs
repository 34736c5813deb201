//! Roles and posts, for the security administrator: the roles of the installation, people with their posts, and what these really give.
//! Not here: making accounts (`account`), the rules (`services::users`).
//! Read next: `roles`, `role`, `people`, `person`.

mod alarms;
mod audit;
mod audit_reports;
mod fields;
mod grants;
mod kept_questions;
mod looks;
mod people;
mod person;
mod readers;
mod role;
mod roles;
mod sight;

pub use alarms::AuditAlarmsPage;
pub use audit::AuditPage;
pub use audit_reports::AuditReportsPage;
pub use fields::PersonalFieldsPage;
pub use looks::PersonalLooksPage;
pub use people::PeoplePage;
pub use person::PersonPage;
pub use readers::ReadersPage;
pub use role::RolePage;
pub use roles::RolesPage;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::text::account::posts as words;

use crate::context::say;

/// That something was done, after a form.
#[component]
fn DoneNote() -> impl IntoView {
    let query = use_query_map();
    let note = move || {
        let done = query.with(|query| query.get("done"));
        let word = match done.as_deref() {
            Some("give") => words::DONE_GIVE,
            Some("end") => words::DONE_END,
            Some("resume") => words::DONE_RESUME,
            Some("role") => words::DONE_ROLE,
            _ => return None,
        };
        Some(view! { <p class="note ok">{say(word)}</p> })
    };
    view! { <div aria-live="polite" class="done-note">{note}</div> }
}
