//! Files of a message that came in: those that are kept, to be saved, and those that are not, each with why.
//! Not here: files of a case (`super`).

use leptos::prelude::*;
use shared::file::{FileState, FileView};
use shared::incoming::RefusedFile;
use shared::text::{incoming, job};

use crate::context::{say, use_locale};

/// The files of a message; nothing where it has none.
#[component]
pub fn MessageFiles(files: Vec<FileView>, refused: Vec<RefusedFile>) -> impl IntoView {
    let kept = (!files.is_empty()).then(|| {
        let rows = files.into_iter().map(|file| view! { <Kept file/> });
        view! {
            <p class="muted small">{say(incoming::FILES)}</p>
            <ul class="stack tight files">{rows.collect_view()}</ul>
        }
    });
    let refused = (!refused.is_empty()).then(|| {
        let rows = refused.into_iter().map(|file| view! { <Refused file/> });
        view! {
            <p class="muted small">{say(incoming::NOT_KEPT)}</p>
            <ul class="stack tight files">{rows.collect_view()}</ul>
        }
    });
    view! { {kept} {refused} }
}

#[component]
fn Kept(file: FileView) -> impl IntoView {
    let locale = use_locale();
    let is_ready = file.state == FileState::Clean;
    let name = if is_ready {
        let href = format!("/files/{}", file.id);
        view! { <a href=href rel="external" download="" lang="zh-CN">{file.name}</a> }.into_any()
    } else {
        view! { <span lang="zh-CN">{file.name}</span> }.into_any()
    };
    let state =
        (!is_ready).then(|| view! { <span class="badge">{file.state.label(locale)}</span> });
    view! {
        <li class="row">
            {name} {state}
            <span class="muted small">{file.kind.label(locale)} " · " {job::size(file.size)}</span>
        </li>
    }
}

#[component]
fn Refused(file: RefusedFile) -> impl IntoView {
    let why = file.why.label(use_locale());
    view! {
        <li class="row">
            <span lang="zh-CN">{file.name}</span>
            <span class="muted small">{why}</span>
        </li>
    }
}
