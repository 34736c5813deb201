//! Slow statements of the database: who ran them, how often and how long, their plans and what these point at.
//! Not here: watching and keeping them (services), slow calls in the log.
//! For who looks after the system; nothing personal stands here.

use leptos::prelude::*;
use shared::slow::{SlowAdvice, SlowPage, SlowView};
use shared::text::account::slow as words;

use crate::api::staff::statements::read_statements;
use crate::components::empty::Empty;
use crate::components::page::{Loaded, fixed, of_address};
use crate::components::staff::StaffPage;
use crate::components::ticket::When;
use crate::context::{say, use_locale};

/// `/staff/statements`
#[component]
pub fn StatementsPage() -> impl IntoView {
    view! {
        <StaffPage path="/staff/statements" title=fixed(words::TITLE)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let resource = of_address(String::new, |_| read_statements());
    let show = |page: SlowPage| view! { <Whole page/> };
    view! {
        <div class="stack">
            <Loaded resource show/>
        </div>
    }
}

#[component]
fn Whole(page: SlowPage) -> impl IntoView {
    let locale = use_locale();
    let none = page.items.is_empty().then(|| {
        view! { <section class="card"><Empty title=words::NONE reason=words::NONE_WHY/></section> }
    });
    let items = page.items.into_iter().map(|row| view! { <One row/> });
    view! {
        <p class="muted">{words::why(page.from_ms, locale)}</p>
        {none}
        {items.collect_view()}
    }
}

#[component]
fn One(row: SlowView) -> impl IntoView {
    let locale = use_locale();
    let caller = if row.caller.is_empty() {
        say(words::UNKNOWN).to_owned()
    } else {
        row.caller
    };
    let took = (row.last_ms, row.average_ms, row.most_ms);
    let times = words::times(row.times, took, locale);
    let advice = if row.advice.is_empty() {
        view! { <p class="muted">{say(words::NO_ADVICE)}</p> }.into_any()
    } else {
        let lines = row.advice.into_iter().map(|one| view! { <Advice one/> });
        view! { <ul>{lines.collect_view()}</ul> }.into_any()
    };
    let plan = if row.plan.is_empty() {
        view! { <p class="muted">{say(words::NO_PLAN)}</p> }.into_any()
    } else {
        view! {
            <details class="fold">
                <summary>{say(words::PLAN)}</summary>
                <pre class="prose" lang="en" translate="no">{row.plan.join("\n")}</pre>
            </details>
        }
        .into_any()
    };
    view! {
        <section class="card stack">
            <h2 class="section-title">{say(words::CALLER)} " " <span translate="no">{caller}</span></h2>
            <p>{times} " · " <span class="muted small">{say(words::LAST)} " " <When at=row.last_at/></span></p>
            <h3>{say(words::ADVICE)}</h3>
            {advice}
            <details class="fold">
                <summary>{say(words::STATEMENT)}</summary>
                <p class="prose" lang="en" translate="no"><code>{row.statement}</code></p>
            </details>
            {plan}
        </section>
    }
}

#[component]
fn Advice(one: SlowAdvice) -> impl IntoView {
    let locale = use_locale();
    let columns = (!one.columns.is_empty()).then(|| {
        let names = one.columns.join(", ");
        view! { " · " {say(words::COLUMNS)} " " <code translate="no">{names}</code> }
    });
    view! {
        <li>{one.sign.label(locale)} " " <code translate="no">{one.of}</code> {columns}</li>
    }
}
