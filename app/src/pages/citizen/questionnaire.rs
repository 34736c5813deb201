//! The questionnaire behind an address that came by text message: the four questions, each on its own, on one short page.
//! Not here: rating by number and code (`rating`), what bad answers lead to (services).
//! Reads and sends without script, on any telephone; it carries no browser code.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use shared::text::citizen;
use shared::text::clock;
use shared::ticket::questionnaire::QuestionnaireView;
use shared::ticket::rules::length;

use super::rating::{level_items, solved_items};
use crate::api::public::read_questionnaire;
use crate::components::form::{Choices, Form, SubmitButton, TextArea, yes_no};
use crate::components::page::{Loaded, Page, fixed, of_address};
use crate::components::ticket::TicketNumber;
use crate::context::{say, use_locale, use_now};

/// `/rate/:token`
#[component]
pub fn QuestionnairePage() -> impl IntoView {
    view! {
        <Page title=fixed(citizen::QUESTIONNAIRE) width="narrow" heading=false>
            <section class="card stack">
                <h1>{say(citizen::QUESTIONNAIRE)}</h1>
                <Content/>
            </section>
        </Page>
    }
}

#[component]
fn Content() -> impl IntoView {
    let is_done = use_query_map().with_untracked(|query| query.get("done").is_some());
    if is_done {
        return view! {
            <p class="note ok" role="status">{say(citizen::RATED)}</p>
            <p><a href="/track">{say(citizen::TRACK_TITLE)}</a></p>
        }
        .into_any();
    }
    let params = use_params_map();
    let token = move || params.with(|params| params.get("token").unwrap_or_default());
    let resource = of_address(token, read_questionnaire);
    let show = move |waits: QuestionnaireView| {
        let token = params.with_untracked(|params| params.get("token").unwrap_or_default());
        view! { <Questions waits token/> }
    };
    view! { <Loaded resource show/> }.into_any()
}

#[component]
fn Questions(waits: QuestionnaireView, token: String) -> impl IntoView {
    let locale = use_locale();
    let until = clock::date_time(waits.until, use_now(), locale);
    view! {
        <p>{say(citizen::QUESTIONNAIRE_INTRO)}</p>
        <p><TicketNumber ticket_no=waits.ticket_no/></p>
        <p class="muted">{citizen::answer_until(&until, locale)}</p>
        <Form action=format!("/rate/{token}") prefix="answer-" class="stack">
            <Choices name="staff_contacted" items=yes_no() layout="inline"/>
            <Choices name="report_true" items=yes_no() layout="inline"/>
            <Choices name="solved" items=solved_items() legend=citizen::RATE_SOLVED layout="inline"/>
            <Choices name="satisfaction" items=level_items() legend=citizen::RATE_SATISFIED/>
            <TextArea name="opinion" label=citizen::QUESTIONNAIRE_WORDS optional=true max=length::EXPLANATION as u32 rows=3/>
            <p><SubmitButton label=citizen::RATE_SEND class="primary wide"/></p>
        </Form>
    }
}
