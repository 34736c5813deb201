//! Frozen figures of a day or a month: as they were frozen, the last adjustment, and what is counted now.
//! Not here: freezing (`services::reports::frozen`), formulas (`shared::measure`).
//! The question is a plain GET form.

use leptos::prelude::*;
use shared::calendar::Instant;
use shared::measure::{Figure, FrozenLine, FrozenPeriod, FrozenStep, FrozenView, Measure};
use shared::text::{Locale, clock, measure as words, report, staff};

use super::ReportWays;
use super::question::{Boxes, Question};
use crate::api::report::read_frozen;
use crate::components::empty::Empty;
use crate::components::page::{Loaded, by_query, fixed};
use crate::components::staff::StaffPage;
use crate::context::{say, use_locale, use_now};

/// The page's own address.
const PATH: &str = "/reports/frozen";
/// Digits of a digest that are shown; all of them stand in its title.
const SHOWN: usize = 12;

/// `/reports/frozen`
#[component]
pub fn FrozenPage() -> impl IntoView {
    view! {
        <StaffPage path="/reports/frozen" title=fixed(words::FROZEN)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let resource = by_query(read_frozen);
    let show = |page: FrozenView| view! { <Whole page/> };
    view! {
        <div class="stack loose report">
            <ReportWays here=PATH/>
            <p class="muted">{say(words::FROZEN_WHY)}</p>
            <Loaded resource show/>
        </div>
    }
}

#[component]
fn Whole(page: FrozenView) -> impl IntoView {
    let (locale, now) = (use_locale(), use_now());
    let as_of = words::as_of(
        &clock::date_time(page.as_of, now, locale),
        &page.measures,
        locale,
    );
    let body = if page.lines.is_empty() {
        view! { <section class="card"><Empty title=words::NO_FROZEN reason=words::NO_FROZEN_WHY/></section> }
            .into_any()
    } else {
        view! { <Table lines=page.lines/> }.into_any()
    };
    view! {
        <Ask period=page.period.clone() periods=page.periods measures=page.measures/>
        {body}
        <p class="muted small">{said(&page.period, locale)} " · " {as_of} " " {say(words::ROUNDING)}</p>
    }
}

/// A day or a month as people read it.
fn said(period: &str, locale: Locale) -> String {
    clock::day(&clock::month(period, locale), locale)
}

/// The question: a period and measures.
#[component]
fn Ask(period: String, periods: Vec<String>, measures: Vec<Measure>) -> impl IntoView {
    let locale = use_locale();
    let known = periods.contains(&period) || period.is_empty();
    let other = (!known).then(|| {
        let said = said(&period, locale);
        view! { <option value=period.clone() selected=true>{said}</option> }
    });
    // Months first: they are asked for most.
    let is_month = |name: &String| FrozenPeriod::parse(name).is_some_and(|it| it.is_month());
    let (months, days): (Vec<String>, Vec<String>) = periods.into_iter().partition(is_month);
    let options = months
        .into_iter()
        .chain(days)
        .map(|name| {
            let (selected, said) = (name == period, said(&name, locale));
            view! { <option value=name selected=selected>{said}</option> }
        })
        .collect_view();
    view! {
        <Question path=PATH>
            <Boxes chosen=measures/>
            <div class="filters">
                <div class="field">
                    <label for="period">{say(words::PERIOD)}</label>
                    <select id="period" name="period" autocomplete="off">{other}{options}</select>
                </div>
                <div class="field"><button class="button primary">{say(report::SHOW)}</button></div>
            </div>
        </Question>
    }
}

#[component]
fn Table(lines: Vec<FrozenLine>) -> impl IntoView {
    let rows = lines
        .into_iter()
        .map(|line| view! { <Line line/> })
        .collect_view();
    view! {
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::FROZEN)>
            <table class="table cards">
                <thead>
                    <tr>
                        <th scope="col">{say(words::NAME)}</th>
                        <th scope="col">{say(words::AREA)}</th>
                        <th scope="col" class="num">{say(words::FROZEN_VALUE)}</th>
                        <th scope="col" class="num">{say(words::ADJUSTED_VALUE)}</th>
                        <th scope="col" class="num">{say(words::CURRENT_VALUE)}</th>
                        <th scope="col">{say(words::FROZEN_AT)}</th>
                        <th scope="col">{say(words::FINGERPRINT)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Line(line: FrozenLine) -> impl IntoView {
    let (locale, now) = (use_locale(), use_now());
    let measure = line.current.measure;
    let area = if line.city.is_empty() {
        say(words::WHOLE).to_owned()
    } else {
        line.name
    };
    let at = |at: Instant| clock::date_time(at, now, locale);
    let last = line.adjustments.last().cloned();
    let newest = last.clone().or_else(|| line.frozen.clone());
    let adjusted = last.map(|step| {
        view! { {value(step.figure)} <small class="block muted">{at(step.as_of)} " · v" {step.version}</small> }
    });
    let frozen_at = line.frozen.as_ref().map(|step| at(step.as_of));
    let frozen = line
        .frozen
        .as_ref()
        .map_or_else(|| "—".to_owned(), words_of);
    let (hash, short) = newest.map_or_else(Default::default, |step| {
        let short: String = step.hash.chars().take(SHOWN).collect();
        (step.hash, short)
    });
    view! {
        <tr>
            <td class="key" data-label=say(words::NAME)><b>{measure.label(locale)}</b></td>
            <td data-label=say(words::AREA) lang="zh-CN">{area}</td>
            <td class="num" data-label=say(words::FROZEN_VALUE)>{frozen}</td>
            <td class="num" data-label=say(words::ADJUSTED_VALUE)>{adjusted}</td>
            <td class="num" data-label=say(words::CURRENT_VALUE)>{value(line.current)}</td>
            <td data-label=say(words::FROZEN_AT)>{frozen_at}</td>
            <td data-label=say(words::FINGERPRINT)><code title=hash>{short}</code></td>
        </tr>
    }
}

/// A frozen number with the version of its formula.
fn words_of(step: &FrozenStep) -> String {
    format!("{} · v{}", value(step.figure), step.version)
}

/// The value with what it was counted from.
fn value(figure: Figure) -> String {
    if figure.measure.definition().min_sample == 0 {
        return staff::grouped(figure.numerator);
    }
    format!(
        "{} ({})",
        figure.value(),
        staff::grouped(figure.denominator)
    )
}
