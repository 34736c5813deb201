//! One ticket for staff: what the citizen wrote, what this person can do now, who holds it, what happened.
//! The same page answers at a verb's own address, when its form came back with what was typed.
//! Not here: dispatching (`dispatch`, a page of its own), what the forms do (`forms::staff`).

mod actions;
mod archive;
mod assignments;
mod citizen;
mod directives;
mod facts;
mod head;
mod history;
mod intake;
mod ladder;
mod links;
mod messages;
mod note;
mod proofs;
mod proposal;
mod results;
mod together;
mod transfers;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::file::{FileView, Hook};
use shared::text::ticket::review;
use shared::text::{clock, common, file, pool, staff, ticket};
use shared::ticket::pool::HeldView;
use shared::ticket::verbs::may_answer;
use shared::ticket::view::TicketDetail;
use shared::ticket::{TicketNo, Verb};

use self::actions::{Actions, MainAction};
pub use self::actions::{PlanFields, ReplyFields};
use self::archive::Sealed;
use self::assignments::Assignments;
pub use self::citizen::CitizenBlock;
use self::directives::OpenDirectives;
pub use self::facts::{Facts, Wrote};
pub use self::head::Head;
use self::history::History;
use self::intake::Missing;
use self::links::Links;
use self::messages::Messages;
use self::note::NoteForm;
pub use self::proposal::Proposal;
use self::results::Results;
use self::together::Together;
use self::transfers::Transfers;
use crate::api::public::FiledView;
use crate::api::staff::{Sheet, read_ticket};
use crate::components::files::{Adding, CaseFiles};
use crate::components::form::{Follow, KeptForm, share_phrases};
use crate::components::page::{Loaded, by_id, fixed};
use crate::components::staff::StaffPage;
use crate::components::ticket::TicketNumber;
use crate::context::{say, use_locale, use_now};

/// `/tickets/:id` and the addresses of its forms.
#[component]
pub fn TicketPage() -> impl IntoView {
    view! {
        <StaffPage path="/tickets/:id" title=fixed(staff::TICKETS) heading=false>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    share_phrases();
    let resource = by_id(read_ticket);
    let show = |sheet: Sheet| view! { <Whole sheet/> };
    view! { <Loaded resource show/> }
}

#[component]
fn Whole(sheet: Sheet) -> impl IntoView {
    let Sheet {
        ticket: whole,
        revealed,
        filed,
        units,
        duties,
        directives,
        held,
        messages,
        likely,
    } = sheet;
    let detail = whole.detail;
    let within = format!("/tickets/{}/", detail.row.id);
    let flow = format!("{within}flow");
    let mut offered = actions::addresses(&detail);
    if likely.is_some() {
        offered.push(together::address(detail.row.id));
    }
    let merged = whole.together.as_ref().map(|it| it.merged.clone());
    let merged = merged.unwrap_or_default();
    let to_tick = whole.files.clone();
    if detail.may_reveal {
        offered.push(format!("{within}reveal"));
    }
    let note = whole.may_note.then(|| {
        let action = format!("{within}note");
        offered.push(action.clone());
        view! { <NoteForm action/> }
    });
    view! {
        <article class="ticket">
            <Head detail=detail.clone() explained=whole.explained ladder=ladder::of(&whole.ladders, None) ledger=whole.ledger/>
            <Sealed archive=detail.archive.clone()/>
            <Follow path=format!("/tickets/{}", detail.row.id)/>
            <OpenDirectives rows=directives/>
            <Taken held/>
            <KeptForm offered within/>
            <div class="columns ticket-columns">
                <div class="stack main-part">
                    <Wrote detail=detail.clone()/>
                    <CitizenBlock detail=detail.clone() revealed/>
                    <Facts detail=detail.clone()/>
                    <Papers detail=detail.clone() files=whole.files may_add=whole.may_add_files/>
                </div>
                <div class="stack side-part">
                    <DoneNote filed proposed=detail.proposal.as_ref().is_some_and(|it| it.refused.is_none())/>
                    <Proposal proposal=detail.proposal.clone()/>
                    <Missing state=detail.row.state history=whole.history.clone()/>
                    <Actions detail=detail.clone() units duties merged files=to_tick ladders=whole.ladders.clone()/>
                    <Together id=detail.row.id together=whole.together likely/>
                    <Assignments detail=detail.clone() ladders=whole.ladders/>
                </div>
                <div class="stack below-part">
                    <Links rows=detail.links.clone()/>
                    <Transfers rows=detail.transfers.clone()/>
                    <Results detail=detail.clone()/>
                    <Messages messages/>
                    {note}
                    <History events=whole.history flow/>
                </div>
            </div>
            <MainAction detail/>
        </article>
    }
}

/// That somebody else has taken the ticket to call the citizen.
#[component]
fn Taken(held: Option<HeldView>) -> impl IntoView {
    held.map(|held| {
        let until = clock::date_time(held.until, use_now(), use_locale());
        view! { <p class="note warn">{pool::warned(&held.by, &until, use_locale())}</p> }
    })
}

/// The files of the ticket and of its replies, with the forms that add more.
#[component]
fn Papers(detail: TicketDetail, files: Vec<FileView>, may_add: bool) -> impl IntoView {
    let hook = Hook::ticket(detail.row.id.0);
    let to_ticket = may_add.then(|| Adding {
        hook: hook.clone(),
        title: file::ADD,
    });
    let replies = detail.assignments.iter();
    let replies = replies.filter(|part| may_answer(&part.actions));
    let to_replies = replies.map(|part| Adding {
        hook: Hook {
            assignment: Some(part.id.0),
            ..hook.clone()
        },
        title: file::ADD_REPLY,
    });
    let adding = to_ticket.into_iter().chain(to_replies).collect();
    view! { <CaseFiles files adding/> }
}

/// Id of the note of what was just done.
const DONE_NOTE: &str = "done-note";

/// What was just done, from the address (`?done=sign`), and what the agent has to tell the caller.
#[component]
fn DoneNote(filed: Option<FiledView>, proposed: bool) -> impl IntoView {
    let locale = use_locale();
    let query = use_query_map();
    let verb = move || query.with(|query| Verb::parse(&query.get("done")?));
    let note = move || {
        let verb = verb().filter(|verb| *verb != Verb::Reveal)?;
        let words = if proposed {
            say(review::PROPOSED).to_owned()
        } else {
            ticket::done(verb, locale)
        };
        Some(view! {
            <p class="note ok row between">
                <span>{words}</span>
                <a href="/tasks">{say(ticket::NEXT_TASK)}</a>
            </p>
        })
    };
    // What comes next stands below the note: both come into view, with and without script.
    let just_done = query.with_untracked(|query| query.get("done").is_some());
    #[cfg(feature = "hydrate")]
    if just_done
        && crate::context::use_seed()
            .returned
            .get_untracked()
            .is_none()
    {
        Effect::new(|| crate::browser::focus_later(DONE_NOTE));
    }
    view! {
        <div aria-live="polite" class="stack tight done-note" id=DONE_NOTE tabindex="-1" autofocus=just_done>
            {note}
            {filed.map(|filed| view! { <TellCaller filed/> })}
        </div>
    }
}

/// Number and code of a ticket that was registered here a moment ago.
#[component]
fn TellCaller(filed: FiledView) -> impl IntoView {
    let number = TicketNo::parse(&filed.ticket_no);
    let provisional = filed.provisional.then(|| say(common::PROVISIONAL));
    view! {
        <section class="note tell-caller">
            <b>{say(ticket::TELL_CALLER)}</b>
            <dl class="facts">
                <div><dt>{say(staff::NUMBER)}</dt><dd>{number.map(|ticket_no| view! { <TicketNumber ticket_no/> })}</dd></div>
                <div><dt>{say(ticket::CODE)}</dt><dd><b class="num code" translate="no">{filed.code}</b> " " {provisional}</dd></div>
            </dl>
        </section>
    }
}
