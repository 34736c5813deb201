//! Recent tickets under a version of their process: whether that was tried, what it came to, the tickets that would go another way, and the button.
//! Not here: versions side by side (`beside`), moving running cases (`migration`).
//! Reads and begins without script; "refresh" is a link.

use std::collections::BTreeMap;

use leptos::prelude::*;
use shared::process::retrace::{Retrace, RetraceReport, RetraceView, Retraced};
use shared::text::{Locale, approval, job, measure, process_retrace as words, staff};

use crate::components::form::{Form, SubmitButton};
use crate::components::ticket::{CaseNumber, When};
use crate::context::{say, use_locale};

/// The card of the replay.
#[component]
pub fn RetraceCard(
    replay: Option<RetraceView>,
    /// Where the version stands.
    here: String,
    /// What elements are called, by their ids.
    names: BTreeMap<String, String>,
) -> impl IntoView {
    let names = StoredValue::new(names);
    let is_open = replay.as_ref().is_some_and(|it| it.phase.is_open());
    let label = if replay.is_some() {
        words::AGAIN
    } else {
        words::RUN
    };
    let action = format!("{here}/retrace");
    let run = (!is_open).then(|| {
        view! {
            <Form action=action prefix="retrace-" class="verb-form" label=say(words::TITLE)>
                <p><SubmitButton label class=""/></p>
            </Form>
        }
    });
    let refresh =
        is_open.then(|| view! { <p><a class="button" href=here>{say(job::REFRESH)}</a></p> });
    let stand = match replay {
        None => view! { <p class="muted">{say(words::NOT_DONE)}</p> }.into_any(),
        Some(replay) => view! { <Stand replay names/> }.into_any(),
    };
    view! {
        <section class="card stack tight" aria-labelledby="retrace">
            <h2 class="section-title" id="retrace">{say(words::TITLE)}</h2>
            <p class="help">{say(words::HELP)}</p>
            {stand}
            {refresh}
            {run}
        </section>
    }
}

/// How it stands with the newest one.
#[component]
fn Stand(replay: RetraceView, names: StoredValue<BTreeMap<String, String>>) -> impl IntoView {
    let locale = use_locale();
    let (phase, at) = (replay.phase, replay.asked_at);
    let what = match replay.report {
        Some(report) => view! { <Report report names/> }.into_any(),
        None if phase.is_open() => view! { <p>{say(words::RUNS)}</p> }.into_any(),
        None => view! { <p>{say(words::NO_RESULT)}</p> }.into_any(),
    };
    view! {
        <p class="row">
            <span class="badge state" data-job=phase.as_str()>{phase.label(locale)}</span>
            <When at/>
        </p>
        {what}
    }
}

/// What it came to.
#[component]
fn Report(report: RetraceReport, names: StoredValue<BTreeMap<String, String>>) -> impl IntoView {
    let locale = use_locale();
    let sum = words::sum(&report, locale);
    let mut facts = vec![
        (words::TICKETS.get(locale), report.tickets),
        (words::CHANGED.get(locale), report.changed),
        (words::UNTRACED.get(locale), report.untraced),
    ];
    let kinds = Retrace::ALL.iter().copied();
    let kinds = kinds.map(|kind| (kind.label(locale), report.of(kind)));
    facts.extend(kinds.filter(|(_, count)| *count > 0));
    let facts = facts
        .into_iter()
        .map(|(label, count)| {
            view! { <div><dt>{label}</dt><dd class="num">{staff::grouped(count)}</dd></div> }
        })
        .collect_view();
    let first = report.first;
    let table = (!first.is_empty()).then(|| view! { <Differences rows=first names/> });
    view! {
        <p>{sum}</p>
        <dl class="facts compact">{facts}</dl>
        {table}
    }
}

#[component]
fn Differences(rows: Vec<Retraced>, names: StoredValue<BTreeMap<String, String>>) -> impl IntoView {
    let lines = rows
        .into_iter()
        .map(|row| view! { <Line row names/> })
        .collect_view();
    view! {
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::DIFFERENCES)>
            <table class="table cards">
                <caption>{say(words::DIFFERENCES)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{say(words::TICKET)}</th>
                        <th scope="col">{say(words::VERSION)}</th>
                        <th scope="col">{say(words::STEP)}</th>
                        <th scope="col">{say(words::WAS)}</th>
                        <th scope="col">{say(words::WOULD_BE)}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
}

/// Elements as people read them: each once, by its name where the page has one, and how often where that is more than once.
fn said(elements: &[String], names: &BTreeMap<String, String>, locale: Locale) -> String {
    let mut counted: Vec<(&str, usize)> = Vec::new();
    for element in elements {
        match counted
            .iter_mut()
            .find(|(known, _)| *known == element.as_str())
        {
            Some((_, times)) => *times += 1,
            None => counted.push((element.as_str(), 1)),
        }
    }
    let word = |(element, times): (&str, usize)| {
        let name = names.get(element).map_or(element, String::as_str);
        if times > 1 {
            format!("{name} × {times}")
        } else {
            name.to_owned()
        }
    };
    let words: Vec<String> = counted.into_iter().map(word).collect();
    words.join(measure::between(locale))
}

#[component]
fn Line(row: Retraced, names: StoredValue<BTreeMap<String, String>>) -> impl IntoView {
    let locale = use_locale();
    let href = format!("/tickets/{}", row.ticket);
    let version = approval::version(row.version, locale);
    let step = format!("{} · {}", row.verb.label(locale), row.kind.label(locale));
    let said = |elements: &[String]| names.with_value(|names| said(elements, names, locale));
    let (was, would_be) = (said(&row.was), said(&row.would_be));
    view! {
        <tr>
            <td class="key num-left"><a href=href><CaseNumber number=row.no/></a></td>
            <td data-label=say(words::VERSION)>{version}</td>
            <td data-label=say(words::STEP)>{step} " " <When at=row.at/></td>
            <td data-label=say(words::WAS)>{was}</td>
            <td data-label=say(words::WOULD_BE)>{would_be}</td>
        </tr>
    }
}
