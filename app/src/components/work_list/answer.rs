//! Saying once what a row is, out of the way in a fold (`.fold`); afterwards who has said it, what and when.
//! Not here: what it does (each page's form).

use leptos::prelude::*;
use shared::calendar::Instant;
use shared::text::Text;

use crate::components::form::{Form, SubmitButton, TextArea, came_back};
use crate::components::ticket::When;
use crate::context::say;

/// What somebody has said of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// When.
    pub at: Instant,
    /// Who.
    pub by: Option<String>,
    /// What.
    pub words: Option<String>,
}

/// Saying what a row is, or what was said.
#[component]
pub fn SaidOnce(
    /// The path of its handler.
    path: String,
    /// Before every element id of its form.
    prefix: String,
    /// What is done.
    act: Text,
    /// The row, for who hears the form's name.
    about: String,
    /// Name and label of what is said.
    field: (&'static str, Text),
    /// What was said already.
    said: Option<Said>,
) -> impl IntoView {
    if let Some(said) = said {
        return view! {
            <span lang="zh-CN">{said.by} " " {said.words}</span>
            <br/><span class="muted small"><When at=said.at/></span>
        }
        .into_any();
    }
    let open = came_back(&path);
    let form_label = format!("{} {about}", say(act));
    let (name, label) = field;
    view! {
        <details class="fold" open=open>
            <summary>{say(act)}</summary>
            <Form action=path prefix=prefix label=form_label>
                <TextArea name=name label=label max=500 rows=2/>
                <SubmitButton label=act class=""/>
            </Form>
        </details>
    }
    .into_any()
}
