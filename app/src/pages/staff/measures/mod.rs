//! The catalogue of measures: each with its formula in words, what it is counted by, version and source, and the tickets of this month.
//! Not here: formulas (`shared::measure`), cubes (`cube`), frozen figures (`frozen`).
//! The ways between the pages of reports stand here, since all of them show them.

mod checks;
mod cube;
mod frozen;
mod grid;
mod last_month;
mod months;
mod question;
mod requests;
mod three;
mod touched;

pub use checks::ChecksPage;
pub use cube::CubesPage;
pub use frozen::FrozenPage;
pub(super) use last_month::LastMonth;
pub use months::QualityMonthsPage;
pub(super) use question::UnitsField;
pub use requests::DataRequestsPage;
pub use three::ThreePage;
pub use touched::TouchedPage;

use leptos::prelude::*;
use shared::measure::{
    CatalogueView, CubeQuery, MeasureUnit, MeasureView, MissingView, Side, TouchedCell,
};
use shared::query::TicketFilter;
use shared::text::{
    Text, measure as words, pivot, request, staff, standard, three as three_words,
    touched as touched_words,
};

use crate::api::report::read_measures;
use crate::components::page::{Loaded, by_query, fixed};
use crate::components::staff::StaffPage;
use crate::context::{say, use_locale, use_now};

/// The pages of reports.
const PAGES: [(&str, Text); 14] = [
    ("/reports/overview", staff::REPORT),
    ("/reports", standard::REPORTS),
    ("/reports/kept", standard::KEPT),
    ("/reports/scheduled", standard::SCHEDULED),
    ("/reports/cube", words::CUBE),
    ("/reports/pivots", pivot::PIVOTS),
    ("/board", pivot::BOARD),
    ("/reports/warnings", pivot::WARNINGS),
    ("/reports/frozen", words::FROZEN),
    ("/reports/three", three_words::THREE),
    ("/reports/touched", touched_words::TOUCHED),
    ("/reports/checks", touched_words::CHECKS),
    ("/measures", words::CATALOGUE),
    ("/data-requests", request::REQUESTS),
];

/// The ways between the pages of reports: a fold, which a wide window shows open (`report.css`).
#[component]
pub fn ReportWays(
    /// The page's own address.
    here: &'static str,
) -> impl IntoView {
    let way = |(path, word): (&'static str, Text)| {
        let current = (path == here).then_some("page");
        view! { <li><a class="chip" href=path aria-current=current>{say(word)}</a></li> }
    };
    let ways = PAGES.into_iter().map(way).collect_view();
    view! {
        <nav class="no-print" aria-label=say(staff::REPORT)>
            <details class="fold ways">
                <summary>{say(words::WAYS)}</summary>
                <ul class="chips">{ways}</ul>
            </details>
        </nav>
    }
}

/// The address of the list behind a filter.
fn list(filter: &TicketFilter) -> String {
    format!("/tickets?{}", filter.to_query())
}

/// The mark of a number of which too many tickets have open findings, with the way to them.
#[component]
pub fn Doubt(
    /// The number with what of it is touched.
    cell: TouchedCell,
    /// The list of its touched tickets.
    href: String,
) -> impl IntoView {
    let percent = cell.share().percent();
    let words = touched_words::mark(cell.denominator, &percent, use_locale());
    view! { <small class="block"><a href=href title=words>{say(touched_words::MARK)} " " {percent}</a></small> }
}

/// `/measures`
#[component]
pub fn MeasuresPage() -> impl IntoView {
    view! {
        <StaffPage path="/measures" title=fixed(words::CATALOGUE)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let resource = by_query(|_| read_measures());
    let show = |catalogue: CatalogueView| view! { <Catalogue catalogue/> };
    view! {
        <div class="stack loose report">
            <ReportWays here="/measures"/>
            <p class="muted">{say(words::CATALOGUE_WHY)}</p>
            <Loaded resource show/>
        </div>
    }
}

#[component]
fn Catalogue(catalogue: CatalogueView) -> impl IntoView {
    let lines = catalogue
        .measures
        .into_iter()
        .map(|it| view! { <Line it/> })
        .collect_view();
    view! {
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::CATALOGUE)>
            <table class="table cards catalogue">
                <thead>
                    <tr>
                        <th scope="col">{say(words::NAME)}</th>
                        <th scope="col">{say(words::FORMULA)}</th>
                        <th scope="col">{say(words::ANCHOR)}</th>
                        <th scope="col">{say(words::UNIT)}</th>
                        <th scope="col" class="num">{say(words::MIN_SAMPLE)}</th>
                        <th scope="col" class="num">{say(words::VERSION)}</th>
                        <th scope="col">{say(words::SOURCE)}</th>
                        <th scope="col">{say(touched_words::LEANS)}</th>
                        <th scope="col">{say(words::SAMPLE_ROWS)}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
        <p class="muted small">{say(words::ROUNDING)}</p>
        <Missing missing=catalogue.missing/>
    }
}

#[component]
fn Line(it: MeasureView) -> impl IntoView {
    let locale = use_locale();
    let month = CubeQuery::usual(use_now().date());
    let link = |side: Side| {
        let href = list(&month.behind(it.measure, side, &[]));
        view! { <a class="block" href=href>{side.label(locale)}</a> }
    };
    // A number has no denominator of its own, and a mean no numerator that is a list.
    let rows = match it.unit {
        MeasureUnit::Tickets => link(Side::Numerator).into_any(),
        MeasureUnit::Hours => link(Side::Denominator).into_any(),
        MeasureUnit::Percent => {
            view! { {link(Side::Numerator)} {link(Side::Denominator)} }.into_any()
        }
    };
    let leans: Vec<&str> = it.leans.iter().map(|it| it.label(locale)).collect();
    let leans = leans.join(words::between(locale));
    let guards: Vec<&str> = it.guards.iter().map(|it| it.as_str()).collect();
    let guards = guards.join(" ");
    let sample = if it.min_sample > 0 {
        it.min_sample.to_string()
    } else {
        "—".to_owned()
    };
    view! {
        <tr>
            <td class="key early" data-label=say(words::NAME)><b>{it.name.get(locale).to_owned()}</b></td>
            <td class="formula" data-label=say(words::FORMULA)>{it.formula.get(locale).to_owned()}</td>
            <td data-label=say(words::ANCHOR)>{it.anchor.label(locale)}</td>
            <td data-label=say(words::UNIT)>{it.unit.label(locale)}</td>
            <td class="num" data-label=say(words::MIN_SAMPLE)>{sample}</td>
            <td class="num" data-label=say(words::VERSION)>{it.version}</td>
            <td data-label=say(words::SOURCE)>{it.source.get(locale).to_owned()}</td>
            <td class="leans" data-label=say(touched_words::LEANS)>{leans} <small class="block muted">{say(touched_words::GUARDS)} " " {guards}</small></td>
            <td data-label=say(words::SAMPLE_ROWS)>{rows}</td>
        </tr>
    }
}

/// What cannot be counted, and why.
#[component]
fn Missing(missing: Vec<MissingView>) -> impl IntoView {
    let locale = use_locale();
    let line = |it: MissingView| {
        view! {
            <tr>
                <td class="key" data-label=say(words::NAME)><b>{it.name.get(locale).to_owned()}</b></td>
                <td data-label=say(words::WHY)>{it.why.get(locale).to_owned()}</td>
            </tr>
        }
    };
    let lines = missing.into_iter().map(line).collect_view();
    view! {
        <section>
            <h2 class="section-title">{say(words::MISSING)}</h2>
            <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::MISSING)>
                <table class="table cards">
                    <thead>
                        <tr>
                            <th scope="col">{say(words::NAME)}</th>
                            <th scope="col">{say(words::WHY)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
        </section>
    }
}
