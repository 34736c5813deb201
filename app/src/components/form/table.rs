//! What forms that read a table share: the file or the pasted text, and the lines that cannot be taken (`FieldNames` names the columns).
//! Not here: the forms (`pages::staff::lists`, `pages::staff::account::import`), reading (services).
//! Such a form is always posted as a whole page, since it carries a file.

use leptos::prelude::*;
use shared::register::LineReport;
use shared::text::{faults, register as words};

use super::{FieldNames, FieldNotes, TextArea, use_form};
use crate::context::{say, use_locale};

/// Characters that the counter counts to; the server says when a file is too large.
const LONGEST: u32 = 15_000_000;

/// A file (CSV, XLSX), or the table pasted.
#[component]
pub fn TableInput() -> impl IntoView {
    let form = use_form();
    let id = form.id("file");
    form.call("file", say(words::FILE));
    view! {
        <div class="field">
            <label for=id.clone()>{say(words::FILE)}</label>
            <FieldNotes name="file"/>
            <input id=id name="file" type="file" accept=".csv,.txt,.tsv,.xlsx,text/csv"/>
        </div>
        <TextArea name="text" label=words::PASTE optional=true max=LONGEST rows=6/>
    }
}

/// The lines of a table that cannot be taken, each with its column and why.
#[component]
pub fn WrongLines(lines: Vec<LineReport>) -> impl IntoView {
    let locale = use_locale();
    let names = use_context::<FieldNames>().unwrap_or_default();
    let line = |line: LineReport| {
        let known = names.0.iter().find(|(name, _)| *name == line.column);
        let column = known.map_or(line.column.clone(), |(_, label)| label.clone());
        let why = faults::sentence(line.code, &line.facts, locale);
        view! { <tr><td class="num">{line.line}</td><td>{column}</td><td>{why}</td></tr> }
    };
    view! {
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::WHY)>
            <table class="table">
                <thead><tr>
                    <th scope="col" class="num">{say(words::LINE)}</th>
                    <th scope="col">{say(words::COLUMN)}</th>
                    <th scope="col">{say(words::WHY)}</th>
                </tr></thead>
                <tbody>{lines.into_iter().map(line).collect_view()}</tbody>
            </table>
        </div>
    }
}
