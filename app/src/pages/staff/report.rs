//! The overview report: a period and a place, four figures, one chart, tables by area and by category. Every number opens its list.
//! Not here: formulas (`shared::measure`), the lists behind the numbers (`shared::measure::behind`).
//! Without script the period is a plain GET form.

use leptos::prelude::*;
use shared::calendar;
use shared::measure::{
    CubeQuery, Dimension, Measure, OverviewRow, Predicate, Rate, Side, TouchedMark, Within, behind,
    behind_state,
};
use shared::place::{self, PlaceChoice};
use shared::query::TicketFilter;
use shared::text::{Locale, Text, clock, measure, report, staff, touched};
use shared::ticket::TicketState;

use super::measures::{Doubt, LastMonth, ReportWays};
use crate::api::report::{Report, read_overview};
use crate::components::empty::Empty;
use crate::components::fault::wrong_fields;
use crate::components::page::{Loaded, by_query, fixed};
use crate::components::place_choice::indented;
use crate::components::staff::StaffPage;
use crate::context::{say, use_locale, use_now};

/// The report's own address.
const PATH: &str = "/reports/overview";

/// `/reports/overview`
#[component]
pub fn ReportPage() -> impl IntoView {
    view! {
        <StaffPage path="/reports/overview" title=fixed(staff::REPORT) heading=false>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let resource = by_query(read_overview);
    let show = |report: Report| view! { <Whole report/> };
    view! { <Loaded resource show/> }
}

#[component]
fn Whole(report: Report) -> impl IntoView {
    let (locale, now) = (use_locale(), use_now());
    // A district's code has no zeros at its end.
    let of_districts = |row: &OverviewRow| place::prefix(row.code.trim_end_matches('-')).len() > 4;
    let title = if report.overview.by_region.iter().any(of_districts) {
        report::TITLE_CITY
    } else {
        report::TITLE
    };
    let overview = report.overview.clone();
    let within = within(&report);
    let foot = report::as_of(
        &clock::date_time(overview.as_of, now, locale),
        overview.formula_version,
        locale,
    );
    let by = report
        .fault
        .is_none()
        .then(|| measure::counted_by(overview.copied, locale));
    let tables = if let Some(fault) = &report.fault {
        wrong_fields(fault).into_any()
    } else if overview.total.accepted == 0 && overview.total.on_time.denominator == 0 {
        let query = asked(&report);
        view! {
            <section class="card">
                <Empty title=report::EMPTY reason=report::EMPTY_WHY>
                    <LastMonth path=PATH query/>
                </Empty>
            </section>
        }
        .into_any()
    } else {
        view! {
            <Figures total=overview.total.clone() within=within.clone()/>
            <Doubts report=report.clone()/>
            <Chart rows=overview.by_region.clone() within=within.clone()/>
            <Table title=report::BY_REGION name=report::NAME_REGION dimension=Dimension::Region rows=overview.by_region total=overview.total.clone() within=within.clone()/>
            <Table title=report::BY_CATEGORY name=report::NAME_CATEGORY dimension=Dimension::Category rows=overview.by_category total=overview.total within=within/>
        }
        .into_any()
    };
    view! {
        <div class="stack loose report">
            <div class="page-head"><h1>{say(title)}</h1></div>
            <ReportWays here=PATH/>
            <Ask report/>
            {tables}
            <p class="muted small">{foot} " " {by} " " {say(report::FOOT)}</p>
        </div>
    }
}

/// The report's period as instants: a day begins at midnight in China, the last day is whole.
fn within(report: &Report) -> Within {
    let day = |text: &str, days: u64| {
        calendar::day(text).map_or(0, |date| {
            calendar::day_start(calendar::days_after(date, days)).0
        })
    };
    Within {
        from: day(&report.overview.from, 0),
        to: day(&report.overview.to, 1),
        region: Some(report.region.clone()).filter(|code| !code.is_empty()),
    }
}

/// The question: from, to, area.
#[component]
fn Ask(report: Report) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    let on_submit = crate::browser::query::interceptor(PATH);
    #[cfg(not(feature = "hydrate"))]
    let on_submit = |_: leptos::ev::SubmitEvent| {};
    let region = report.region.clone();
    let known = report.regions.iter().any(|it| it.code == region) || region.is_empty();
    let option = |it: PlaceChoice| {
        let selected = it.code == region;
        view! { <option value=it.code.clone() selected=selected lang="zh-CN">{indented(&it)}</option> }
    };
    let options = report.regions.into_iter().map(option).collect_view();
    let other = (!known)
        .then(|| view! { <option value=region.clone() selected=true>{region.clone()}</option> });
    view! {
        <form method="get" action=PATH class="filters" aria-label=say(staff::FILTERS) on:submit=on_submit>
            <div class="field"><label for="from">{say(report::FROM)}</label><input type="date" id="from" name="from" value=report.overview.from autocomplete="off"/></div>
            <div class="field"><label for="to">{say(report::TO)}</label><input type="date" id="to" name="to" value=report.overview.to autocomplete="off"/></div>
            <div class="field">
                <label for="region">{say(report::REGION)}</label>
                <select id="region" name="region" autocomplete="off"><option value="">{say(report::WHOLE_SCOPE)}</option>{other}{options}</select>
            </div>
            <div class="field"><button class="button primary">{say(report::SHOW)}</button></div>
        </form>
    }
}

/// The address of the list behind a filter.
fn list(filter: &TicketFilter) -> String {
    format!("/tickets?{}", filter.to_query())
}

/// The four figures of the whole.
#[component]
fn Figures(total: OverviewRow, within: Within) -> impl IntoView {
    let link = |measure| list(&behind(&within, Dimension::Region, "", measure));
    let figure = |href: String, value: String, word: Text| {
        view! { <a class="figure" href=href><b>{value}</b><span>{say(word)}</span></a> }
    };
    view! {
        <div class="figures">
            {figure(link(Predicate::Accepted), staff::grouped(total.accepted), report::ACCEPTED)}
            {figure(link(Predicate::Overdue), staff::grouped(total.overdue), report::OVERDUE)}
            {figure(link(Predicate::OnTimeDenominator), total.on_time.percent(), report::ON_TIME)}
            {figure(link(Predicate::SatisfiedDenominator), total.satisfied.percent(), report::SATISFIED)}
        </div>
    }
}

/// Which of the four figures have too many open findings, with the ways to their tickets and to the touched figures of each area.
#[component]
fn Doubts(report: Report) -> impl IntoView {
    if report.marks.is_empty() {
        return ().into_any();
    }
    let locale = use_locale();
    let query = asked(&report);
    let link = |measure: Measure| list(&query.behind_touched(measure, Side::Denominator, &[]));
    let mark = |mark: &TouchedMark| {
        let measure = mark.cell.figure.measure;
        view! { <span>{measure.label(locale)} " " <Doubt cell=mark.cell href=link(measure)/></span> }
    };
    let marks = report.marks.iter().map(mark).collect_view();
    let all = format!("/reports/touched?{}", query.to_query());
    view! {
        <div class="note warn stack tight" role="status">
            <div class="row">{marks}</div>
            <p><a href=all>{say(touched::SEE_WHICH)}</a></p>
        </div>
    }
    .into_any()
}

/// The four figures as a cube by city.
fn asked(report: &Report) -> CubeQuery {
    let today = use_now().date();
    let usual = CubeQuery::usual(today);
    let day = |text: &str| calendar::day(text).unwrap_or(today);
    CubeQuery {
        measures: vec![
            Measure::Accepted,
            Measure::Overdue,
            Measure::OnTime,
            Measure::Satisfied,
        ],
        from: day(&report.overview.from),
        to: day(&report.overview.to),
        filter: TicketFilter {
            region: Some(report.region.clone()).filter(|code| !code.is_empty()),
            ..TicketFilter::default()
        },
        ..usual
    }
}

/// Accepted tickets by area as bars; the table below has the same numbers for those who do not see it.
#[component]
fn Chart(rows: Vec<OverviewRow>, within: Within) -> impl IntoView {
    let locale = use_locale();
    let most = rows
        .iter()
        .map(|row| row.accepted)
        .max()
        .unwrap_or(0)
        .max(1);
    let bars = rows
        .into_iter()
        .filter(|row| row.accepted > 0)
        .map(|row| {
            let width = (row.accepted * 1000 / most).max(4);
            let href = list(&behind(&within, Dimension::Region, &row.code, Predicate::Accepted));
            let name = name(&row, locale);
            view! {
                <li>
                    <span class="bar-name" lang="zh-CN">{name}</span>
                    <svg class="bar-line" viewBox="0 0 1000 16" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                        <rect x="0" y="0" width=width height="16"></rect>
                    </svg>
                    <a class="num" href=href>{staff::grouped(row.accepted)}</a>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card">
            <h2 class="section-title">{say(report::ACCEPTED_CHART)}</h2>
            <ul class="bars">{bars}</ul>
        </section>
    }
}

fn name(row: &OverviewRow, locale: Locale) -> String {
    match locale {
        Locale::Zh => row.name_zh.clone(),
        Locale::En => row.name_en.clone(),
    }
}

/// Rows with their numbers by state and by measure.
#[component]
fn Table(
    title: Text,
    name: Text,
    dimension: Dimension,
    rows: Vec<OverviewRow>,
    total: OverviewRow,
    within: Within,
) -> impl IntoView {
    let locale = use_locale();
    let states: Vec<TicketState> = total.states.iter().map(|of| of.state).collect();
    let heads = states
        .iter()
        .map(|state| view! { <th scope="col" class="num">{state.label(locale)}</th> })
        .collect_view();
    let line = |row: OverviewRow, is_total: bool| {
        view! { <Line row is_total dimension states=states.clone() within=within.clone()/> }
    };
    let lines = rows.into_iter().map(|row| line(row, false)).collect_view();
    let sum = line(total, true);
    view! {
        <section>
            <h2 class="section-title">{say(title)}</h2>
            <div class="table-wrap" role="region" tabindex="0" aria-label=say(title)>
                <table class="table report-table">
                    <thead>
                        <tr>
                            <th scope="col">{say(name)}</th>
                            <th scope="col" class="num">{say(report::ACCEPTED)}</th>
                            {heads}
                            <th scope="col" class="num">{say(report::CLOSED)}</th>
                            <th scope="col" class="num">{say(report::OVERDUE)}</th>
                            <th scope="col" class="num">{say(report::ON_TIME)}</th>
                            <th scope="col" class="num">{say(report::SATISFIED)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}{sum}</tbody>
                </table>
            </div>
        </section>
    }
}

#[component]
fn Line(
    row: OverviewRow,
    is_total: bool,
    dimension: Dimension,
    states: Vec<TicketState>,
    within: Within,
) -> impl IntoView {
    let locale = use_locale();
    let title = if is_total {
        say(report::TOTAL).to_owned()
    } else {
        name(&row, locale)
    };
    let chinese = (!is_total && dimension == Dimension::Region).then_some("zh-CN");
    let code = row.code.clone();
    let link = |measure: Predicate| list(&behind(&within, dimension, &code, measure));
    let number = |measure: Predicate, n: i64| {
        let label = report::number_of(&title, measure.label(locale), locale);
        view! { <td class="num"><a href=link(measure) title=label>{staff::grouped(n)}</a></td> }
    };
    let rate = |over: Predicate, under: Predicate, rate: Rate| {
        let whole = report::number_of(&title, over.label(locale), locale);
        view! {
            <td class="num">
                <b>{rate.percent()}</b>
                <small class="block muted">
                    <a href=link(over) title=whole>{staff::grouped(rate.numerator)}</a>
                    " / "
                    <a href=link(under)>{staff::grouped(rate.denominator)}</a>
                </small>
            </td>
        }
    };
    let cells = states
        .iter()
        .map(|state| {
            let count: i64 = row
                .states
                .iter()
                .filter(|of| of.state == *state)
                .map(|of| of.count)
                .sum();
            let href = list(&behind_state(&within, dimension, &code, *state));
            let label = report::number_of(&title, state.label(locale), locale);
            if count == 0 {
                view! { <td class="num muted">"0"</td> }.into_any()
            } else {
                view! { <td class="num"><a href=href title=label>{staff::grouped(count)}</a></td> }
                    .into_any()
            }
        })
        .collect_view();
    view! {
        <tr class:total=is_total>
            <th scope="row" lang=chinese>{title.clone()}</th>
            {number(Predicate::Accepted, row.accepted)}
            {cells}
            {number(Predicate::Closed, row.closed)}
            {number(Predicate::Overdue, row.overdue)}
            {rate(Predicate::OnTimeNumerator, Predicate::OnTimeDenominator, row.on_time)}
            {rate(Predicate::SatisfiedNumerator, Predicate::SatisfiedDenominator, row.satisfied)}
        </tr>
    }
}
