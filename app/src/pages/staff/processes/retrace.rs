//! Recent tickets under a version of their process: whether that was tried, what it came to, the tickets that would go another way, and the button.
//! Not here: versions side by side (`beside`), moving running cases (`migration`).
//! Reads and begins without script; "refresh" is a link.

use leptos::prelude::*;
use shared::process::retrace::{Retrace, RetraceReport, RetraceView, Retraced};
use shared::text::{Text, approval, process_retrace as words};

use crate::components::ticket::When;
use crate::context::{say, use_locale};
use crate::pages::staff::replays::{Begin, CameTo, Card, Stand, TicketCell};

/// The card of the replay.
#[component]
pub fn RetraceCard(
    replay: Option<RetraceView>,
    /// Where the version stands.
    here: String,
) -> impl IntoView {
    let is_open = replay.as_ref().is_some_and(|it| it.phase.is_open());
    let begin = Some(Begin {
        action: format!("{here}/retrace"),
        version: None,
    });
    let stand = replay.map(|replay| {
        let report = replay.report;
        let came_to = report.map(|report| view! { <Report report/> }.into_any());
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
fn Report(report: RetraceReport) -> impl IntoView {
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
    let line = |row: Retraced| view! { <Line row/> }.into_any();
    let lines: Vec<AnyView> = report.first.into_iter().map(line).collect();
    view! { <CameTo sum counts caption=words::DIFFERENCES heads={&HEADS} lines/> }
}

#[component]
fn Line(row: Retraced) -> impl IntoView {
    let locale = use_locale();
    let version = approval::version(row.version, locale);
    let step = format!("{} · {}", row.verb.label(locale), row.kind.label(locale));
    let (was, would_be) = (row.was.join(", "), row.would_be.join(", "));
    view! {
        <tr>
            <TicketCell ticket=row.ticket no=row.no/>
            <td data-label=say(words::VERSION)>{version}</td>
            <td data-label=say(words::STEP)>{step} " " <When at=row.at/></td>
            <td data-label=say(words::WAS)><code translate="no">{was}</code></td>
            <td data-label=say(words::WOULD_BE)><code translate="no">{would_be}</code></td>
        </tr>
    }
}
