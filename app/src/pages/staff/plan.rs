//! The plan of a unit: load of each person, open parts with who does them when and what of that clashes; whoever plans moves a part by its form.
//! Not here: the form on the ticket's page (`ticket::actions::plan`), who may (services). Reads and sends without script.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;
use shared::text::ticket::plan as words;
use shared::text::{Locale, clock, staff};
use shared::ticket::plan::{self, PersonLoad, PlanItem};
use shared::ticket::view::{ColleagueView, Named};

use super::ticket::PlanFields;
use crate::api::staff::plan::read_plan;
use crate::components::empty::Empty;
use crate::components::form::{Form, Hidden, SubmitButton};
use crate::components::page::{Loaded, by_query, fixed};
use crate::components::pager::Pager;
use crate::components::staff::StaffPage;
use crate::components::ticket::{StatusBadge, TicketNumber, When};
use crate::context::{say, use_locale, use_now};

/// The page's own address.
const PATH: &str = "/plan";

/// `/plan`
#[component]
pub fn PlanPage() -> impl IntoView {
    view! {
        <StaffPage path="/plan" title=fixed(words::PLAN)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let query = use_query_map();
    let note = move || {
        let done = query.with(|query| query.get("done").is_some());
        done.then(|| view! { <p class="note ok">{say(words::DONE)}</p> })
    };
    let resource = by_query(read_plan);
    let show = |page: plan::PlanPage| view! { <Found page/> };
    view! {
        <div class="stack">
            <div aria-live="polite" class="done-note">{note}</div>
            <Loaded resource show/>
        </div>
    }
}

/// What is chosen.
fn chosen(name: &str) -> Option<String> {
    let value = use_query_map().with_untracked(|query| query.get(name));
    value.filter(|value| !value.is_empty())
}

/// The page's address behind a cursor; the unit stays as it is chosen.
fn address(cursor: Option<String>) -> String {
    let pairs = [("unit", chosen("unit")), ("cursor", cursor)];
    let query: ParamsMap = pairs
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect();
    format!("{PATH}{}", query.to_query_string())
}

#[component]
fn Found(page: plan::PlanPage) -> impl IntoView {
    let first = chosen("cursor").map(|_| address(None));
    let next = page.next_cursor.map(|cursor| address(Some(cursor)));
    let why = if page.may_plan {
        words::WHY
    } else {
        words::OWN_WHY
    };
    let (choices, may_plan) = (page.choices, page.may_plan);
    let list = if page.items.is_empty() {
        view! { <section class="card"><Empty title=words::NONE reason=words::NONE_WHY/></section> }
            .into_any()
    } else {
        view! { <Parts items=page.items choices may_plan/> }.into_any()
    };
    view! {
        <p class="muted"><b lang="zh-CN">{page.unit.name}</b> " · " {say(why)}</p>
        <Units units=page.units here=page.unit.code/>
        <People people=page.people/>
        {list}
        <Pager first next/>
    }
}

/// Another unit, for who plans for several.
#[component]
fn Units(units: Vec<Named>, here: String) -> impl IntoView {
    (units.len() > 1).then(|| {
        let option = |unit: Named| {
            let selected = unit.code == here;
            view! { <option value=unit.code selected=selected lang="zh-CN">{unit.name}</option> }
        };
        let options = units.into_iter().map(option).collect_view();
        view! {
            <form method="get" action=PATH class="filters" role="search" aria-label=say(words::UNIT)>
                <div class="field">
                    <label for="unit">{say(words::UNIT)}</label>
                    <select id="unit" name="unit">{options}</select>
                </div>
                <div class="field"><button class="button">{say(words::CHOOSE)}</button></div>
            </form>
        }
    })
}

#[component]
fn People(people: Vec<PersonLoad>) -> impl IntoView {
    let rows = people
        .into_iter()
        .map(|person| view! { <Person person/> })
        .collect_view();
    view! {
        <section class="stack tight" aria-labelledby="people">
            <h2 class="section-title" id="people">{say(words::PEOPLE)}</h2>
            <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::PEOPLE)>
                <table class="table cards">
                    <thead>
                        <tr>
                            <th scope="col">{say(words::PERSON)}</th>
                            <th scope="col" class="num">{say(words::OPEN)}</th>
                            <th scope="col" class="num">{say(words::TODAY)}</th>
                            <th scope="col" class="num">{say(words::OVERDUE)}</th>
                            <th scope="col" class="num">{say(words::HOURS_SUM)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
}

#[component]
fn Person(person: PersonLoad) -> impl IntoView {
    let (locale, now) = (use_locale(), use_now());
    let away = person.away_until.map(|until| {
        let until = clock::date(until.date(), now, locale);
        view! { " " <span class="badge warn">{words::away(&until, locale)}</span> }
    });
    let name = if person.user.is_some() {
        person.name
    } else {
        say(words::NOBODY).to_owned()
    };
    view! {
        <tr>
            <td class="key"><span lang="zh-CN">{name}</span> {away}</td>
            <td class="num" data-label=say(words::OPEN)>{staff::grouped(person.open)}</td>
            <td class="num" data-label=say(words::TODAY)>{staff::grouped(person.today)}</td>
            <td class="num" data-label=say(words::OVERDUE)>{staff::grouped(person.overdue)}</td>
            <td class="num" data-label=say(words::HOURS_SUM)>{staff::grouped(person.hours)}</td>
        </tr>
    }
}

#[component]
fn Parts(items: Vec<PlanItem>, choices: Vec<ColleagueView>, may_plan: bool) -> impl IntoView {
    let rows = items
        .into_iter()
        .map(|item| {
            let choices = choices.clone();
            view! { <Part item choices may_plan/> }
        })
        .collect_view();
    view! {
        <section class="stack tight" aria-labelledby="parts">
            <h2 class="section-title" id="parts">{say(words::PARTS)}</h2>
            <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::PARTS)>
                <table class="table cards">
                    <thead>
                        <tr>
                            <th scope="col">{say(words::TICKET)}</th>
                            <th scope="col">{say(words::DUE)}</th>
                            <th scope="col">{say(words::RESPONSIBLE)}</th>
                            <th scope="col">{say(words::PLANNED)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
}

#[component]
fn Part(item: PlanItem, choices: Vec<ColleagueView>, may_plan: bool) -> impl IntoView {
    let locale = use_locale();
    let ticket = item.ticket;
    let due = item.due_at.map(|at| view! { <When at/> });
    let planned = item.planned.clone();
    let told = match &planned {
        None => say(words::UNPLANNED).to_owned(),
        Some(it) => told(it, locale),
    };
    let clashes = item
        .clashes
        .iter()
        .map(|it| view! { " " <span class="badge warn">{it.label(locale)}</span> })
        .collect_view();
    let note = planned.as_ref().and_then(|it| it.note.clone());
    let note = note.map(|note| view! { <p class="small" lang="zh-CN">{note}</p> });
    let action = format!(
        "/tickets/{}/assignments/{}/plan",
        ticket.id, item.assignment
    );
    let form = may_plan.then(|| {
        let prefix = format!("plan-{}-", item.assignment);
        let label = format!("{} {}", say(words::MOVE), ticket.ticket_no);
        let version = Signal::stored(item.version.to_string());
        view! {
            <details class="fold">
                <summary>{say(words::MOVE)}</summary>
                <Form action prefix class="verb-form" label>
                    <Hidden name="version" value=version/>
                    <Hidden name="back" value=Signal::stored(PATH.to_owned())/>
                    <PlanFields planned people=choices/>
                    <p><SubmitButton label=words::SEND class=""/></p>
                </Form>
            </details>
        }
    });
    view! {
        <tr>
            <td class="key">
                <a href=format!("/tickets/{}", ticket.id)><TicketNumber ticket_no=ticket.ticket_no.clone()/></a>
                <span class="block" lang="zh-CN">{ticket.title}</span>
                <StatusBadge status=item.status/>
            </td>
            <td data-label=say(words::DUE)>{due}</td>
            <td data-label=say(words::RESPONSIBLE) lang="zh-CN">{item.responsible}</td>
            <td data-label=say(words::PLANNED)>{told} {clashes} {note} {form}</td>
        </tr>
    }
}

/// `张三 · 2026-03-10 上午 · 3 小时`.
fn told(planned: &plan::PlannedView, locale: Locale) -> String {
    let part = planned.day_part.label(locale);
    let mut line = format!("{} · {} {part}", planned.name, planned.day);
    if let Some(hours) = planned.hours {
        line.push_str(" · ");
        line.push_str(&words::hours(i64::from(hours), locale));
    }
    line
}
