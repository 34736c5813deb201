//! Who holds the ticket: each unit's part as a card with its own clock, what was asked for about it, and reply.
//! Not here: what can be done with a part (`actions`).
//! Parts that ended stay, pale: a unit that got the ticket wrongly is part of its story.

use leptos::prelude::*;
use shared::application::ApplicationSort;
use shared::text::{common, ticket};
use shared::ticket::view::{ApplicationView, AssignmentView, LadderView, ReplyView, TicketDetail};
use shared::ticket::{AssignmentStatus, SlotRole};

use super::facts::Fact;
use super::ladder::{self, Ladder};
use crate::components::light::LightChip;
use crate::components::ticket::{StatusBadge, When};
use crate::context::{say, use_locale};

/// All parts, the current ones first.
#[component]
pub fn Assignments(detail: TicketDetail, ladders: Vec<LadderView>) -> impl IntoView {
    let none = if detail.row.state.is_open() {
        ticket::NO_ASSIGNMENTS
    } else {
        ticket::NEVER_ASSIGNED
    };
    let mut parts = detail.assignments;
    parts.sort_by_key(|part| is_past(part.status));
    let cards = parts
        .into_iter()
        .map(|part| {
            let ladder = ladder::of(&ladders, Some(part.id));
            view! { <Part part ladder/> }
        })
        .collect_view();
    let content = if cards.is_empty() {
        view! { <p class="muted">{say(none)}</p> }.into_any()
    } else {
        cards.into_any()
    };
    view! {
        <section class="stack tight" aria-labelledby="assignments">
            <h2 class="section-title" id="assignments">{say(ticket::ASSIGNMENTS)}</h2>
            {content}
        </section>
    }
}

const fn is_past(status: AssignmentStatus) -> bool {
    matches!(
        status,
        AssignmentStatus::Returned | AssignmentStatus::Recalled
    )
}

#[component]
fn Part(part: AssignmentView, ladder: Option<LadderView>) -> impl IntoView {
    let locale = use_locale();
    let class = if is_past(part.status) {
        "assignment past"
    } else {
        "assignment"
    };
    let cycle = (part.cycle_no > 0)
        .then(|| view! { <span class="muted small">{ticket::cycle(part.cycle_no, locale)}</span> });
    let role_class = if part.role == SlotRole::Lead {
        "flag lead"
    } else {
        "flag"
    };
    let returns = (part.return_count > 0)
        .then(|| view! { <span class="flag">{ticket::returned(part.return_count, locale)}</span> });
    let ruled = part
        .final_ruling
        .then(|| view! { <p class="small muted">{say(ticket::FINAL)}</p> });
    let sign = part.signed_at.is_none().then(|| {
        view! { <div><dt>{say(ticket::SIGN_BY)}</dt><dd><LightChip deadline=part.sign_deadline.clone() clock=Some(ticket::SIGN_CLOCK)/></dd></div> }
    });
    let asked = part
        .applications
        .into_iter()
        .map(|application| view! { <Asked application/> })
        .collect_view();
    let colour = ladder::colour(ladder.as_ref());
    let extended = (part.deadline.extended_days > 0).then(|| {
        let days = ticket::working_days(part.deadline.extended_days, locale);
        view! { <span class="flag">{say(ticket::EXTENDED)} " " {days}</span> }
    });
    view! {
        <section class=class>
            <div class="row between">
                <b lang="zh-CN">{part.unit.name.clone()}</b>
                <StatusBadge status=part.status/>
            </div>
            <div class="row">
                <span class=role_class>{part.role.label(locale)}</span>
                {cycle}
                {returns}
                {extended}
                <LightChip deadline=part.deadline.clone() clock=Some(ticket::REPLY_CLOCK) colour/>
            </div>
            <Ladder ladder/>
            <dl class="facts compact">
                <div><dt>{say(ticket::DISPATCHED)}</dt><dd><When at=part.dispatched_at/></dd></div>
                {sign}
                {part.signed_at.map(|at| view! { <div><dt>{say(ticket::SIGNED)}</dt><dd><When at/></dd></div> })}
                {part.replied_at.map(|at| view! { <div><dt>{say(ticket::REPLIED)}</dt><dd><When at/></dd></div> })}
                <Fact name=ticket::ADVICE value=part.advice chinese=true/>
            </dl>
            {ruled}
            {asked}
            {part.reply.map(|reply| view! { <UnitReply reply/> })}
        </section>
    }
}

/// What was asked for about the part, with its ruling.
#[component]
fn Asked(application: ApplicationView) -> impl IntoView {
    let locale = use_locale();
    let title = match application.sort {
        ApplicationSort::SendBack => ticket::RETURN_ASKED,
        ApplicationSort::Extend => ticket::EXTENSION_ASKED,
    };
    let returned = application.return_reason.map(|it| it.label(locale));
    let extended = application.extension_reason.map(|it| it.label(locale));
    let days = |days: Option<i32>| days.map(|days| ticket::working_days(days, locale));
    view! {
        <div class="sub-block">
            <div class="row between">
                <b>{say(title)}</b>
                <span class="badge">{application.status.label(locale)}</span>
            </div>
            <p>{returned.or(extended)} " · " <When at=application.asked_at/></p>
            <p class="prose" lang="zh-CN">{application.explanation}</p>
            <dl class="facts compact">
                <Fact name=ticket::SUGGESTED value=application.suggested_unit.map(|unit| unit.name) chinese=true/>
                <Fact name=ticket::ASKED_FOR value=days(application.days)/>
                <Fact name=ticket::GIVEN value=days(application.granted_days)/>
                <Fact name=ticket::RULING value=application.opinion chinese=true/>
            </dl>
        </div>
    }
}

/// What the unit answered.
#[component]
fn UnitReply(reply: ReplyView) -> impl IntoView {
    let locale = use_locale();
    let passed = if reply.passed {
        ticket::PASSED
    } else {
        ticket::NOT_PASSED
    };
    let contacted = if reply.contacted {
        say(common::YES).to_owned()
    } else {
        format!(
            "{} · {}",
            say(ticket::NOT_REACHED),
            ticket::tries(reply.contact_tries, locale)
        )
    };
    view! {
        <div class="sub-block">
            <div class="row between">
                <b>{say(ticket::PUBLIC_REPLY)}</b>
                <span class="badge">{say(passed)}</span>
            </div>
            <p class="prose" lang="zh-CN">{reply.public_reply}</p>
            <dl class="facts compact">
                <Fact name=ticket::HANDLING value=Some(reply.handling) chinese=true/>
                <Fact name=ticket::FACT_TRUE value=Some(reply.fact_true.label(locale).to_owned())/>
                <Fact name=ticket::SOLVED value=Some(reply.solved.label(locale).to_owned())/>
                <Fact name=ticket::CONTACTED value=Some(contacted)/>
                <Fact name=ticket::UNSOLVED value=reply.unsolved_reason chinese=true/>
                <Fact name=ticket::BASIS value=reply.basis chinese=true/>
            </dl>
        </div>
    }
}
