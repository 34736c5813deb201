//! Versions that hold for an area or a kind of tickets only: which, from when, and the forms that set and withdraw them.
//! Not here: the version for all tickets (`versions`), which of several counts (`services::process::choice`).
//! Only on the page of the tickets' own process.

use leptos::prelude::*;
use shared::approval::view::{ActivationRow, ProcessView};
use shared::text::{approval, process_owner as words};
use shared::ticket::RequestKind;

use crate::components::form::{Field, Form, Hidden, Select, SelectItem, SubmitButton};
use crate::components::ticket::When;
use crate::context::{say, use_locale, use_seed};

/// The card.
#[component]
pub fn Parts(process: ProcessView) -> impl IntoView {
    let here = format!("/processes/{}/{}", process.key, process.version.version);
    let content = if process.activations.is_empty() {
        view! { <p class="muted">{say(words::NO_PARTS)}</p> }.into_any()
    } else {
        let line = |row: &ActivationRow| {
            let (row, here) = (row.clone(), here.clone());
            view! { <Part row here may_manage=process.may_manage/> }
        };
        let lines = process.activations.iter().map(line).collect_view();
        lines.into_any()
    };
    let form = process
        .may_manage
        .then(|| view! { <Add process=process.clone() here=here.clone()/> });
    view! {
        <section class="card stack tight" aria-labelledby="parts">
            <h2 class="section-title" id="parts">{say(words::PARTS)}</h2>
            <p class="help">{say(words::PARTS_HELP)}</p>
            {content}
            {form}
        </section>
    }
}

#[component]
fn Part(row: ActivationRow, here: String, may_manage: bool) -> impl IntoView {
    let locale = use_locale();
    let area = match row.area {
        Some(area) => view! { <span lang="zh-CN">{area.name}</span> }.into_any(),
        None => say(words::EVERYWHERE).into_any(),
    };
    let kind = row
        .kind
        .map_or_else(|| say(words::EVERY_KIND), |kind| kind.label(locale));
    let state = match (row.until, row.counts) {
        (Some(_), _) => ("withdrawn", approval::WITHDRAWN),
        (None, true) => ("active", approval::ACTIVE),
        (None, false) => ("idle", approval::NOT_ACTIVE),
    };
    let until = row.until.map(|at| view! { " – " <When at/> });
    let by = row
        .by
        .map(|by| view! { " · " <span lang="zh-CN">{by}</span> });
    let withdraw = (may_manage && row.until.is_none()).then(|| {
        let id = row.id.to_string();
        view! {
            <Form action=format!("{here}/withdraw-part") mark=id.clone() prefix=format!("part-{id}-") label=say(approval::WITHDRAW)>
                <Hidden name="activation" value=Signal::stored(id)/>
                <SubmitButton label=approval::WITHDRAW class="danger"/>
            </Form>
        }
    });
    view! {
        <div class="sub-block">
            <div class="row between">
                <span class="row">
                    <b>{area} " · " {kind}</b>
                    <span>{approval::version(row.version, locale)}</span>
                    <span class="badge state" data-version=state.0>{say(state.1)}</span>
                </span>
                {withdraw}
            </div>
            <p class="muted small"><When at=row.from/>{until}{by}</p>
        </div>
    }
}

/// The form for the version that the page shows.
#[component]
fn Add(process: ProcessView, here: String) -> impl IntoView {
    let locale = use_locale();
    let action = format!("{here}/activate-part");
    let came_back = use_seed().with(|seed| {
        let form = seed.form.as_ref();
        form.is_some_and(|form| form.path == action)
    });
    let areas: Vec<SelectItem> = process
        .areas
        .iter()
        .map(|area| SelectItem::chinese(area.code.clone(), area.name.clone()))
        .collect();
    let kinds: Vec<SelectItem> = RequestKind::ALL
        .iter()
        .map(|kind| SelectItem::new(kind.as_str(), kind.label(locale)))
        .collect();
    let title = words::activate_part(process.version.version, locale);
    view! {
        <details class="fold act" open=came_back>
            <summary><b>{title.clone()}</b></summary>
            <Form action prefix="part-" class="verb-form" label=title>
                <Select name="area" label=words::AREA items=Signal::stored(areas) empty=words::EVERYWHERE optional=true/>
                <Select name="kind" label=words::KIND items=Signal::stored(kinds) empty=words::EVERY_KIND optional=true/>
                <Field name="active_from" label=words::ACTIVE_FROM_DAY help=words::FROM_HELP kind="date" optional=true/>
                <p><SubmitButton label=approval::ACTIVATE class=""/></p>
            </Form>
        </details>
    }
}
