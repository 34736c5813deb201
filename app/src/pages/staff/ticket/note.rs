//! The form of an internal note on a ticket's page.
//! Not here: the notes that were written, which stand in the history (`history`); who reads which (services).
//! Colleagues are named by an `@` and their sign-in name.

use leptos::prelude::*;
use shared::text::todo as words;
use shared::ticket::Verb;
use shared::ticket::rules::length;

use crate::components::form::{Form, SubmitButton, TextArea, came_back};
use crate::context::{say, use_locale};

/// The form, folded until it is wanted.
#[component]
pub fn NoteForm(
    /// Where it is posted.
    action: String,
) -> impl IntoView {
    let word = Verb::Note.label(use_locale());
    let open = came_back(&action);
    view! {
        <details class="fold card note-form" open=open>
            <summary><b>{word}</b></summary>
            <Form action prefix="note-" class="stack" label=word>
                <p class="help">{say(words::NOTE_HELP)}</p>
                <TextArea name="remark" help=words::MENTION_HELP max=length::REASON as u32 rows=3/>
                <p><SubmitButton label=words::NOTE_SEND class=""/></p>
            </Form>
        </details>
    }
}
