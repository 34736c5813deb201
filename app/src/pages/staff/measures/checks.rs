//! The live checks of reports: how each came out last, since when, and a button that makes them at once.
//! Not here: making them (`services::reports::live`), what a failing one hides (`shared::measure::LiveReport`).
//! Reads and sends without script.

use leptos::prelude::*;
use shared::measure::{LiveChecks, LiveState, LiveView};
use shared::text::{Text, clock, touched};

use super::ReportWays;
use crate::api::report::read_checks;
use crate::components::form::{Form, SubmitButton};
use crate::components::page::{by_query, fixed};
use crate::components::staff::StaffPage;
use crate::components::work_list::WorkList;
use crate::context::{say, use_locale, use_now};

/// The page's own address.
const PATH: &str = "/reports/checks";

/// `/reports/checks`
#[component]
pub fn ChecksPage() -> impl IntoView {
    view! {
        <StaffPage path="/reports/checks" title=fixed(touched::CHECKS)>
            <Content/>
        </StaffPage>
    }
}

/// What is said of what was done.
fn told(done: &str) -> Option<Text> {
    (done == "run").then_some(touched::RAN)
}

#[component]
fn Content() -> impl IntoView {
    let resource = by_query(|_| read_checks());
    let show = |checks: LiveChecks| view! { <Table checks/> };
    view! {
        <div class="stack loose report">
            <ReportWays here=PATH/>
            <WorkList told help=touched::CHECKS_WHY resource show>
                <Form action="/reports/checks/run" prefix="check-">
                    <p class="muted small">{say(touched::CHECK_RUN_HELP)}</p>
                    <SubmitButton label=touched::RUN/>
                </Form>
            </WorkList>
        </div>
    }
}

#[component]
fn Table(checks: LiveChecks) -> impl IntoView {
    if checks.items.is_empty() {
        return view! { <p class="note warn">{say(touched::NOT_RUN)}</p> }.into_any();
    }
    let lines = checks
        .items
        .into_iter()
        .map(|it| view! { <Line it/> })
        .collect_view();
    view! {
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(touched::CHECKS)>
            <table class="table cards">
                <thead>
                    <tr>
                        <th scope="col">{say(touched::CHECK)}</th>
                        <th scope="col">{say(touched::STATE)}</th>
                        <th scope="col">{say(touched::WHAT)}</th>
                        <th scope="col">{say(touched::SINCE)}</th>
                        <th scope="col">{say(touched::RUN_AT)}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Line(it: LiveView) -> impl IntoView {
    let (locale, now) = (use_locale(), use_now());
    let at = |at| clock::date_time(at, now, locale);
    let tone = match it.state {
        LiveState::Failing => "note bad",
        LiveState::Sound | LiveState::Waits => "",
    };
    // What a check is about stands beside its name; a sound one has found nothing else.
    let found = if it.facts.is_empty() {
        view! { <td class="bare">"—"</td> }.into_any()
    } else {
        let said = touched::told(it.check, &it.facts, locale);
        view! { <td data-label=say(touched::WHAT)>{said}</td> }.into_any()
    };
    view! {
        <tr>
            <td class="key" data-label=say(touched::CHECK)>
                <b>{it.check.label(locale)}</b>
                <small class="block muted">{say(touched::about(it.check))}</small>
            </td>
            <td data-label=say(touched::STATE)><span class=tone>{it.state.label(locale)}</span></td>
            {found}
            <td data-label=say(touched::SINCE)>{at(it.since)}</td>
            <td data-label=say(touched::RUN_AT)>{at(it.run_at)}</td>
        </tr>
    }
}
