//! How a clock stands on the escalation ladder: the rung that it has reached in its colour, and the next one with its time.
//! Not here: what is left of the deadline (`components::light`), the list of rungs.
//! Colour never says it alone: the rung's name stands in it.

use leptos::prelude::*;
use shared::ids::AssignmentId;
use shared::ladder::Colour;
use shared::text::ladder as words;
use shared::ticket::view::LadderView;

use crate::components::icon::{Draw, Icon};
use crate::context::{say, use_locale, use_now};

/// The ladder of a clock: of an assignment, or of the ticket without one.
pub fn of(ladders: &[LadderView], assignment: Option<AssignmentId>) -> Option<LadderView> {
    let mut all = ladders.iter();
    all.find(|it| it.assignment == assignment).cloned()
}

/// The colour of what it has reached.
pub fn colour(ladder: Option<&LadderView>) -> Option<Colour> {
    ladder?.reached.as_ref().map(|rung| rung.colour)
}

/// What it has reached and what comes next; nothing for a clock that does not run.
#[component]
pub fn Ladder(ladder: Option<LadderView>) -> impl IntoView {
    let (locale, now) = (use_locale(), use_now());
    let ladder = ladder.filter(|it| it.reached.is_some() || it.next.is_some());
    ladder.map(|ladder| {
        let at = ladder.reached_at;
        let reached = ladder.reached.map(|rung| {
            let (class, icon) = look(rung.colour);
            let name = words::rung(rung.name(locale), at, now, locale);
            view! {
                <span class=class><Draw icon/> <span>{say(words::REACHED)}{name}</span></span>
            }
        });
        let at = ladder.next_at;
        let next = ladder.next.map_or_else(
            || say(words::LAST).to_owned(),
            |rung| {
                let name = words::rung(rung.name(locale), at, now, locale);
                format!("{}{name}", say(words::NEXT))
            },
        );
        view! {
            <p class="row small">
                <span class="muted">{say(words::LADDER)}</span>
                {reached}
                <span>{next}</span>
            </p>
        }
    })
}

const fn look(colour: Colour) -> (&'static str, Icon) {
    match colour {
        Colour::Blue => ("light blue", Icon::Clock),
        Colour::Yellow => ("light yellow", Icon::Clock),
        Colour::Orange => ("light orange", Icon::Alert),
        Colour::Red => ("light red", Icon::Alert),
    }
}
