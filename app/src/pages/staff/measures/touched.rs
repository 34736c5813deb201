//! Figures touched by findings: of each number how many of its tickets have an open finding of a rule that guards its measure. Each opens its tickets.
//! Not here: which rules guard a measure (`shared::measure::guards`), counting (services).
//! It is asked as a cube is, and the ways to the other pages keep the question.

use leptos::prelude::*;
use shared::measure::{
    CubeKey, CubeQuery, Key, Measure, MeasureUnit, Side, TouchedCell, TouchedRow, TouchedView,
    guards, leans,
};
use shared::query::pairs_of;
use shared::text::{Locale, clock, measure as words, report, touched};

use super::grid::{Grid, row};
use super::{Doubt, LastMonth, ReportWays, list};
use crate::api::report::read_touched;
use crate::components::empty::Empty;
use crate::components::page::{Loaded, by_query, fixed};
use crate::components::staff::StaffPage;
use crate::context::{say, use_locale, use_now};

/// The page's own address.
const PATH: &str = "/reports/touched";

/// `/reports/touched`
#[component]
pub fn TouchedPage() -> impl IntoView {
    view! {
        <StaffPage path="/reports/touched" title=fixed(touched::TOUCHED)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let resource = by_query(read_touched);
    let show = |page: TouchedView| view! { <Whole page/> };
    view! {
        <div class="stack loose report">
            <ReportWays here=PATH/>
            <p class="muted">{say(touched::TOUCHED_WHY)}</p>
            <Loaded resource show/>
        </div>
    }
}

#[component]
fn Whole(page: TouchedView) -> impl IntoView {
    let (locale, now) = (use_locale(), use_now());
    let query = CubeQuery::from_pairs(&pairs_of(&page.query), now.date())
        .unwrap_or_else(|_| CubeQuery::usual(now.date()));
    let at = |at| clock::date_time(at, now, locale);
    let looked = page.looked_at.map(at);
    let unlooked = looked
        .is_none()
        .then(|| view! { <p class="note warn">{say(touched::NOBODY_LOOKED)}</p> });
    let limit = looked.map(|looked| touched::limit(page.limit, &looked, locale));
    let is_empty = page.total.iter().all(|cell| cell.figure.denominator == 0);
    let as_of = words::as_of(
        &clock::date_time(page.as_of, now, locale),
        &page.measures,
        locale,
    );
    let cube = format!("/reports/cube?{}", page.query);
    let measures = page.measures.clone();
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
        view! { <Table page query=query.clone()/> }.into_any()
    };
    view! {
        <Ask query=query.clone()/>
        {unlooked}
        {body}
        <Leans measures/>
        <section class="small muted">
            <p>{report::period(&query.from.to_string(), &query.to.to_string(), locale)} " · " {as_of}</p>
            <p>{limit}</p>
            <p>{say(touched::CHOICE)} " " <a href=cube>{say(words::CUBE)}</a></p>
        </section>
    }
}

/// The period; what the address says beside it stays.
#[component]
fn Ask(query: CubeQuery) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    let on_submit = crate::browser::query::interceptor(PATH);
    #[cfg(not(feature = "hydrate"))]
    let on_submit = |_: leptos::ev::SubmitEvent| {};
    let kept = pairs_of(&query.to_query())
        .into_iter()
        .filter(|(name, _)| name != "from" && name != "to")
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    view! {
        <form method="get" action=PATH class="filters no-print" aria-label=say(touched::TOUCHED) on:submit=on_submit>
            {kept}
            <div class="field"><label for="from">{say(report::FROM)}</label><input type="date" id="from" name="from" value=query.from.to_string() autocomplete="off"/></div>
            <div class="field"><label for="to">{say(report::TO)}</label><input type="date" id="to" name="to" value=query.to.to_string() autocomplete="off"/></div>
            <div class="field"><button class="button primary">{say(report::SHOW)}</button></div>
        </form>
    }
}

#[component]
fn Table(page: TouchedView, query: CubeQuery) -> impl IntoView {
    let locale = use_locale();
    let cells = |cells: Vec<TouchedCell>, at: &[Key]| -> Vec<AnyView> {
        let cells = cells.into_iter();
        cells
            .map(|it| cell(it, (&query, page.limit), at, locale))
            .collect()
    };
    let line = |line: TouchedRow| {
        let at: Vec<Key> = line.keys.iter().map(CubeKey::at).collect();
        row(&line.keys, cells(line.cells, &at), locale)
    };
    let lines = page.rows.into_iter().map(line).collect_view().into_any();
    let sum = cells(page.total, &[]).into_any();
    view! { <Grid label=touched::TOUCHED axes=page.axes measures=page.measures lines sum/> }
}

/// The number, and how much of it is touched.
fn cell(
    cell: TouchedCell,
    (query, limit): (&CubeQuery, i64),
    at: &[Key],
    locale: Locale,
) -> AnyView {
    let measure = cell.figure.measure;
    if cell.denominator == 0 {
        return view! { <td class="num"><b>{cell.figure.value()}</b><small class="block muted">"0"</small></td> }
            .into_any();
    }
    let link = |side: Side| list(&query.behind_touched(measure, side, at));
    let all = link(Side::Denominator);
    let percent = cell.share().percent();
    let words = touched::mark(cell.denominator, &percent, locale);
    // A number has one list, and a mean only that of all its tickets.
    let of =
        (measure.definition().unit() == MeasureUnit::Percent && cell.numerator > 0).then(|| {
            view! { <a href=link(Side::Numerator)>{cell.numerator}</a> " / " }
        });
    let mark = cell
        .is_marked(limit)
        .then(|| view! { <Doubt cell href=all.clone()/> });
    view! {
        <td class="num">
            <b>{cell.figure.value()}</b>
            <small class="block muted">{of} <a href=all.clone() title=words>{cell.denominator}</a></small>
            {mark}
        </td>
    }
    .into_any()
}

/// What each measure leans on, and the rules that guard it.
#[component]
fn Leans(measures: Vec<Measure>) -> impl IntoView {
    let locale = use_locale();
    let line = |measure: Measure| {
        let fields: Vec<&str> = leans(measure).iter().map(|it| it.label(locale)).collect();
        let rules: Vec<String> = guards(measure)
            .iter()
            .map(|it| format!("{it} {}", it.label(locale)))
            .collect();
        let between = words::between(locale);
        view! {
            <li>
                <b>{measure.label(locale)}</b>
                " · " {say(touched::LEANS)} " " {fields.join(between)}
                " · " {say(touched::GUARDS)} " " {rules.join(between)}
            </li>
        }
    };
    let lines = measures.into_iter().map(line).collect_view();
    view! { <ul class="small muted">{lines}</ul> }
}
