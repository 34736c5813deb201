//! Recent tickets under a version of their process: whether that was tried, what it came to, the tickets that would go another way, and the button.
//! Not here: versions side by side (`beside`), moving running cases (`migration`).
//! Reads and begins without script; "refresh" is a link.

use std::collections::BTreeMap;

use leptos::prelude::*;
use shared::process::retrace::{Retrace, RetraceReport, RetraceView, Retraced};
use shared::text::{Locale, Text, approval, measure, process_retrace as words};

use crate::components::ticket::When;
use crate::context::{say, use_locale};
use crate::pages::staff::replays::{Begin, CameTo, Card, Stand, TicketCell};

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
    let begin = Some(Begin {
        action: format!("{here}/retrace"),
        version: None,
    });
    let stand = replay.map(|replay| {
        let report = replay.report;
        let came_to = report.map(|report| view! { <Report report names/> }.into_any());
        view! {
            <Stand phase=replay.phase at=replay.asked_at note=None came_to no_result=words::NO_RESULT/>
        }
        .into_any()
    });
    view! {
        <Card id="retrace" title=words::TITLE help=words::HELP not_done=words::NOT_DONE note=None stand is_open refresh=here begin/>
    }
}

/// Heads of the table.
static HEADS: [Text; 5] = [
    words::TICKET,
    words::VERSION,
    words::STEP,
    words::WAS,
    words::WOULD_BE,
];

/// What it came to.
#[component]
fn Report(report: RetraceReport, names: StoredValue<BTreeMap<String, String>>) -> impl IntoView {
    let locale = use_locale();
    let sum = words::sum(&report, locale);
    let mut counts = vec![
        (say(words::TICKETS), report.tickets),
        (say(words::CHANGED), report.changed),
        (say(words::UNTRACED), report.untraced),
    ];
    let kinds = Retrace::ALL.iter();
    let kinds = kinds.map(|kind| (kind.label(locale), report.of(*kind)));
    counts.extend(kinds.filter(|(_, count)| *count > 0));
    let line = |row: Retraced| view! { <Line row names/> }.into_any();
    let lines: Vec<AnyView> = report.first.into_iter().map(line).collect();
    view! { <CameTo sum counts caption=words::DIFFERENCES heads={&HEADS} lines/> }
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
    let version = approval::version(row.version, locale);
    let step = format!("{} · {}", row.verb.label(locale), row.kind.label(locale));
    let said = |elements: &[String]| names.with_value(|names| said(elements, names, locale));
    let (was, would_be) = (said(&row.was), said(&row.would_be));
    view! {
        <tr>
            <TicketCell ticket=row.ticket no=row.no/>
            <td data-label=say(words::VERSION)>{version}</td>
            <td data-label=say(words::STEP)>{step} " " <When at=row.at/></td>
            <td data-label=say(words::WAS)>{was}</td>
            <td data-label=say(words::WOULD_BE)>{would_be}</td>
        </tr>
    }
}
