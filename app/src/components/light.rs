//! The deadline light: icon and words, never colour alone (`.light.green|blue|yellow|orange|red`).
//! Not here: when a light changes (`shared::calendar`), the words (`shared::text::time`).
//! Read next: `ticket`.

use leptos::prelude::*;
use shared::calendar::{Instant, Remaining};
use shared::ladder::Colour;
use shared::text::clock::date_time;
use shared::text::{Locale, Text, common, time};
use shared::ticket::Light;
use shared::ticket::view::DeadlineView;

use super::icon::{Draw, Icon};
use crate::context::{say, use_locale, use_now};

/// The light of a deadline with what is left; a dash where there is no deadline.
#[component]
pub fn LightChip(
    /// The deadline.
    deadline: DeadlineView,
    /// Which clock it is, where several run: said before what is left.
    #[prop(default = None)]
    clock: Option<Text>,
    /// The colour of the rung of the escalation ladder that the clock has reached: finer than the light.
    #[prop(default = None)]
    colour: Option<Colour>,
) -> impl IntoView {
    let (locale, now) = (use_locale(), use_now());
    let Some(due_at) = deadline.due_at else {
        return view! { <span class="muted">"—"</span> }.into_any();
    };
    let ended = deadline.minutes_left.is_none();
    let (class, icon) = match (deadline.light, colour) {
        (Light::Red, _) if ended => ("light quiet late", Icon::Alert),
        _ if ended => ("light quiet", Icon::Tick),
        (Light::Green, Some(Colour::Blue)) => ("light blue", Icon::Clock),
        (Light::Green, _) => ("light green", Icon::Tick),
        (Light::Yellow, Some(Colour::Orange)) => ("light orange", Icon::Alert),
        (Light::Yellow, _) => ("light yellow", Icon::Clock),
        (Light::Red, _) => ("light red", Icon::Alert),
    };
    let mut words = words(&deadline, due_at, now, locale);
    if let Some(clock) = clock.filter(|_| !ended) {
        words = time::of_clock(clock.get(locale), &words, locale);
    }
    let mut title = date_time(due_at, now, locale);
    if deadline.provisional {
        title = format!("{title} {}", say(common::PROVISIONAL));
    }
    view! {
        <span class=class title=title>
            <Draw icon/>
            <span>{words}</span>
            {deadline.provisional.then(|| view! { <span>" " {say(common::PROVISIONAL_SHORT)}</span> })}
        </span>
    }
    .into_any()
}

/// What is left in working time; for what has ended, whether it ended in time.
fn words(deadline: &DeadlineView, due_at: Instant, now: Instant, locale: Locale) -> String {
    match (deadline.minutes_left, deadline.working_days_left) {
        (Some(minutes), Some(days)) => {
            let clock_minutes = (due_at.0 - now.0).div_euclid(60_000);
            time::remaining(
                Remaining {
                    minutes,
                    days,
                    clock_minutes,
                },
                locale,
            )
        }
        _ if deadline.light == Light::Red => common::ENDED_LATE.get(locale).to_owned(),
        _ => common::ENDED_IN_TIME.get(locale).to_owned(),
    }
}
