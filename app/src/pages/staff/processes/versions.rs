//! The versions of a definition: since when, from when they are active, how many cases run on them; activate and withdraw.
//! Not here: deploying a new one (`deploy`).
//! A version that is withdrawn keeps the cases that run on it.

use leptos::prelude::*;
use shared::approval::view::{ProcessView, VersionRow};
use shared::text::{approval, process_owner as words, staff};

use crate::components::form::{Field, Form, SubmitButton};
use crate::components::ticket::When;
use crate::context::{say, use_locale, use_now, use_seed};

/// The versions, the newest first.
#[component]
pub fn Versions(process: ProcessView) -> impl IntoView {
    let lines = process
        .versions
        .iter()
        .rev()
        .map(|version| {
            let current = version.version == process.version.version;
            let key = process.key.clone();
            view! { <Version version=version.clone() key current may_manage=process.may_manage/> }
        })
        .collect_view();
    view! {
        <section class="card stack tight" aria-labelledby="versions">
            <h2 class="section-title" id="versions">{say(approval::VERSIONS)}</h2>
            {lines}
        </section>
    }
}

/// How a version stands, as a badge.
#[component]
pub fn StateOf(version: VersionRow) -> impl IntoView {
    let (state, word) = if version.is_active {
        ("active", approval::ACTIVE)
    } else if version.withdrawn_at.is_some() {
        ("withdrawn", approval::WITHDRAWN)
    } else {
        ("idle", approval::NOT_ACTIVE)
    };
    view! { <span class="badge state" data-version=state>{say(word)}</span> }
}

#[component]
fn Version(version: VersionRow, key: String, current: bool, may_manage: bool) -> impl IntoView {
    let locale = use_locale();
    let href = format!("/processes/{key}/{}", version.version);
    let name = approval::version(version.version, locale);
    let link = if current {
        view! { <b aria-current="page">{name}</b> }.into_any()
    } else {
        view! { <a href=href.clone()>{name}</a> }.into_any()
    };
    let from = version.active_from.map(|at| {
        view! { <div><dt>{say(approval::ACTIVE_FROM)}</dt><dd><When at/></dd></div> }
    });
    let by = version.deployed_by.clone().map(|by| {
        view! { <div><dt>{say(words::DEPLOYED_BY)}</dt><dd lang="zh-CN">{by}</dd></div> }
    });
    let forms = may_manage.then(|| view! { <Forms version=version.clone() href/> });
    view! {
        <div class="sub-block">
            <div class="row between">
                <span class="row">{link} <StateOf version=version.clone()/></span>
                <span class="muted small">{say(approval::RUNNING)} " " <span class="num">{staff::grouped(version.running)}</span></span>
            </div>
            <dl class="facts compact">
                <div><dt>{say(approval::DEPLOYED)}</dt><dd><When at=version.deployed_at/></dd></div>
                {by}
                {from}
            </dl>
            {forms}
        </div>
    }
}

/// Activate unless it is active already; withdraw what is active or will be.
#[component]
fn Forms(version: VersionRow, href: String) -> impl IntoView {
    let number = version.version;
    let came_back = use_seed().with(|seed| {
        let form = seed.form.as_ref();
        form.is_some_and(|form| form.path == format!("{href}/activate"))
    });
    let later = version.active_from.is_some_and(|from| from > use_now());
    let used = version.withdrawn_at.is_none() && (version.is_active || later);
    let activate = (!version.is_active).then(|| {
        view! {
            <details class="fold act" open=came_back>
                <summary><b>{say(approval::ACTIVATE)}</b></summary>
                <Form action=format!("{href}/activate") prefix=format!("activate-{number}-") class="verb-form" label=say(approval::ACTIVATE)>
                    <Field name="active_from" label=words::ACTIVE_FROM_DAY help=words::FROM_HELP kind="date" optional=true/>
                    <p><SubmitButton label=approval::ACTIVATE class=""/></p>
                </Form>
            </details>
        }
    });
    let withdraw = used.then(|| {
        view! {
            <Form action=format!("{href}/withdraw") prefix=format!("withdraw-{number}-") label=say(approval::WITHDRAW)>
                <SubmitButton label=approval::WITHDRAW class="danger"/>
            </Form>
        }
    });
    view! { {activate} {withdraw} }
}
