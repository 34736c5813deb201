//! Warnings of figures: what the office's rules found, the tickets behind each, and saying what it is.
//! Not here: the rules (a list of the office). Reads and sends without script.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use shared::measure::{MeasureUnit, WarnTest, WarningView, Warnings};
use shared::text::staff::grouped;
use shared::text::{Locale, Text, pivot as words};

use crate::api::staff::board::read_warnings;
use crate::components::on_page::OnPage;
use crate::components::page::{by_query, fixed};
use crate::components::pager::Pager;
use crate::components::staff::StaffPage;
use crate::components::ticket::When;
use crate::components::work_list::{
    Said, SaidOnce, TableWords, WorkList, WorkRows, address, chosen,
};
use crate::context::{say, use_locale};
use crate::pages::staff::measures::ReportWays;

/// The page's own address.
const PATH: &str = "/reports/warnings";

/// `/reports/warnings`
#[component]
pub fn FigureWarningsPage() -> impl IntoView {
    view! {
        <StaffPage path="/reports/warnings" title=fixed(words::WARNINGS)>
            <Content/>
        </StaffPage>
    }
}

/// The page as it is kept: the rows stand in it, and are not sent again as data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Shown {
    next: Option<String>,
    is_empty: bool,
    rows: OnPage<Vec<WarningView>>,
}

impl From<Warnings> for Shown {
    fn from(read: Warnings) -> Self {
        Self {
            next: read.next_cursor,
            is_empty: read.items.is_empty(),
            rows: OnPage::new(read.items),
        }
    }
}

/// What is said of what was done.
fn told(done: &str) -> Option<Text> {
    (done == "answer").then_some(words::ANSWERED)
}

#[component]
fn Content() -> impl IntoView {
    let resource = by_query(async |query| read_warnings(query).await.map(Shown::from));
    let show = move |shown: Shown| view! { <Found shown/> };
    view! {
        <div class="stack loose report">
            <ReportWays here=PATH/>
            <WorkList told help=words::WARNINGS_WHY resource show/>
        </div>
    }
}

/// The page's address with its shelf, behind a cursor.
fn behind(cursor: Option<String>) -> String {
    address(PATH, [("shelf", chosen("shelf")), ("cursor", cursor)])
}

#[component]
fn Found(shown: Shown) -> impl IntoView {
    let is_answered = chosen("shelf").is_some();
    let first = chosen("cursor").map(|_| behind(None));
    let next = shown.next.map(|cursor| behind(Some(cursor)));
    let line = |it: WarningView| view! { <Line it/> };
    let current = |here: bool| here.then_some("true");
    view! {
        <nav class="row" aria-label=say(words::WARNINGS)>
            <a class="chip" href=PATH aria-current=current(!is_answered)>{say(words::WAITING)}</a>
            <a class="chip" href=format!("{PATH}?shelf=answered") aria-current=current(is_answered)>{say(words::SEEN)}</a>
        </nav>
        <WorkRows is_empty=shown.is_empty table={&TABLE} rows=shown.rows line/>
        <Pager first next/>
    }
}

/// The table's words.
static TABLE: TableWords = TableWords {
    label: words::WARNINGS,
    heads: &[
        words::RULE,
        words::WHERE,
        words::NUMBER,
        words::WHY,
        words::TO_DO,
    ],
    none: words::NO_WARNINGS,
    none_why: words::NO_WARNINGS_WHY,
};

/// What made it a warning, in words.
fn why(it: &WarningView, locale: Locale) -> String {
    let test = it.test.label(locale);
    let unit = it.figure.measure.definition().unit();
    let amount = match (it.test, unit) {
        (WarnTest::Burst, _) => String::new(),
        (WarnTest::Rise, _) | (_, MeasureUnit::Percent) => format!(" {} %", it.threshold),
        (_, MeasureUnit::Tickets | MeasureUnit::Hours) => format!(" {}", it.threshold),
    };
    match &it.mean {
        Some(mean) => format!("{test}{amount}{}", words::mean(mean, locale)),
        None => format!("{test}{amount}"),
    }
}

#[component]
fn Line(it: WarningView) -> impl IntoView {
    let locale = use_locale();
    let place = match it.place.get(locale) {
        "" => say(words::IN_ALL).to_owned(),
        named => named.to_owned(),
    };
    let measure = it.figure.measure;
    let value = match measure.definition().unit() {
        MeasureUnit::Tickets => grouped(it.figure.numerator),
        MeasureUnit::Percent | MeasureUnit::Hours => it.figure.value(),
    };
    let [from, to] = &it.days;
    let days = words::days([from, to], locale);
    let why = why(&it, locale);
    let said = it.answered_at.map(|at| Said {
        at,
        by: it.answered_by,
        words: it.word,
    });
    let (id, about) = (it.id, it.name.clone());
    view! {
        <tr>
            <td class="key"><b>{it.name}</b><br/><span class="muted small"><When at=it.found_at/></span></td>
            <td data-label=say(words::WHERE)>{place}</td>
            <td data-label=say(words::NUMBER)>
                {measure.label(locale)} " " <a class="num" href=it.href>{value}</a>
                <br/><span class="muted small">{days}</span>
            </td>
            <td data-label=say(words::WHY)>{why}</td>
            <td data-label=say(words::TO_DO)>
                <SaidOnce
                    path=format!("{PATH}/{id}/answer")
                    prefix=format!("answer-{id}-")
                    act=words::ANSWER
                    about
                    field=("word", words::WORD)
                    said
                />
            </td>
        </tr>
    }
}
