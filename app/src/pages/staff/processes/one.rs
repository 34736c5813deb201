//! One version of a definition: its drawing with live counts, where cases stand, what the check says, versions, incidents, migrations.
//! Not here: all definitions (`list`), single cases (`approvals`).
//! Without a version in the address it is the active one, else the newest.

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::params::ParamsMap;
use shared::approval::view::{ProcessView, Standing};
use shared::text::{approval, process_owner as words, staff};

use super::beside::Beside;
use super::findings::Findings;
use super::migration::Migration;
use super::moved::Migrations;
use super::parts::Parts;
use super::provide_names;
use super::retrace::RetraceCard;
use super::versions::{StateOf, Versions};
use crate::api::processes::read_process;
use crate::components::form::KeptForm;
use crate::components::page::{Loaded, fixed, of_address};
use crate::components::staff::StaffPage;
use crate::context::{say, use_locale};
use crate::forms::address;
use crate::pages::staff::approvals::one::Incidents;
use crate::pages::staff::drawing::Drawing;

/// `/processes/:key`, `/processes/:key/:version` and the addresses of its forms.
#[component]
pub fn ProcessPage() -> impl IntoView {
    view! {
        <StaffPage path="/processes/:key" title=fixed(approval::PROCESSES) heading=false>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let params = use_params_map();
    let address = move || params.with(ParamsMap::to_query_string);
    let resource = of_address(address, read_process);
    // A function is built anew each time, so that no form keeps what was typed for another version.
    let show = |process: ProcessView| move || view! { <Whole process=process.clone()/> };
    view! {
        <DoneNote/>
        <Loaded resource show/>
    }
}

#[component]
fn Whole(process: ProcessView) -> impl IntoView {
    provide_names();
    let locale = use_locale();
    let here = format!("/processes/{}/{}", process.key, process.version.version);
    let offered = offered(&process, &here);
    let within = format!("/processes/{}/", process.key);
    let incidents = process.may_operate.then(|| {
        if process.incidents.is_empty() {
            return view! { <p class="muted">{say(approval::NO_INCIDENTS)}</p> }.into_any();
        }
        let back = Some(here.clone());
        view! { <Incidents incidents=process.incidents.clone() operates=true back/> }.into_any()
    });
    let beside = process.beside.clone();
    let beside = beside.map(|found| view! { <Beside found/> });
    let findings = process.findings.clone();
    let count = findings.len();
    let retraced = (process.is_ticket && process.may_manage).then(|| {
        let (replay, here, names) = (process.retraced.clone(), here.clone(), names(&process));
        view! { <RetraceCard replay here names/> }
    });
    let migrates = process
        .may_operate
        .then(|| view! { <Migration process=process.clone()/> });
    view! {
        <article class="ticket process">
            <header class="ticket-head">
                <span class="ticket-no" translate="no">{process.key.clone()}</span>
                <StateOf version=process.version.clone()/>
                <a class="small" href="/processes">{say(words::TO_PROCESSES)}</a>
                <h1>{process.name.clone()} " · " {approval::version(process.version.version, locale)}</h1>
            </header>
            <KeptForm offered within/>
            {process.is_ticket.then(|| view! { <p class="note">{say(approval::TICKETS_RUN_ON_IT)}</p> })}
            <section class="card stack" aria-labelledby="drawing">
                <h2 class="section-title" id="drawing">{say(approval::DRAWING)}</h2>
                <Drawing svg=process.svg.clone() label=approval::DRAWING none=approval::NO_DRAWING/>
                <Files process=process.clone()/>
            </section>
            <div class="columns process-columns">
                <div class="stack">
                    {incidents}
                    <Versions process=process.clone()/>
                    {process.is_ticket.then(|| view! { <Parts process=process.clone()/> })}
                    {retraced}
                    {migrates}
                    <Migrations process=process.clone()/>
                </div>
                <div class="stack">
                    {beside}
                    <StandingTable standing=process.standing/>
                    <section class="card" aria-labelledby="check">
                        <details class="fold" open=count == 0>
                            <summary>
                                <h2 class="section-title" id="check">{say(approval::CHECK)}</h2>
                                <span class="muted small">{words::findings(count, locale)}</span>
                            </summary>
                            <Findings findings/>
                        </details>
                    </section>
                </div>
            </div>
        </article>
    }
}

/// What the elements on the page are called, by their ids.
fn names(process: &ProcessView) -> BTreeMap<String, String> {
    let standing = process.standing.iter();
    let standing = standing.map(|it| (it.element.clone(), it.name.clone()));
    let beside = process.beside.iter().flat_map(|found| &found.rows);
    let beside = beside.map(|row| (row.element.clone(), row.name.clone()));
    let named = standing.chain(beside);
    named.filter(|(_, name)| !name.is_empty()).collect()
}

/// Which forms the page offers.
fn offered(process: &ProcessView, here: &str) -> Vec<String> {
    let versions = process.versions.iter().flat_map(|version| {
        let path = format!("/processes/{}/{}", process.key, version.version);
        [format!("{path}/activate"), format!("{path}/withdraw")]
    });
    let undo = process
        .migrations
        .iter()
        .filter(|row| row.undone_at.is_none())
        .map(|row| address(&format!("{here}/undo"), &row.id.to_string()));
    let parts = process
        .activations
        .iter()
        .filter(|row| row.until.is_none())
        .map(|row| address(&format!("{here}/withdraw-part"), &row.id.to_string()));
    versions
        .chain(undo)
        .chain(parts)
        .chain([format!("{here}/migrate"), format!("{here}/activate-part")])
        .collect()
}

/// What was just done, from the address.
#[component]
fn DoneNote() -> impl IntoView {
    let locale = use_locale();
    let (query, params) = (use_query_map(), use_params_map());
    let note = move || {
        let get = |name: &str| query.with(|query| query.get(name));
        let number = |name: &str| get(name).and_then(|text| text.parse::<i64>().ok());
        let part = |name: &str| params.with(|params| params.get(name).unwrap_or_default());
        let key = part("key");
        let version = part("version").parse().unwrap_or_default();
        let text = match get("done")?.as_str() {
            "deploy" => approval::deployed(&key, version, true, locale),
            "same" => approval::deployed(&key, version, false, locale),
            "activate" => {
                let active = number("active").and_then(|active| i32::try_from(active).ok());
                approval::active_now((version, active), locale)
            }
            "withdraw" => say(words::WITHDRAWN).to_owned(),
            "activate-part" => say(words::PART_SET).to_owned(),
            "withdraw-part" => say(words::PART_WITHDRAWN).to_owned(),
            "migrate" => approval::migrated(number("moved")?, number("cases")?, locale),
            "retrace" => say(shared::text::process_retrace::BEGUN).to_owned(),
            "migrating" => say(words::MIGRATING).to_owned(),
            "undo" => approval::migration_undone(number("back")?, number("stayed")?, locale),
            "retry" | "skip" => say(approval::SETTLED).to_owned(),
            _ => return None,
        };
        Some(view! { <p class="note ok">{text}</p> })
    };
    view! { <div aria-live="polite" class="done-note">{note}</div> }
}

/// The deployed file, and the decision tables that it asks, to be saved.
#[component]
fn Files(process: ProcessView) -> impl IntoView {
    let href = format!(
        "/processes/{}/{}/definition.bpmn",
        process.key, process.version.version
    );
    let locale = use_locale();
    let tables = process
        .tables
        .into_iter()
        .map(|table| {
            let href = format!("/decisions/{}/{}/tables.dmn", table.key, table.version);
            let version = approval::version(table.version, locale);
            view! { " · " <a href=href rel="external" download="" translate="no">{table.key}</a> " " {version} }
        })
        .collect_view();
    let heading = (!tables.is_empty())
        .then(|| view! { <span class="muted">" · " {say(words::TABLES)}</span> });
    view! {
        <p class="small">
            <a href=href rel="external" download="">{say(words::DOWNLOAD)}</a>
            {heading}
            {tables}
        </p>
    }
}

#[component]
fn StandingTable(standing: Vec<Standing>) -> impl IntoView {
    let content = if standing.is_empty() {
        view! { <p class="muted">{say(words::NOTHING_STANDS)}</p> }.into_any()
    } else {
        let lines = standing
            .into_iter()
            .map(|row| {
                view! { <tr><td>{row.name} " " <code translate="no">{row.element}</code></td><td class="num">{staff::grouped(row.count)}</td></tr> }
            })
            .collect_view();
        view! {
            <table class="table">
                <thead><tr><th scope="col">{say(approval::ELEMENT)}</th><th scope="col" class="num">{say(approval::COUNT)}</th></tr></thead>
                <tbody>{lines}</tbody>
            </table>
        }
        .into_any()
    };
    view! {
        <section class="card" aria-labelledby="standing">
            <h2 class="section-title" id="standing">{say(approval::STANDING)}</h2>
            {content}
        </section>
    }
}
