//! Reports that make themselves: one's own, whether each goes on, what it made last, and the form of another one.
//! Not here: the rules (`services::reports::scheduled`).
//! Reads and sends without script.

use leptos::prelude::*;
use shared::place::PlaceChoice;
use shared::report::{ReportName, Rhythm, ScheduleState, ScheduleView};
use shared::text::{Text, clock, report, standard as words};

use crate::api::report::{ScheduledPage, read_scheduled};
use crate::components::form::{Field, FieldNames, Form, Select, SelectItem, SubmitButton};
use crate::components::page::{by_query, fixed};
use crate::components::place_choice::indented;
use crate::components::staff::StaffPage;
use crate::components::work_list::{WorkCards, WorkList, chosen};
use crate::context::{say, use_locale, use_now};
use crate::pages::staff::measures::ReportWays;

/// The page's own address.
const SCHEDULED: &str = "/reports/scheduled";

/// `/reports/scheduled`
#[component]
pub fn ScheduledReportsPage() -> impl IntoView {
    view! {
        <StaffPage path="/reports/scheduled" title=fixed(words::SCHEDULED)>
            <Content/>
        </StaffPage>
    }
}

/// What is said of what was done.
fn told(done: &str) -> Option<Text> {
    (done == "scheduled").then_some(words::DONE)
}

#[component]
fn Content() -> impl IntoView {
    let names = [
        ("name", words::REPORTS),
        ("rhythm", words::RHYTHM),
        ("hour", words::HOUR),
        ("area", report::REGION),
        ("receivers", words::RECEIVERS),
    ];
    let names = names.map(|(name, label)| (name.to_owned(), say(label).to_owned()));
    provide_context(FieldNames(names.to_vec()));
    let resource = by_query(async |_| read_scheduled().await);
    // A function is built anew each time, so that the form does not keep what was scheduled.
    let show = |page: ScheduledPage| move || view! { <Whole page=page.clone()/> };
    view! {
        <div class="stack loose">
            <ReportWays here=SCHEDULED/>
            <WorkList told help=words::SCHEDULED_WHY resource show/>
        </div>
    }
}

#[component]
fn Whole(page: ScheduledPage) -> impl IntoView {
    let ScheduledPage { rows, regions } = page;
    let known = regions.clone();
    let card = move |row: ScheduleView| {
        let place = row.region.as_ref().map(|code| {
            let named = known.iter().find(|it| it.code == *code);
            named.map_or_else(|| code.clone(), |it| it.name.clone())
        });
        view! { <One row place/> }
    };
    view! {
        <WorkCards rows none=words::SCHEDULED_NONE none_why=words::SCHEDULED_NONE_WHY card/>
        <Ask regions/>
    }
}

/// A schedule with the name of its division, and what its owner does with it.
#[component]
fn One(row: ScheduleView, place: Option<String>) -> impl IntoView {
    let (locale, now) = (use_locale(), use_now());
    let base = format!("{SCHEDULED}/{}", row.id);
    let when = words::turn(row.rhythm, row.hour, locale);
    let next = clock::date_time(row.next_at, now, locale);
    let is_on = row.state == ScheduleState::Active;
    let last = row.last.map(|no| {
        let href = format!("/reports/kept/{no}");
        view! { <p>{say(words::LAST)} ": " <a href=href translate="no">{no}</a></p> }
    });
    let trouble = row
        .trouble
        .map(|text| view! { <p class="note warn">{say(words::TROUBLE)} ": " {text}</p> });
    let resume = (!is_on).then(|| {
        view! {
            <Form action=format!("{base}/resume") prefix=format!("resume-{}-", row.id) label=say(words::RESUME)>
                <SubmitButton label=words::RESUME/>
            </Form>
        }
    });
    let receivers = row.receivers.join(" ");
    let told = (!receivers.is_empty()).then(|| {
        view! { <p>{say(words::RECEIVERS)} ": " <span translate="no">{receivers}</span></p> }
    });
    view! {
        <section class="card stack tight">
            <h2 class="section-title">{row.name.label(locale)} " · " {when}</h2>
            <p class="muted small">{row.state.label(locale)} {is_on.then(|| view! { " · " {say(words::NEXT)} " " {next} })}</p>
            {place.map(|name| view! { <p>{say(report::REGION)} ": " <span lang="zh-CN">{name}</span></p> })}
            {told}
            {last}
            {trouble}
            <div class="row">
                {resume}
                <Form action=format!("{base}/stop") prefix=format!("stop-{}-", row.id) label=say(words::STOP)>
                    <SubmitButton label=words::STOP class="danger"/>
                </Form>
            </div>
        </section>
    }
}

/// The form of another one; a report's page names the report.
#[component]
fn Ask(regions: Vec<PlaceChoice>) -> impl IntoView {
    let locale = use_locale();
    let named = chosen("name").unwrap_or_default();
    let places: Vec<SelectItem> = regions
        .iter()
        .map(|it| SelectItem::chinese(it.code.clone(), indented(it)))
        .collect();
    let names: Vec<SelectItem> = ReportName::ALL
        .iter()
        .map(|it| SelectItem::new(it.to_string(), it.label(locale)))
        .collect();
    let rhythms: Vec<SelectItem> = Rhythm::ALL
        .iter()
        .map(|it| SelectItem::new(it.to_string(), it.label(locale)))
        .collect();
    view! {
        <section class="card stack">
            <h2 class="section-title">{say(words::SCHEDULE)}</h2>
            <Form action=SCHEDULED prefix="schedule-" class="stack" label=say(words::SCHEDULE)>
                <Select name="name" label=words::REPORTS items=Signal::stored(names) value=named/>
                <Select name="rhythm" label=words::RHYTHM items=Signal::stored(rhythms)/>
                <Field name="hour" label=words::HOUR value="8" inputmode="numeric"/>
                <Select name="area" label=report::REGION help=words::AREA_HELP items=Signal::stored(places) optional=true/>
                <Field name="receivers" label=words::RECEIVERS help=words::RECEIVERS_HELP optional=true/>
                <div><SubmitButton label=words::SCHEDULE/></div>
            </Form>
        </section>
    }
}
