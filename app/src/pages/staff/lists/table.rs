//! The form that reads a file (CSV, XLSX) into the draft, with the report of its lines.
//! Not here: downloads (a file of the server).
//! It is always posted as a whole page, since it carries a file.

use leptos::prelude::*;
use shared::register::{LineReport, TableReport};
use shared::text::{faults, register as words};

use crate::components::form::{
    Check, FieldNames, FieldNotes, Form, Hidden, StepButton, TextArea, use_form,
};
use crate::context::{say, use_locale, use_seed};
use crate::forms::lists::REPORT;

/// Characters that the counter counts to; the server says when a file is too large.
const LONGEST: u32 = 15_000_000;

/// The card, folded until it is wanted or comes back.
#[component]
pub fn TableCard(here: String, version: i32) -> impl IntoView {
    let action = format!("{here}/table");
    let came_back = use_seed().with(|seed| {
        let form = seed.form.as_ref();
        form.is_some_and(|form| form.path == action)
    });
    view! {
        <section class="card">
            <details class="fold" open=came_back>
                <summary><b>{say(words::TABLE)}</b></summary>
                <p class="help">{say(words::TABLE_HELP)}</p>
                <Form action prefix="table-" class="verb-form no-counter" multipart=true label=say(words::TABLE)>
                    <Report/>
                    <Hidden name="version" value=Signal::stored(version.to_string())/>
                    <File/>
                    <TextArea name="text" label=words::PASTE optional=true max=LONGEST rows=6/>
                    <Check name="replaces" label=words::REPLACES/>
                    <p class="row">
                        <StepButton label=words::CHECK_FILE value="check"/>
                        <button type="submit" class="button primary" data-plain="">{say(words::TAKE_FILE)}</button>
                    </p>
                </Form>
            </details>
        </section>
    }
}

#[component]
fn File() -> impl IntoView {
    let id = use_form().id("file");
    view! {
        <div class="field">
            <label for=id.clone()>{say(words::FILE)}</label>
            <FieldNotes name="file"/>
            <input id=id name="file" type="file" accept=".csv,.txt,.tsv,.xlsx,text/csv"/>
        </div>
    }
}

/// What the file that came back came to.
#[component]
fn Report() -> impl IntoView {
    let locale = use_locale();
    let found = use_form().state.with_untracked(|state| {
        let found = state.value(REPORT)?;
        serde_json::from_str::<TableReport>(found).ok()
    });
    found.map(|report| {
        let sum = words::table_sum(&report, locale);
        let class = if report.refused > 0 { "note bad" } else { "note ok" };
        let lines = report.wrong.into_iter().map(|line| view! { <Wrong line/> }).collect_view();
        let table = (report.refused > 0).then(|| {
            view! {
                <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::WHY)>
                    <table class="table">
                        <thead><tr>
                            <th scope="col" class="num">{say(words::LINE)}</th>
                            <th scope="col">{say(words::COLUMN)}</th>
                            <th scope="col">{say(words::WHY)}</th>
                        </tr></thead>
                        <tbody>{lines}</tbody>
                    </table>
                </div>
            }
        });
        view! { <section class="stack tight" aria-live="polite"><p class=class>{sum}</p>{table}</section> }
    })
}

#[component]
fn Wrong(line: LineReport) -> impl IntoView {
    let locale = use_locale();
    let names = use_context::<FieldNames>().unwrap_or_default();
    let known = names.0.iter().find(|(name, _)| *name == line.column);
    let column = known.map_or(line.column.clone(), |(_, label)| label.clone());
    let why = faults::sentence(line.code, &line.facts, locale);
    view! { <tr><td class="num">{line.line}</td><td>{column}</td><td>{why}</td></tr> }
}
