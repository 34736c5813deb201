//! The form that checks and deploys a definition, with what the check found above it.
//! Not here: what a finding means (`shared::text::process_check`).
//! It is always posted as a whole page, since it carries a file.

use leptos::prelude::*;
use shared::approval::view::FindingView;
use shared::text::{approval, process_owner as words};

use super::findings::Findings;
use crate::components::form::{Field, FieldNotes, Form, StepButton, TextArea, use_form};
use crate::context::{say, use_seed};
use crate::forms::process::FINDINGS;

/// Characters that the counter counts to; the server says when a file is too large.
const LONGEST: u32 = 4_000_000;

/// The form, folded until it is wanted or comes back.
#[component]
pub fn Deploy() -> impl IntoView {
    let came_back = use_seed().with(|seed| {
        let form = seed.form.as_ref();
        form.is_some_and(|form| form.path.starts_with("/processes"))
    });
    view! {
        <section class="card">
            <details class="fold" open=came_back>
                <summary><b>{say(approval::DEPLOY)}</b></summary>
                <p class="help">{say(approval::DEPLOY_HINT)}</p>
                <Form action="/processes" prefix="deploy-" class="verb-form no-counter" multipart=true label=say(approval::DEPLOY)>
                    <Checked/>
                    <File/>
                    <TextArea name="xml" label=words::XML_OR optional=true max=LONGEST rows=10/>
                    <Field name="active_from" label=words::ACTIVE_FROM_DAY help=words::DEPLOY_FROM kind="date" optional=true/>
                    <p class="row">
                        <button type="submit" class="button primary" data-plain="">{say(words::DEPLOY_SEND)}</button>
                        <StepButton label=words::ONLY_CHECK value="check"/>
                    </p>
                </Form>
            </details>
        </section>
    }
}

#[component]
fn File() -> impl IntoView {
    let id = use_form().id("file");
    let help = format!("{id}-help");
    view! {
        <div class="field">
            <label for=id.clone()>{say(words::FILE)}</label>
            <FieldNotes name="file" help=Some(words::FILE_HELP)/>
            <input id=id name="file" type="file" accept=".bpmn,.bpmn20.xml,.dmn,.xml" aria-describedby=help/>
        </div>
    }
}

/// What the check found in the text that came back.
#[component]
fn Checked() -> impl IntoView {
    let found = use_form().state.with_untracked(|state| {
        let found = state.value(FINDINGS)?;
        serde_json::from_str::<Vec<FindingView>>(found).ok()
    });
    found.map(|findings| {
        view! {
            <section class="stack tight" aria-live="polite">
                <h3 class="small-title">{say(approval::CHECK)}</h3>
                <Findings findings/>
            </section>
        }
    })
}
