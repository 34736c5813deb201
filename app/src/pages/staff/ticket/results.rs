//! What came of it: direct answer, declining, follow-up calls, the first rating and the latest.
//! Not here: the units' replies (`assignments`).
//! A bad rating from the web asks the follow-up people to look at a redo.

use leptos::prelude::*;
use shared::text::{Text, common, fields, pool, ticket};
use shared::ticket::view::{FollowUpView, RatingView, TicketDetail};
use shared::ticket::{RatingSource, TicketState, Verb};

use super::facts::Fact;
use crate::components::ticket::{Done, When};
use crate::context::{say, use_locale};

/// The results; nothing while there are none.
#[component]
pub fn Results(detail: TicketDetail) -> impl IntoView {
    let locale = use_locale();
    let redo = detail.actions.contains(&Verb::Redo);
    let bad_web = detail.latest_rating.as_ref().is_some_and(|rating| {
        rating.source != RatingSource::Call && !rating.satisfaction.is_satisfied()
    });
    let declined = detail.decline_reason.map(|reason| {
        let title = match detail.row.state {
            TicketState::NotAccepted => ticket::DECLINED,
            TicketState::Terminated => ticket::TERMINATED,
            _ => ticket::DECLINE_PROPOSED,
        };
        let explanation = detail.decline_explanation.clone();
        view! {
            <section class="card">
                <h2 class="section-title">{say(title)}</h2>
                <p><b>{reason.code()}</b> " " {reason.label(locale)}</p>
                {explanation.map(|text| view! { <p class="prose" lang="zh-CN">{text}</p> })}
            </section>
        }
    });
    // A unit's passed reply is the ticket's answer, and stands with the unit already.
    let of_unit = |answer: &String| {
        let replies = detail
            .assignments
            .iter()
            .filter_map(|part| part.reply.as_ref());
        replies
            .into_iter()
            .any(|reply| reply.public_reply == *answer)
    };
    let title = if detail.assignments.is_empty() {
        ticket::ANSWER
    } else {
        ticket::REPLY_GIVEN
    };
    let answer = detail.answer.clone().filter(|answer| !of_unit(answer));
    let answer = answer.map(|answer| {
        view! {
            <section class="card">
                <h2 class="section-title">{say(title)}</h2>
                <p class="prose" lang="zh-CN">{answer}</p>
            </section>
        }
    });
    let first = detail
        .first_rating
        .clone()
        .filter(|first| Some(first) != detail.latest_rating.as_ref());
    let nothing = detail.follow_ups.is_empty() && detail.latest_rating.is_none();
    let calls = detail
        .follow_ups
        .into_iter()
        .map(|call| view! { <Call call/> })
        .collect_view();
    let rated = (!nothing).then(|| {
        view! {
            <section class="card stack tight">
                <h2 class="section-title">{say(ticket::RESULTS)}</h2>
                {(bad_web && redo).then(|| view! { <p class="note warn">{say(ticket::BAD_WEB_RATING)}</p> })}
                {detail.latest_rating.map(|rating| view! { <Rated title=ticket::LATEST_RATING rating/> })}
                {first.map(|rating| view! { <Rated title=ticket::FIRST_RATING rating/> })}
                {calls}
            </section>
        }
    });
    view! {
        {declined}
        {answer}
        {rated}
    }
}

#[component]
fn Rated(title: Text, rating: RatingView) -> impl IntoView {
    let locale = use_locale();
    let solved = rating.solved.map(|solved| solved.label(locale));
    view! {
        <div class="sub-block">
            <p>
                <b>{say(title)}</b> " " {rating.satisfaction.label(locale)}
                {solved.map(|solved| view! { " · " {solved} })}
            </p>
            <p class="muted small">{rating.source.label(locale)} " · " <When at=rating.at/></p>
            {rating.words.map(|words| view! { <p class="prose" lang="zh-CN">{words}</p> })}
        </div>
    }
}

#[component]
fn Call(call: FollowUpView) -> impl IntoView {
    let locale = use_locale();
    let yes_no = |answer: Option<bool>| {
        answer.map(|yes| say(if yes { common::YES } else { common::NO }).to_owned())
    };
    let label = |field: &str| fields::label(field).unwrap_or(ticket::CALLS);
    let reached = match call.outcome {
        Some(outcome) => outcome.label(locale),
        None if call.connected => say(ticket::CONNECTED),
        None => say(ticket::NOT_CONNECTED),
    };
    let appointed = call
        .appointed_at
        .map(|at| view! { <p class="muted small">{say(pool::ASKED_FOR)} " " <When at/></p> });
    view! {
        <div class="sub-block">
            <p>
                <b>{call.channel.label(locale)}</b> " · " {reached} " · " <Done at=call.at done_at=call.done_at/>
                {call.by.map(|by| view! { " · " <span lang="zh-CN">{by}</span> })}
            </p>
            {appointed}
            <dl class="facts compact">
                <Fact name=label("staff_contacted") value=yes_no(call.staff_contacted)/>
                <Fact name=label("report_true") value=yes_no(call.report_true)/>
                <Fact name=label("solved") value=call.solved.map(|it| it.label(locale).to_owned())/>
                <Fact name=label("satisfaction") value=call.satisfaction.map(|it| it.label(locale).to_owned())/>
                <Fact name=label("opinion") value=call.opinion chinese=true/>
            </dl>
        </div>
    }
}
