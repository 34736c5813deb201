//! How the ticket stands among those about the same event: the leading one, or those merged into it with the people who speak; and the form that
//! merges many at once, with what looks like the same to tick.
//! Not here: the forms of single verbs (`actions::together`).
//! Reads and submits without script.

use leptos::prelude::*;
use shared::ids::TicketId;
use shared::text::{staff, together as words};
use shared::ticket::rules::length;
use shared::ticket::together::{LeadView, MergedView, TogetherView};
use shared::ticket::view::Related;

use crate::components::form::{FieldNotes, Form, SubmitButton, TextArea, came_back, use_form};
use crate::components::ticket::{StateBadge, TicketNumber, When};
use crate::context::{say, use_locale};

/// The card; nothing for a ticket that is handled by itself and into which this person may merge none.
#[component]
pub fn Together(
    /// The ticket's id.
    id: TicketId,
    /// How it stands.
    together: Option<TogetherView>,
    /// What looks like the same, for who may merge it.
    likely: Option<Vec<Related>>,
) -> impl IntoView {
    let shown = together.is_some() || likely.is_some();
    shown.then(|| {
        view! {
            <section class="card stack" aria-labelledby="together">
                <h2 class="section-title" id="together">{say(words::TITLE)}</h2>
                {together.map(|it| view! { <Stands it/> })}
                {likely.map(|likely| view! { <Gathering id likely/> })}
            </section>
        }
    })
}

#[component]
fn Stands(it: TogetherView) -> impl IntoView {
    let locale = use_locale();
    let lead = it.is_merged.then(|| view! { <IsMerged lead=it.lead/> });
    let total = usize::try_from(it.tickets).unwrap_or_default();
    let shown = it.merged.len();
    let more = (shown + 1 < total)
        .then(|| view! { <p class="muted small">{words::more(shown, locale)}</p> });
    let led = (!it.merged.is_empty()).then(|| {
        view! {
            <p><b>{words::voices(it.people, it.tickets, locale)}</b></p>
            <MergedTickets merged=it.merged/>
            {more}
        }
    });
    view! { {lead} {led} }
}

#[component]
fn IsMerged(lead: Option<LeadView>) -> impl IntoView {
    let link = match lead {
        Some(lead) => {
            let href = format!("/tickets/{}", lead.id);
            view! {
                <p class="row">
                    <span>{say(words::LEAD)}</span>
                    <a href=href><TicketNumber ticket_no=lead.ticket_no/></a>
                    <StateBadge state=lead.state/>
                </p>
            }
            .into_any()
        }
        None => view! { <p class="muted">{say(words::LEAD_ELSEWHERE)}</p> }.into_any(),
    };
    view! {
        <div class="note">
            <p>{say(words::IS_MERGED)}</p>
            {link}
        </div>
    }
}

#[component]
fn MergedTickets(merged: Vec<MergedView>) -> impl IntoView {
    let rows = merged.into_iter().map(|it| {
        let href = format!("/tickets/{}", it.id);
        let stands = match it.answered_at {
            Some(at) => view! { {say(words::ANSWERED)} " " <When at/> }.into_any(),
            None => say(words::WAITS).into_any(),
        };
        let aside = it.private_words.map_or_else(
            || view! { <span class="muted">{say(words::NO_WORDS)}</span> }.into_any(),
            |aside| view! { <span lang="zh-CN">{aside}</span> }.into_any(),
        );
        view! {
            <tr>
                <td data-label=say(staff::NUMBER)><a href=href><TicketNumber ticket_no=it.ticket_no/></a></td>
                <td data-label=say(words::TITLE_COLUMN) lang="zh-CN">{it.title}</td>
                <td data-label=say(words::MERGED_AT)><When at=it.merged_at/></td>
                <td data-label=say(words::STANDS)>{stands}</td>
                <td data-label=say(words::WORDS)>{aside}</td>
            </tr>
        }
    });
    view! {
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::MERGED)>
            <table class="table cards">
                <thead>
                    <tr>
                        <th scope="col">{say(staff::NUMBER)}</th>
                        <th scope="col">{say(words::TITLE_COLUMN)}</th>
                        <th scope="col">{say(words::MERGED_AT)}</th>
                        <th scope="col">{say(words::STANDS)}</th>
                        <th scope="col">{say(words::WORDS)}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Gathering(id: TicketId, likely: Vec<Related>) -> impl IntoView {
    let open = !likely.is_empty() || came_back(&address(id));
    view! {
        <details class="fold" open=open>
            <summary><b>{say(words::LIKELY)}</b></summary>
            <Form action=address(id) prefix="gather-" class="verb-form" label=say(words::GATHER_SEND)>
                <Likely likely/>
                <TextArea name="tickets" help=words::NUMBERS_HELP optional=true max=2_000 rows=2/>
                <TextArea name="reason" optional=true max=length::REASON as u32 rows=2/>
                <p><SubmitButton label=words::GATHER_SEND class=""/></p>
            </Form>
        </details>
    }
}

/// Where the form that merges many is posted.
pub(super) fn address(id: TicketId) -> String {
    format!("/tickets/{id}/gather")
}

/// Those that look like the same, to tick.
#[component]
fn Likely(likely: Vec<Related>) -> impl IntoView {
    let form = use_form();
    if likely.is_empty() {
        return view! { <p class="muted">{say(words::LIKELY_NONE)}</p> }.into_any();
    }
    let boxes = likely.into_iter().map(|it| {
        let number = it.ticket_no.to_string();
        let id = format!("{}-{number}", form.id("chosen"));
        let href = format!("/tickets/{}", it.id);
        view! {
            <li class="related">
                <label class="choice slim" for=id.clone()>
                    <input type="checkbox" id=id.clone() name="chosen" value=number/>
                    <span><b lang="zh-CN">{it.title}</b></span>
                </label>
                <p class="muted small">
                    {say(why(&it.why))} " · " <When at=it.accepted_at/> " · "
                    <a href=href target="_blank" rel="noopener"><TicketNumber ticket_no=it.ticket_no/></a>
                    " " <StateBadge state=it.state/>
                    " " <span lang="zh-CN">{it.unit.map(|unit| unit.name)}</span>
                </p>
            </li>
        }
    });
    view! {
        <fieldset class="stack tight">
            <legend class="help">{say(words::LIKELY_HELP)}</legend>
            <ul class="plain stack tight">{boxes.collect_view()}</ul>
            <FieldNotes name="chosen"/>
        </fieldset>
    }
    .into_any()
}

fn why(word: &str) -> shared::text::Text {
    if word == "same_caller" {
        words::SAME_PHONE
    } else {
        words::ALIKE
    }
}
