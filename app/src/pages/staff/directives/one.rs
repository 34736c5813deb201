//! A directive as a form on paper: to whom, why, what is demanded by when, the answer and what became of it. Printed by the browser.
//! Not here: the list (`super`), the forms (`ticket::actions`).
//! The frame of the page is left out in print (`print.css`).

use leptos::prelude::*;
use shared::text::directive as words;
use shared::ticket::view::DirectiveSheet;

use crate::api::directives::read_directive;
use crate::components::light::LightChip;
use crate::components::page::{Loaded, by_id, fixed};
use crate::components::staff::StaffPage;
use crate::components::ticket::{CaseNumber, When};
use crate::context::{say, use_locale};

/// `/directives/:id`
#[component]
pub fn DirectivePage() -> impl IntoView {
    view! {
        <StaffPage path="/directives/:id" title=fixed(words::DIRECTIVE) heading=false>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let resource = by_id(read_directive);
    let show = |sheet: DirectiveSheet| view! { <Paper sheet/> };
    view! { <Loaded resource show/> }
}

#[component]
fn Paper(sheet: DirectiveSheet) -> impl IntoView {
    let locale = use_locale();
    let DirectiveSheet {
        row,
        title,
        demand,
        opinion,
        decided_at,
        decided_by,
    } = sheet;
    let it = row.directive;
    let href = format!("/tickets/{}", row.ticket);
    let also = (!it.also.is_empty()).then(|| it.also.join("、"));
    let answer = match it.answer {
        Some(answer) => view! { <p class="prose" lang="zh-CN">{answer}</p> }.into_any(),
        None => view! { <p class="muted">{say(words::NO_ANSWER)}</p> }.into_any(),
    };
    let returned = (it.returned > 0).then(|| words::returned(it.returned, locale));
    view! {
        <article class="card stack directive">
            <div class="row between">
                <h1>{say(words::DIRECTIVE)}</h1>
                <span class="badge">{it.state.label(locale)}</span>
            </div>
            <p class="muted no-print">{say(words::PRINT_HELP)}</p>
            <dl class="facts">
                <div><dt>{say(words::NUMBER)}</dt><dd><CaseNumber number=row.application_no/></dd></div>
                <div><dt>{say(words::UNIT)}</dt><dd lang="zh-CN">{row.unit.name}</dd></div>
                <div><dt>{say(words::LEVEL)}</dt><dd>{it.level.label(locale)}</dd></div>
                <div><dt>{say(words::CAUSE)}</dt><dd>{it.cause.label(locale)}</dd></div>
                <div><dt>{say(words::TICKET)}</dt><dd><a href=href><CaseNumber number=row.ticket_no/></a> " " <span lang="zh-CN">{title}</span></dd></div>
                {also.map(|also| view! { <div><dt>{say(words::ALSO)}</dt><dd class="num">{also}</dd></div> })}
                <div><dt>{say(words::ISSUED)}</dt><dd><When at=row.issued_at/></dd></div>
                {row.issued_by.map(|name| view! { <div><dt>{say(words::ISSUED_BY)}</dt><dd lang="zh-CN">{name}</dd></div> })}
                <div><dt>{say(words::DUE)}</dt><dd>{it.due.due_at.map(|at| view! { <When at/> })} " " <LightChip deadline=it.due.clone()/></dd></div>
            </dl>
            <h2 class="section-title">{say(words::DEMAND)}</h2>
            <p class="prose" lang="zh-CN">{demand}</p>
            <h2 class="section-title">{say(words::ANSWER)}</h2>
            {answer}
            <dl class="facts compact">
                {it.answered_at.map(|at| view! { <div><dt>{say(words::ANSWERED)}</dt><dd><When at/></dd></div> })}
                {it.answered_by.map(|name| view! { <div><dt>{say(words::ANSWERED_BY)}</dt><dd lang="zh-CN">{name}</dd></div> })}
                {returned.map(|returned| view! { <div><dt>{say(words::BACK)}</dt><dd>{returned}</dd></div> })}
            </dl>
            <p class="signature">{say(words::SIGNED_UNIT)}</p>
            {(opinion.is_some() || decided_at.is_some()).then(|| view! {
                <h2 class="section-title">{say(words::RESULT)}</h2>
                <p class="prose" lang="zh-CN">{opinion.unwrap_or_default()}</p>
                <dl class="facts compact">
                    {decided_at.map(|at| view! { <div><dt>{say(words::DECIDED)}</dt><dd><When at/></dd></div> })}
                    {decided_by.map(|name| view! { <div><dt>{say(words::DECIDED_BY)}</dt><dd lang="zh-CN">{name}</dd></div> })}
                </dl>
            })}
        </article>
        <p class="no-print"><a href="/directives">{say(words::DIRECTIVES)}</a></p>
    }
}
