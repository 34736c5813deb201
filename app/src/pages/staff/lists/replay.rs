//! The replay of a draft of limits, of days, of working hours or of categories on recent tickets: whether there was one, what it came to, the tickets that differ, and the button that begins one.
//! Not here: the look before publishing around it (`preview`), what a draft of categories (`resort`) or of the ladder (`climbs`) came to.
//! Reads and begins without script; "refresh" is a link.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::register::{ListCode, Replay, ReplayView, Replayed};
use shared::text::Text;
use shared::text::register::{climb, replay as words, resort};

use super::climbs::LadderReport;
use super::resort::CategoryReport;
use crate::components::ticket::When;
use crate::context::{say, use_locale};
use crate::pages::staff::replays::{Begin, CameTo, Card, Stand, TicketCell};

/// The card of the replay.
#[component]
pub fn ReplayCard(
    /// The list of the draft.
    code: ListCode,
    replay: Option<ReplayView>,
    /// Whether the reader may begin one.
    may_run: bool,
    /// Version of the draft.
    version: String,
    /// Where the list stands.
    here: String,
) -> impl IntoView {
    let query = use_query_map();
    let note = move || {
        let done = query.with(|query| query.get("done"));
        (done.as_deref() == Some("replay"))
            .then(|| view! { <p class="note ok">{say(words::DONE_REPLAY)}</p> })
    };
    let note = Some(view! { <div aria-live="polite">{note}</div> }.into_any());
    let help = match code {
        ListCode::Categories => resort::HELP,
        ListCode::Ladder => climb::HELP,
        ListCode::Calendar | ListCode::Hours => words::HOURS_HELP,
        _ => words::REPLAY_HELP,
    };
    let is_open = replay.as_ref().is_some_and(|it| it.phase.is_open());
    let begin = may_run.then(|| Begin {
        action: format!("{here}/replay"),
        version: Some(version),
    });
    let refresh = format!("{here}/preview");
    let stand = replay.map(|replay| view! { <Newest replay/> }.into_any());
    view! {
        <Card id="replay" title=words::REPLAY help not_done=words::NOT_DONE note stand is_open refresh begin/>
    }
}

/// How it stands with the newest one, and its file.
#[component]
fn Newest(replay: ReplayView) -> impl IntoView {
    let stale = (!replay.is_current)
        .then(|| view! { <p class="note warn">{say(words::STALE)}</p> }.into_any());
    let href = format!("/staff/jobs/{}/result.csv", replay.job);
    let file = replay.has_file.then(|| {
        view! { <p><a class="button" href=href rel="external" download="">{say(words::FILE)}</a></p> }
    });
    let came_to = match (replay.report, replay.categories, replay.ladder) {
        (Some(report), ..) => Some(view! { <Report report/> }.into_any()),
        (None, Some(report), _) => Some(view! { <CategoryReport report/> }.into_any()),
        (None, None, Some(report)) => Some(view! { <LadderReport report/> }.into_any()),
        (None, None, None) => None,
    };
    view! {
        <Stand phase=replay.phase at=replay.asked_at note=stale came_to no_result=words::NO_RESULT/>
        {file}
    }
}

/// Heads of the table.
static HEADS: [Text; 4] = [words::TICKET, words::UNIT, words::WAS, words::WOULD_BE];

/// What it came to.
#[component]
fn Report(report: Replay) -> impl IntoView {
    let sum = words::sum(&report, use_locale());
    let counts = [
        (words::CLOCKS, report.clocks),
        (words::EARLIER, report.earlier),
        (words::LATER, report.later),
        (words::LATE, report.late),
        (words::NEWLY_LATE, report.newly_late),
        (words::NO_LONGER_LATE, report.no_longer_late),
        (words::WITHOUT, report.without),
    ];
    let counts = counts.map(|(label, count)| (say(label), count)).to_vec();
    let line = |row: Replayed| view! { <Line row/> }.into_any();
    let lines: Vec<AnyView> = report.first.into_iter().map(line).collect();
    view! { <CameTo sum counts caption=words::DIFFERENCES heads={&HEADS} lines/> }
}

#[component]
fn Line(row: Replayed) -> impl IntoView {
    let late =
        |is_late: bool| is_late.then(|| view! { " " <b class="red">{say(words::LATE_MARK)}</b> });
    let unit = row.unit.map_or_else(
        || view! { {say(words::OF_TICKET)} }.into_any(),
        |unit| view! { <code translate="no">{unit}</code> }.into_any(),
    );
    let (was_late, would_be_late) = (late(row.was_late), late(row.would_be_late));
    view! {
        <tr>
            <TicketCell ticket=row.ticket no=row.no/>
            <td data-label=say(words::UNIT)>{unit}</td>
            <td data-label=say(words::WAS)><When at=row.was/>{was_late}</td>
            <td data-label=say(words::WOULD_BE)><When at=row.would_be/>{would_be_late}</td>
        </tr>
    }
}
