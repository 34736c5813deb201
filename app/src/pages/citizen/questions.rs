//! Common questions: each opens in place, without script; one is open through its address (`#q3`).
//! Not here: the words (`shared::text::questions`).
//! The page ends with the two ways on: call, or file.

use leptos::prelude::*;
use shared::text::{citizen, questions::QUESTIONS};

use crate::components::page::{Page, fixed};
use crate::context::say;

/// `/questions`
#[component]
pub fn QuestionsPage() -> impl IntoView {
    let question = |(index, (question, answer))| {
        view! {
            <details class="fold question" id=format!("q{}", index + 1) name="questions">
                <summary><h2>{say(question)}</h2></summary>
                <p class="prose">{say(answer)}</p>
            </details>
        }
    };
    view! {
        <Page title=fixed(citizen::QUESTIONS_TITLE)>
            <div class="questions card">{QUESTIONS.iter().copied().enumerate().map(question).collect_view()}</div>
            <section class="card quiet stack after">
                <p>{say(citizen::QUESTIONS_INTRO)}</p>
                <p class="row">
                    <a class="button primary" href="/file">{say(citizen::FILE_DOOR)}</a>
                    <a class="button" href="tel:12345">"12345"</a>
                </p>
            </section>
        </Page>
    }
}
