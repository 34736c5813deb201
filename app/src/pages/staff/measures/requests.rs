//! Requests for data: the form that asks for a special cut, one's own requests with the way to take them once, and those that wait for the reader's word.
//! Not here: counting the cut (`services::reports::requests`).
//! Reads and sends without script; the form begins with the cut that the address names.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;
use shared::calendar::Instant;
use shared::measure::{CubeQuery, DataRequestPage, DataRequestView, DataState};
use shared::query::pairs_of;
use shared::text::{Locale, Text, clock, measure, report, request as words};

use super::cube::Axes;
use super::question::Boxes;
use crate::api::report::read_requests;
use crate::components::empty::Empty;
use crate::components::form::{Field, Form, SubmitButton, TextArea, came_back};
use crate::components::page::{by_query, fixed};
use crate::components::pager::Pager;
use crate::components::staff::StaffPage;
use crate::components::work_list::{WorkList, address, chosen};
use crate::context::{say, use_locale, use_now};

/// The page's own address.
const PATH: &str = "/data-requests";

/// `/data-requests`
#[component]
pub fn DataRequestsPage() -> impl IntoView {
    view! {
        <StaffPage path="/data-requests" title=fixed(words::REQUESTS)>
            <Content/>
        </StaffPage>
    }
}

/// What is said of what was done.
fn told(done: &str) -> Option<Text> {
    match done {
        "ask" => Some(words::ASK_DONE),
        "decide" => Some(words::DECIDE_DONE),
        "withdraw" => Some(words::WITHDRAW_DONE),
        _ => None,
    }
}

#[component]
fn Content() -> impl IntoView {
    let resource = by_query(read_requests);
    // A function is built anew each time, so that the form closes once it was accepted.
    let show = |page: DataRequestPage| {
        move || {
            view! {
                <Ask/>
                <Found page=page.clone()/>
            }
        }
    };
    view! {
        <div class="stack loose">
            <WorkList told help=words::HELP resource show/>
        </div>
    }
}

/// The cut that the address names; the usual one where it names none.
fn named() -> CubeQuery {
    let today = use_now().date();
    let query = use_query_map().with_untracked(ParamsMap::to_query_string);
    let pairs: Vec<(String, String)> = pairs_of(query.trim_start_matches('?'))
        .into_iter()
        .filter(|(name, _)| name != "done" && name != "cursor")
        .collect();
    CubeQuery::from_pairs(&pairs, today).unwrap_or_else(|_| CubeQuery::usual(today))
}

#[component]
fn Ask() -> impl IntoView {
    let query = named();
    let (first, second) = (query.axes.first().copied(), query.axes.get(1).copied());
    let (from, to) = (query.from.to_string(), query.to.to_string());
    // Of the filters those that the form's handler takes.
    let kept: Vec<(String, String)> = query
        .filter
        .to_pairs()
        .into_iter()
        .filter(|(name, _)| matches!(name.as_str(), "region" | "kind" | "channel"))
        .collect();
    let chosen_measures = query.measures;
    let open = came_back(PATH) || chosen("show").is_some();
    view! {
        <details class="fold" open=open>
            <summary>{say(words::ASK)}</summary>
            <Form action=PATH prefix="ask-" class="stack">
                <TextArea name="purpose" label=words::PURPOSE max=500 rows=2/>
                {kept.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view()}
                <Boxes chosen=chosen_measures/>
                <div class="filters">
                    <div class="field"><label for="by-1">{say(measure::BY)}</label><Axes id="by-1" chosen=first/></div>
                    <div class="field"><label for="by-2">{say(measure::THEN_BY)}</label><Axes id="by-2" chosen=second/></div>
                </div>
                <Field name="from" label=report::FROM kind="date" value=from/>
                <Field name="to" label=report::TO kind="date" value=to/>
                <Field name="until" label=words::UNTIL help=words::UNTIL_HELP kind="date"/>
                <div><SubmitButton label=words::ASK/></div>
            </Form>
        </details>
    }
}

#[component]
fn Found(page: DataRequestPage) -> impl IntoView {
    let behind = |cursor: Option<String>| address(PATH, [("cursor", cursor)]);
    let first = chosen("cursor").map(|_| behind(None));
    let next = page.next_cursor.map(|cursor| behind(Some(cursor)));
    if page.items.is_empty() {
        return view! { <section class="card"><Empty title=words::NONE reason=words::NONE_WHY/></section> }
            .into_any();
    }
    let lines = page
        .items
        .into_iter()
        .map(|it| view! { <Line it/> })
        .collect_view();
    view! {
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::REQUESTS)>
            <table class="table cards">
                <thead>
                    <tr>
                        <th scope="col">{say(words::WHO)}</th>
                        <th scope="col">{say(words::PURPOSE)}</th>
                        <th scope="col">{say(words::WHAT)}</th>
                        <th scope="col">{say(words::STATE)}</th>
                        <th scope="col">{say(words::TO_DO)}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
        <Pager first next/>
    }
    .into_any()
}

/// The cut in words: measures, dimensions, period.
fn cut(text: &str, now: Instant, locale: Locale) -> String {
    let Ok(query) = CubeQuery::from_pairs(&pairs_of(text), now.date()) else {
        return text.to_owned();
    };
    let measures = query.measures.iter().map(|it| it.label(locale));
    let axes = query.axes.iter().map(|it| it.label(locale));
    let words: Vec<&str> = measures.chain(axes).collect();
    let (from, to) = (query.from.to_string(), query.to.to_string());
    let period = report::period(&from, &to, locale);
    format!("{} · {period}", words.join(measure::between(locale)))
}

#[component]
fn Line(it: DataRequestView) -> impl IntoView {
    let (locale, now) = (use_locale(), use_now());
    let at = |at| clock::date_time(at, now, locale);
    let what = cut(&it.query, now, locale);
    // It ends with its last day: at the first moment of the next one.
    let last = Instant(it.ends_at.0.saturating_sub(1)).date();
    let until = words::until(&clock::date(last, now, locale), locale);
    let decided = it.decided_by.clone().map(|who| {
        let when = it.decided_at.map(at).unwrap_or_default();
        let reason = it.reason.clone();
        view! { <small class="block muted">{who} " " {when} " " {reason}</small> }
    });
    let taken = it
        .taken_at
        .map(|taken| view! { <small class="block muted">{at(taken)}</small> });
    let digest = it.digest.clone().map(|digest| {
        let short: String = digest.chars().take(12).collect();
        view! { <small class="block muted">{say(words::DIGEST)} " " <code title=digest>{short}</code></small> }
    });
    view! {
        <tr>
            <td class="key" data-label=say(words::WHO)><b>{it.asked_by.clone()}</b><small class="block muted">{at(it.asked_at)}</small></td>
            <td data-label=say(words::PURPOSE)>{it.purpose.clone()}</td>
            <td data-label=say(words::WHAT)>{what}<small class="block muted">{until}</small></td>
            <td data-label=say(words::STATE)><span class="badge state">{it.state.label(locale)}</span>{decided}{taken}{digest}</td>
            <td data-label=say(words::TO_DO)><Ways it=it.clone()/></td>
        </tr>
    }
}

/// Agree or refuse, take back, take once.
#[component]
fn Ways(it: DataRequestView) -> impl IntoView {
    let id = it.id;
    let labelled = |word: Text| format!("{} {}", say(word), it.purpose);
    if it.may_decide {
        let path = format!("{PATH}/{id}/decide");
        let open = came_back(&path);
        return view! {
            <div class="stack tight">
                <Form action=path.clone() prefix=format!("agree-{id}-") mark="agree" label=labelled(words::AGREE)>
                    <SubmitButton label=words::AGREE class="" name="agreed" value="true"/>
                </Form>
                <details class="fold" open=open>
                    <summary>{say(words::REFUSE)}</summary>
                    <Form action=path prefix=format!("refuse-{id}-") mark="refuse" label=labelled(words::REFUSE)>
                        <TextArea name="reason" label=words::REASON max=500 rows=2/>
                        <SubmitButton label=words::REFUSE class="" name="agreed" value="false"/>
                    </Form>
                </details>
            </div>
        }
        .into_any();
    }
    match it.state {
        DataState::Asked if it.is_own => view! {
            <Form action=format!("{PATH}/{id}/withdraw") prefix=format!("withdraw-{id}-") label=labelled(words::WITHDRAW)>
                <SubmitButton label=words::WITHDRAW class=""/>
            </Form>
        }
        .into_any(),
        DataState::Ready if it.is_own => {
            let href = format!("{PATH}/{id}/cut.csv");
            view! { <a class="button" href=href rel="external nofollow" download="">{say(words::TAKE)}</a> }
                .into_any()
        }
        _ => ().into_any(),
    }
}
