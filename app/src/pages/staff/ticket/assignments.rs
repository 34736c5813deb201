//! Who holds the ticket: each unit's part as a card with its own clock, what was asked for about it, and reply.
//! Not here: what can be done with a part (`actions`).
//! Parts that ended stay, pale: a unit that got the ticket wrongly is part of its story.

use std::collections::BTreeMap;

use leptos::prelude::*;
use shared::application::{ApplicationSort, Meeting};
use shared::ids::{ApplicationId, AssignmentId};
use shared::text::ticket::{difficult, endorse, guarded, plan, ruling, tree};
use shared::text::{
    Locale, Text, clock, common, directive, dispute as words, faults, ticket, time,
};
use shared::ticket::view::{
    ApplicationView, AssignmentView, ContactView, DirectiveView, DisputeView, EndorsedView,
    HoldView, LadderView, ReplyView, ResponsibleView, RulingView, TicketDetail,
};
use shared::ticket::{AssignmentStatus, ContactWay, SlotRole};

use super::facts::{Fact, path};
use super::ladder::{self, Ladder};
use super::proofs::{ProofLinks, Sites, position};
use crate::components::light::LightChip;
use crate::components::ticket::{Done, StatusBadge, When};
use crate::context::{say, use_locale, use_now};

/// All parts, the current ones first.
#[component]
pub fn Assignments(detail: TicketDetail, ladders: Vec<LadderView>) -> impl IntoView {
    let none = if detail.row.state.is_open() {
        ticket::NO_ASSIGNMENTS
    } else {
        ticket::NEVER_ASSIGNED
    };
    let held = detail.hold.map(|hold| view! { <Held hold/> });
    let mut parts = detail.assignments;
    let names: BTreeMap<AssignmentId, String> = parts
        .iter()
        .map(|part| (part.id, part.unit.name.clone()))
        .collect();
    parts.sort_by_key(|part| is_past(part.status));
    let cards = parts
        .into_iter()
        .map(|part| {
            let ladder = ladder::of(&ladders, Some(part.id));
            let above = part.tree.parent.and_then(|id| names.get(&id).cloned());
            view! { <Part part ladder above/> }
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
            {held}
            {content}
        </section>
    }
}

/// What the ticket waits for.
#[component]
fn Held(hold: HoldView) -> impl IntoView {
    let (locale, now) = (use_locale(), use_now());
    let reason = hold.reason.map(|reason| reason.label(locale));
    view! {
        <div class="note">
            <p><b>{ticket::held(hold.kind, hold.until, now, locale)}</b> " " {reason}</p>
            {hold.words.map(|words| view! { <p class="prose" lang="zh-CN">{words}</p> })}
        </div>
    }
}

const fn is_past(status: AssignmentStatus) -> bool {
    matches!(
        status,
        AssignmentStatus::Returned | AssignmentStatus::Recalled
    )
}

#[component]
fn Part(
    part: AssignmentView,
    ladder: Option<LadderView>,
    /// The unit that gave it on.
    above: Option<String>,
) -> impl IntoView {
    let locale = use_locale();
    let class = if is_past(part.status) {
        "assignment past"
    } else {
        "assignment"
    };
    let role_class = if part.role == SlotRole::Lead {
        "flag lead"
    } else {
        "flag"
    };
    let ruled = part
        .final_ruling
        .then(|| view! { <p class="small muted">{say(ticket::FINAL)}</p> });
    let sign = part.signed_at.is_none().then(|| {
        view! { <div><dt>{say(ticket::SIGN_BY)}</dt><dd><LightChip deadline=part.sign_deadline.clone() clock=Some(ticket::SIGN_CLOCK)/></dd></div> }
    });
    let contact = (part.contact_deadline.due_at.is_some() && part.reply.is_none()).then(|| {
        view! { <div><dt>{say(ticket::CONTACT_BY)}</dt><dd><LightChip deadline=part.contact_deadline.clone() clock=Some(ticket::CONTACT_CLOCK)/></dd></div> }
    });
    let flags = flags(&part);
    let who = responsible(part.responsible, part.status);
    let planned = part.plan.planned.filter(|_| part.status.is_open());
    let planned = planned.map(|it| {
        let day_part = it.day_part.label(locale);
        format!("{} · {} {day_part}", it.name, it.day)
    });
    let dispute = part.dispute.map(|dispute| view! { <Dispute dispute/> });
    let asked = part
        .applications
        .into_iter()
        .map(|application| view! { <Asked application/> })
        .collect_view();
    let colour = ladder::colour(ladder.as_ref());
    view! {
        <section class=class>
            <div class="row between">
                <b lang="zh-CN">{part.unit.name.clone()}</b>
                <StatusBadge status=part.status/>
            </div>
            <div class="row">
                <span class=role_class>{part.role.label(locale)}</span>
                {flags}
                <LightChip deadline=part.deadline.clone() clock=Some(ticket::REPLY_CLOCK) colour/>
            </div>
            <Ladder ladder/>
            <dl class="facts compact">
                <Fact name=tree::FROM value=above chinese=true/>
                {who}
                <Fact name=plan::PLANNED value=planned chinese=true/>
                <div><dt>{say(ticket::DISPATCHED)}</dt><dd><When at=part.dispatched_at/></dd></div>
                {sign}
                {contact}
                {part.signed_at.map(|at| view! { <div><dt>{say(ticket::SIGNED)}</dt><dd><When at/></dd></div> })}
                {part.replied_at.map(|at| view! { <div><dt>{say(ticket::REPLIED)}</dt><dd><When at/></dd></div> })}
                <Fact name=ticket::ADVICE value=part.advice chinese=true/>
            </dl>
            {ruled}
            <Contacts contacts=part.contacts/>
            <Sites sites=part.sites/>
            {dispute}
            {asked}
            {part.reply.map(|reply| view! { <UnitReply reply/> })}
        </section>
    }
}

/// What sets the part apart from others: its level in the tree, its cycle, how often it came back, what moved its deadline.
fn flags(part: &AssignmentView) -> impl IntoView + use<> {
    let locale = use_locale();
    let level = part.tree.parent.is_some().then(|| {
        view! { <span class="flag">{tree::level(part.tree.level, locale)}</span> }
    });
    let cycle = (part.cycle_no > 0)
        .then(|| view! { <span class="muted small">{ticket::cycle(part.cycle_no, locale)}</span> });
    let returns = (part.return_count > 0)
        .then(|| view! { <span class="flag">{ticket::returned(part.return_count, locale)}</span> });
    let extended = (part.deadline.extended_days > 0).then(|| {
        let days = ticket::working_days(part.deadline.extended_days, locale);
        view! { <span class="flag">{say(ticket::EXTENDED)} " " {days}</span> }
    });
    let paused = (part.deadline.paused_minutes > 0).then(|| {
        let stood = i64::from(part.deadline.paused_minutes);
        let stood = time::hours_and_minutes(stood, locale);
        view! { <span class="flag">{say(ticket::PAUSED)} " " {stood}</span> }
    });
    view! {
        {level}
        {cycle}
        {returns}
        {extended}
        {paused}
    }
}

/// Who of the unit answers for it, and who stands in where he is away.
fn responsible(
    person: Option<ResponsibleView>,
    status: AssignmentStatus,
) -> Option<impl IntoView + use<>> {
    let locale = use_locale();
    if person.is_none() && !status.is_open() {
        return None;
    }
    let words = match person {
        None => say(tree::NOBODY).to_owned(),
        Some(it) => {
            let own = it.is_own.then(|| format!("（{}）", say(tree::OWN)));
            let away = it.stand_in.map(|name| tree::away(&name, locale));
            let away = away.map(|words| format!(" · {words}"));
            format!(
                "{}{}{}",
                it.name,
                own.unwrap_or_default(),
                away.unwrap_or_default()
            )
        }
    };
    Some(view! { <div><dt>{say(tree::RESPONSIBLE)}</dt><dd lang="zh-CN">{words}</dd></div> })
}

/// The tries to reach the citizen.
#[component]
fn Contacts(contacts: Vec<ContactView>) -> impl IntoView {
    let locale = use_locale();
    let lines = contacts
        .into_iter()
        .map(|it| {
            let came_to = if it.way == ContactWay::Bridge {
                guarded::CALL_PLACED
            } else if it.reached {
                ticket::CONTACT_REACHED
            } else {
                ticket::NOT_REACHED
            };
            view! {
                <li>
                    {it.way.label(locale)} " · " {say(came_to)} " · " <Done at=it.at done_at=it.done_at/>
                    {it.by.map(|by| view! { " · " <span lang="zh-CN">{by}</span> })}
                    {position(it.lon, it.lat).map(|at| view! { " · " <span class="num">{at}</span> })}
                    {it.note.map(|note| view! { <p class="prose" lang="zh-CN">{note}</p> })}
                    <ProofLinks files=it.files/>
                </li>
            }
        })
        .collect_view();
    (!lines.is_empty()).then(|| {
        view! {
            <div class="sub-block">
                <b>{say(ticket::CONTACTS)}</b>
                <ul class="plain">{lines}</ul>
            </div>
        }
    })
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

/// Why it was asked for, as its sort has it.
fn reason_of(application: &ApplicationView, locale: Locale) -> Option<&'static str> {
    let returned = application.return_reason.map(|it| it.label(locale));
    let extended = application.extension_reason.map(|it| it.label(locale));
    let suspended = application.suspension_reason.map(|it| it.label(locale));
    let terminated = application.termination_reason.map(|it| it.label(locale));
    let supervised = application.directive.as_ref();
    let supervised = supervised.map(|it| it.cause.label(locale));
    let counted = application
        .ruling
        .as_ref()
        .map(|it| it.reason.label(locale));
    let hard = application.difficult_reason.map(|it| it.label(locale));
    returned
        .or(hard)
        .or(extended)
        .or(suspended)
        .or(terminated)
        .or(supervised)
        .or(counted)
}

/// What was asked for.
const fn title_of(sort: ApplicationSort) -> Text {
    match sort {
        ApplicationSort::SendBack => ticket::RETURN_ASKED,
        ApplicationSort::Extend => ticket::EXTENSION_ASKED,
        ApplicationSort::Suspend => ticket::SUSPENSION_ASKED,
        ApplicationSort::Interim => ticket::INTERIM_ASKED,
        ApplicationSort::Terminate => ticket::TERMINATION_ASKED,
        ApplicationSort::Reopen => ticket::REOPENING_ASKED,
        ApplicationSort::Supervise => directive::DIRECTIVE,
        ApplicationSort::NotCounted | ApplicationSort::Unreasonable => ruling::ASKED,
        ApplicationSort::Difficult => difficult::ASKED,
    }
}

/// What was asked for about the part, with its ruling.
#[component]
fn Asked(application: ApplicationView) -> impl IntoView {
    let (locale, now) = (use_locale(), use_now());
    let title = title_of(application.sort);
    let days_word = if application.directive.is_some() {
        directive::DUE
    } else {
        ticket::ASKED_FOR
    };
    let day_word = match application.sort {
        ApplicationSort::Interim => ticket::PROMISED,
        ApplicationSort::Difficult => difficult::UNTIL,
        _ => ticket::GOES_ON,
    };
    let reason = reason_of(&application, locale);
    let supervised = application.directive.as_ref();
    let badge = supervised.map_or_else(
        || application.status.label(locale),
        |it| it.state.label(locale),
    );
    let until = application.until;
    let day = until.map(|at| clock::date(at.date(), now, locale));
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
            <p>{reason.map(|reason| view! { {reason} " · " })} <When at=application.asked_at/></p>
            <p class="prose" lang="zh-CN">{application.explanation}</p>
            <ProofLinks files=application.files/>
            <dl class="facts compact">
                <Fact name=words::BY_DUTY value=duty chinese=true/>
                <Fact name=words::LEGAL_BASIS value=application.legal_basis chinese=true/>
                <Fact name=ticket::SUGGESTED value=application.suggested_unit.map(|unit| unit.name) chinese=true/>
                <Fact name=words::STAGE value=stage/>
                <Fact name=days_word value=days(application.days)/>
                <Fact name=day_word value=day/>
                <Fact name=ticket::FOR_CITIZEN value=application.public_words chinese=true/>
                <Fact name=ticket::GIVEN value=days(application.granted_days)/>
                <Fact name=ticket::RULING value=application.opinion chinese=true/>
                <Fact name=words::RULED_UNIT value=ruled chinese=true/>
                <Fact name=ticket::RULE_FINAL value=last/>
            </dl>
            {application.meeting.map(|meeting| view! { <Met meeting/> })}
            {application.directive.map(|it| view! { <Supervised it id=application.id/> })}
            {application.endorsed.map(|it| view! { <Endorsed it/> })}
            {application.ruling.map(|it| view! { <Counted it on=application.sort/> })}
        </div>
    }
}

/// How it stands with the unit's own word.
#[component]
fn Endorsed(it: EndorsedView) -> impl IntoView {
    let title = match it.supported {
        _ if it.waits => endorse::WAITS,
        Some(true) => endorse::AGREED,
        Some(false) => endorse::STOPPED,
        None => endorse::PASSED,
    };
    view! {
        <p class="small">
            <b>{say(title)}</b>
            {it.by.map(|by| view! { " · " <span lang="zh-CN">{by}</span> })}
            {it.at.filter(|_| !it.waits).map(|at| view! { " · " <When at/> })}
        </p>
        {it.words.map(|words| view! { <p class="prose" lang="zh-CN">{words}</p> })}
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

/// What only a ruling on how the ticket counts has.
#[component]
fn Counted(it: RulingView, on: ApplicationSort) -> impl IntoView {
    let locale = use_locale();
    let advice = it.supported.map(|supported| {
        let word = if supported {
            ruling::SUPPORTS
        } else {
            ruling::OPPOSES
        };
        format!("{}：{}", say(word), it.advice.unwrap_or_default())
    });
    view! {
        <div class="row">
            <span class="flag">{on.label(locale)}</span>
            {it.revokes.then(|| view! { <span class="flag">{say(ruling::REVOKES)}</span> })}
        </div>
        <dl class="facts compact">
            <Fact name=ruling::ASKED_BY value=it.asked_by chinese=true/>
            <Fact name=ruling::ADVICE value=advice chinese=true/>
            <Fact name=ruling::ADVISED_BY value=it.advised_by chinese=true/>
            <Fact name=ruling::DECIDED_BY value=it.decided_by chinese=true/>
        </dl>
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
                <Fact name=difficult::AGREE value=Some(meeting.agree.join("、")) chinese=true/>
                <Fact name=difficult::AGAINST value=Some(meeting.against.join("、")) chinese=true/>
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
