//! Files of a case: the list with what each is and how it stands, and the form that adds more. Both work without script.
//! Not here: what is taken (`services::files`), photos of the citizen's form (`photos`).
//! A file is only ever saved, never shown in place.

use leptos::prelude::*;
use shared::file::{FileState, FileView};
use shared::text::{Text, file, job};

use crate::components::ticket::When;
use crate::context::{say, use_locale};

/// The list; words where there is nothing.
#[component]
pub fn FileTable(
    /// The files, oldest first.
    files: Vec<FileView>,
) -> impl IntoView {
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
    view! {
        <li class="row between">
            <span class="row">{name} {state}</span>
            <span class="muted small">
                {file.kind.label(locale)} " · " {job::size(file.size)} " · " <span lang="zh-CN">{file.by}</span> " · " <When at=file.at/>
            </span>
        </li>
    }
}

/// The form that adds files.
#[component]
pub fn AddFiles(
    /// Where they are sent.
    action: String,
    /// Its name.
    title: Text,
) -> impl IntoView {
    let id = format!("files-{}", action.replace('/', "-"));
    let help = format!("{id}-help");
    view! {
        <form method="post" action=action enctype="multipart/form-data" class="stack tight">
            <label for=id.clone()>{say(title)}</label>
            <input type="file" id=id name="file" multiple required aria-describedby=help.clone()/>
            <p class="help" id=help>{say(file::HELP)}</p>
            <p><button type="submit" class="button">{say(file::SEND)}</button></p>
        </form>
    }
}
