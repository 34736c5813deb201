//! What stopped a case, with retry and skip for whoever looks after the process.
//! Not here: other ways on, such as a jump or another variable (`owner`).
//! The same cards stand on the process's page, where each names its approval.

use leptos::prelude::*;
use shared::approval::ApprovalVerb as V;
use shared::approval::view::IncidentView;
use shared::text::{Text, approval, approval_forms as words};

use super::doing::{Doing, Fold, VerbForm};
use super::task::WORDS;
use crate::components::form::{SubmitButton, TextArea};
use crate::components::ticket::When;
use crate::context::{say, use_locale};

/// Open incidents.
#[component]
pub fn Incidents(
    /// The incidents.
    incidents: Vec<IncidentView>,
    /// Whether they can be settled here.
    operates: bool,
    /// Address of the process owner's page when they stand there.
    #[prop(default = None)]
    back: Option<String>,
) -> impl IntoView {
    let banner = (!operates).then(|| view! { <p>{say(approval::WAITS_AS_INCIDENT)}</p> });
    let one = move |incident: IncidentView| {
        let back = back.clone();
        view! { <Incident incident operates back/> }
    };
    view! {
        <section class="card bad stack tight" aria-labelledby="incidents">
            <h2 class="section-title" id="incidents">{say(approval::INCIDENTS)}</h2>
            {banner}
            {incidents.into_iter().map(one).collect_view()}
        </section>
    }
}

#[component]
fn Incident(incident: IncidentView, operates: bool, back: Option<String>) -> impl IntoView {
    let locale = use_locale();
    let case = back.is_some().then(|| {
        let href = match incident.ticket {
            Some(ticket) => format!("/tickets/{ticket}"),
            None => format!("/approvals/{}", incident.approval),
        };
        view! { <a class="ticket-no" href=href translate="no">{incident.approval_no.clone()}</a> }
    });
    let what = (!incident.words.is_empty()).then(
        || view! { <p class="prose incident-words" translate="no">{incident.words.clone()}</p> },
    );
    let ways = operates.then(|| {
        let way = |verb: V, help: Text| {
            let doing = Doing::incident(&incident, verb);
            let back = back.clone();
            view! {
                <Fold doing>
                    <VerbForm doing help=help back>
                        <TextArea name="reason" label=approval::REASON max=WORDS rows=2/>
                        <p><SubmitButton label=verb.text() class=""/></p>
                    </VerbForm>
                </Fold>
            }
        };
        let ways = [
            way(V::Retry, words::RETRY_HELP),
            way(V::Skip, words::SKIP_HELP),
        ];
        view! { <div class="actions">{ways.collect_view()}</div> }
    });
    let tries = (incident.tries > 0).then(
        || view! { " · " {say(approval::TRIES)} " " <span class="num">{incident.tries}</span> },
    );
    view! {
        <div class="sub-block">
            <p class="row">
                <b>{incident.kind.label(locale)}</b>
                <span>{incident.element_name.clone()}</span>
                {case}
            </p>
            <p class="muted small"><When at=incident.opened_at/>{tries}</p>
            {what}
            {ways}
        </div>
    }
}
