//! Standard reports: the list with what each is for, one of them with its charts, tables and files, and the form that keeps it.
//! Not here: kept ones (`kept`), how parts are drawn (`content`), numbers (`services::reports`).
//! Without script the question is a plain GET form.

mod board;
mod content;
mod kept;
mod pivots;
mod scheduled;
mod warnings;

pub use board::BoardPage;
pub use kept::{KeptReportPage, KeptReportsPage};
pub use pivots::{KeepPivot, PivotsPage};
pub use scheduled::ScheduledReportsPage;
pub use warnings::FigureWarningsPage;

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::params::ParamsMap;
use shared::category::CategoryNode;
use shared::place::PlaceChoice;
use shared::report::{KeptPage, ReportForm, ReportName, Span};
use shared::text::{Locale, pivot, report, standard as words};

use self::content::Content;
use self::kept::Rows;
use self::pivots::Pivots;
use super::measures::{ReportWays, UnitsField};
use crate::api::report::{StandardPage, read_kept_list, read_standard};
use crate::components::form::{Form, Hidden, SubmitButton};
use crate::components::page::{Loaded, by_query, fixed, of_address};
use crate::components::place_choice::indented;
use crate::components::staff::StaffPage;
use crate::context::{say, use_locale};

/// The list's own address.
const PATH: &str = "/reports";

/// `/reports`
#[component]
pub fn StandardReportsPage() -> impl IntoView {
    view! {
        <StaffPage path="/reports" title=fixed(words::REPORTS)>
            <Reports/>
        </StaffPage>
    }
}

/// `/reports/:name`
#[component]
pub fn StandardReportPage() -> impl IntoView {
    view! {
        <StaffPage path="/reports/:name" title=fixed(words::REPORTS) heading=false>
            <One/>
        </StaffPage>
    }
}

#[component]
fn Reports() -> impl IntoView {
    let locale = use_locale();
    let card = |name: ReportName| {
        let standard = name.standard();
        view! {
            <section class="card stack tight">
                <h2 class="section-title"><a href=format!("{PATH}/{name}")>{name.label(locale)}</a></h2>
                <p>{standard.why.get(locale)}</p>
                <p class="muted small">{say(words::PERIOD)} ": " {standard.span.label(locale)}</p>
            </section>
        }
    };
    let cards = ReportName::ALL.iter().copied().map(card).collect_view();
    let resource = by_query(async |_| read_kept_list(String::new()).await);
    let show = |page: KeptPage| view! { <Rows page/> };
    view! {
        <div class="stack loose report">
            <ReportWays here=PATH/>
            <p class="muted">{say(words::REPORTS_WHY)}</p>
            <div class="board">{cards}</div>
            <h2 class="section-title"><a href="/reports/pivots">{say(pivot::PIVOTS)}</a></h2>
            <Pivots/>
            <h2 class="section-title"><a href="/reports/kept">{say(words::KEPT)}</a></h2>
            <Loaded resource show/>
        </div>
    }
}

#[component]
fn One() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let address = move || {
        let name = params.with(|params| params.get("name").unwrap_or_default());
        format!("{name}{}", query.with(ParamsMap::to_query_string))
    };
    let resource = of_address(address, read_standard);
    let show = |page: StandardPage| view! { <Whole page/> };
    view! {
        <div class="stack loose report">
            <ReportWays here=PATH/>
            <Loaded resource show/>
        </div>
    }
}

#[component]
fn Whole(page: StandardPage) -> impl IntoView {
    let name = page.name;
    let before = format!("{PATH}/{name}?{}", page.before);
    let schedule = format!("/reports/scheduled?name={name}");
    view! {
        <Ask page=page.clone()/>
        <div class="row between no-print">
            <nav class="row" aria-label=say(words::NEXT_STEPS)>
                <a href=before>{say(words::PERIOD_BEFORE)}</a>
                <a href="#keep">{say(words::TO_KEEP)}</a>
                <a href=schedule>{say(words::TO_SCHEDULE)}</a>
            </nav>
            <Take name query=page.query.clone() prints=page.prints/>
        </div>
        <Content report=page.report.clone()/>
        <section class="card stack tight no-print" id="keep">
            <p class="help">{say(words::KEEP_WHY)}</p>
            <Form action="/reports/kept" prefix="keep-" class="stack" label=say(words::KEEP)>
                <Hidden name="name" value=Signal::stored(name.to_string())/>
                <Hidden name="query" value=Signal::stored(page.query.clone())/>
                <div><SubmitButton label=words::KEEP/></div>
            </Form>
        </section>
    }
}

/// The files of a report.
#[component]
pub(super) fn Take(
    /// Which report.
    name: ReportName,
    /// The query of its address.
    query: String,
    /// Whether the program prints.
    prints: bool,
) -> impl IntoView {
    let locale = use_locale();
    let link = |form: ReportForm| {
        let href = format!("/reports/files/{name}.{form}?{query}");
        view! { <a class="button" href=href rel="external" download="">{form.label(locale)}</a> }
    };
    let links = ReportForm::ALL
        .iter()
        .copied()
        .filter(|form| prints || *form != ReportForm::Pdf)
        .map(link)
        .collect_view();
    view! { <p class="row no-print">{say(words::TAKE)} ": " {links}</p> }
}

/// The question.
#[component]
fn Ask(page: StandardPage) -> impl IntoView {
    let locale = use_locale();
    let region = page.region.clone();
    let option = |it: PlaceChoice| {
        let selected = it.code == region;
        view! { <option value=it.code.clone() selected=selected lang="zh-CN">{indented(&it)}</option> }
    };
    let options = page.regions.into_iter().map(option).collect_view();
    let offer = |node: &CategoryNode| {
        let name = match locale {
            Locale::Zh => node.name_zh.clone(),
            Locale::En => node.name_en.clone(),
        };
        view! { <option value=node.code.clone()>{name}</option> }
    };
    let categories = page
        .categories
        .iter()
        .flat_map(|first| std::iter::once(first).chain(&first.children))
        .map(offer)
        .collect_view();
    let action = format!("{PATH}/{}", page.name);
    let span = page.name.standard().span;
    // A browser that has no field for months shows one for text, with the same words.
    let kind = match span {
        Span::Day => "date",
        Span::Month => "month",
        Span::Week | Span::Quarter | Span::Year | Span::Free => "text",
    };
    view! {
        <form method="get" action=action class="filters no-print" aria-label=say(words::REPORTS)>
            <div class="field"><label for="period">{words::period_field(span, locale)}</label><input type=kind id="period" name="period" value=page.period autocomplete="off"/></div>
            <div class="field">
                <label for="area">{say(report::REGION)}</label>
                <select id="area" name="area" autocomplete="off"><option value="">{say(report::WHOLE_SCOPE)}</option>{options}</select>
            </div>
            <div class="field">
                <label for="category">{say(words::CATEGORY_FIELD)}</label>
                <input type="text" id="category" name="category" value=page.category list="categories" autocomplete="off"/>
                <datalist id="categories">{categories}</datalist>
            </div>
            <UnitsField chosen=page.units/>
            <div class="field"><button class="button primary">{say(report::SHOW)}</button></div>
        </form>
    }
}
