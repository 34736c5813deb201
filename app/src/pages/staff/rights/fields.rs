//! The register of personal fields: each column that holds something about a person, one class at a time, the sensitive ones first.
//! Not here: its rows (`shared::personal`), how a role sees a field (`sight`).
//! Reads without script; nobody's data stands here.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::personal::{FieldClass, PersonalColumn, PersonalFields};
use shared::text::account::personal as words;

use crate::api::rights::read_personal_fields;
use crate::components::page::{Loaded, by_query, fixed};
use crate::components::staff::StaffPage;
use crate::context::{say, use_locale};

/// The page's own address.
const PATH: &str = "/staff/personal-fields";

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
    let query = use_query_map();
    let class = move || {
        let said = query.with(|query| query.get("class"));
        let said = said.as_deref().and_then(FieldClass::parse);
        said.unwrap_or(FieldClass::Sensitive)
    };
    let resource = by_query(|_| read_personal_fields());
    let show = move |fields: PersonalFields| view! { <Register fields class=class()/> };
    view! {
        <div class="stack">
            <p class="muted">{say(words::WHY)}</p>
            <p><a href="/staff/personal-looks">{say(words::LOOKS)}</a></p>
            <Loaded resource show/>
        </div>
    }
}

#[component]
fn Register(fields: PersonalFields, class: FieldClass) -> impl IntoView {
    let locale = use_locale();
    let counts = words::counts(fields.items.len(), fields.other, locale);
    let doors = FieldClass::ALL.iter().rev().copied().filter_map(|door| {
        let many = fields.items.iter().filter(|it| it.class == door).count();
        let current = (door == class).then_some("page");
        let href = format!("{PATH}?class={door}");
        let words = format!("{} {many}", door.label(locale));
        (many > 0).then(|| view! { <a class="button" href=href aria-current=current>{words}</a> })
    });
    let doors = doors.collect_view();
    let lines = fields.items.into_iter().filter(|it| it.class == class);
    let lines = lines.map(|it| view! { <Line it/> }).collect_view();
    view! {
        <p>{counts}</p>
        <nav class="row" aria-label=say(words::CLASS)>{doors}</nav>
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
