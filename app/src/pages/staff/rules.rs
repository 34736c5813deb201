//! What one is asked to read of changed rules, with the button that says so; for who looks after lists, who has read what.
//! Not here: asking (the list's versions, `lists::history`), notices (`notices`). Reads and sends without script.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use shared::register::{RuleAsked, RuleReader, RuleReaders, RuleToRead, RulesToRead};
use shared::text::Text;
use shared::text::register::reading as words;

use crate::api::lists::{read_rule_readers, read_rules};
use crate::components::empty::Empty;
use crate::components::form::{Form, SubmitButton};
use crate::components::page::{Loaded, by_query, fixed, of_address};
use crate::components::pager::Pager;
use crate::components::staff::StaffPage;
use crate::components::ticket::When;
use crate::components::work_list::{WorkList, chosen};
use crate::context::{say, use_locale};

/// The page's own address.
const PATH: &str = "/rules";

/// `/rules`
#[component]
pub fn RulesPage() -> impl IntoView {
    view! {
        <StaffPage path="/rules" title=fixed(words::RULES)>
            <Own/>
        </StaffPage>
    }
}

/// What is said of what was done.
fn told(done: &str) -> Option<Text> {
    (done == "read").then_some(words::DONE_READ)
}

#[component]
fn Own() -> impl IntoView {
    let resource = by_query(read_rules);
    let show = |rules: RulesToRead| view! { <Found rules/> };
    view! { <WorkList told help=words::HELP resource show/> }
}

#[component]
fn Found(rules: RulesToRead) -> impl IntoView {
    let first = chosen("cursor").map(|_| PATH.to_owned());
    let next = rules.next_cursor;
    let next = next.map(|cursor| format!("{PATH}?cursor={cursor}"));
    let list = if rules.items.is_empty() {
        view! { <section class="card"><Empty title=words::NONE reason=words::NONE_WHY/></section> }
            .into_any()
    } else {
        let cards = rules.items.into_iter();
        let cards = cards.map(|rule| view! { <Rule rule/> }).collect_view();
        view! { <div class="stack">{cards}</div> }.into_any()
    };
    let asked = (!rules.asked.is_empty()).then(|| {
        let lines = rules.asked.into_iter();
        let lines = lines.map(|asked| view! { <Asked asked/> }).collect_view();
        view! {
            <section class="card stack tight">
                <h2 class="section-title">{say(words::ASKED)}</h2>
                <ul class="stack tight">{lines}</ul>
            </section>
        }
    });
    view! {
        {list}
        <Pager first next/>
        {asked}
    }
}

/// One to read: what is new, and that it was read.
#[component]
fn Rule(rule: RuleToRead) -> impl IntoView {
    let locale = use_locale();
    let id = rule.id;
    let title = title(&rule);
    let from = rule
        .valid_from
        .map(|at| view! { " · " {say(words::FROM)} " " <When at/> });
    let due = rule.due_at.map(|at| {
        let late = rule
            .is_late
            .then(|| view! { " " <b class="red">{say(words::LATE)}</b> });
        view! { " · " {say(words::READ_BY)} " " <When at/>{late} }
    });
    let read = match rule.read_at {
        Some(at) => {
            view! { <p class="muted small">{say(words::READ_AT)} " " <When at/></p> }.into_any()
        }
        None => view! {
            <Form
                action=format!("{PATH}/{id}/read")
                prefix=format!("read-{id}-")
                label=format!("{} {title}", say(words::READ))
            >
                <SubmitButton label=words::READ/>
            </Form>
        }
        .into_any(),
    };
    view! {
        <article class="card stack tight">
            <h2 class="section-title">{rule.list.label(locale)} " · " <span lang="zh-CN">{rule.area_name}</span> " " <span class="num">{rule.number}</span></h2>
            <p class="muted small"><span lang="zh-CN">{rule.asked_by}</span> " " <When at=rule.asked_at/>{from}{due}</p>
            <p class="prose" lang="zh-CN">{rule.note}</p>
            {read}
        </article>
    }
}

/// The list and the number of the revision, for who hears it.
fn title(rule: &RuleToRead) -> String {
    format!("{} {}", rule.list.label(use_locale()), rule.number)
}

/// How far one is read, with the way to who has.
#[component]
fn Asked(asked: RuleAsked) -> impl IntoView {
    let locale = use_locale();
    let href = format!("{PATH}/{}", asked.rule.id);
    let title = title(&asked.rule);
    let many = words::so_many(asked.read, asked.people, locale);
    view! {
        <li class="row between">
            <span><a href=href>{title}</a> " " <span class="muted small" lang="zh-CN">{asked.rule.area_name}</span></span>
            <span class="num">{many}</span>
        </li>
    }
}

/// `/rules/:id`
#[component]
pub fn RuleReadersPage() -> impl IntoView {
    view! {
        <StaffPage path="/rules/:id" title=fixed(words::WHO)>
            <Readers/>
        </StaffPage>
    }
}

#[component]
fn Readers() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let part = move || {
        let id = params.with(|params| params.get("id").unwrap_or_default());
        let cursor = query.with(|query| query.get("cursor").unwrap_or_default());
        let (id, cursor) = (shared::query::encoded(&id), shared::query::encoded(&cursor));
        format!("id={id}&cursor={cursor}")
    };
    let resource = of_address(part, read_rule_readers);
    let show = |readers: RuleReaders| view! { <People readers/> };
    view! {
        <div class="stack">
            <p><a href=PATH>{say(words::BACK)}</a></p>
            <Loaded resource show/>
        </div>
    }
}

#[component]
fn People(readers: RuleReaders) -> impl IntoView {
    let locale = use_locale();
    let asked = readers.asked;
    let here = format!("{PATH}/{}", asked.rule.id);
    let first = chosen("cursor").map(|_| here.clone());
    let next = readers.next_cursor;
    let next = next.map(|cursor| format!("{here}?cursor={}", shared::query::encoded(&cursor)));
    let title = title(&asked.rule);
    let many = words::so_many(asked.read, asked.people, locale);
    let lines = readers.items.into_iter();
    let lines = lines.map(|reader| view! { <Line reader/> }).collect_view();
    view! {
        <section class="card stack tight">
            <h2 class="section-title">{title}</h2>
            <p class="prose" lang="zh-CN">{asked.rule.note}</p>
            <p>{many}</p>
            <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::WHO)>
                <table class="table cards">
                    <thead><tr>
                        <th scope="col">{say(words::NAME)}</th>
                        <th scope="col">{say(words::UNIT)}</th>
                        <th scope="col">{say(words::READ_AT)}</th>
                    </tr></thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
            <Pager first next/>
        </section>
    }
}

#[component]
fn Line(reader: RuleReader) -> impl IntoView {
    let read = match reader.read_at {
        Some(at) => view! { <When at/> }.into_any(),
        None => view! { <span class="badge warn">{say(words::NOT_READ)}</span> }.into_any(),
    };
    view! {
        <tr>
            <td class="key"><b lang="zh-CN">{reader.name}</b> " " <span class="muted small" translate="no">{reader.username}</span></td>
            <td data-label=say(words::UNIT) lang="zh-CN">{reader.unit_name}</td>
            <td data-label=say(words::READ_AT)>{read}</td>
        </tr>
    }
}
