//! Exports with everything that can be chosen: by a template or by hand; and the templates, to keep, share and remove.
//! Not here: how jobs stand (`jobs`), what stands in a file (services).
//! Works without script: a column gets its place as a number.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::export::TemplateView;
use shared::job::ExportFormat;
use shared::text::{job as words, template};

use super::jobs::{ExportButton, Parts};
use crate::api::jobs::{ExportSheet, read_exports};
use crate::components::form::{Check, Field, FieldNotes, Form, SubmitButton, use_form};
use crate::components::page::{Loaded, by_query, fixed};
use crate::components::staff::StaffPage;
use crate::context::{say, use_locale};

/// The page's own address.
const PATH: &str = "/staff/exports";

/// `/staff/exports`
#[component]
pub fn ExportsPage() -> impl IntoView {
    view! {
        <StaffPage path="/staff/exports" title=fixed(template::EXPORTS)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let query = use_query_map();
    let note = move || {
        let done = query.with(|query| query.get("done"));
        let words = match done.as_deref() {
            Some("keep") => Some(template::KEPT),
            Some("remove") => Some(template::REMOVED),
            _ => None,
        };
        words.map(|words| view! { <p class="note ok">{say(words)}</p> })
    };
    let resource = by_query(read_exports);
    let show = move |sheet: ExportSheet| view! { <Sheet sheet/> };
    view! {
        <div class="stack">
            <div aria-live="polite" class="done-note">{note}</div>
            <Loaded resource show/>
        </div>
    }
}

#[component]
fn Sheet(sheet: ExportSheet) -> impl IntoView {
    let list = if sheet.query.is_empty() {
        "/tickets".to_owned()
    } else {
        format!("/tickets?{}", sheet.query)
    };
    let items = sheet.templates.clone().into_iter();
    let items: Vec<_> = items.map(|kept| view! { <Kept kept/> }).collect();
    let kept = if items.is_empty() {
        view! { <p class="muted">{say(template::NONE)}</p> }.into_any()
    } else {
        view! { <ul class="stack tight">{items}</ul> }.into_any()
    };
    view! {
        <section class="card stack">
            <h2 class="section-title">{say(words::EXPORT)}</h2>
            <p><a href=list>{say(template::TO_LIST)}</a></p>
            <ExportButton query=sheet.query class="primary" templates=sheet.templates/>
        </section>
        <section class="card stack">
            <h2 class="section-title">{say(template::TEMPLATES)}</h2>
            {kept}
        </section>
        <section class="card stack">
            <h2 class="section-title">{say(template::KEEP)}</h2>
            <Keep columns=sheet.columns/>
        </section>
    }
}

/// One template, with the button that removes it for whose it is.
#[component]
fn Kept(kept: TemplateView) -> impl IntoView {
    let locale = use_locale();
    let remove = kept.is_own.then(|| {
        view! {
            <Form
                action=format!("{PATH}/{}/remove", kept.id)
                prefix=format!("remove-{}-", kept.id)
                label=format!("{} {}", say(template::REMOVE), kept.name)
            >
                <SubmitButton label=template::REMOVE class=""/>
            </Form>
        }
    });
    let sentence = template::line(&kept, locale);
    view! { <li>{sentence} " " {remove}</li> }
}

/// A new template, or another content for one of the same name.
#[component]
fn Keep(columns: Vec<(String, String)>) -> impl IntoView {
    let locale = use_locale();
    let formats = ExportFormat::ALL.iter().map(|format| {
        view! { <option value=format.as_str()>{format.label(locale)}</option> }
    });
    let formats = formats.collect_view();
    view! {
        <Form action=PATH prefix="template-" class="stack" label=say(template::KEEP)>
            <Field name="name" label=template::NAME/>
            <Places columns/>
            <Parts/>
            <Check name="shared" label=template::SHARED help=template::SHARED_HELP/>
            <div class="row">
                <select name="format" aria-label=say(words::FORMAT)>{formats}</select>
                <SubmitButton label=template::KEEP/>
            </div>
        </Form>
    }
}

/// A number for each column: its place in the file, nothing for none.
#[component]
fn Places(columns: Vec<(String, String)>) -> impl IntoView {
    let form = use_form();
    let lines = columns.into_iter().map(|(key, label)| {
        let name = format!("place.{key}");
        let id = form.id(&name);
        let value = form
            .state
            .with_untracked(|state| state.value(&name).unwrap_or_default().to_owned());
        view! {
            <div class="field">
                <label for=id.clone()>{label}</label>
                <input id=id name=name value=value inputmode="numeric" autocomplete="off" maxlength="3"/>
            </div>
        }
    });
    let lines = lines.collect_view();
    view! {
        <fieldset class="choices" id=form.id("columns") tabindex="-1">
            <legend>{say(template::COLUMNS)}</legend>
            <p class="muted small">{say(template::COLUMNS_HELP)}</p>
            <FieldNotes name="columns"/>
            <div class="grid-3 places">{lines}</div>
        </fieldset>
    }
}
