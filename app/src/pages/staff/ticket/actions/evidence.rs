//! What proves something: the form of a visit on site, and the fields for a position and for files of the ticket that other forms have as well.
//! Not here: adding files (`components::files`), showing what was recorded (`assignments`).
//! Files are ticked among those that hang on the ticket already, so that it works without script.

use leptos::prelude::*;
use shared::file::{FileState, FileView};
use shared::text::{fields, file::evidence};
use shared::ticket::rules::length;
use shared::ticket::{SiteKind, Verb};

use super::{Act, VerbForm};
use crate::components::form::{
    ChoiceItem, Choices, Field, FieldNotes, SubmitButton, TextArea, use_form,
};
use crate::context::say;

/// The form of a visit on site.
pub fn form(act: &Act, files: &[FileView]) -> Option<AnyView> {
    (act.verb == Verb::RecordSite).then(|| site(act, files.to_vec()))
}

fn site(act: &Act, files: Vec<FileView>) -> AnyView {
    let kinds = SiteKind::ALL
        .iter()
        .map(|kind| ChoiceItem::new(kind.as_str(), kind.text()))
        .collect();
    view! {
        <VerbForm act=act.clone() help=evidence::SITE_HELP>
            <Choices name="site_kind" items=kinds layout="inline"/>
            <Field name="visited_at" kind="datetime-local"/>
            <Field name="address" optional=true/>
            <Position/>
            <Field name="officer"/>
            <Field name="officer_no" optional=true/>
            <Field name="second_officer" optional=true/>
            <Field name="second_officer_no" optional=true/>
            <TextArea name="found" max=length::EXPLANATION as u32 rows=3/>
            <TextArea name="measures" optional=true max=length::REASON as u32 rows=2/>
            <Proofs files/>
            <p><SubmitButton label=evidence::SITE_SEND/></p>
        </VerbForm>
    }
    .into_any()
}

/// Where it was, in degrees.
#[component]
pub fn Position() -> impl IntoView {
    view! {
        <Field name="lon" inputmode="decimal" optional=true/>
        <Field name="lat" inputmode="decimal" optional=true/>
    }
}

/// The ticket's files, to be ticked.
#[component]
pub fn Proofs(files: Vec<FileView>) -> impl IntoView {
    let form = use_form();
    let ticked: Vec<String> = form.state.with_untracked(|state| {
        let values = state.values("files").into_iter();
        values.map(str::to_owned).collect()
    });
    let ready: Vec<FileView> = files
        .into_iter()
        .filter(|file| file.state == FileState::Clean)
        .collect();
    if ready.is_empty() {
        return view! { <p class="help">{say(evidence::FILES_NONE)}</p> }.into_any();
    }
    let boxes = ready
        .into_iter()
        .enumerate()
        .map(|(index, file)| {
            let id = if index == 0 {
                form.id("files")
            } else {
                format!("{}-{index}", form.id("files"))
            };
            let value = file.id.to_string();
            let checked = ticked.contains(&value);
            view! {
                <label class="choice" for=id.clone()>
                    <input type="checkbox" id=id.clone() name="files" value=value checked=checked/>
                    <span class="choice-text"><b lang="zh-CN">{file.name}</b></span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="choices inline">
            <legend>{fields::label("files").map(say)}</legend>
            <p class="help">{say(evidence::FILES_HELP)}</p>
            <FieldNotes name="files"/>
            {boxes}
        </fieldset>
    }
    .into_any()
}
