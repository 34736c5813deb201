//! What a reply is checked for: the office's items and what the program finds itself, while it is written and beside the decision.
//! Not here: what is found (`shared::quality::hints`), keeping what was ticked (services).
//! Hints hinder nothing. Without script they appear when the form comes back, and at the review.

use leptos::prelude::*;
use shared::quality::{ReplyHint, ReplyText, hints};
use shared::text::checklist as words;
use shared::ticket::view::{ReplyView, TagView, TicketDetail};

use crate::components::form::{FieldNotes, use_form};
use crate::context::{say, use_locale};
use crate::pages::staff::desk::named;

/// What replies of a ticket are looked at by.
#[derive(Clone)]
pub(super) struct Aid {
    /// What the citizen wrote.
    pub content: String,
    /// The office's items.
    pub items: Vec<TagView>,
}

impl Aid {
    /// Of a ticket.
    pub fn of(detail: &TicketDetail) -> Self {
        Self {
            content: detail.content.clone(),
            items: detail.checklist.clone(),
        }
    }

    fn found(&self, answer: &str, basis: &str, alike: u32) -> Vec<ReplyHint> {
        hints(ReplyText {
            content: &self.content,
            answer,
            basis,
            alike,
        })
    }

    /// What is doubtful in a reply that was sent.
    pub fn of_reply(&self, reply: &ReplyView) -> Vec<ReplyHint> {
        let basis = reply.basis.as_deref().unwrap_or_default();
        let alike = reply.alike.and_then(|it| u32::try_from(it).ok());
        self.found(&reply.public_reply, basis, alike.unwrap_or_default())
    }
}

/// The fields of a reply, with the items above and what is found below.
#[component]
pub(super) fn Watched(aid: Aid, children: Children) -> impl IntoView {
    let form = use_form();
    let answer = RwSignal::new(form.initial("public_reply", None));
    let basis = RwSignal::new(form.initial("basis", None));
    let heard = move |event: leptos::ev::Event| {
        let typed = match named(&event).as_str() {
            "public_reply" => answer,
            "basis" => basis,
            _ => return,
        };
        typed.set(event_target_value(&event));
    };
    let items = aid.items.clone();
    let told = move || {
        let answer = answer.get();
        (!answer.trim().is_empty()).then(|| {
            let found = aid.found(&answer, &basis.get(), 0);
            view! { <Hints found/> }
        })
    };
    view! {
        <div class="verb-form" on:change=heard>
            <Items items/>
            {children()}
            <div aria-live="polite">{told}</div>
        </div>
    }
}

/// The items, to be read.
#[component]
fn Items(items: Vec<TagView>) -> impl IntoView {
    let locale = use_locale();
    let lines = items
        .iter()
        .map(|item| view! { <li>{item.name(locale).to_owned()}</li> })
        .collect_view();
    (!items.is_empty()).then(|| {
        view! {
            <details class="fold">
                <summary>{say(words::ITEMS)}</summary>
                <ul class="small">{lines}</ul>
            </details>
        }
    })
}

/// What the program finds doubtful.
#[component]
pub(super) fn Hints(found: Vec<ReplyHint>) -> impl IntoView {
    let locale = use_locale();
    let lines = found
        .iter()
        .map(|hint| view! { <li>{hint.label(locale)}</li> })
        .collect_view();
    (!found.is_empty()).then(|| {
        view! {
            <div class="note warn">
                <b>{say(words::HINTS)}</b>
                <ul class="small">{lines}</ul>
            </div>
        }
    })
}

/// The items as boxes of one name, so that they post without script.
#[component]
pub(super) fn Boxes(items: Vec<TagView>) -> impl IntoView {
    if items.is_empty() {
        return ().into_any();
    }
    let locale = use_locale();
    let form = use_form();
    let ticked: Vec<String> = form.state.with_untracked(|state| {
        let values = state.values("checked").into_iter();
        values.map(str::to_owned).collect()
    });
    let boxes = items
        .into_iter()
        .enumerate()
        .map(|(index, item)| {
            let id = if index == 0 {
                form.id("checked")
            } else {
                format!("{}-{index}", form.id("checked"))
            };
            let checked = ticked.contains(&item.code);
            let name = item.name(locale).to_owned();
            view! {
                <label class="choice slim" for=id.clone()>
                    <input type="checkbox" id=id.clone() name="checked" value=item.code checked=checked/>
                    <span>{name}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="choices">
            <legend>{say(words::CHECKED)}</legend>
            <FieldNotes name="checked" help=Some(words::CHECKED_HELP)/>
            {boxes}
        </fieldset>
    }
    .into_any()
}
