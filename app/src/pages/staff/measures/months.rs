//! Scores of quality by month: units and centres by city beside what was frozen, and each table that the rules look at.
//! Not here: the formula (`shared::quality::score`), findings (`pages::staff::quality`).
//! The question is a plain GET form.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::quality::{MonthScore, MonthScores, ScoreWeights, TableScore};
use shared::text::{clock, quality as words, report, staff, three};

use crate::api::quality::read_months;
use crate::components::empty::Empty;
use crate::components::page::{Loaded, by_query, fixed};
use crate::components::staff::StaffPage;
use crate::context::{say, use_locale, use_now};

/// The page's own address.
const PATH: &str = "/office/quality/months";

/// `/office/quality/months`
#[component]
pub fn QualityMonthsPage() -> impl IntoView {
    view! {
        <StaffPage path="/office/quality/months" title=fixed(words::MONTHS)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let resource = by_query(read_months);
    let show = |page: MonthScores| view! { <Whole page/> };
    view! {
        <div class="stack loose">
            <nav class="row no-print" aria-label=say(words::QUALITY)>
                <a class="chip" href="/office/quality">{say(words::QUALITY)}</a>
            </nav>
            <p class="muted">{say(words::MONTHS_HELP)} " " {say(words::WEIGHTS_HELP)}</p>
            <Loaded resource show/>
        </div>
    }
}

#[component]
fn Whole(page: MonthScores) -> impl IntoView {
    let (locale, now) = (use_locale(), use_now());
    let looked = page.looked_at.map_or_else(
        || say(words::NEVER).to_owned(),
        |at| words::looked(&clock::date_time(at, now, locale), locale),
    );
    let taken = (page.weights.to_text(), page.holding.to_text());
    let how = format!(
        "{} {}",
        words::score_help(page.weights, locale),
        three::weights(&taken.0, &taken.1, locale)
    );
    let body = if page.items.is_empty() {
        view! { <section class="card"><Empty title=words::NO_MONTH reason=words::NO_MONTH_WHY/></section> }
            .into_any()
    } else {
        view! {
            <Units items=page.items more=page.more/>
            <Tables tables=page.tables tickets=page.tickets/>
        }
        .into_any()
    };
    view! {
        <Ask month=page.month weights=page.weights/>
        <p class="muted small">{looked} <br/> {how}</p>
        {body}
    }
}

/// The question: a month, and with which weights.
#[component]
fn Ask(month: String, weights: ScoreWeights) -> impl IntoView {
    let named = use_query_map().with_untracked(|query| query.get("weights").unwrap_or_default());
    #[cfg(feature = "hydrate")]
    let on_submit = crate::browser::query::interceptor(PATH);
    #[cfg(not(feature = "hydrate"))]
    let on_submit = |_: leptos::ev::SubmitEvent| {};
    view! {
        <form method="get" action=PATH class="filters no-print" aria-label=say(staff::FILTERS) on:submit=on_submit>
            <div class="field">
                <label for="month">{say(words::MONTH)}</label>
                <input type="month" id="month" name="month" value=month autocomplete="off"/>
            </div>
            <div class="field">
                <label for="weights">{say(words::WEIGHTS)}</label>
                <input type="text" id="weights" name="weights" value=named placeholder=weights.to_text() autocomplete="off"/>
            </div>
            <div class="field"><button class="button primary">{say(report::SHOW)}</button></div>
        </form>
    }
}

#[component]
fn Units(items: Vec<MonthScore>, more: bool) -> impl IntoView {
    let more = more.then(|| view! { <p class="muted">{say(words::MORE_ROWS)}</p> });
    let lines = items
        .into_iter()
        .map(|it| view! { <Line it/> })
        .collect_view();
    view! {
        <section>
            <h2 class="section-title">{say(words::BY_UNIT)}</h2>
            {more}
            <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::BY_UNIT)>
                <table class="table cards">
                    <thead>
                        <tr>
                            <th scope="col">{say(words::UNIT)}</th>
                            <th scope="col">{say(words::CITY)}</th>
                            <th scope="col" class="num">{say(words::TICKETS)}</th>
                            <th scope="col" class="num">{say(words::WHAT)}</th>
                            <th scope="col" class="num">{say(words::SCORE)}</th>
                            <th scope="col" class="num">{say(words::FROZEN_SCORE)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
        </section>
    }
}

#[component]
fn Line(it: MonthScore) -> impl IntoView {
    let (locale, now) = (use_locale(), use_now());
    let name = it
        .unit
        .map_or_else(|| say(words::CENTRE).to_owned(), |unit| unit.name);
    let frozen = it.frozen.map(|frozen| {
        let at = clock::date_time(frozen.as_of, now, locale);
        view! {
            {words::percent(frozen.score)}
            <small class="block muted">{staff::grouped(frozen.open.total())} " / " {staff::grouped(frozen.tickets)} " · " {words::weighed(frozen.weights, locale)} " · " {at}</small>
        }
    });
    view! {
        <tr>
            <td class="key" lang="zh-CN" data-label=say(words::UNIT)><b>{name}</b></td>
            <td lang="zh-CN" data-label=say(words::CITY)>{it.region.name}</td>
            <td class="num" data-label=say(words::TICKETS)>{staff::grouped(it.tickets)}</td>
            <td class="num" data-label=say(words::WHAT)>{staff::grouped(it.open.total())}</td>
            <td class="num" data-label=say(words::SCORE)>{words::percent(it.score)}</td>
            <td class="num" data-label=say(words::FROZEN_SCORE)>{frozen}</td>
        </tr>
    }
}

#[component]
fn Tables(tables: Vec<TableScore>, tickets: i64) -> impl IntoView {
    let locale = use_locale();
    let line = |it: TableScore| {
        view! {
            <tr>
                <td class="key" data-label=say(words::TABLE)><b>{it.table.label(locale)}</b></td>
                <td class="num" data-label=say(words::TICKETS)>{staff::grouped(tickets)}</td>
                <td class="num" data-label=say(words::WHAT)>{staff::grouped(it.open.total())}</td>
                <td class="num" data-label=say(words::SCORE)>{words::percent(it.score)}</td>
            </tr>
        }
    };
    let lines = tables.into_iter().map(line).collect_view();
    view! {
        <section>
            <h2 class="section-title">{say(words::BY_TABLE)}</h2>
            <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::BY_TABLE)>
                <table class="table cards">
                    <thead>
                        <tr>
                            <th scope="col">{say(words::TABLE)}</th>
                            <th scope="col" class="num">{say(words::TICKETS)}</th>
                            <th scope="col" class="num">{say(words::WHAT)}</th>
                            <th scope="col" class="num">{say(words::SCORE)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
        </section>
    }
}
