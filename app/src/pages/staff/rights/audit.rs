//! The audit: questions that come with the product, filters, rows, and the way to a file of what was found.
//! Not here: what a question means (services). Questions are links and the filters a plain GET, so that it reads without script.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize};
use shared::access::{AuditQuestion, AuditRowView, AuditRows, KeptAuditQuestion};
use shared::text::Text;
use shared::text::account::audit as words;

use super::kept_questions::Kept;
use crate::api::staff::audit::read_audit;
use crate::components::on_page::OnPage;
use crate::components::page::{by_query, fixed};
use crate::components::pager::Pager;
use crate::components::staff::StaffPage;
use crate::components::ticket::When;
use crate::components::work_list::{TableWords, WorkList, WorkRows, chosen};
use crate::context::{say, use_locale};

/// The page's own address.
const PATH: &str = "/audit";
/// Its file.
const FILE: &str = "/audit/export.csv";

/// `/audit`
#[component]
pub fn AuditPage() -> impl IntoView {
    view! {
        <StaffPage path="/audit" title=fixed(words::AUDIT)>
            <Content/>
        </StaffPage>
    }
}

/// The page as it is kept: the rows stand in it, and are not sent again as data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Shown {
    next: Option<String>,
    is_empty: bool,
    rows: OnPage<Vec<AuditRowView>>,
    kept: Vec<KeptAuditQuestion>,
}

impl From<AuditRows> for Shown {
    fn from(read: AuditRows) -> Self {
        Self {
            next: read.next_cursor,
            is_empty: read.items.is_empty(),
            rows: OnPage::new(read.items),
            kept: read.kept,
        }
    }
}

/// What is said of what was done.
fn told(done: &str) -> Option<Text> {
    match done {
        "keep" => Some(words::KEPT_DONE),
        "delete" => Some(words::KEPT_GONE),
        _ => None,
    }
}

#[component]
fn Content() -> impl IntoView {
    let resource = by_query(async |query| read_audit(query).await.map(Shown::from));
    let show = move |shown: Shown| view! { <Found shown/> };
    view! { <WorkList told help=words::HELP resource show/> }
}

/// An address with everything that is asked for, behind a cursor.
fn asked(path: &str, cursor: Option<String>) -> String {
    let query = use_query_map().get_untracked();
    let pairs = query.into_iter();
    let pairs =
        pairs.filter(|(name, value)| name != "cursor" && name != "done" && !value.is_empty());
    let cursor = cursor.map(|cursor| ("cursor".into(), cursor));
    let query: ParamsMap = pairs.chain(cursor).collect();
    format!("{path}{}", query.to_query_string())
}

#[component]
fn Found(shown: Shown) -> impl IntoView {
    let first = chosen("cursor").map(|_| asked(PATH, None));
    let has_more = shown.next.is_some();
    let next = shown.next.map(|cursor| asked(PATH, Some(cursor)));
    let line = |row: AuditRowView| view! { <Line row/> };
    let table = if has_more { &STRETCH } else { &TABLE };
    view! {
        <Questions/>
        <Kept kept=shown.kept/>
        <Filters/>
        <p class="row">
            <a class="button" href=asked(FILE, None) rel="external" download="">{say(words::EXPORT)}</a>
            <a class="button" href="/audit/alarms">{say(words::ALARMS)}</a>
            <a class="button" href="/audit/reports">{say(words::REPORTS)}</a>
            <span class="muted small">{say(words::EXPORT_HELP)}</span>
        </p>
        <WorkRows is_empty=shown.is_empty table rows=shown.rows line/>
        <Pager first next/>
    }
}

#[component]
fn Questions() -> impl IntoView {
    let locale = use_locale();
    let here = chosen("question").unwrap_or_default();
    let everything = here.is_empty().then_some("true");
    let link = move |question: &AuditQuestion| {
        let current = (question.as_str() == here).then_some("true");
        view! {
            <a class="chip" href=format!("{PATH}?question={question}") aria-current=current>{question.label(locale)}</a>
        }
    };
    let links = AuditQuestion::ALL.iter().map(link).collect_view();
    view! {
        <nav class="row" aria-label=say(words::QUESTIONS)>
            <a class="chip" href=PATH aria-current=everything>{say(words::ALL)}</a>
            {links}
        </nav>
    }
}

#[component]
fn Filters() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    let on_submit = crate::browser::query::interceptor(PATH);
    #[cfg(not(feature = "hydrate"))]
    let on_submit = |_: leptos::ev::SubmitEvent| {};
    let kinds = words::KINDS.map(|(code, name)| (code, say(name)));
    let outcomes = [("ok", say(words::DONE)), ("failed", say(words::FAILED))];
    let hours = [("true", say(words::ONLY_OFF_HOURS))];
    let question = chosen("question")
        .map(|question| view! { <input type="hidden" name="question" value=question/> });
    view! {
        <form method="get" action=PATH class="filters" role="search" aria-label=say(words::FILTER) on:submit=on_submit>
            {question}
            {typed("person", words::PERSON, "search")}
            {typed("number", words::NUMBER, "search")}
            {pick("kind", words::KIND, &kinds)}
            {pick("outcome", words::OUTCOME, &outcomes)}
            {typed("action", words::ACTION, "search")}
            {typed("ip", words::ADDRESS, "search")}
            {typed("request", words::REQUEST, "search")}
            {typed("from", words::FROM, "date")}
            {typed("to", words::UNTIL, "date")}
            {pick("off_hours", words::OFF_HOURS, &hours)}
            <div class="field"><button class="button primary">{say(words::FILTER)}</button></div>
        </form>
    }
}

/// A field to type into.
fn typed(name: &'static str, label: Text, kind: &'static str) -> impl IntoView {
    let value = chosen(name).unwrap_or_default();
    view! {
        <div class="field">
            <label for=name>{say(label)}</label>
            <input type=kind id=name name=name value=value autocomplete="off" maxlength="100"/>
        </div>
    }
}

/// A list to choose one of, or none.
fn pick(
    name: &'static str,
    label: Text,
    items: &[(&'static str, &'static str)],
) -> impl IntoView + use<> {
    let value = chosen(name).unwrap_or_default();
    let option = |(code, label): &(&'static str, &'static str)| {
        let (code, label) = (*code, *label);
        let selected = code == value;
        view! { <option value=code selected=selected>{label}</option> }
    };
    let options = items.iter().map(option).collect_view();
    view! {
        <div class="field">
            <label for=name>{say(label)}</label>
            <select id=name name=name>
                <option value="">{say(words::ANY)}</option>
                {options}
            </select>
        </div>
    }
}

/// Heads of the table.
const HEADS: &[Text] = &[
    words::WHEN,
    words::WHO,
    words::WHAT,
    words::OBJECT,
    words::OUTCOME,
    words::WHY,
];

/// The table's words.
static TABLE: TableWords = TableWords {
    label: words::AUDIT,
    heads: HEADS,
    none: words::NONE,
    none_why: words::NONE_WHY,
};

/// The same where earlier rows were not looked at yet.
static STRETCH: TableWords = TableWords {
    label: words::AUDIT,
    heads: HEADS,
    none: words::NONE,
    none_why: words::NONE_HERE,
};

/// What people call a kind of objects; its code where it has no name.
fn kind_word(code: &str) -> String {
    let known = words::KINDS.iter().find(|(kind, _)| *kind == code);
    known.map_or_else(|| code.to_owned(), |(_, name)| say(*name).to_owned())
}

#[component]
fn Line(row: AuditRowView) -> impl IntoView {
    let locale = use_locale();
    let off_hours = row
        .off_hours
        .then(|| view! { <br/><span class="badge state">{say(words::OFF_HOURS)}</span> });
    let from = row
        .ip
        .map(|ip| view! { <br/><span class="muted small" translate="no">{ip}</span> });
    let request = row.request.map(|request| {
        let path = format!("{PATH}?request={request}");
        view! { <br/><a class="small" href=path translate="no" title=say(words::REQUEST)>{request}</a> }
    });
    // A session's own rows name it as their object.
    let session = row.session.filter(|it| !row.object.ends_with(it.as_str()));
    let session = session.map(|session| {
        view! { <br/><span class="muted small">{say(words::SESSION)} " " <span translate="no">{session}</span></span> }
    });
    let job = row.job.map(|job| {
        view! { <br/><span class="muted small">{say(words::JOB)} " " <span translate="no">{job}</span></span> }
    });
    let named = words::action(&row.action, locale).map(|name| view! { {name} <br/> });
    let object = match row.object.split_once(':') {
        Some(("user", _)) => row.object.clone().into_any(),
        None => kind_word(&row.object).into_any(),
        Some((kind, id)) => {
            let kind = kind_word(kind);
            let id = id.to_owned();
            view! { {kind} <br/><span class="muted small" translate="no">{id}</span> }.into_any()
        }
    };
    let is_done = row.outcome == "ok";
    let outcome = say(if is_done { words::DONE } else { words::FAILED });
    // Of a refusal the code, which may break anywhere.
    let refused = (!is_done)
        .then(|| view! { <br/><span class="muted small" translate="no">{row.outcome}</span> });
    let facts: Vec<String> = row
        .facts
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| words::fact(name, value, locale))
        .collect();
    let says_why = row.why.is_some() || !facts.is_empty();
    let why_class = if says_why { "" } else { "bare" };
    view! {
        <tr>
            <td class="key early"><When at=row.at/>{off_hours}<br/><span class="muted small num">{row.n}</span></td>
            <td class="who" data-label=say(words::WHO)><span translate="no">{row.who}</span>{from}{request}{session}{job}</td>
            <td data-label=say(words::WHAT)>{named}<span class="muted small" translate="no">{row.action}</span></td>
            <td data-label=say(words::OBJECT)>{object}</td>
            <td data-label=say(words::OUTCOME)>{outcome}{refused}</td>
            <td class=why_class data-label=say(words::WHY)><span lang="zh-CN">{row.why}</span> " " <span class="muted small" translate="no">{facts.join("; ")}</span></td>
        </tr>
    }
}
