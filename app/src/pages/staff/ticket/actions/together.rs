//! Forms of tickets about one event: merge this one, split it off, words for one citizen; and of links with others.
//! Not here: merging many at once, and how they stand (`pages::staff::ticket::together`).
//! Whose citizen is chosen by number and matter; nothing else is known of them here.

use leptos::prelude::*;
use shared::text::ticket::link;
use shared::text::together as words;
use shared::ticket::Verb;
use shared::ticket::rules::length;
use shared::ticket::together::{LinkKind, LinkView, MergedView};

use super::{Act, VerbForm};
use crate::components::form::{Field, Select, SelectItem, SubmitButton, TextArea};
use crate::context::use_locale;

/// The form of a verb of this stage.
pub fn form(act: &Act, merged: &[MergedView], links: &[LinkView]) -> Option<AnyView> {
    Some(match act.verb {
        Verb::Merge => merge(act),
        Verb::Split => split(act),
        Verb::PrivateWords => private_words(act, merged),
        Verb::Link => link_form(act),
        Verb::Unlink => unlink(act, links),
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

fn link_form(act: &Act) -> AnyView {
    let locale = use_locale();
    let kinds: Vec<SelectItem> = LinkKind::ALL
        .iter()
        .map(|it| SelectItem::new(it.as_str(), it.label(locale)))
        .collect();
    view! {
        <VerbForm act=act.clone() help=link::HELP>
            <Field name="ticket" label=link::OTHER inputmode="numeric"/>
            <Select name="link" items=Signal::stored(kinds)/>
            <TextArea name="link_note" optional=true max=length::REASON as u32 rows=2/>
            <p><SubmitButton label=link::SEND class=""/></p>
        </VerbForm>
    }
    .into_any()
}

fn unlink(act: &Act, links: &[LinkView]) -> AnyView {
    let mut items: Vec<SelectItem> = Vec::new();
    for it in links {
        let no = it.other.ticket_no.as_str();
        if !items.iter().any(|known| known.value == no) {
            items.push(SelectItem::new(no, format!("{no} {}", it.title)));
        }
    }
    view! {
        <VerbForm act=act.clone() help=link::UNLINK_HELP>
            <Select name="ticket" label=link::OTHER items=Signal::stored(items)/>
            <TextArea name="reason" max=length::REASON as u32 rows=2/>
            <p><SubmitButton label=link::UNLINK_SEND class=""/></p>
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
