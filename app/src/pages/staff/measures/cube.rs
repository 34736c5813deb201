//! Figures by choice: measures, up to two dimensions, a period and a filter; a chart, a table, and the formulas beneath. Every number opens its list.
//! Not here: formulas (`shared::measure`), the lists behind the numbers (`CubeQuery::behind`).
//! Without script the question is a plain GET form, and what it has no field for stays in it.

use leptos::prelude::*;
use shared::measure::{
    Axis, CubeQuery, CubeRow, CubeView, Figure, Key, Measure, MeasureUnit, NO_AXIS, Side,
    TouchedMark, mark_of,
};
use shared::place::PlaceChoice;
use shared::query::pairs_of;
use shared::text::{Locale, Text, clock, measure as words, report, request, staff};
use shared::ticket::{Channel, RequestKind};

use super::grid::{Grid, row};
use super::question::{Boxes, Question, UnitsField};
use super::{Doubt, LastMonth, ReportWays, list};
use crate::api::report::{CubePage, read_cube};
use crate::components::empty::Empty;
use crate::components::page::{Loaded, by_query, fixed};
use crate::components::place_choice::indented;
use crate::components::staff::StaffPage;
use crate::context::{say, use_locale, use_now};
use crate::pages::staff::standard::KeepPivot;

/// The page's own address.
const PATH: &str = "/reports/cube";
/// Most bars of the chart; the table has every row.
const MOST_BARS: usize = 40;
/// Filters with a field in the form.
const FIELDS: [&str; 3] = ["region", "kind", "channel"];

/// `/reports/cube`
#[component]
pub fn CubesPage() -> impl IntoView {
    view! {
        <StaffPage path="/reports/cube" title=fixed(words::CUBE)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let resource = by_query(read_cube);
    let show = |page: CubePage| view! { <Whole page/> };
    view! {
        <div class="stack loose report">
            <ReportWays here=PATH/>
            <Loaded resource show/>
        </div>
    }
}

#[component]
fn Whole(page: CubePage) -> impl IntoView {
    let (locale, now) = (use_locale(), use_now());
    let query = CubeQuery::from_pairs(&pairs_of(&page.view.query), now.date())
        .unwrap_or_else(|_| CubeQuery::usual(now.date()));
    let view = page.view.clone();
    let as_of = words::as_of(
        &clock::date_time(view.as_of, now, locale),
        &view.measures,
        locale,
    );
    let by = words::counted_by(view.copied, locale);
    let is_empty = view
        .total
        .iter()
        .all(|it| it.denominator == 0 && it.numerator == 0);
    let units = query.axes.contains(&Axis::LeadUnit).then(|| {
        let how = query.units.label(locale);
        view! { <p>{say(words::UNITS)} ": " {how}</p> }
    });
    let ask = format!("/data-requests?{}", query.to_query());
    let body = if is_empty {
        let asked = query.clone();
        view! {
            <section class="card">
                <Empty title=words::EMPTY reason=words::EMPTY_WHY>
                    <LastMonth path=PATH query=asked/>
                </Empty>
            </section>
        }
        .into_any()
    } else {
        view! {
            <Chart view=view.clone() query=query.clone()/>
            <Table view=view.clone() query=query.clone() marks=page.marks.clone()/>
        }
        .into_any()
    };
    view! {
        <Ask query=query.clone() regions=page.regions.clone()/>
        {body}
        <KeepPivot query=query.to_query()/>
        <section class="small muted">
            <p>{report::period(&query.from.to_string(), &query.to.to_string(), locale)} " · " {as_of} " " {by}</p>
            <p>{say(words::FILTER)} ": " {filter_words(&query, &page.regions, locale)}</p>
            {units}
            <Formulas measures=view.measures/>
            <p>{say(words::ROUNDING)}</p>
            <p class="no-print"><a href=ask>{say(request::REQUESTS)}</a></p>
        </section>
    }
}

/// The filter as people read it.
fn filter_words(query: &CubeQuery, regions: &[PlaceChoice], locale: Locale) -> String {
    let word = |(name, value): (String, String)| {
        let label = staff::filter(&name).unwrap_or(words::FILTER).get(locale);
        let value = match name.as_str() {
            "kind" => joined(query.filter.kind.iter().map(|it| it.label(locale))),
            "channel" => joined(query.filter.channel.iter().map(|it| it.label(locale))),
            "state" => joined(query.filter.state.iter().map(|it| it.label(locale))),
            "region" => {
                let known = regions.iter().find(|it| it.code == value);
                known.map_or(value, |it| it.name.clone())
            }
            _ => value,
        };
        format!("{label} {value}")
    };
    let all: Vec<String> = query.filter.to_pairs().into_iter().map(word).collect();
    if all.is_empty() {
        return words::NO_FILTER.get(locale).to_owned();
    }
    all.join(" · ")
}

fn joined<'l>(labels: impl Iterator<Item = &'l str>) -> String {
    labels.collect::<Vec<_>>().join("、")
}

/// The formulas of the measures that are shown.
#[component]
fn Formulas(measures: Vec<Measure>) -> impl IntoView {
    let locale = use_locale();
    let line = |measure: Measure| {
        let anchor = measure.definition().anchor.label(locale);
        view! {
            <li><b>{measure.label(locale)}</b> " = " {words::formula(measure, locale)} " · " {say(words::ANCHOR)} " " {anchor}</li>
        }
    };
    let lines = measures.into_iter().map(line).collect_view();
    view! { <ul>{lines}</ul> }
}

/// The question.
#[component]
fn Ask(query: CubeQuery, regions: Vec<PlaceChoice>) -> impl IntoView {
    let kept = query
        .filter
        .to_pairs()
        .into_iter()
        .filter(|(name, _)| !FIELDS.contains(&name.as_str()))
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    let region = query.filter.region.clone().unwrap_or_default();
    let known = regions.iter().any(|it| it.code == region) || region.is_empty();
    let other = (!known)
        .then(|| view! { <option value=region.clone() selected=true>{region.clone()}</option> });
    let options = regions
        .into_iter()
        .map(|it| {
            let selected = it.code == region;
            view! { <option value=it.code.clone() selected=selected lang="zh-CN">{indented(&it)}</option> }
        })
        .collect_view();
    let axis = |place: usize| query.axes.get(place).copied();
    let (first, second) = (axis(0), axis(1));
    view! {
        <Question path=PATH>
            <Boxes chosen=query.measures.clone()/>
            <div class="filters">
                <div class="field"><label for="by-1">{say(words::BY)}</label><Axes id="by-1" chosen=first/></div>
                <div class="field"><label for="by-2">{say(words::THEN_BY)}</label><Axes id="by-2" chosen=second/></div>
                <div class="field"><label for="from">{say(report::FROM)}</label><input type="date" id="from" name="from" value=query.from.to_string() autocomplete="off"/></div>
                <div class="field"><label for="to">{say(report::TO)}</label><input type="date" id="to" name="to" value=query.to.to_string() autocomplete="off"/></div>
                <div class="field">
                    <label for="region">{say(report::REGION)}</label>
                    <select id="region" name="region" autocomplete="off"><option value="">{say(report::WHOLE_SCOPE)}</option>{other}{options}</select>
                </div>
                <Codes name="kind" label=staff::KIND all=kinds() chosen=joined_words(&query.filter.kind)/>
                <Codes name="channel" label=staff::CHANNEL all=channels() chosen=joined_words(&query.filter.channel)/>
                <UnitsField chosen=query.units/>
                {kept}
                <div class="field"><button class="button primary">{say(report::SHOW)}</button></div>
            </div>
        </Question>
    }
}

/// A dimension to choose, or none.
#[component]
pub(super) fn Axes(id: &'static str, chosen: Option<Axis>) -> impl IntoView {
    let locale = use_locale();
    let options = Axis::ALL
        .iter()
        .copied()
        .map(|axis| {
            let selected = chosen == Some(axis);
            view! { <option value=axis.as_str() selected=selected>{axis.label(locale)}</option> }
        })
        .collect_view();
    view! {
        <select id=id name="by" autocomplete="off">
            <option value=NO_AXIS selected=chosen.is_none()>{say(words::NOTHING)}</option>
            {options}
        </select>
    }
}

/// Words and labels of a code list.
type Labels = Vec<(&'static str, Text)>;

fn kinds() -> Labels {
    let all = RequestKind::ALL.iter();
    all.map(|it| (it.as_str(), it.text())).collect()
}

fn channels() -> Labels {
    let all = Channel::ALL.iter();
    all.map(|it| (it.as_str(), it.text())).collect()
}

fn joined_words<T: ToString>(chosen: &[T]) -> String {
    let words: Vec<String> = chosen.iter().map(ToString::to_string).collect();
    words.join(",")
}

/// One of a code list to choose; several that the address names stay together.
#[component]
fn Codes(name: &'static str, label: Text, all: Labels, chosen: String) -> impl IntoView {
    let locale = use_locale();
    let several = chosen
        .contains(',')
        .then(|| view! { <option value=chosen.clone() selected=true>{chosen.clone()}</option> });
    let options = all
        .into_iter()
        .map(|(word, text)| {
            let selected = word == chosen;
            view! { <option value=word selected=selected>{text.get(locale)}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for=name>{say(label)}</label>
            <select id=name name=name autocomplete="off"><option value="">{say(words::ANY)}</option>{several}{options}</select>
        </div>
    }
}

/// How long a bar is; rates and hours by their value.
fn weight(figure: Figure) -> i64 {
    match figure.measure.definition().unit() {
        MeasureUnit::Tickets => figure.numerator,
        MeasureUnit::Percent => figure.rate().basis_points().unwrap_or(0),
        MeasureUnit::Hours => figure.hours().unwrap_or(0),
    }
}

/// The names of a row's keys.
fn title(row: &CubeRow, locale: Locale) -> String {
    let names: Vec<&str> = row.keys.iter().map(|key| key.name.get(locale)).collect();
    names.join(" · ")
}

/// The first measure as bars; the table below has the same numbers for those who do not see it.
#[component]
fn Chart(view: CubeView, query: CubeQuery) -> impl IntoView {
    let locale = use_locale();
    let Some(measure) = view.measures.first().copied() else {
        return ().into_any();
    };
    if view.rows.is_empty() {
        return ().into_any();
    }
    let side = match measure.definition().unit() {
        MeasureUnit::Hours => Side::Denominator,
        MeasureUnit::Tickets | MeasureUnit::Percent => Side::Numerator,
    };
    let shown: Vec<(Figure, CubeRow)> = view
        .rows
        .into_iter()
        .take(MOST_BARS)
        .filter_map(|row| Some((row.figures.first().copied()?, row)))
        .filter(|(figure, _)| figure.denominator > 0)
        .collect();
    let most = shown.iter().map(|(figure, _)| weight(*figure)).max();
    let most = most.unwrap_or(0).max(1);
    let bars = shown
        .into_iter()
        .map(|(figure, row)| {
            let width = (weight(figure) * 1000 / most).max(4);
            let href = list(&query.behind(measure, side, &row.at()));
            view! {
                <li>
                    <span class="bar-name">{title(&row, locale)}</span>
                    <svg class="bar-line" viewBox="0 0 1000 16" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                        <rect x="0" y="0" width=width height="16"></rect>
                    </svg>
                    <a class="num" href=href>{value(figure)}</a>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card">
            <h2 class="section-title">{measure.label(locale)}</h2>
            <ul class="bars">{bars}</ul>
        </section>
    }
    .into_any()
}

/// The value as it is printed; large numbers in groups.
fn value(figure: Figure) -> String {
    match figure.measure.definition().unit() {
        MeasureUnit::Tickets => staff::grouped(figure.numerator),
        MeasureUnit::Percent | MeasureUnit::Hours => figure.value(),
    }
}

/// Rows with their numbers, and the total.
#[component]
fn Table(view: CubeView, query: CubeQuery, marks: Vec<TouchedMark>) -> impl IntoView {
    let locale = use_locale();
    let cells = |figures: &[Figure], at: &[Key], name: &str| -> Vec<AnyView> {
        let figures = figures.iter();
        figures
            .map(|it| cell(*it, (&query, &marks), (at, name), locale))
            .collect()
    };
    let line = |line: CubeRow| {
        let (at, name) = (line.at(), title(&line, locale));
        row(&line.keys, cells(&line.figures, &at, &name), locale)
    };
    let more = view
        .more
        .then(|| view! { <p class="muted">{say(words::MORE)}</p> });
    let lines = view.rows.into_iter().map(line).collect_view().into_any();
    let sum = cells(&view.total, &[], say(report::TOTAL)).into_any();
    view! {
        {more}
        <Grid label=words::CUBE axes=view.axes measures=view.measures lines sum/>
    }
}

/// A number with the way to its tickets.
fn cell(
    figure: Figure,
    (query, marks): (&CubeQuery, &[TouchedMark]),
    (at, name): (&[Key], &str),
    locale: Locale,
) -> AnyView {
    let measure = figure.measure;
    let codes: Vec<&str> = at.iter().map(|(_, code)| code.as_str()).collect();
    let mark = mark_of(marks, measure, &codes).map(|mark| {
        let href = list(&query.behind_touched(measure, Side::Denominator, at));
        view! { <Doubt cell=mark.cell href/> }
    });
    let link = |side: Side| list(&query.behind(measure, side, at));
    let label = report::number_of(name, measure.label(locale), locale);
    let small = figure
        .is_small()
        .then(|| view! { <small class="block muted">{words::SMALL.get(locale)}</small> });
    match measure.definition().unit() {
        MeasureUnit::Tickets if figure.numerator == 0 => {
            view! { <td class="num muted">"0"</td> }.into_any()
        }
        MeasureUnit::Tickets => {
            view! { <td class="num"><a href=link(Side::Numerator) title=label>{staff::grouped(figure.numerator)}</a>{mark}</td> }
                .into_any()
        }
        _ if figure.denominator == 0 => view! { <td class="num muted">"—"</td> }.into_any(),
        MeasureUnit::Percent => view! {
            <td class="num">
                <b>{figure.value()}</b>
                <small class="block muted">
                    <a href=link(Side::Numerator) title=label>{staff::grouped(figure.numerator)}</a>
                    " / "
                    <a href=link(Side::Denominator)>{staff::grouped(figure.denominator)}</a>
                </small>
                {small}
                {mark}
            </td>
        }
        .into_any(),
        MeasureUnit::Hours => view! {
            <td class="num">
                <b>{figure.value()}</b>
                <small class="block muted"><a href=link(Side::Denominator) title=label>{staff::grouped(figure.denominator)}</a></small>
                {small}
                {mark}
            </td>
        }
        .into_any(),
    }
}
