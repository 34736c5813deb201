//! The form that moves running cases to another version, with what it would do shown before it is done.
//! Not here: migrations that were done (`moved`), finding the places (`bpmn::change`).
//! Both buttons post the whole page: the preview comes back with the form.

use leptos::prelude::*;
use shared::approval::view::{MigrationView, PlaceMove, ProblemRow, ProcessView};
use shared::text::{Text, approval, process_owner as words, staff};

use crate::components::form::{Form, Select, SelectItem, StepButton, TextArea, use_form};
use crate::context::{say, use_locale, use_seed};
use crate::forms::process::PREVIEW;

/// The form, folded until it is wanted or comes back.
#[component]
pub fn Migration(process: ProcessView) -> impl IntoView {
    let locale = use_locale();
    let action = format!(
        "/processes/{}/{}/migrate",
        process.key, process.version.version
    );
    let came_back = use_seed().with(|seed| {
        let form = seed.form.as_ref();
        form.is_some_and(|form| form.path == action)
    });
    let others: Vec<SelectItem> = process
        .versions
        .iter()
        .rev()
        .filter(|version| version.version != process.version.version)
        .map(|version| {
            let number = version.version;
            SelectItem::new(number.to_string(), approval::version(number, locale))
        })
        .collect();
    let form = if others.is_empty() {
        view! { <p class="muted">{say(words::ONE_VERSION)}</p> }.into_any()
    } else {
        let first = others.first().map(|item| item.value.clone());
        view! {
            <p class="help">{say(words::MIGRATION_HELP)}</p>
            <Form action prefix="migrate-" class="verb-form no-counter" multipart=true label=say(approval::MIGRATION)>
                <Preview/>
                <Select name="to" label=approval::MIGRATE_TO items=Signal::stored(others) value=first.unwrap_or_default()/>
                <TextArea name="mapping" label=approval::MAPPING optional=true max=20_000 rows=3/>
                <p class="row">
                    <StepButton label=approval::PREVIEW value="preview"/>
                    <button type="submit" class="button primary" data-plain="">{say(approval::MIGRATE)}</button>
                </p>
            </Form>
        }
        .into_any()
    };
    view! {
        <section class="card">
            <details class="fold" open=came_back>
                <summary><h2 class="section-title">{say(approval::MIGRATION)}</h2></summary>
                {form}
            </details>
        </section>
    }
}

/// What the migration would do, when the form came back with it.
#[component]
fn Preview() -> impl IntoView {
    let locale = use_locale();
    let found = use_form().state.with_untracked(|state| {
        let found = state.value(PREVIEW)?;
        serde_json::from_str::<MigrationView>(found).ok()
    });
    found.map(|found| {
        let sum = approval::migration_sum(found.cases, found.fits, locale);
        let places = (!found.places.is_empty()).then(|| view! { <Places places=found.places/> });
        let problems =
            (!found.problems.is_empty()).then(|| view! { <Problems problems=found.problems/> });
        view! {
            <section class="stack tight preview" aria-labelledby="preview" aria-live="polite">
                <h3 class="small-title" id="preview">{say(words::PREVIEW_TITLE)}</h3>
                <p><b>{sum}</b></p>
                {places}
                {problems}
            </section>
        }
    })
}

#[component]
fn Places(places: Vec<PlaceMove>) -> impl IntoView {
    let lines = places
        .into_iter()
        .map(|place| {
            view! {
                <tr>
                    <td translate="no"><code>{place.from}</code></td>
                    <td translate="no"><code>{place.to}</code></td>
                    <td class="num">{staff::grouped(place.count)}</td>
                </tr>
            }
        })
        .collect_view();
    table(approval::FITS, approval::TO_ELEMENT, lines.into_any())
}

#[component]
fn Problems(problems: Vec<ProblemRow>) -> impl IntoView {
    let locale = use_locale();
    let lines = problems
        .into_iter()
        .map(|problem| {
            let why = approval::problem(&problem, locale);
            view! {
                <tr>
                    <td translate="no"><code>{problem.element}</code></td>
                    <td>{why}</td>
                    <td class="num">{staff::grouped(problem.count)}</td>
                </tr>
            }
        })
        .collect_view();
    table(approval::CANNOT, approval::WHY, lines.into_any())
}

/// A table of where cases stand, something about it, and how many.
fn table(caption: Text, about: Text, lines: AnyView) -> impl IntoView {
    view! {
        <div class="table-wrap">
            <table class="table">
                <caption>{say(caption)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{say(approval::FROM_ELEMENT)}</th>
                        <th scope="col">{say(about)}</th>
                        <th scope="col" class="num">{say(approval::COUNT)}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
}
