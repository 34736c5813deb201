//! Long jobs: one's own, and for who may look after them everybody's in reach, with state, progress, result and the way to stop one.
//! Not here: what a job does (services), taking a result (`server/web/results`).
//! Reads and stops without script; "refresh" is a link.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use serde::{Deserialize, Serialize};
use shared::access::needs;
use shared::export::{ExportPart, TemplateView};
use shared::fault::Code;
use shared::job::{ExportFormat, GrantView, JobPage, JobPhase, JobView};
use shared::process::CaseKind;
use shared::process::mismatch::Place;
use shared::text::account::slow;
use shared::text::staff::grouped;
use shared::text::{clock, faults, job as words, template};

use crate::api::jobs::read_jobs;
use crate::components::empty::Empty;
use crate::components::form::{Check, Field, Form, Hidden, SubmitButton, use_form};
use crate::components::on_page::OnPage;
use crate::components::page::{Loaded, by_query, fixed};
use crate::components::pager::Pager;
use crate::components::staff::StaffPage;
use crate::components::ticket::When;
use crate::context::{say, use_actor, use_locale, use_now};

/// The page's own address.
const PATH: &str = "/staff/jobs";

/// `/staff/jobs`
#[component]
pub fn JobsPage() -> impl IntoView {
    view! {
        <StaffPage path="/staff/jobs" title=fixed(words::JOBS)>
            <Content/>
        </StaffPage>
    }
}

/// The page as it is kept: the rows stand in it, and are not sent again as data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Shown {
    next: Option<String>,
    is_empty: bool,
    grants: Vec<GrantView>,
    rows: OnPage<Vec<JobView>>,
}

impl From<JobPage> for Shown {
    fn from(page: JobPage) -> Self {
        Self {
            next: page.next_cursor,
            is_empty: page.items.is_empty(),
            grants: page.grants,
            rows: OnPage::new(page.items),
        }
    }
}

#[component]
fn Content() -> impl IntoView {
    let query = use_query_map();
    let note = move || {
        let done = query.with(|query| query.get("done"));
        let words = match done.as_deref() {
            Some("export") => Some(words::EXPORT_ASKED),
            Some("cancel") => Some(words::CANCEL_ASKED),
            Some("approve") => Some(words::APPROVED),
            Some("withdraw") => Some(words::WITHDRAWN),
            _ => None,
        };
        words.map(|words| view! { <p class="note ok">{say(words)}</p> })
    };
    let resource = by_query(async |query| read_jobs(query).await.map(Shown::from));
    let show = move |shown: Shown| {
        let later = query.with_untracked(|query| query.get("cursor").is_some());
        view! { <List shown later/> }
    };
    let may_export = use_actor().is_some_and(|actor| needs::EXPORT.is_met_by(&actor));
    let by_template = may_export
        .then(|| view! { <a class="button" href="/staff/exports">{say(template::EXPORTS)}</a> });
    let export = may_export.then(|| {
        view! { <section class="card"><ExportButton query=String::new() class="primary"/></section> }
    });
    let may_watch = use_actor().is_some_and(|actor| needs::STATEMENTS.is_met_by(&actor));
    let statements = may_watch
        .then(|| view! { <a class="button" href="/staff/statements">{say(slow::TITLE)}</a> });
    view! {
        <div class="stack">
            <div aria-live="polite" class="done-note">{note}</div>
            <p class="muted">{say(words::HELP)}</p>
            {export}
            <p class="row">
                <a class="button" href=PATH>{say(words::REFRESH)}</a>
                {by_template}
                {statements}
            </p>
            <Loaded resource show/>
        </div>
    }
}

/// Asks for the list behind a filter as a file of the chosen format; on the list's page as well.
#[component]
pub fn ExportButton(
    /// Filter and order as in the list's address.
    query: String,
    /// Classes beside `button`.
    class: &'static str,
    /// Templates to choose from.
    #[prop(optional)]
    templates: Vec<TemplateView>,
) -> impl IntoView {
    let locale = use_locale();
    let by_template = !templates.is_empty();
    let kept = by_template.then(|| {
        let kept = templates.into_iter();
        let kept = kept.map(|kept| view! { <option value=kept.id>{kept.name}</option> });
        let kept = kept.collect_view();
        view! {
            <select name="template" aria-label=say(template::TEMPLATE)>
                <option value="">{say(template::NO_TEMPLATE)}</option>
                {kept}
            </select>
        }
    });
    let usual = by_template.then(|| view! { <option value="">{say(words::BY_TEMPLATE)}</option> });
    let formats = ExportFormat::ALL.iter().map(|format| {
        view! { <option value=format.as_str()>{format.label(locale)}</option> }
    });
    let formats = formats.collect_view();
    view! {
        <Form action=PATH prefix="export-" class="export-form" label=say(words::EXPORT_HELP)>
            <Made/>
            <Hidden name="query" value=Signal::stored(query)/>
            <Field name="purpose" label=words::PURPOSE help=words::PURPOSE_HELP optional=true/>
            <Options/>
            <div class="row">
                {kept}
                <select name="format" aria-label=say(words::FORMAT)>{usual} {formats}</select>
                <SubmitButton label=words::EXPORT class/>
            </div>
        </Form>
    }
}

/// The password of the archive that was just asked for; a page that is loaded anew has it no more.
#[component]
fn Made() -> impl IntoView {
    let form = use_form();
    let made = move || {
        form.state
            .with(|state| Some(state.value("opens_with")?.to_owned()))
    };
    let shown = move || {
        made().map(|password| {
            view! {
                <div class="note ok stack tight">
                    <p><b>{say(words::PASSWORD)}</b></p>
                    <p translate="no"><code>{password}</code></p>
                    <p>{say(words::PASSWORD_WHY)}</p>
                    <p><a href=PATH>{say(words::TO_JOBS)}</a></p>
                </div>
            }
        })
    };
    view! { <div aria-live="polite">{shown}</div> }
}

/// What stands in the file beside the usual, and how it is locked.
#[component]
fn Options() -> impl IntoView {
    let form = use_form();
    let open = form.state.with_untracked(|state| {
        ["locked", "clear", "parts"]
            .iter()
            .any(|name| state.value(name).is_some())
    });
    let may_reveal = use_actor().is_some_and(|actor| needs::REVEAL.is_met_by(&actor));
    let clear = may_reveal
        .then(|| view! { <Check name="clear" label=words::CLEAR help=words::CLEAR_HELP/> });
    view! {
        <details class="fold" open=open>
            <summary>{say(words::MORE)}</summary>
            <div class="stack">
                <Parts/>
                <Check name="locked" label=words::LOCKED help=words::LOCKED_HELP/>
                {clear}
            </div>
        </details>
    }
}

/// The related parts to tick.
#[component]
pub fn Parts() -> impl IntoView {
    let (form, locale) = (use_form(), use_locale());
    let parts = ExportPart::ALL.iter().map(|part| {
        let id = form.id(&format!("parts-{part}"));
        let checked = form
            .state
            .with_untracked(|state| state.values("parts").contains(&part.as_str()));
        view! {
            <label class="choice" for=id.clone()>
                <input type="checkbox" id=id.clone() name="parts" value=part.as_str() checked=checked/>
                <span class="choice-text"><b>{part.label(locale)}</b></span>
            </label>
        }
    });
    let parts = parts.collect_view();
    view! {
        <fieldset class="choices inline">
            <legend>{say(words::PARTS)}</legend>
            <p class="muted small">{say(words::PARTS_HELP)}</p>
            {parts}
        </fieldset>
    }
}

#[component]
fn List(shown: Shown, later: bool) -> impl IntoView {
    if shown.is_empty {
        return view! {
            <section class="card"><Empty title=words::NONE reason=words::NONE_WHY/></section>
        }
        .into_any();
    }
    let first = later.then(|| PATH.to_owned());
    let next = shown.next.map(|cursor| format!("{PATH}?cursor={cursor}"));
    let lines = |rows: Vec<JobView>| {
        rows.into_iter()
            .map(|job| view! { <Line job/> })
            .collect_view()
    };
    view! {
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::JOBS)>
            <table class="table cards jobs">
                <thead>
                    <tr>
                        <th scope="col">{say(words::KIND)}</th>
                        <th scope="col">{say(words::STATE)}</th>
                        <th scope="col">{say(words::PROGRESS)}</th>
                        <th scope="col">{say(words::OWNER)}</th>
                        <th scope="col">{say(words::STARTED)}</th>
                        <th scope="col">{say(words::ENDED)}</th>
                        <th scope="col">{say(words::RESULT)}</th>
                    </tr>
                </thead>
                {shown.rows.tbody(lines)}
            </table>
        </div>
        <Pager first next/>
        <Grants grants=shown.grants/>
    }
    .into_any()
}

/// Standing approvals of exports, each with the button that ends it for who may.
#[component]
fn Grants(grants: Vec<GrantView>) -> impl IntoView {
    let (locale, now) = (use_locale(), use_now());
    if grants.is_empty() {
        return ().into_any();
    }
    let lines = grants.into_iter().map(|grant| {
        let ends = clock::date_time(grant.ends_at, now, locale);
        let sentence = words::grant(&grant, &ends, locale);
        let withdraw = grant.may_withdraw.then(|| {
            view! {
                <Form
                    action=format!("{PATH}/{}/withdraw", grant.job)
                    prefix=format!("withdraw-{}-", grant.job)
                    label=format!("{} {}", say(words::GRANT_WITHDRAW), grant.asker)
                >
                    <SubmitButton label=words::GRANT_WITHDRAW class=""/>
                </Form>
            }
        });
        view! { <li>{sentence} " " {withdraw}</li> }
    });
    let lines = lines.collect_view();
    view! {
        <section class="card">
            <h2 class="section-title">{say(words::GRANTS)}</h2>
            <ul>{lines}</ul>
        </section>
    }
    .into_any()
}

#[component]
fn Line(job: JobView) -> impl IntoView {
    let locale = use_locale();
    let owner = if job.owner == "system" {
        view! { {say(words::SYSTEM)} }.into_any()
    } else {
        view! { <span lang="zh-CN">{job.owner.clone()}</span> }.into_any()
    };
    let subject = (!job.subject.is_empty()).then(
        || view! { <span class="muted small" translate="no">" · " {job.subject.clone()}</span> },
    );
    let began = job.started_at.unwrap_or(job.made_at);
    let ended = match job.ended_at {
        Some(at) => view! { <When at/> }.into_any(),
        None => view! { "—" }.into_any(),
    };
    let state = job.state;
    view! {
        <tr>
            <td class="key"><b>{words::kind(&job.kind, locale)}</b>{subject}</td>
            <td data-label=say(words::STATE)>
                <span class="badge state" data-job=state.as_str()>{state.label(locale)}</span>
            </td>
            <td data-label=say(words::PROGRESS)><Progress job=job.clone()/></td>
            <td data-label=say(words::OWNER)>{owner}</td>
            <td data-label=say(words::STARTED)><When at=began/></td>
            <td data-label=say(words::ENDED)>{ended}</td>
            <td data-label=say(words::RESULT)><Outcome job/></td>
        </tr>
    }
}

/// A bar where the whole is known, else what was done so far.
#[component]
fn Progress(job: JobView) -> impl IntoView {
    let locale = use_locale();
    let text = words::progress(&job, locale);
    let bar = job.percent().map(|percent| {
        let name = words::kind(&job.kind, locale);
        view! { <progress max="100" value=percent aria-label=name></progress> " " }
    });
    view! { <span class="job-progress">{bar}<span class="num">{text}</span></span> }
}

/// What it came to, its file, why it cannot go on, or the button that stops it.
#[component]
fn Outcome(job: JobView) -> impl IntoView {
    let (locale, now) = (use_locale(), use_now());
    let sum = words::outcome(&job, locale).map(|sum| view! { <p>{sum}</p> });
    let lines = words::lines(&job, locale);
    let lines = (!lines.is_empty()).then(|| {
        let each = lines
            .into_iter()
            .map(|line| view! { <li>{line}</li> })
            .collect_view();
        view! { <ul class="small" translate="no">{each}</ul> }
    });
    let kinds = words::kinds(&job, locale);
    let kinds = (!kinds.is_empty()).then(|| view! { <Kinds kinds/> });
    let fault = job.fault.as_deref().map(|code| {
        let words = Code::parse(code).map_or_else(
            || code.to_owned(),
            |code| faults::sentence(code, &job.facts, locale),
        );
        let class = if job.state == JobPhase::Failed {
            "small red"
        } else {
            "small muted"
        };
        view! { <p class=class>{words}</p> }
    });
    let file = job.result.as_ref().map(|file| {
        let href = format!("{PATH}/{}/result.csv", job.id);
        let kept = file.until.map(|until| {
            let at = clock::date_time(until, now, locale);
            view! { <span class="muted small">{words::kept_until(&at, locale)}</span> }
        });
        let taken = words::taken(file.taken, locale)
            .map(|taken| view! { <span class="muted small">{taken}</span> });
        view! {
            <p>
                <a class="button" href=href rel="external" download="">{say(words::DOWNLOAD)}</a>
                " " <span class="muted small">{words::size(file.bytes)}</span> " " {kept} " " {taken}
            </p>
        }
    });
    let stop = job.may_cancel.then(|| {
        let name = words::kind(&job.kind, locale);
        view! {
            <Form
                action=format!("{PATH}/{}/cancel", job.id)
                prefix=format!("stop-{}-", job.id)
                label=format!("{} {name}", say(words::CANCEL))
            >
                <SubmitButton label=words::CANCEL class=""/>
            </Form>
        }
    });
    let approval = view! { <Approval job/> };
    view! { <div class="stack tight">{sum}{kinds}{lines}{fault}{file}{approval}{stop}</div> }
}

/// What waits for a second person, with the button of who may agree; who agreed.
#[component]
fn Approval(job: JobView) -> impl IntoView {
    let locale = use_locale();
    let by = job.approved_by.as_deref().map(|name| {
        let words = words::approved_by(name, locale);
        view! { <p class="muted small">{words}</p> }
    });
    let note = job
        .awaits
        .then(|| view! { <p><b>{say(words::AWAITS)}</b></p> });
    let lines = job.asks.into_iter();
    let lines: Vec<_> = lines.map(|line| view! { <li>{line}</li> }).collect();
    let lines = (!lines.is_empty()).then(|| view! { <ul class="small">{lines}</ul> });
    let approve = job.may_approve.then(|| {
        let name = words::kind(&job.kind, locale);
        let days = [0, 7, 30, 90].map(|days| {
            view! { <option value=days.to_string()>{words::stands(days, locale)}</option> }
        });
        let days = days.into_iter().collect_view();
        view! {
            <Form
                action=format!("{PATH}/{}/approve", job.id)
                prefix=format!("approve-{}-", job.id)
                label=format!("{} {name}", say(words::APPROVE))
            >
                <div class="row">
                    <select name="days" aria-label=say(words::STANDING)>{days}</select>
                    <SubmitButton label=words::APPROVE class=""/>
                </div>
            </Form>
        }
    });
    view! { {note} {lines} {by} {approve} }
}

/// What a check found, a line a kind, with the tickets behind it.
#[component]
fn Kinds(kinds: Vec<(String, i64, Vec<Place>)>) -> impl IntoView {
    let rows = kinds
        .into_iter()
        .map(|(name, count, cases)| {
            let links = cases
                .into_iter()
                .zip(1..)
                .map(|(place, n)| view! { <Behind n place/> })
                .collect_view();
            view! { <li><b>{name}</b> " " <span class="num">{grouped(count)}</span> " " {links}</li> }
        })
        .collect_view();
    view! {
        <p>{say(words::BY_KIND)}</p>
        <ul class="small">{rows}</ul>
    }
}

/// The n-th case in which something was found; a ticket's page is a step away.
#[component]
fn Behind(n: usize, place: Place) -> impl IntoView {
    let locale = use_locale();
    let name = format!("{} {n}", place.case.label(locale));
    let shown = if place.case == CaseKind::Ticket {
        let href = format!("/tickets/{}", place.id);
        view! { <a href=href>{name}</a> }.into_any()
    } else {
        view! { <span translate="no">{place.id.to_string()}</span> }.into_any()
    };
    view! { {shown} " " }
}
