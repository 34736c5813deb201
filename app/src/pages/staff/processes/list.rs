//! All definitions with their versions, running cases and incidents, and the form that deploys one.
//! Not here: one definition (`one`).
//! The form is there for whoever may deploy.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::access::needs;
use shared::approval::view::ProcessRow;
use shared::text::{approval, process_owner as words, staff};

use super::deploy::Deploy;
use super::provide_names;
use crate::api::processes::read_processes;
use crate::components::empty::Empty;
use crate::components::page::{Loaded, fixed, of_address};
use crate::components::staff::StaffPage;
use crate::context::{say, use_actor, use_locale};

/// `/processes`
#[component]
pub fn ProcessesPage() -> impl IntoView {
    view! {
        <StaffPage path="/processes" title=fixed(approval::PROCESSES)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    provide_names();
    let query = use_query_map();
    let note = move || {
        let done = query.with(|query| query.get("done"));
        (done.as_deref() == Some("tables"))
            .then(|| view! { <p class="note ok">{say(words::TABLES_DEPLOYED)}</p> })
    };
    let resource = of_address(String::new, |_| read_processes());
    let show = |rows: Vec<ProcessRow>| view! { <Rows rows/> };
    let manages = use_actor().is_some_and(|actor| needs::DEPLOYING.is_met_by(&actor));
    view! {
        <div class="stack">
            <div aria-live="polite" class="done-note">{note}</div>
            <Loaded resource show/>
            {manages.then(|| view! { <Deploy/> })}
        </div>
    }
}

#[component]
fn Rows(rows: Vec<ProcessRow>) -> impl IntoView {
    if rows.is_empty() {
        return view! {
            <section class="card"><Empty title=words::NO_PROCESSES reason=words::NO_PROCESSES_WHY/></section>
        }
        .into_any();
    }
    let lines = rows
        .into_iter()
        .map(|row| view! { <Line row/> })
        .collect_view();
    view! {
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(approval::PROCESSES)>
            <table class="table cards processes">
                <thead>
                    <tr>
                        <th scope="col">{say(approval::PROCESS)}</th>
                        <th scope="col">{say(words::PROCESS_KEY)}</th>
                        <th scope="col">{say(words::ACTIVE_VERSION)}</th>
                        <th scope="col" class="num">{say(approval::VERSIONS)}</th>
                        <th scope="col" class="num">{say(approval::RUNNING)}</th>
                        <th scope="col" class="num">{say(approval::INCIDENTS)}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Line(row: ProcessRow) -> impl IntoView {
    let locale = use_locale();
    let href = format!("/processes/{}", row.key);
    let active = row.versions.iter().rev().find(|version| version.is_active);
    let active = match active {
        Some(version) => approval::version(version.version, locale),
        None => say(approval::NOT_ACTIVE).to_owned(),
    };
    let incidents = if row.incidents > 0 {
        view! { <b class="red">{staff::grouped(row.incidents)}</b> }.into_any()
    } else {
        view! { "0" }.into_any()
    };
    view! {
        <tr>
            <td class="key"><a class="row-link" href=href>{row.name}</a></td>
            <td data-label=say(words::PROCESS_KEY) translate="no">{row.key}</td>
            <td data-label=say(words::ACTIVE_VERSION)>{active}</td>
            <td class="num" data-label=say(approval::VERSIONS)>{row.versions.len()}</td>
            <td class="num" data-label=say(approval::RUNNING)>{staff::grouped(row.running)}</td>
            <td class="num" data-label=say(approval::INCIDENTS)>{incidents}</td>
        </tr>
    }
}
