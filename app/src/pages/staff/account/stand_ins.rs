//! Who stands in for the reader, for whom the reader does, and asking somebody.
//! Not here: what a stand-in may do (`shared::access`).

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::account::stand_in::StandInView;
use shared::text::account::stand_in as words;

use crate::api::account::read_stand_ins;
use crate::components::empty::Empty;
use crate::components::form::{Field, FieldNames, Form, SubmitButton, TextArea};
use crate::components::page::{Loaded, fixed, of_address};
use crate::components::staff::StaffPage;
use crate::components::ticket::When;
use crate::context::{say, use_locale};

/// The page's own address.
const PATH: &str = "/account/stand-ins";

/// `/account/stand-ins`
#[component]
pub fn StandInsPage() -> impl IntoView {
    view! {
        <StaffPage path="/account/stand-ins" title=fixed(words::STAND_INS)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let query = use_query_map();
    let note = move || {
        let done = query.with(|query| query.get("done"));
        done.map(|_| view! { <p class="note ok">{say(words::DONE)}</p> })
    };
    let names = [
        ("username", words::USERNAME),
        ("from", words::FROM),
        ("until", words::UNTIL),
        ("reason", words::REASON),
    ];
    let names = names.map(|(name, label)| (name.to_owned(), say(label).to_owned()));
    provide_context(FieldNames(names.to_vec()));
    let resource = of_address(String::new, |_| read_stand_ins());
    let show = |rows: Vec<StandInView>| view! { <List rows/> };
    view! {
        <div class="stack">
            <div aria-live="polite" class="done-note">{note}</div>
            <p class="muted">{say(words::WHY)}</p>
            <Loaded resource show/>
            <section class="card stack">
                <h2 class="section-title">{say(words::ASK)}</h2>
                <Form action=PATH prefix="ask-" class="verb-form" label=say(words::ASK)>
                    <Field name="username" label=words::USERNAME/>
                    <Field name="from" label=words::FROM kind="date"/>
                    <Field name="until" label=words::UNTIL kind="date"/>
                    <TextArea name="reason" label=words::REASON optional=true max=500 rows=2/>
                    <div><SubmitButton label=words::ASK/></div>
                </Form>
            </section>
        </div>
    }
}

#[component]
fn List(rows: Vec<StandInView>) -> impl IntoView {
    if rows.is_empty() {
        return view! {
            <section class="card"><Empty title=words::NONE reason=words::NONE_WHY/></section>
        }
        .into_any();
    }
    let lines = rows
        .into_iter()
        .map(|row| view! { <Line row/> })
        .collect_view();
    view! {
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::STAND_INS)>
            <table class="table cards">
                <thead><tr>
                    <th scope="col">{say(words::AWAY)}</th>
                    <th scope="col">{say(words::OTHER)}</th>
                    <th scope="col">{say(words::FROM)}</th>
                    <th scope="col">{say(words::UNTIL)}</th>
                    <th scope="col">{say(words::STATE)}</th>
                    <th scope="col">{say(words::ANSWER)}</th>
                </tr></thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Line(row: StandInView) -> impl IntoView {
    let locale = use_locale();
    let state = if row.holds {
        say(words::HOLDS)
    } else {
        row.state.label(locale)
    };
    let answers = row
        .answers
        .iter()
        .map(|answer| {
            let action = format!("{PATH}/{}/{answer}", row.id);
            let label = answer.text();
            view! {
                <Form action prefix=format!("{answer}-{}-", row.id) label=say(label)>
                    <SubmitButton label=label class="small"/>
                </Form>
            }
        })
        .collect_view();
    view! {
        <tr>
            <td class="key" lang="zh-CN">{row.away.clone()}</td>
            <td data-label=say(words::OTHER) lang="zh-CN">{row.stand_in.clone()}</td>
            <td data-label=say(words::FROM)><When at=row.from/></td>
            <td data-label=say(words::UNTIL)><When at=row.until/></td>
            <td data-label=say(words::STATE)><span class="badge state">{state}</span></td>
            <td data-label=say(words::ANSWER)><div class="row">{answers}</div></td>
        </tr>
    }
}
