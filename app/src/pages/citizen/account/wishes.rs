//! What the citizen asked for about the own data, and the forms that ask: a correction and an erasure of what one request holds.
//! Not here: what is kept (`data`), the answer (`pages::staff::wishes`).
//! Reads and sends without script, as all of the account does.

use leptos::prelude::*;
use shared::citizen::wish::{WishState, WishView};
use shared::text::citizen::wish as words;
use shared::text::clock;
use shared::ticket::TicketNo;
use shared::ticket::rules::length;

use crate::components::form::{Field, Form, SubmitButton, TextArea, came_back};
use crate::components::ticket::{TicketNumber, When};
use crate::context::{say, use_locale, use_now};

/// All of them; nothing where there is none.
#[component]
pub(super) fn Asked(wishes: Vec<WishView>) -> impl IntoView {
    if wishes.is_empty() {
        return ().into_any();
    }
    let rows = wishes.into_iter().map(|it| view! { <One it/> });
    let rows = rows.collect_view();
    view! {
        <h2 class="section-title">{say(words::MINE)}</h2>
        <ul class="stack plain">{rows}</ul>
    }
    .into_any()
}

#[component]
fn One(it: WishView) -> impl IntoView {
    let (locale, now) = (use_locale(), use_now());
    let waits = it.state == WishState::Asked;
    let class = if waits { "badge warn" } else { "badge" };
    let right = [it.name.clone(), it.phone.clone(), it.email.clone()];
    let right: Vec<String> = right.into_iter().flatten().collect();
    let right = (!right.is_empty()).then(|| {
        view! { <div><dt>{say(words::RIGHT)}</dt><dd lang="zh-CN">{right.join(" · ")}</dd></div> }
    });
    let until = waits.then(|| {
        let day = clock::date(it.answer_until, now, locale);
        view! { <div><dt>{say(words::UNTIL)}</dt><dd>{day}</dd></div> }
    });
    let answered = it.decided_at.map(|at| {
        view! { <div><dt>{say(words::ANSWERED)}</dt><dd><When at/></dd></div> }
    });
    let answer = it.answer.clone().map(|answer| {
        view! { <div><dt>{say(words::ANSWER)}</dt><dd lang="zh-CN">{answer}</dd></div> }
    });
    let take_back = waits.then(|| {
        let label = format!("{} {}", say(words::TAKE_BACK), it.ticket_no);
        let path = format!("/me/wishes/{}/take-back", it.id);
        view! {
            <Form action=path prefix=format!("take-back-{}-", it.id) label=label>
                <SubmitButton label=words::TAKE_BACK class=""/>
            </Form>
        }
    });
    view! {
        <li class="card stack tight">
            <div class="row between">
                <span>{it.kind.label(locale)} " " <TicketNumber ticket_no=it.ticket_no.clone()/></span>
                <span class=class>{it.state.label(locale)}</span>
            </div>
            <p lang="zh-CN">{it.words.clone()}</p>
            <dl class="facts">
                {right}
                <div><dt>{say(words::ASKED)}</dt><dd><When at=it.asked_at/></dd></div>
                {until}
                {answered}
                {answer}
            </dl>
            {take_back}
        </li>
    }
}

/// The forms of one request, as far as they can be sent now; open when they came back.
#[component]
pub(super) fn Ask(ticket_no: TicketNo, may_correct: bool, may_erase: bool) -> impl IntoView {
    let correct = may_correct.then(|| view! { <Correct ticket_no=ticket_no.clone()/> });
    let erase = may_erase.then(|| view! { <Erase ticket_no=ticket_no.clone()/> });
    view! {
        {correct}
        {erase}
    }
}

#[component]
fn Correct(ticket_no: TicketNo) -> impl IntoView {
    let path = format!("/me/data/{ticket_no}/correct");
    let open = came_back(&path);
    let label = format!("{} {ticket_no}", say(words::CORRECT));
    view! {
        <details class="fold" open=open>
            <summary>{say(words::CORRECT)}</summary>
            <Form action=path prefix=format!("correct-{ticket_no}-") class="stack tight" label=label>
                <p class="muted small">{say(words::CORRECT_HELP)}</p>
                <TextArea name="reason" label=words::CORRECT_WORDS max=length::REASON as u32 rows=2/>
                <Field name="name" label=words::CORRECT_NAME optional=true/>
                <Field name="phone" label=words::CORRECT_PHONE inputmode="tel" optional=true/>
                <Field name="email" label=words::CORRECT_EMAIL inputmode="email" optional=true/>
                <p><SubmitButton label=words::CORRECT_SEND/></p>
            </Form>
        </details>
    }
}

#[component]
fn Erase(ticket_no: TicketNo) -> impl IntoView {
    let path = format!("/me/data/{ticket_no}/erase");
    let open = came_back(&path);
    let label = format!("{} {ticket_no}", say(words::ERASE));
    view! {
        <details class="fold" open=open>
            <summary>{say(words::ERASE)}</summary>
            <Form action=path prefix=format!("erase-{ticket_no}-") class="stack tight" label=label>
                <p class="muted small">{say(words::ERASE_HELP)}</p>
                <TextArea name="reason" label=words::ERASE_WORDS max=length::REASON as u32 rows=2/>
                <p><SubmitButton label=words::ERASE_SEND class="danger"/></p>
            </Form>
        </details>
    }
}
