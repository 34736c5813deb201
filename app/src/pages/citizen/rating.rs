//! The citizen's rating: solved or not, one to five, own words; and the rating that was given.
//! Not here: what a bad rating leads to (services).
//! Levels are words with digits, never stars alone.

use leptos::prelude::*;
use shared::text::citizen;
use shared::ticket::view::RatingView;
use shared::ticket::{Satisfaction, Solved};

use crate::components::form::{ChoiceItem, Choices, Form, SubmitButton, TextArea};
use crate::components::ticket::When;
use crate::context::{say, use_locale};

/// Whether it was solved, to choose from.
pub(super) fn solved_items() -> Vec<ChoiceItem> {
    [Solved::Yes, Solved::Partly, Solved::No]
        .map(|value| ChoiceItem::new(value.as_str(), value.text()))
        .into()
}

/// One to five, to choose from.
pub(super) fn level_items() -> Vec<ChoiceItem> {
    Satisfaction::ALL
        .iter()
        .filter(|level| level.is_rated())
        .map(|level| ChoiceItem::new(level.as_str(), level.text()))
        .collect()
}

/// The form.
#[component]
pub fn RateForm(
    /// Where it is posted.
    action: String,
) -> impl IntoView {
    view! {
        <Form action=action.clone() prefix="rate-" class="stack">
            <Choices name="solved" items=solved_items() legend=citizen::RATE_SOLVED layout="inline"/>
            <Choices name="satisfaction" items=level_items() legend=citizen::RATE_SATISFIED layout="inline"/>
            <TextArea name="words" optional=true max=1000 rows=3/>
            <p><SubmitButton label=citizen::RATE_SEND/></p>
        </Form>
    }
}

/// The latest rating.
#[component]
pub fn GivenRating(rating: RatingView) -> impl IntoView {
    let locale = use_locale();
    view! {
        <section class="card">
            <h2 class="section-title">{say(citizen::YOUR_RATING)}</h2>
            <p>
                {rating.satisfaction.label(locale)}
                {rating.solved.map(|solved| view! { " · " {solved.label(locale)} })}
                " · " <When at=rating.at/>
            </p>
            {rating.words.map(|words| view! { <p class="prose">{words}</p> })}
        </section>
    }
}
