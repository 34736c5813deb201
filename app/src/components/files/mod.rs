//! Files of a case: the list with what each is and how it stands, and the forms that add more and take one away (`.files`). All of it works without script.
//! Not here: what is taken (`services::files`), photos of the citizen's form (`photos`).
//! A file is only ever saved, never shown in place.

mod message;

use leptos::prelude::*;
use shared::file::{FileCase, FilePlace, FileState, FileView, Hook};
use shared::text::{Text, file, job};

use crate::components::ticket::When;
use crate::context::{say, use_locale};

pub use message::MessageFiles;

/// A place where this person may put files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adding {
    /// Where they hang.
    pub hook: Hook,
    /// What the form is called.
    pub title: Text,
}

impl Adding {
    /// Address of the form.
    fn action(&self) -> String {
        let id = self.hook.id;
        match (self.hook.case, self.hook.assignment) {
            (FileCase::Approval, _) => format!("/approvals/{id}/files"),
            (_, Some(part)) => format!("/tickets/{id}/assignments/{part}/files"),
            _ => format!("/tickets/{id}/files"),
        }
    }
}

/// The files of a case, oldest first, with the forms that add more.
#[component]
pub fn CaseFiles(files: Vec<FileView>, adding: Vec<Adding>) -> impl IntoView {
    let materials = materials(&files);
    let forms = adding
        .into_iter()
        .map(|adding| view! { <AddFiles adding materials=materials.clone()/> })
        .collect_view();
    view! {
        <section class="card stack" id="files" aria-labelledby="files-title">
            <h2 class="section-title" id="files-title">{say(file::FILES)}</h2>
            <FileTable files/>
            {forms}
        </section>
    }
}

/// Names of materials that are there, each once.
fn materials(files: &[FileView]) -> Vec<String> {
    let mut names: Vec<String> = files.iter().filter_map(|file| file.slot.clone()).collect();
    names.sort();
    names.dedup();
    names
}

#[component]
fn FileTable(files: Vec<FileView>) -> impl IntoView {
    if files.is_empty() {
        return view! { <p class="muted">{say(file::NONE)}</p> }.into_any();
    }
    let rows = files.into_iter().map(|file| view! { <Row file/> });
    view! { <ul class="stack tight files">{rows.collect_view()}</ul> }.into_any()
}

#[component]
fn Row(file: FileView) -> impl IntoView {
    let locale = use_locale();
    let is_ready = file.state == FileState::Clean;
    let name = file.name.clone();
    let name = if is_ready {
        let href = format!("/files/{}", file.id);
        view! { <a href=href rel="external" download="" lang="zh-CN">{name}</a> }.into_any()
    } else {
        view! { <span lang="zh-CN">{name}</span> }.into_any()
    };
    let state =
        (!is_ready).then(|| view! { <span class="badge">{file.state.label(locale)}</span> });
    let place = match (&file.slot, file.place) {
        (Some(slot), _) => Some(file::material(slot, file.version, locale)),
        (None, FilePlace::Case) => None,
        (None, place) => Some(place.label(locale).to_owned()),
    };
    let place = place.map(|place| view! { <span class="badge" lang="zh-CN">{place}</span> });
    let by =
        (!file.by.is_empty()).then(|| view! { <span lang="zh-CN">{file.by.clone()}</span> " · " });
    let remove = file
        .may_remove
        .then(|| view! { <Remove id=file.id.to_string() name=file.name.clone()/> });
    view! {
        <li class="row between">
            <span class="row">{name} {place} {state}</span>
            <span class="muted small">
                {file.kind.label(locale)} " · " {job::size(file.size)} " · " {by} <When at=file.at/>
            </span>
            {remove}
        </li>
    }
}

/// Takes a file away again, after a second look.
#[component]
fn Remove(id: String, name: String) -> impl IntoView {
    let locale = use_locale();
    let label = file::remove_one(&name, locale);
    view! {
        <details class="fold">
            <summary class="small">{say(file::REMOVE)}</summary>
            <form method="post" action=format!("/files/{id}/remove") class="stack tight">
                <p class="help">{say(file::REMOVE_HELP)}</p>
                <p><button type="submit" class="button" aria-label=label>{say(file::REMOVE)}</button></p>
            </form>
        </details>
    }
}

/// The form that adds files.
#[component]
fn AddFiles(adding: Adding, materials: Vec<String>) -> impl IntoView {
    let action = adding.action();
    let id = format!("files{}", action.replace('/', "-"));
    let help = format!("{id}-help");
    let material = (adding.hook.case == FileCase::Approval)
        .then(|| view! { <Material id=id.clone() materials/> });
    view! {
        <form method="post" action=action enctype="multipart/form-data" class="stack tight add-files">
            {material}
            <label for=id.clone()>{say(adding.title)}</label>
            <input type="file" id=id name="file" multiple required aria-describedby=help.clone()/>
            <p class="help" id=help>{say(file::HELP)}</p>
            <p><button type="submit" class="button">{say(file::SEND)}</button></p>
        </form>
    }
}

/// Which material the files are; those that are there are offered. It stands before the files, so that it is read first.
#[component]
fn Material(id: String, materials: Vec<String>) -> impl IntoView {
    let (field, list, help) = (
        format!("{id}-slot"),
        format!("{id}-slots"),
        format!("{id}-slot-help"),
    );
    let offered = materials
        .into_iter()
        .map(|name| view! { <option value=name></option> })
        .collect_view();
    view! {
        <label for=field.clone()>{say(file::MATERIAL)}</label>
        <input type="text" id=field name="slot" maxlength="60" list=list.clone() autocomplete="off" lang="zh-CN" aria-describedby=help.clone()/>
        <datalist id=list>{offered}</datalist>
        <p class="help" id=help>{say(file::MATERIAL_HELP)}</p>
    }
}
