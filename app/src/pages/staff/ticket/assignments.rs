//! Who holds the ticket: each unit's part as a card with its own clock, what was asked for about it, and reply.
//! Not here: what can be done with a part (`actions`).
//! Parts that ended stay, pale: a unit that got the ticket wrongly is part of its story.

use std::collections::BTreeMap;

use leptos::prelude::*;
use shared::application::{ApplicationSort, Meeting};
use shared::ids::ApplicationId;
use shared::text::{common, directive, dispute as words, faults, ticket};
use shared::ticket::view::{
    ApplicationView, AssignmentView, DirectiveView, DisputeView, LadderView, ReplyView,
    TicketDetail,
};
use shared::ticket::{AssignmentStatus, SlotRole};

use super::facts::{Fact, path};
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
    let dispute = part.dispute.map(|dispute| view! { <Dispute dispute/> });
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
            {dispute}
            {asked}
            {part.reply.map(|reply| view! { <UnitReply reply/> })}
        </section>
    }
}

/// Which dispute it would be or is, and why it cannot be sent back now.
#[component]
fn Dispute(dispute: DisputeView) -> impl IntoView {
    let locale = use_locale();
    let DisputeView {
        stage,
        waits,
        refused,
    } = dispute;
    let words = match refused.filter(|_| !waits) {
        None => words::stands(stage, waits, locale),
        Some(code) => {
            let why = faults::sentence(code, &BTreeMap::new(), locale);
            format!("{}{why}", say(words::NOT_NOW))
        }
    };
    view! { <p class="small muted">{words}</p> }
}

/// What was asked for about the part, with its ruling.
#[component]
fn Asked(application: ApplicationView) -> impl IntoView {
    let locale = use_locale();
    let title = match application.sort {
        ApplicationSort::SendBack => ticket::RETURN_ASKED,
        ApplicationSort::Extend => ticket::EXTENSION_ASKED,
        ApplicationSort::Supervise => directive::DIRECTIVE,
    };
    let days_word = if application.directive.is_some() {
        directive::DUE
    } else {
        ticket::ASKED_FOR
    };
    let returned = application.return_reason.map(|it| it.label(locale));
    let extended = application.extension_reason.map(|it| it.label(locale));
    let supervised = application.directive.as_ref();
    let badge = supervised.map_or_else(
        || application.status.label(locale),
        |it| it.state.label(locale),
    );
    let supervised = supervised.map(|it| it.cause.label(locale));
    let days = |days: Option<i32>| days.map(|days| ticket::working_days(days, locale));
    let duty = application.duty.as_ref().map(|duty| {
        let category = duty.category.as_ref().map(|it| path(it, locale));
        let parts = [Some(&*duty.unit.name), category, Some(&*duty.place.name)];
        let parts: Vec<&str> = parts.into_iter().flatten().collect();
        parts.join(" · ")
    });
    let stage = application.stage.map(|it| it.label(locale).to_owned());
    let ruled = application.ruled_unit.map(|unit| unit.name);
    let last = application
        .is_final
        .then(|| say(words::IS_FINAL).to_owned());
    view! {
        <div class="sub-block">
            <div class="row between">
                <b>{say(title)}</b>
                <span class="badge">{badge}</span>
            </div>
            <p>{returned.or(extended).or(supervised)} " · " <When at=application.asked_at/></p>
            <p class="prose" lang="zh-CN">{application.explanation}</p>
            <dl class="facts compact">
                <Fact name=words::BY_DUTY value=duty chinese=true/>
                <Fact name=words::LEGAL_BASIS value=application.legal_basis chinese=true/>
                <Fact name=ticket::SUGGESTED value=application.suggested_unit.map(|unit| unit.name) chinese=true/>
                <Fact name=words::STAGE value=stage/>
                <Fact name=days_word value=days(application.days)/>
                <Fact name=ticket::GIVEN value=days(application.granted_days)/>
                <Fact name=ticket::RULING value=application.opinion chinese=true/>
                <Fact name=words::RULED_UNIT value=ruled chinese=true/>
                <Fact name=ticket::RULE_FINAL value=last/>
            </dl>
            {application.meeting.map(|meeting| view! { <Met meeting/> })}
            {application.directive.map(|it| view! { <Supervised it id=application.id/> })}
        </div>
    }
}

/// What only a directive has.
#[component]
fn Supervised(it: DirectiveView, id: ApplicationId) -> impl IntoView {
    let locale = use_locale();
    let href = format!("/directives/{id}");
    let returned = (it.returned > 0).then(|| directive::returned(it.returned, locale));
    let also = (!it.also.is_empty()).then(|| it.also.join("、"));
    view! {
        <div class="row">
            <span class="flag">{it.level.label(locale)}</span>
            <LightChip deadline=it.due clock=Some(directive::CLOCK)/>
        </div>
        <dl class="facts compact">
            <Fact name=directive::ALSO value=also/>
            <Fact name=directive::ANSWER value=it.answer chinese=true/>
            <Fact name=directive::ANSWERED_BY value=it.answered_by chinese=true/>
            <Fact name=directive::BACK value=returned/>
        </dl>
        <p><a href=href>{say(directive::PRINTED)}</a></p>
    }
}

/// The meeting that decided it.
#[component]
fn Met(meeting: Meeting) -> impl IntoView {
    view! {
        <details class="fold">
            <summary><b>{say(words::MEETING)}</b> " " <span class="muted num">{meeting.held_on}</span></summary>
            <dl class="facts compact">
                <Fact name=words::PARTIES value=Some(meeting.parties.join("、")) chinese=true/>
            </dl>
            <p class="small-title">{say(words::MINUTES)}</p>
            <p class="prose" lang="zh-CN">{meeting.minutes}</p>
        </details>
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
