//! One approval: what was filed, who it waits for, what this person can do now, what happened.
//! The same page answers at a verb's own address, when its form came back with what was typed.
//! Not here: what the forms do (`forms::staff::approval`), the drawing (`flow`).

mod case;
mod doing;
mod facts;
mod head;
mod history;
mod incidents;
mod owner;
mod task;
mod tasks;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::access::needs;
use shared::approval::view::ApprovalDetail;
use shared::approval::{ApprovalStatus, ApprovalVerb};
use shared::file::Hook;
use shared::text::{approval, approval_forms as words, file};

use self::case::{CaseActions, Correction};
pub use self::doing::Doing;
use self::facts::{Copies, Facts, Papers};
use self::head::Head;
use self::history::History;
pub use self::incidents::Incidents;
use self::tasks::Tasks;
use crate::api::approvals::read_approval;
use crate::components::asked::{People, names};
use crate::components::files::{Adding, CaseFiles};
use crate::components::form::{Follow, KeptForm};
use crate::components::page::{Loaded, by_id, fixed};
use crate::components::staff::StaffPage;
use crate::context::{say, use_actor, use_locale};

/// `/approvals/:id` and the addresses of its forms.
#[component]
pub fn ApprovalPage() -> impl IntoView {
    view! {
        <StaffPage path="/approvals/:id" title=fixed(approval::APPROVALS) heading=false>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let resource = by_id(read_approval);
    // A function is built anew each time: what was typed for one verb must not stay in the form of the next.
    let show = |detail: ApprovalDetail| move || view! { <Whole detail=detail.clone()/> };
    view! {
        <DoneNote/>
        <Loaded resource show/>
    }
}

#[component]
fn Whole(detail: ApprovalDetail) -> impl IntoView {
    let fields = detail.tasks.iter().flat_map(|task| task.form.iter());
    provide_context(names(detail.start_form.iter().chain(fields)));
    provide_context(People(detail.people.clone()));
    let operates = use_actor().is_some_and(|actor| needs::OPERATING.is_met_by(&actor))
        && detail.row.status == ApprovalStatus::Running;
    let offered = offered(&detail, operates);
    let within = format!("/approvals/{}/", detail.row.id);
    let flow = format!("{within}flow");
    // After a step the reader sees that it is done, and below it what comes next.
    #[cfg(feature = "hydrate")]
    if use_query_map().with_untracked(|query| query.get("done").is_some())
        && crate::context::use_seed()
            .returned
            .get_untracked()
            .is_none()
    {
        Effect::new(|| crate::browser::focus_later(DONE_NOTE));
    }
    let incidents = (!detail.incidents.is_empty()).then(|| {
        view! { <Incidents incidents=detail.incidents.clone() operates/> }
    });
    let adding = detail.may_add_files.then(|| Adding {
        hook: Hook::approval(detail.row.id.0),
        title: file::ADD,
    });
    let adding: Vec<Adding> = adding.into_iter().collect();
    view! {
        <article class="ticket">
            <Head detail=detail.clone()/>
            <Follow path=format!("/approvals/{}", detail.row.id)/>
            <KeptForm offered within/>
            <div class="columns ticket-columns">
                <div class="stack main-part">
                    <Facts detail=detail.clone()/>
                    <Papers detail=detail.clone()/>
                    <Copies copies=detail.copies.clone()/>
                    <CaseFiles files=detail.files.clone() adding/>
                </div>
                <div class="stack side-part">
                    <Correction detail=detail.clone()/>
                    <Tasks detail=detail.clone()/>
                    {incidents}
                    <CaseActions detail=detail.clone()/>
                </div>
                <div class="stack below-part">
                    <History events=detail.history flow/>
                </div>
            </div>
        </article>
    }
}

/// Which forms the page offers.
fn offered(detail: &ApprovalDetail, operates: bool) -> Vec<String> {
    let row = &detail.row;
    let of_case = detail.actions.iter().map(|verb| Doing::whole(row, *verb));
    let of_tasks = detail.tasks.iter().flat_map(|task| {
        let verbs = task.actions.iter();
        verbs.map(move |verb| Doing::task(row, task, *verb))
    });
    let of_papers = detail
        .papers
        .iter()
        .map(|paper| Doing::paper(row, paper.number));
    let of_incidents = detail.incidents.iter().filter(|_| operates);
    let of_incidents = of_incidents.flat_map(|incident| {
        [ApprovalVerb::Retry, ApprovalVerb::Skip].map(|verb| Doing::incident(incident, verb))
    });
    of_case
        .chain(of_tasks)
        .chain(of_papers)
        .chain(of_incidents)
        .map(|doing| doing.address())
        .collect()
}

/// Id of the note of what was just done.
const DONE_NOTE: &str = "done-note";

/// What was just done, from the address (`?done=approve`).
#[component]
fn DoneNote() -> impl IntoView {
    let locale = use_locale();
    let query = use_query_map();
    let note = move || {
        let verb = query.with(|query| ApprovalVerb::parse(&query.get("done")?))?;
        Some(view! {
            <p class="note ok row between">
                <span>{words::done(verb, locale)}</span>
                <a href="/approvals">{say(words::NEXT)}</a>
            </p>
        })
    };
    let just_done = query.with_untracked(|query| query.get("done").is_some());
    view! { <div aria-live="polite" class="stack tight done-note" id=DONE_NOTE tabindex="-1" autofocus=just_done>{note}</div> }
}
