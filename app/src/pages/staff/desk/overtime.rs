//! The desk's own alarm: a form that stands open for long is told to whoever takes the call.
//! Not here: the alarm of the centre (`pages::staff::alarms`). Only script can watch the time; without it the form is as it was.

use leptos::prelude::*;
use shared::text::ticket::alarm;

use crate::context::say;

/// How long a form may stand open.
#[cfg(feature = "hydrate")]
const ALLOWED: std::time::Duration = std::time::Duration::from_mins(15);

/// The note, once the form has stood open for too long.
#[component]
pub fn Overtime() -> impl IntoView {
    let rings = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    Effect::new(move || {
        // Nobody may be there any more when the time comes.
        let ring = move || {
            let _ = rings.try_set(true);
        };
        set_timeout(ring, ALLOWED);
    });
    let note = move || {
        let rings = rings.get();
        rings.then(|| view! { <p class="note warn">{say(alarm::DESK)}</p> })
    };
    view! { <div aria-live="polite">{note}</div> }
}
