//! The progress of the ticket that this browser follows: timeline, answer, and what can be done now.
//! Urge, withdraw and rate stand only where they work; each form folds open in place, with and without script.
//! Not here: the look-up (`track`), what the forms do (`forms::citizen::track`).

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use shared::application::ApplicationStatus;
use shared::calendar::Instant;
use shared::text::{Locale, Text, citizen, clock, common, together};
use shared::ticket::TicketState;
use shared::ticket::view::{HoldView, PublicTicket, ReopeningView, TrackStep};

use super::rating::{GivenRating, RateForm};
use crate::api::public::{OwnTicket, followed};
use crate::components::form::{Form, SubmitButton, TextArea};
use crate::components::page::{Loaded, Page, fixed};
use crate::components::ticket::{StateBadge, TicketNumber, When};
use crate::components::timeline::{Timeline, TimelineItem};
use crate::context::{say, use_locale, use_now, use_revision};

/// Where a ticket is followed by number and code.
const TICKET: &str = "/track/ticket";

/// `/track/ticket`, and `/track/ticket/:verb` when a form came back.
#[component]
pub fn TicketPage() -> impl IntoView {
    let revision = use_revision();
    let resource = Resource::new_blocking(move || revision.get(), |_| followed());
    let show = |found: Option<OwnTicket>| match found {
        Some(OwnTicket { ticket, own }) => {
            view! { <Progress ticket own base=TICKET.to_owned()/> }.into_any()
        }
        None => view! { <NotFollowing/> }.into_any(),
    };
    view! {
        <Page title=fixed(citizen::PROGRESS_TITLE) heading=false>
            <Loaded resource show/>
        </Page>
    }
}

#[component]
fn NotFollowing() -> impl IntoView {
    view! {
        <section class="card stack">
            <h1>{say(citizen::NOT_FOLLOWING)}</h1>
            <p>{say(citizen::NOT_FOLLOWING_WHY)}</p>
            <p><a class="button primary" href="/track">{say(citizen::TRACK_TITLE)}</a></p>
        </section>
    }
}

/// A ticket as its citizen follows it.
#[component]
pub(super) fn Progress(
    /// What is known of it.
    ticket: PublicTicket,
    /// What the citizen gave, as HTML of ours.
    own: String,
    /// Address of the page, below which its forms are.
    base: String,
) -> impl IntoView {
    let (locale, now) = (use_locale(), use_now());
    let due = ticket.due_at.filter(|_| ticket.state.is_open()).map(|due| {
        let provisional = ticket.provisional.then(|| say(common::PROVISIONAL));
        view! { <p class="note"><b>{clock::answer_by(due, now, locale)}</b> " " {provisional}</p> }
    });
    let is_merged = ticket.state == TicketState::Merged;
    let merged = is_merged.then(|| view! { <p class="note">{say(together::CITIZEN_MERGED)}</p> });
    let held = ticket.hold.clone().map(|hold| view! { <Held hold/> });
    let reopening = ticket
        .reopening
        .clone()
        .map(|asked| view! { <Reopening asked/> });
    let items = ticket
        .steps
        .iter()
        .map(|step| item(step, now, locale))
        .collect::<Vec<_>>();
    let reply = ticket.reply.clone().map(|reply| {
        view! {
            <section class="card">
                <h2 class="section-title">{say(citizen::REPLY)}</h2>
                <p class="prose" lang="zh-CN">{reply}</p>
            </section>
        }
    });
    // A rating is asked for, so it stands before the steps; what is only offered stands after them.
    let by_code = base == TICKET;
    let actions = view! { <Actions ticket=ticket.clone() base/> };
    let (asked, offered) = if ticket.may_rate {
        (Some(actions), None)
    } else {
        (None, Some(actions))
    };
    view! {
        <div class="stack">
            <DoneNote/>
            <section class="card stack">
                <div class="row between">
                    <p><TicketNumber ticket_no=ticket.ticket_no.clone()/></p>
                    <StateBadge state=ticket.state/>
                </div>
                <h1 class="ticket-title">{ticket.title.clone()}</h1>
                <dl class="facts">
                    <div><dt>{say(citizen::YOUR_KIND)}</dt><dd>{ticket.kind.label(locale)}</dd></div>
                    <div><dt>{say(citizen::ACCEPTED_AT)}</dt><dd><When at=ticket.accepted_at/></dd></div>
                </dl>
                {due}
                {merged}
                {held}
                {reopening}
                <div class="stack tight" inner_html=own></div>
            </section>
            {reply}
            {asked}
            <section class="card">
                <h2 class="section-title">{say(citizen::PROGRESS_TITLE)}</h2>
                <Timeline items/>
            </section>
            {offered}
            {by_code.then(|| view! { <p><a href="/track">{say(citizen::ANOTHER_TICKET)}</a></p> })}
        </div>
    }
}

/// What came of asking to open it again.
#[component]
fn Reopening(asked: ReopeningView) -> impl IntoView {
    let words = match asked.status {
        ApplicationStatus::Open => Some(citizen::REOPENING_WAITS),
        ApplicationStatus::Granted => Some(citizen::REOPENING_GRANTED),
        ApplicationStatus::Refused => Some(citizen::REOPENING_REFUSED),
        ApplicationStatus::Lapsed => None,
    };
    words.map(|words| {
        view! {
            <div class="note">
                <p>{say(words)}</p>
                {asked.words.map(|words| view! { <p class="prose" lang="zh-CN">{words}</p> })}
            </div>
        }
    })
}

/// What it waits for, in words.
#[component]
fn Held(hold: HoldView) -> impl IntoView {
    let (locale, now) = (use_locale(), use_now());
    let reason = hold.reason.map(|reason| reason.label(locale));
    view! {
        <div class="note">
            <p><b>{citizen::held(hold.kind, hold.until, now, locale)}</b> " " {reason}</p>
            {hold.words.map(|words| view! { <p class="prose" lang="zh-CN">{words}</p> })}
        </div>
    }
}

fn item(step: &TrackStep, now: Instant, locale: Locale) -> TimelineItem {
    let until = step.due_at.filter(|_| step.progress == "current");
    TimelineItem {
        progress: step.progress.clone(),
        what: citizen::stage(&step.stage)
            .map_or_else(|| step.stage.clone(), |text| text.get(locale).to_owned()),
        unit: step.unit.clone(),
        at: step.at,
        note: until.map(|due| clock::answer_by(due, now, locale)),
    }
}

/// What was just done, from the address (`?done=urge`).
#[component]
fn DoneNote() -> impl IntoView {
    let query = use_query_map();
    let note = move || {
        let text = match query.with(|query| query.get("done"))?.as_str() {
            "urge" => citizen::URGED,
            "withdraw" => citizen::WITHDRAWN,
            "rate" => citizen::RATED,
            "reopen" => citizen::REOPENED,
            _ => return None,
        };
        Some(view! { <p class="note ok">{say(text)}</p> })
    };
    view! { <div aria-live="polite">{note}</div> }
}

/// What can be done now, one fold each; the one that came back is open.
#[component]
fn Actions(ticket: PublicTicket, base: String) -> impl IntoView {
    let verb = use_params_map().with_untracked(|params| params.get("verb").unwrap_or_default());
    let nothing = !ticket.may_rate
        && !ticket.may_urge
        && !ticket.may_withdraw
        && !ticket.may_reopen
        && ticket.rating.is_none();
    if nothing {
        return ().into_any();
    }
    let [rate_at, urge_at, withdraw_at, reopen_at] =
        ["rate", "urge", "withdraw", "reopen"].map(|verb| format!("{base}/{verb}"));
    let rate = ticket.may_rate.then(|| {
        view! { <Action title=citizen::RATE open=true><RateForm action=rate_at/></Action> }
    });
    let urge = ticket.may_urge.then(|| {
        view! {
            <Action title=citizen::URGE open=verb == "urge">
                <p class="help">{say(citizen::URGE_HELP)}</p>
                <Form action=urge_at prefix="urge-" class="stack">
                    <TextArea name="message" optional=true max=500 rows=3/>
                    <p><SubmitButton label=citizen::URGE_SEND/></p>
                </Form>
            </Action>
        }
    });
    let withdraw = ticket.may_withdraw.then(|| {
        view! {
            <Action title=citizen::WITHDRAW open=verb == "withdraw">
                <p class="help">{say(citizen::WITHDRAW_HELP)}</p>
                <Form action=withdraw_at prefix="withdraw-" class="stack">
                    <TextArea name="reason" optional=true max=500 rows=3/>
                    <p><SubmitButton label=citizen::WITHDRAW_SEND class="danger"/></p>
                </Form>
            </Action>
        }
    });
    let reopen = ticket.may_reopen.then(|| {
        view! {
            <Action title=citizen::REOPEN open=verb == "reopen">
                <p class="help">{say(citizen::REOPEN_HELP)}</p>
                <Form action=reopen_at prefix="reopen-" class="stack">
                    <TextArea name="fact" max=1000 rows=3/>
                    <p><SubmitButton label=citizen::REOPEN_SEND/></p>
                </Form>
            </Action>
        }
    });
    let given = ticket
        .rating
        .clone()
        .map(|rating| view! { <GivenRating rating/> });
    view! { <div class="actions stack tight">{given} {rate} {urge} {reopen} {withdraw}</div> }
        .into_any()
}

#[component]
fn Action(title: Text, open: bool, children: Children) -> impl IntoView {
    view! {
        <details class="fold card action" open=open>
            <summary><b>{say(title)}</b></summary>
            <div class="stack">{children()}</div>
        </details>
    }
}
