//! The register of personal fields: each column that holds something about a person, a table of the database at a time.
//! Not here: its rows (`shared::personal`), how a role sees a field (`sight`).
//! Reads without script; nobody's data stands here.

use leptos::prelude::*;
use shared::personal::{FieldClass, PersonalColumn, PersonalFields};
use shared::text::account::personal as words;

use crate::api::rights::read_personal_fields;
use crate::components::page::{Loaded, by_query, fixed};
use crate::components::staff::StaffPage;
use crate::context::{say, use_locale};

/// `/staff/personal-fields`
#[component]
pub fn PersonalFieldsPage() -> impl IntoView {
    view! {
        <StaffPage path="/staff/personal-fields" title=fixed(words::FIELDS)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let resource = by_query(|_| read_personal_fields());
    let show = |fields: PersonalFields| view! { <Register fields/> };
    view! {
        <div class="stack">
            <p class="muted">{say(words::WHY)}</p>
            <p><a href="/staff/personal-looks">{say(words::LOOKS)}</a></p>
            <Loaded resource show/>
        </div>
    }
}

#[component]
fn Register(fields: PersonalFields) -> impl IntoView {
    let counts = words::counts(fields.items.len(), fields.other, use_locale());
    let lines = fields.items.into_iter();
    let lines = lines.map(|it| view! { <Line it/> }).collect_view();
    view! {
        <p>{counts}</p>
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::FIELDS)>
            <table class="table cards">
                <thead>
                    <tr>
                        <th scope="col">{say(words::TABLE)}</th>
                        <th scope="col">{say(words::COLUMN)}</th>
                        <th scope="col">{say(words::CLASS)}</th>
                        <th scope="col">{say(words::MATTER)}</th>
                        <th scope="col">{say(words::PURPOSE)}</th>
                        <th scope="col">{say(words::BASIS)}</th>
                        <th scope="col">{say(words::RETENTION)}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Line(it: PersonalColumn) -> impl IntoView {
    let locale = use_locale();
    let class = match it.class {
        FieldClass::Sensitive => "badge warn",
        FieldClass::Personal => "badge state",
        FieldClass::Internal | FieldClass::Open => "badge muted",
    };
    view! {
        <tr>
            <td class="key" translate="no"><code>{it.table}</code></td>
            <td data-label=say(words::COLUMN) translate="no"><code>{it.column}</code></td>
            <td data-label=say(words::CLASS)><span class=class>{it.class.label(locale)}</span></td>
            <td data-label=say(words::MATTER)>{it.matter.label(locale)}</td>
            <td data-label=say(words::PURPOSE)>{it.purpose.label(locale)}</td>
            <td data-label=say(words::BASIS)>{it.basis.label(locale)}</td>
            <td data-label=say(words::RETENTION)>{it.retention.label(locale)}</td>
        </tr>
    }
}
