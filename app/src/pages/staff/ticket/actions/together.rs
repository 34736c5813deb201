//! Forms of tickets about one event: merge this one, split it off, words for one citizen.
//! Not here: merging many at once, and how they stand (`pages::staff::ticket::together`).
//! Whose citizen is chosen by number and matter; nothing else is known of them here.

use leptos::prelude::*;
use shared::text::together as words;
use shared::ticket::Verb;
use shared::ticket::rules::length;
use shared::ticket::together::MergedView;

use super::{Act, VerbForm};
use crate::components::form::{Field, Select, SelectItem, SubmitButton, TextArea};

/// The form of a verb of this stage.
pub fn form(act: &Act, merged: &[MergedView]) -> Option<AnyView> {
    Some(match act.verb {
        Verb::Merge => merge(act),
        Verb::Split => split(act),
        Verb::PrivateWords => private_words(act, merged),
        _ => return None,
    })
}

fn merge(act: &Act) -> AnyView {
    view! {
        <VerbForm act=act.clone() help=words::MERGE_HELP>
            <Field name="into" inputmode="numeric" help=words::INTO_HELP/>
            <TextArea name="reason" optional=true max=length::REASON as u32 rows=2/>
            <p><SubmitButton label=words::MERGE_SEND class=""/></p>
        </VerbForm>
    }
    .into_any()
}

fn split(act: &Act) -> AnyView {
    view! {
        <VerbForm act=act.clone() help=words::SPLIT_HELP>
            <TextArea name="reason" max=length::REASON as u32 rows=2/>
            <p><SubmitButton label=words::SPLIT_SEND class=""/></p>
        </VerbForm>
    }
    .into_any()
}

fn private_words(act: &Act, merged: &[MergedView]) -> AnyView {
    let waiting = merged.iter().filter(|it| it.answered_at.is_none());
    let items: Vec<SelectItem> = waiting
        .map(|it| {
            let no = it.ticket_no.as_str();
            SelectItem::new(no, format!("{no} {}", it.title))
        })
        .collect();
    view! {
        <VerbForm act=act.clone() help=words::WORDS_HELP>
            <Select name="ticket" items=Signal::stored(items)/>
            <TextArea name="private_words" optional=true max=length::REASON as u32 rows=3/>
            <p><SubmitButton label=words::WORDS_SEND class=""/></p>
        </VerbForm>
    }
    .into_any()
}
