//! Alarms of the audit: what the rules found, the rows behind it, and dismissing it with what it was.
//! Not here: the rules (services). Reads and sends without script.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use shared::access::{AuditAlarmView, AuditAlarms, AuditLookCount};
use shared::query::encoded;
use shared::text::Text;
use shared::text::account::audit as words;
use shared::text::staff::grouped;

use crate::api::staff::audit::read_audit_alarms;
use crate::components::on_page::OnPage;
use crate::components::page::{by_query, fixed};
use crate::components::pager::Pager;
use crate::components::staff::StaffPage;
use crate::components::ticket::When;
use crate::components::work_list::{
    Said, SaidOnce, TableWords, WorkList, WorkRows, address, chosen,
};
use crate::context::{say, use_locale};

/// The page's own address.
const PATH: &str = "/audit/alarms";

/// `/audit/alarms`
#[component]
pub fn AuditAlarmsPage() -> impl IntoView {
    view! {
        <StaffPage path="/audit/alarms" title=fixed(words::ALARMS)>
            <Content/>
        </StaffPage>
    }
}

/// The page as it is kept: the rows stand in it, and are not sent again as data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Shown {
    next: Option<String>,
    is_empty: bool,
    rows: OnPage<Vec<AuditAlarmView>>,
    looks: Vec<AuditLookCount>,
}

impl From<AuditAlarms> for Shown {
    fn from(read: AuditAlarms) -> Self {
        Self {
            next: read.next_cursor,
            is_empty: read.items.is_empty(),
            rows: OnPage::new(read.items),
            looks: read.looks,
        }
    }
}

/// What is said of what was done.
fn told(done: &str) -> Option<Text> {
    (done == "dismiss").then_some(words::DISMISS_DONE)
}

#[component]
fn Content() -> impl IntoView {
    let resource = by_query(async |query| read_audit_alarms(query).await.map(Shown::from));
    let show = move |shown: Shown| view! { <Found shown/> };
    view! { <WorkList told help=words::ALARMS_HELP resource show/> }
}

/// The page's address with its shelf, behind a cursor.
fn behind(cursor: Option<String>) -> String {
    address(PATH, [("shelf", chosen("shelf")), ("cursor", cursor)])
}

#[component]
fn Found(shown: Shown) -> impl IntoView {
    let is_dismissed = chosen("shelf").is_some();
    let first = chosen("cursor").map(|_| behind(None));
    let next = shown.next.map(|cursor| behind(Some(cursor)));
    let line = |it: AuditAlarmView| view! { <Line it/> };
    let current = |here: bool| here.then_some("true");
    view! {
        <nav class="row" aria-label=say(words::ALARMS)>
            <a class="chip" href=PATH aria-current=current(!is_dismissed)>{say(words::WAITING)}</a>
            <a class="chip" href=format!("{PATH}?shelf=dismissed") aria-current=current(is_dismissed)>{say(words::DISMISSED)}</a>
            <a class="chip" href="/audit">{say(words::AUDIT)}</a>
        </nav>
        <WorkRows is_empty=shown.is_empty table={&TABLE} rows=shown.rows line/>
        <Pager first next/>
        <Looks looks=shown.looks/>
    }
}

/// Whoever looked at most within a day.
#[component]
fn Looks(looks: Vec<AuditLookCount>) -> impl IntoView {
    if looks.is_empty() {
        return ().into_any();
    }
    let locale = use_locale();
    let line = |it: AuditLookCount| {
        let rows = format!("/audit?person={}", encoded(&it.who));
        view! {
            <tr>
                <td class="key">{it.look.label(locale)}</td>
                <td class="nowrap" data-label=say(words::WHO)><a href=rows translate="no">{it.who}</a></td>
                <td class="num" data-label=say(words::COUNTED)><span class="num">{grouped(it.counted)}</span></td>
            </tr>
        }
    };
    let lines = looks.into_iter().map(line).collect_view();
    view! {
        <h2>{say(words::LOOKS)}</h2>
        <p class="muted small">{say(words::LOOKS_HELP)}</p>
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::LOOKS)>
            <table class="table cards">
                <thead>
                    <tr>
                        <th scope="col">{say(words::LOOK)}</th>
                        <th scope="col">{say(words::WHO)}</th>
                        <th scope="col" class="num">{say(words::COUNTED)}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// The table's words.
static TABLE: TableWords = TableWords {
    label: words::ALARMS,
    heads: &[
        words::RULE,
        words::WHO,
        words::COUNTED,
        words::ROWS,
        words::TO_DO,
    ],
    none: words::NO_ALARMS,
    none_why: words::NO_ALARMS_WHY,
};

#[component]
fn Line(it: AuditAlarmView) -> impl IntoView {
    let rule = it.rule.label(use_locale());
    let rows = format!("/audit?person={}", encoded(&it.who));
    let numbers = if it.last_row == 0 {
        view! { <span class="muted small">{say(words::NO_ROWS)}</span> }.into_any()
    } else {
        view! { <span class="num">{it.first_row} "–" {it.last_row}</span> }.into_any()
    };
    let said = it.dismissed_at.map(|at| Said {
        at,
        by: it.dismissed_by,
        words: it.reason,
    });
    let (id, about) = (it.id, format!("{} {}", it.who, it.rule));
    view! {
        <tr>
            <td class="key"><b>{rule}</b><br/><span class="muted small"><When at=it.at/></span></td>
            <td class="nowrap" data-label=say(words::WHO)><span translate="no">{it.who}</span></td>
            <td class="num" data-label=say(words::COUNTED)><span class="num">{grouped(it.counted)}</span></td>
            <td data-label=say(words::ROWS)>
                {numbers}
                <br/><a href=rows>{say(words::SEE_ROWS)}</a>
            </td>
            <td data-label=say(words::TO_DO)>
                <SaidOnce
                    path=format!("{PATH}/{id}/dismiss")
                    prefix=format!("dismiss-{id}-")
                    act=words::DISMISS
                    about
                    field=("reason", words::REASON)
                    said
                />
            </td>
        </tr>
    }
}
