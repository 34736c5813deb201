//! The form that reads a file (CSV, XLSX) into the draft, with the report of its lines.
//! Not here: downloads (a file of the server).
//! It is always posted as a whole page, since it carries a file.

use leptos::prelude::*;
use shared::register::TableReport;
use shared::text::register as words;

use crate::components::form::{Check, Form, Hidden, StepButton, TableInput, WrongLines, use_form};
use crate::context::{say, use_locale, use_seed};
use crate::forms::lists::REPORT;

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
                    <TableInput/>
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
        let table = (report.refused > 0).then(|| view! { <WrongLines lines=report.wrong/> });
        view! { <section class="stack tight" aria-live="polite"><p class=class>{sum}</p>{table}</section> }
    })
}
