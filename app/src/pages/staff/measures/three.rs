//! The three rates together: response, solved and satisfied by area or unit, with their weights as one value, the best first. Every rate opens its list.
//! Not here: the formula (`shared::measure::Weights`), the weights that hold (settings).
//! The question is a plain GET form; other weights can be named, such as those of an earlier version.

use leptos::prelude::*;
use shared::measure::{
    CubeKey, CubeQuery, Figure, Key, NO_AXIS, Side, THREE, ThreeRow, ThreeView, Weights, percent_of,
};
use shared::query::pairs_of;
use shared::text::{Locale, clock, measure as words, report, staff, three};

use super::cube::Axes;
use super::{LastMonth, ReportWays, list};
use crate::api::report::read_three;
use crate::components::page::{Loaded, by_query, fixed};
use crate::components::staff::StaffPage;
use crate::context::{say, use_locale, use_now};

/// The page's own address.
const PATH: &str = "/reports/three";

/// `/reports/three`
#[component]
pub fn ThreePage() -> impl IntoView {
    view! {
        <StaffPage path="/reports/three" title=fixed(three::THREE)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let resource = by_query(read_three);
    let show = |page: ThreeView| view! { <Whole page/> };
    view! {
        <div class="stack loose report">
            <ReportWays here=PATH/>
            <p class="muted">{say(three::WHY)}</p>
            <Loaded resource show/>
        </div>
    }
}

#[component]
fn Whole(page: ThreeView) -> impl IntoView {
    let (locale, now) = (use_locale(), use_now());
    let query = CubeQuery::from_pairs(&pairs_of(&page.query), now.date())
        .unwrap_or_else(|_| CubeQuery::usual(now.date()));
    let as_of = words::as_of(&clock::date_time(page.as_of, now, locale), &THREE, locale);
    let weights = three::weights(&page.weights.to_text(), &page.holding.to_text(), locale);
    let heads = THREE
        .iter()
        .map(|it| view! { <th scope="col" class="num">{it.label(locale)}</th> })
        .collect_view();
    let lines = page
        .rows
        .iter()
        .map(|row| line(row, &query, locale))
        .collect_view();
    let total = line(&page.total, &query, locale);
    let month = page
        .rows
        .is_empty()
        .then(|| view! { <p><LastMonth path=PATH query=query.clone()/></p> });
    view! {
        <Ask query=query.clone() weights=page.weights/>
        {month}
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(three::THREE)>
            <table class="table report-table">
                <thead>
                    <tr>
                        <th scope="col">{say(words::AREA)}</th>
                        {heads}
                        <th scope="col" class="num">{say(three::THREE)}</th>
                    </tr>
                </thead>
                <tbody>{lines}{total}</tbody>
            </table>
        </div>
        <section class="small muted">
            <p>{weights}</p>
            <p>{report::period(&query.from.to_string(), &query.to.to_string(), locale)} " · " {as_of}</p>
        </section>
    }
}

/// The period, the dimension and the weights; what the address says beside them stays.
#[component]
fn Ask(query: CubeQuery, weights: Weights) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    let on_submit = crate::browser::query::interceptor(PATH);
    #[cfg(not(feature = "hydrate"))]
    let on_submit = |_: leptos::ev::SubmitEvent| {};
    let kept = query
        .filter
        .to_pairs()
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    let axis = query.axes.first().copied();
    view! {
        <form method="get" action=PATH class="filters no-print" aria-label=say(staff::FILTERS) on:submit=on_submit>
            {kept}
            <input type="hidden" name="by" value=NO_AXIS/>
            <div class="field"><label for="by-1">{say(words::BY)}</label><Axes id="by-1" chosen=axis/></div>
            <div class="field"><label for="from">{say(report::FROM)}</label><input type="date" id="from" name="from" value=query.from.to_string() autocomplete="off"/></div>
            <div class="field"><label for="to">{say(report::TO)}</label><input type="date" id="to" name="to" value=query.to.to_string() autocomplete="off"/></div>
            <div class="field"><label for="weights">{say(three::WEIGHTS)}</label><input type="text" id="weights" name="weights" value=weights.to_text() autocomplete="off"/></div>
            <div class="field"><button class="button primary">{say(report::SHOW)}</button></div>
        </form>
    }
}

/// A row, or the total.
fn line(row: &ThreeRow, query: &CubeQuery, locale: Locale) -> AnyView {
    let at: Vec<Key> = row.keys.iter().map(CubeKey::at).collect();
    let names: Vec<&str> = row.keys.iter().map(|key| key.name.get(locale)).collect();
    let name = if names.is_empty() {
        report::TOTAL.get(locale).to_owned()
    } else {
        names.join(" · ")
    };
    let cells = row
        .figures
        .iter()
        .map(|figure| cell(*figure, query, &at))
        .collect_view();
    let value = percent_of(row.value);
    view! {
        <tr class:total=at.is_empty()>
            <th scope="row">{name}</th>
            {cells}
            <td class="num"><b>{value}</b></td>
        </tr>
    }
    .into_any()
}

/// A rate with the ways to its tickets.
fn cell(figure: Figure, query: &CubeQuery, at: &[Key]) -> AnyView {
    if figure.denominator == 0 {
        return view! { <td class="num muted">"—"</td> }.into_any();
    }
    let link = |side: Side| list(&query.behind(figure.measure, side, at));
    view! {
        <td class="num">
            <b>{figure.value()}</b>
            <small class="block muted">
                <a href=link(Side::Numerator)>{staff::grouped(figure.numerator)}</a>
                " / "
                <a href=link(Side::Denominator)>{staff::grouped(figure.denominator)}</a>
            </small>
        </td>
    }
    .into_any()
}
