//! Staff from a table: the form, the report of its lines, and once the links of new people, to be printed.
//! Not here: reading and writing (`services::users`).
//! It is always posted as a whole page, since it carries a file.

use leptos::prelude::*;
use shared::account::staff::{COLUMNS, NewPerson, StaffReport};
use shared::text::account::staff as words;
use shared::text::{account, staff};

use crate::components::form::{FieldNames, Form, StepButton, TableInput, WrongLines, use_form};
use crate::components::page::fixed;
use crate::components::staff::StaffPage;
use crate::context::{say, use_locale, use_now};
use crate::forms::lists::REPORT;

/// `/staff/import`
#[component]
pub fn ImportStaffPage() -> impl IntoView {
    view! {
        <StaffPage path="/staff/import" title=fixed(account::IMPORT)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let locale = use_locale();
    let name = |column: &shared::register::Column| {
        (column.name.to_owned(), column.label.get(locale).to_owned())
    };
    provide_context(FieldNames(COLUMNS.iter().map(name).collect()));
    view! {
        <div class="stack account">
            <p><a href="/staff/accounts">{say(account::BACK)}</a></p>
            <section class="card">
                <Form action="/staff/import" class="verb-form no-counter" multipart=true label=say(account::IMPORT)>
                    <Report/>
                    <p class="help">{say(words::IMPORT_WHY)}</p>
                    <p class="help">{say(words::NO_PASSWORDS)}</p>
                    <TableInput/>
                    <p class="row">
                        <StepButton label=words::CHECK value="check"/>
                        <button type="submit" class="button primary" data-plain="">{say(words::TAKE)}</button>
                    </p>
                </Form>
            </section>
        </div>
    }
}

/// What the file that came back came to.
#[component]
fn Report() -> impl IntoView {
    let locale = use_locale();
    let found = use_form().state.with_untracked(|state| {
        let found = state.value(REPORT)?;
        serde_json::from_str::<StaffReport>(found).ok()
    });
    found.map(|report| {
        let class = if report.refused > 0 {
            "note bad"
        } else {
            "note ok"
        };
        let sum = words::sum(&report, locale);
        let made = report
            .is_taken
            .then(|| view! { <p class="note ok">{words::made(&report, locale)}</p> });
        let wrong =
            (report.refused > 0).then(|| view! { <WrongLines lines=report.wrong.clone()/> });
        let until = report
            .links_until
            .map(|at| words::until(at, use_now(), locale));
        let people = (!report.people.is_empty())
            .then(|| view! { <People people=report.people until=until.unwrap_or_default()/> });
        view! {
            <section class="stack tight" aria-live="polite">
                <p class=class>{sum}</p>
                {made}
                {wrong}
                {people}
            </section>
        }
    })
}

#[component]
fn People(people: Vec<NewPerson>, until: String) -> impl IntoView {
    let line = |person: NewPerson| {
        view! {
            <tr>
                <td class="key" translate="no">{person.username}</td>
                <td data-label=say(account::NAME) lang="zh-CN">{person.name}</td>
                <td data-label=say(staff::OWN_UNIT) lang="zh-CN">{person.unit_name}</td>
                <td data-label=say(words::LINK) translate="no"><code class="prose">{person.link}</code></td>
            </tr>
        }
    };
    view! {
        <section class="stack tight">
            <h2 class="section-title">{say(words::PEOPLE)}</h2>
            <p class="note">{say(words::PRINT)} " " {until}</p>
            <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::PEOPLE)>
                <table class="table cards">
                    <thead><tr>
                        <th scope="col">{say(staff::USERNAME)}</th>
                        <th scope="col">{say(account::NAME)}</th>
                        <th scope="col">{say(staff::OWN_UNIT)}</th>
                        <th scope="col">{say(words::LINK)}</th>
                    </tr></thead>
                    <tbody>{people.into_iter().map(line).collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
}
