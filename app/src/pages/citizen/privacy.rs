//! The privacy statement of the office, and how to reach it.
//! Not here: the words (`shared::register`, the list of public texts).
//! A paragraph each line.

use leptos::prelude::*;
use shared::register::TextCode;
use shared::text::citizen;

use crate::components::page::{Page, fixed};
use crate::context::{office_says, say};

/// `/privacy`
#[component]
pub fn PrivacyPage() -> impl IntoView {
    let said = office_says(TextCode::Privacy);
    let lines = said.lines().filter(|line| !line.trim().is_empty());
    let paragraphs = lines
        .map(|line| view! { <p class="prose">{line.to_owned()}</p> })
        .collect_view();
    view! {
        <Page title=fixed(citizen::PRIVACY_TITLE)>
            <section class="card stack">{paragraphs}</section>
            <section class="card quiet stack after">
                <p><b>{office_says(TextCode::OfficeName)}</b></p>
                <p>{office_says(TextCode::Contact)}</p>
                <p>{office_says(TextCode::OpeningHours)}</p>
                <p><a class="button primary" href="/file">{say(citizen::FILE_DOOR)}</a></p>
            </section>
        </Page>
    }
}
