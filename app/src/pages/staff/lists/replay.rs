//! The replay of a draft of limits or of categories on recent tickets: whether there was one, what it came to, the tickets that differ, and the button that begins one.
//! Not here: the look before publishing around it (`preview`), what a draft of categories came to (`resort`).
//! Reads and begins without script; "refresh" is a link.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::job::JobPhase;
use shared::register::{ListCode, Replay, ReplayView, Replayed};
use shared::text::register::{replay as words, resort};
use shared::text::{job, staff};

use super::resort::CategoryReport;
use crate::components::form::{Form, Hidden, SubmitButton};
use crate::components::ticket::{CaseNumber, When};
use crate::context::{say, use_locale};

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
    let help = if code == ListCode::Categories {
        resort::HELP
    } else {
        words::REPLAY_HELP
    };
    let is_open = replay.as_ref().is_some_and(|it| it.phase.is_open());
    let label = if replay.is_some() {
        words::AGAIN
    } else {
        words::RUN
    };
    let run = (may_run && !is_open).then(|| {
        view! {
            <Form action=format!("{here}/replay") prefix="replay-" class="verb-form" label=say(words::REPLAY)>
                <Hidden name="version" value=Signal::stored(version)/>
                <p><SubmitButton label class=""/></p>
            </Form>
        }
    });
    let refresh = is_open.then(|| {
        let href = format!("{here}/preview");
        view! { <p><a class="button" href=href>{say(job::REFRESH)}</a></p> }
    });
    let stand = match replay {
        None => view! { <p class="muted">{say(words::NOT_DONE)}</p> }.into_any(),
        Some(replay) => view! { <Stand replay/> }.into_any(),
    };
    view! {
        <section class="card stack tight" aria-labelledby="replay">
            <h2 class="section-title" id="replay">{say(words::REPLAY)}</h2>
            <p class="help">{say(help)}</p>
            <div aria-live="polite">{note}</div>
            {stand}
            {refresh}
            {run}
        </section>
    }
}

/// How it stands with the newest one.
#[component]
fn Stand(replay: ReplayView) -> impl IntoView {
    let locale = use_locale();
    let stale =
        (!replay.is_current).then(|| view! { <p class="note warn">{say(words::STALE)}</p> });
    let at = replay.asked_at;
    let href = format!("/staff/jobs/{}/result.csv", replay.job);
    let file = replay.has_file.then(|| {
        view! { <p><a class="button" href=href rel="external" download="">{say(words::FILE)}</a></p> }
    });
    let what = match (replay.report, replay.categories) {
        (Some(report), _) => view! { <Report report/> }.into_any(),
        (None, Some(report)) => view! { <CategoryReport report/> }.into_any(),
        (None, None) if replay.phase.is_open() => view! { <p>{say(words::RUNS)}</p> }.into_any(),
        (None, None) => view! { <p>{say(words::NO_RESULT)}</p> }.into_any(),
    };
    let phase: JobPhase = replay.phase;
    view! {
        <p class="row">
            <span class="badge state" data-job=phase.as_str()>{phase.label(locale)}</span>
            <When at/>
        </p>
        {stale}
        {what}
        {file}
    }
}

/// What it came to.
#[component]
fn Report(report: Replay) -> impl IntoView {
    let locale = use_locale();
    let sum = words::sum(&report, locale);
    let facts = [
        (words::CLOCKS, report.clocks),
        (words::EARLIER, report.earlier),
        (words::LATER, report.later),
        (words::LATE, report.late),
        (words::NEWLY_LATE, report.newly_late),
        (words::NO_LONGER_LATE, report.no_longer_late),
        (words::WITHOUT, report.without),
    ];
    let facts = facts
        .into_iter()
        .map(|(label, count)| {
            view! { <div><dt>{say(label)}</dt><dd class="num">{staff::grouped(count)}</dd></div> }
        })
        .collect_view();
    let table = (!report.first.is_empty()).then(|| view! { <Differences rows=report.first/> });
    view! {
        <p>{sum}</p>
        <dl class="facts compact">{facts}</dl>
        {table}
    }
}

#[component]
fn Differences(rows: Vec<Replayed>) -> impl IntoView {
    let lines = rows
        .into_iter()
        .map(|row| view! { <Line row/> })
        .collect_view();
    view! {
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::DIFFERENCES)>
            <table class="table cards">
                <caption>{say(words::DIFFERENCES)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{say(words::TICKET)}</th>
                        <th scope="col">{say(words::UNIT)}</th>
                        <th scope="col">{say(words::WAS)}</th>
                        <th scope="col">{say(words::WOULD_BE)}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Line(row: Replayed) -> impl IntoView {
    let href = format!("/tickets/{}", row.ticket);
    let late =
        |is_late: bool| is_late.then(|| view! { " " <b class="red">{say(words::LATE_MARK)}</b> });
    let unit = row.unit.map_or_else(
        || view! { {say(words::OF_TICKET)} }.into_any(),
        |unit| view! { <code translate="no">{unit}</code> }.into_any(),
    );
    let (was_late, would_be_late) = (late(row.was_late), late(row.would_be_late));
    view! {
        <tr>
            <td class="key"><a href=href><CaseNumber number=row.no/></a></td>
            <td data-label=say(words::UNIT)>{unit}</td>
            <td data-label=say(words::WAS)><When at=row.was/>{was_late}</td>
            <td data-label=say(words::WOULD_BE)><When at=row.would_be/>{would_be_late}</td>
        </tr>
    }
}
