//! Data quality: what the rules found, those that are due first, with the ways to see to one; below, scores of units and the rules themselves.
//! Not here: the rules (`shared::quality`), sending (services). Reads and sends without script.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use shared::quality::{
    FindingState, QualityFindingView, QualityRule, RuleView, RulesView, ScoreView, ScoreWeights,
    Standing, rule,
};
use shared::text::{Text, clock, quality as words};

use crate::api::quality::{QualityWords, read_quality};
use crate::components::form::{Form, SubmitButton, TextArea, came_back};
use crate::components::on_page::OnPage;
use crate::components::page::{by_query, fixed};
use crate::components::pager::Pager;
use crate::components::staff::StaffPage;
use crate::components::ticket::{TicketNumber, When};
use crate::components::work_list::{TableWords, WorkList, WorkRows, address, chosen};
use crate::context::{say, use_locale, use_now};

/// The page's own address.
const PATH: &str = "/office/quality";

/// `/office/quality`
#[component]
pub fn QualityPage() -> impl IntoView {
    view! {
        <StaffPage path="/office/quality" title=fixed(words::QUALITY)>
            <Content/>
        </StaffPage>
    }
}

/// The page as it is kept: the rows stand in it, and are not sent again as data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Shown {
    next: Option<String>,
    is_empty: bool,
    looked_at: Option<shared::calendar::Instant>,
    /// Codes and names of units, for the choice.
    units: Vec<(String, String)>,
    rows: OnPage<Vec<QualityFindingView>>,
    scores: OnPage<Vec<ScoreView>>,
    /// What findings weigh in the scores.
    weights: ScoreWeights,
    rules: OnPage<Vec<RuleView>>,
}

impl From<QualityWords> for Shown {
    fn from(read: QualityWords) -> Self {
        let units = read.scores.items.iter();
        let units = units.filter_map(|row| row.unit.clone());
        let RulesView { items, looked_at } = read.rules;
        Self {
            next: read.page.next_cursor,
            is_empty: read.page.items.is_empty(),
            looked_at,
            units: units.map(|unit| (unit.code, unit.name)).collect(),
            rows: OnPage::new(read.page.items),
            weights: read.scores.weights,
            scores: OnPage::new(read.scores.items),
            rules: OnPage::new(items),
        }
    }
}

/// What is said of what was done.
fn told(done: &str) -> Option<Text> {
    match done {
        "fix" => Some(words::FIX_DONE),
        "dismiss" => Some(words::DISMISS_DONE),
        "decide" => Some(words::DECIDE_DONE),
        _ => None,
    }
}

#[component]
fn Content() -> impl IntoView {
    let resource = by_query(async |query| read_quality(query).await.map(Shown::from));
    let show = move |shown: Shown| view! { <Found shown/> };
    view! { <WorkList told help=words::HELP resource show/> }
}

/// The page's address with what is chosen, behind a cursor.
fn behind(cursor: Option<String>) -> String {
    let pairs = [
        ("rule", chosen("rule")),
        ("unit", chosen("unit")),
        ("state", chosen("state")),
        ("cursor", cursor),
    ];
    address(PATH, pairs)
}

#[component]
fn Found(shown: Shown) -> impl IntoView {
    let looked = match shown.looked_at {
        Some(at) => words::looked(&clock::date_time(at, use_now(), use_locale()), use_locale()),
        None => say(words::NEVER).to_owned(),
    };
    let first = chosen("cursor").map(|_| behind(None));
    let next = shown.next.map(|cursor| behind(Some(cursor)));
    let line = |it: QualityFindingView| view! { <Line it/> };
    view! {
        <p class="muted small">{looked} " " <a href="/office/quality/months">{say(words::MONTHS)}</a></p>
        <Filters units=shown.units/>
        <WorkRows is_empty=shown.is_empty table={&TABLE} rows=shown.rows line/>
        <Pager first next/>
        <Scores rows=shown.scores weights=shown.weights/>
        <Rules rows=shown.rules/>
    }
}

#[component]
fn Filters(units: Vec<(String, String)>) -> impl IntoView {
    let locale = use_locale();
    #[cfg(feature = "hydrate")]
    let on_submit = crate::browser::query::interceptor(PATH);
    #[cfg(not(feature = "hydrate"))]
    let on_submit = |_: leptos::ev::SubmitEvent| {};
    let rules = QualityRule::ALL
        .iter()
        .filter(|code| rule(**code).standing == Standing::Looked);
    let rules = rules.map(|code| (code.to_string(), format!("{code} {}", code.label(locale))));
    let states = FindingState::ALL.iter();
    let states = states.map(|state| (state.to_string(), state.label(locale).to_owned()));
    let centre = ("-".to_owned(), say(words::CENTRE).to_owned());
    let units = std::iter::once(centre).chain(units);
    view! {
        <form method="get" action=PATH class="filters" role="search" aria-label=say(words::FILTER) on:submit=on_submit>
            {pick("rule", words::RULE, words::ANY_RULE, rules.collect())}
            {pick("unit", words::UNIT, shared::text::staff::ANY, units.collect())}
            {pick("state", words::STATE, words::ALL_OPEN, states.collect())}
            <div class="field"><button class="button primary">{say(words::FILTER)}</button></div>
        </form>
    }
}

/// A list to choose one of, or none.
fn pick(
    name: &'static str,
    label: shared::text::Text,
    none: shared::text::Text,
    items: Vec<(String, String)>,
) -> impl IntoView {
    let value = chosen(name).unwrap_or_default();
    let option = move |(code, label): (String, String)| {
        let selected = code == value;
        view! { <option value=code selected=selected>{label}</option> }
    };
    view! {
        <div class="field">
            <label for=name>{say(label)}</label>
            <select id=name name=name>
                <option value="">{say(none)}</option>
                {items.into_iter().map(option).collect_view()}
            </select>
        </div>
    }
}

/// The table's words.
static TABLE: TableWords = TableWords {
    label: words::QUALITY,
    heads: &[
        words::WHAT,
        words::TICKET,
        words::UNIT,
        words::DUE,
        words::STATE,
        words::WHAT_TO_DO,
    ],
    none: words::NONE,
    none_why: words::NONE_WHY,
};

#[component]
fn Line(it: QualityFindingView) -> impl IntoView {
    let locale = use_locale();
    let said = rule(it.rule).words;
    let facts = words::facts(&it.facts, locale);
    let facts =
        (!facts.is_empty()).then(|| view! { <br/><span class="muted small">{facts}</span> });
    let unit = it
        .unit
        .clone()
        .map_or_else(|| say(words::CENTRE).to_owned(), |unit| unit.name);
    let until = it.closed_at.unwrap_or(it.due_at);
    let said_of_it = it.note.clone().or_else(|| it.reason.clone());
    let who = it.closed_by.clone().or_else(|| it.asked_by.clone());
    let told = said_of_it.map(|told| {
        let who = who.unwrap_or_default();
        view! { <br/><span class="muted small">{who} " " {told}</span> }
    });
    view! {
        <tr>
            <td class="key">
                <b>{it.rule.as_str()} " " {said.wrong.get(locale)}</b> " "
                <span class="badge state">{it.severity.label(locale)}</span>
                {facts}
                <br/><span class="muted small">{said.todo.get(locale)}</span>
            </td>
            <td data-label=say(words::TICKET)><a href=format!("/tickets/{}", it.ticket)><TicketNumber ticket_no=it.ticket_no.clone()/></a></td>
            <td data-label=say(words::UNIT)><span lang="zh-CN">{unit}</span><br/><span class="muted small" lang="zh-CN">{it.region.name.clone()}</span></td>
            <td data-label=say(words::DUE)><When at=until/></td>
            <td data-label=say(words::STATE)>{it.state.label(locale)} {told}</td>
            <td data-label=say(words::WHAT_TO_DO)><Ways it/></td>
        </tr>
    }
}

/// Corrected, no fault, or the second person's word.
#[component]
fn Ways(it: QualityFindingView) -> impl IntoView {
    if !it.state.is_open() {
        return ().into_any();
    }
    let id = it.id;
    let about = format!("{} {}", it.rule, it.ticket_no);
    let labelled = |word| format!("{} {about}", say(word));
    let decide = it.may_decide.then(|| {
        view! {
            <Form action=format!("{PATH}/{id}/decide") prefix=format!("decide-{id}-") label=labelled(words::AGREE)>
                <SubmitButton label=words::AGREE class="" name="agreed" value="true"/>
                <SubmitButton label=words::REFUSE class="" name="agreed" value="false"/>
            </Form>
        }
    });
    let dismiss = (it.state == FindingState::Open).then(|| {
        let path = format!("{PATH}/{id}/dismiss");
        let open = came_back(&path);
        view! {
            <details class="fold" open=open>
                <summary>{say(words::DISMISS)}</summary>
                <Form action=path prefix=format!("dismiss-{id}-") label=labelled(words::DISMISS)>
                    <TextArea name="reason" label=words::REASON max=500 rows=2/>
                    <SubmitButton label=words::DISMISS class=""/>
                </Form>
            </details>
        }
    });
    let fix = format!("{PATH}/{id}/fix");
    let open = came_back(&fix);
    view! {
        <div class="stack tight">
            {decide}
            <details class="fold" open=open>
                <summary>{say(words::FIX)}</summary>
                <Form action=fix prefix=format!("fix-{id}-") label=labelled(words::FIX)>
                    <TextArea name="note" label=words::NOTE max=500 rows=2/>
                    <SubmitButton label=words::FIX class=""/>
                </Form>
            </details>
            {dismiss}
        </div>
    }
    .into_any()
}

#[component]
fn Scores(rows: OnPage<Vec<ScoreView>>, weights: ScoreWeights) -> impl IntoView {
    let lines = |rows: Vec<ScoreView>| {
        let line = |row: ScoreView| {
            let centre = || format!("{} ", say(words::CENTRE));
            let name = match (row.unit, row.region) {
                (Some(unit), _) => unit.name,
                (None, region) => centre() + &region.map(|it| it.name).unwrap_or_default(),
            };
            view! {
                <tr>
                    <td class="key" lang="zh-CN">{name}</td>
                    <td class="num" data-label=say(words::TICKETS)><span class="num">{shared::text::staff::grouped(row.tickets)}</span></td>
                    <td class="num" data-label=say(words::WHAT)><span class="num">{shared::text::staff::grouped(row.open.total())}</span></td>
                    <td class="num" data-label=say(words::SCORE)><span class="num">{words::percent(row.score)}</span></td>
                </tr>
            }
        };
        rows.into_iter().map(line).collect_view()
    };
    let how = words::score_help(weights, use_locale());
    view! {
        <details class="fold">
            <summary>{say(words::SCORES)}</summary>
            <p class="muted small">{how}</p>
            <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::SCORES)>
                <table class="table cards">
                    <thead>
                        <tr>
                            <th scope="col">{say(words::UNIT)}</th>
                            <th scope="col" class="num">{say(words::TICKETS)}</th>
                            <th scope="col" class="num">{say(words::WHAT)}</th>
                            <th scope="col" class="num">{say(words::SCORE)}</th>
                        </tr>
                    </thead>
                    {rows.tbody(lines)}
                </table>
            </div>
        </details>
    }
}

/// Every rule, also those that are not looked at: they are never shown as kept.
#[component]
fn Rules(rows: OnPage<Vec<RuleView>>) -> impl IntoView {
    let locale = use_locale();
    let lines = move |rows: Vec<RuleView>| {
        let line = |row: RuleView| {
            let said = rule(row.rule).words;
            let standing = if row.on || row.standing == Standing::Waits {
                row.standing.label(locale)
            } else {
                words::SWITCHED_OFF.get(locale)
            };
            view! {
                <tr>
                    <td class="key"><b>{row.rule.as_str()}</b> " " {row.rule.label(locale)}</td>
                    <td data-label=say(words::WEIGHT)>{row.severity.label(locale)}</td>
                    <td data-label=say(words::WHAT)>{said.wrong.get(locale)}</td>
                    <td data-label=say(words::STANDING)>{standing}<br/><span class="muted small">{said.place.get(locale)}</span></td>
                </tr>
            }
        };
        rows.into_iter().map(line).collect_view()
    };
    view! {
        <details class="fold">
            <summary>{say(words::RULES)}</summary>
            <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::RULES)>
                <table class="table cards">
                    <thead>
                        <tr>
                            <th scope="col">{say(words::RULE)}</th>
                            <th scope="col">{say(words::WEIGHT)}</th>
                            <th scope="col">{say(words::WHAT)}</th>
                            <th scope="col">{say(words::STANDING)}</th>
                        </tr>
                    </thead>
                    {rows.tbody(lines)}
                </table>
            </div>
        </details>
    }
}
