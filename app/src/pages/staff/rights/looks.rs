//! Who looked at citizens' data, a month at a time, the newest first, in the reader's area; and how often who did.
//! Not here: the look itself (`pages::staff::ticket::citizen`), the register of fields (`fields`).
//! Nothing of the data stands here, only that it was looked at, by whom and why.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::access::needs;
use shared::personal::looks::{LookCount, LookKind, PersonalLook, PersonalLooks};
use shared::text::account::personal as words;
use shared::text::{report, staff};

use crate::api::rights::read_personal_looks;
use crate::components::empty::Empty;
use crate::components::page::{Loaded, by_query, fixed};
use crate::components::pager::Pager;
use crate::components::staff::StaffPage;
use crate::components::ticket::{CaseNumber, When};
use crate::context::{say, use_actor, use_locale};

/// The page's own address.
const PATH: &str = "/staff/personal-looks";

/// `/staff/personal-looks`
#[component]
pub fn PersonalLooksPage() -> impl IntoView {
    view! {
        <StaffPage path="/staff/personal-looks" title=fixed(words::LOOKS)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let query = use_query_map();
    let resource = by_query(read_personal_looks);
    let show = move |page: PersonalLooks| {
        let later = query.with_untracked(|query| query.get("cursor").is_some());
        let kind = query.with_untracked(|query| query.get("kind").unwrap_or_default());
        view! { <List page later kind/> }
    };
    let sees_fields = use_actor().is_some_and(|actor| needs::PERSONAL.is_met_by(&actor));
    let fields = sees_fields
        .then(|| view! { <p><a href="/staff/personal-fields">{say(words::FIELDS)}</a></p> });
    view! {
        <div class="stack">
            <p class="muted">{say(words::LOOKS_WHY)}</p>
            {fields}
            <Loaded resource show/>
        </div>
    }
}

/// The question: a month, and one kind of look alone.
#[component]
fn Ask(month: String, kind: String) -> impl IntoView {
    let locale = use_locale();
    let options = LookKind::ALL
        .iter()
        .map(|it| {
            let selected = it.as_str() == kind;
            view! { <option value=it.as_str() selected=selected>{it.label(locale)}</option> }
        })
        .collect_view();
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
                <label for="kind">{say(words::KIND)}</label>
                <select id="kind" name="kind">
                    <option value="">{say(words::ANY_KIND)}</option>
                    {options}
                </select>
            </div>
            <div class="field"><button class="button primary">{say(report::SHOW)}</button></div>
        </form>
    }
}

#[component]
fn List(page: PersonalLooks, later: bool, kind: String) -> impl IntoView {
    let asked = format!("{PATH}?month={}&kind={kind}", page.month);
    let next = page
        .next_cursor
        .map(|cursor| format!("{asked}&cursor={cursor}"));
    let first = later.then_some(asked);
    let list = if page.items.is_empty() {
        view! { <section class="card"><Empty title=words::NO_LOOKS reason=words::NO_LOOKS_WHY/></section> }
            .into_any()
    } else {
        let lines = page.items.into_iter();
        let lines = lines.map(|it| view! { <Line it/> }).collect_view();
        view! { <Table lines=lines.into_any()/> }.into_any()
    };
    let counts =
        (!page.counts.is_empty()).then(|| view! { <Counts counts=page.counts more=page.more/> });
    view! {
        <Ask month=page.month kind/>
        {list}
        <Pager first next/>
        {counts}
    }
}

/// How often who looked.
#[component]
fn Counts(counts: Vec<LookCount>, more: bool) -> impl IntoView {
    let locale = use_locale();
    let more = more.then(|| view! { <p class="note">{say(words::COUNTED_TO)}</p> });
    let line = |it: LookCount| {
        view! {
            <tr>
                <td class="key" translate="no">{it.by}</td>
                <td data-label=say(words::UNIT) lang="zh-CN">{it.unit}</td>
                <td data-label=say(words::KIND)>{it.kind.label(locale)}</td>
                <td data-label=say(words::TIMES) class="num">{it.count}</td>
            </tr>
        }
    };
    let lines = counts.into_iter().map(line).collect_view();
    view! {
        <section class="stack tight">
            <h2 class="section-title">{say(words::BY_WHOM)}</h2>
            {more}
            <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::BY_WHOM)>
                <table class="table cards">
                    <thead>
                        <tr>
                            <th scope="col">{say(words::WHO)}</th>
                            <th scope="col">{say(words::UNIT)}</th>
                            <th scope="col">{say(words::KIND)}</th>
                            <th scope="col">{say(words::TIMES)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
        </section>
    }
}

#[component]
fn Table(lines: AnyView) -> impl IntoView {
    view! {
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::LOOKS)>
            <table class="table cards">
                <thead>
                    <tr>
                        <th scope="col">{say(words::WHEN)}</th>
                        <th scope="col">{say(words::WHO)}</th>
                        <th scope="col">{say(words::UNIT)}</th>
                        <th scope="col">{say(words::KIND)}</th>
                        <th scope="col">{say(words::TICKET)}</th>
                        <th scope="col">{say(words::REASON)}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Line(it: PersonalLook) -> impl IntoView {
    let locale = use_locale();
    let role = it.role.map(|role| role.label(locale));
    let ticket = it.ticket_no.map(|number| view! { <CaseNumber number/> });
    view! {
        <tr>
            <td class="key"><When at=it.at/></td>
            <td data-label=say(words::WHO)><span translate="no">{it.by}</span> " " <span class="muted">{role}</span></td>
            <td data-label=say(words::UNIT) lang="zh-CN">{it.unit}</td>
            <td data-label=say(words::KIND)>{it.kind.label(locale)}</td>
            <td data-label=say(words::TICKET)>{ticket}</td>
            <td data-label=say(words::REASON) lang="zh-CN">{it.reason}</td>
        </tr>
    }
}
