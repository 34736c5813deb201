//! The versions of a list, the newest first: who made and published each, its difference, bringing it back, taking back what waits.
//! Not here: the rows of a version (`rows`, by the address).
//! Drafts that were given up stay in the history.

use leptos::prelude::*;
use shared::register::{ListView, NOTE, RevisionState, RevisionView};
use shared::text::register::{self as words, reading};

use super::{InShort, StateOf};
use crate::components::form::{Field, Form, Hidden, SubmitButton, TextArea, use_form};
use crate::components::ticket::When;
use crate::context::{say, use_locale};

/// The card.
#[component]
pub fn History(list: ListView, here: String) -> impl IntoView {
    if list.revisions.is_empty() {
        return ().into_any();
    }
    let has_draft = list.revisions.iter().any(is_open);
    let newest = list
        .revisions
        .iter()
        .find(|it| it.state == RevisionState::Published)
        .map(|it| it.number);
    let lines = list
        .revisions
        .iter()
        .map(|revision| {
            let restores = list.area.may_edit
                && !has_draft
                && revision.state == RevisionState::Published
                && Some(revision.number) != newest;
            let waits = revision.state == RevisionState::Published && !revision.is_applied;
            let takes_back = list.area.may_publish && !has_draft && waits;
            let asks = list.area.may_publish && revision.state == RevisionState::Published;
            let does = Does {
                restores,
                takes_back,
                asks,
            };
            view! { <Version revision=revision.clone() here=here.clone() does/> }
        })
        .collect_view();
    view! {
        <section class="card stack tight" aria-labelledby="history">
            <h2 class="section-title" id="history">{say(words::HISTORY)}</h2>
            {lines}
        </section>
    }
    .into_any()
}

fn is_open(revision: &RevisionView) -> bool {
    matches!(
        revision.state,
        RevisionState::Draft | RevisionState::Submitted
    )
}

/// What the reader can do with a version.
#[derive(Clone, Copy)]
struct Does {
    restores: bool,
    takes_back: bool,
    asks: bool,
}

#[component]
fn Version(revision: RevisionView, here: String, does: Does) -> impl IntoView {
    let locale = use_locale();
    let number = revision.number;
    let who = |name: String| {
        let name = if name == "system" {
            String::new()
        } else {
            name
        };
        (!name.is_empty()).then(|| view! { " " <span lang="zh-CN">{name}</span> })
    };
    let published = revision.published_at.map(|at| {
        let by = revision.published_by.clone().and_then(who);
        view! { " · " {say(words::PUBLISH)} {by} " " <When at/> }
    });
    let note = revision
        .note
        .clone()
        .map(|note| view! { <p lang="zh-CN">{note}</p> });
    let following = revision.following.map(|_| {
        view! { <p class="note">{say(words::FOLLOWING)} " " <a href="/staff/jobs">{say(words::TO_JOBS)}</a></p> }
    });
    let restored = revision
        .restored
        .map(|older| view! { " · " {words::restored(older, locale)} });
    let form = |verb: &'static str, label, class| {
        view! {
            <Form
                action=format!("{here}/{verb}")
                mark=number.to_string()
                prefix=format!("{verb}-{number}-")
                label=format!("{} {}", say(label), words::revision(number, locale))
            >
                <Hidden name="revision" value=Signal::stored(number.to_string())/>
                <SubmitButton label class/>
            </Form>
        }
    };
    let restore = does.restores.then(|| form("restore", words::RESTORE, ""));
    let back = does
        .takes_back
        .then(|| form("take-back", words::TAKE_BACK, "danger"));
    let asks = does.asks.then(|| {
        let label = format!("{} {}", say(reading::ASK), words::revision(number, locale));
        view! {
            <Form
                action=format!("{here}/ask-reading")
                mark=number.to_string()
                prefix=format!("ask-{number}-")
                label=label
            >
                <Hidden name="revision" value=Signal::stored(number.to_string())/>
                <AskReading/>
            </Form>
        }
    });
    let rows = format!("{here}?revision={number}");
    let changes = format!("{here}?revision={number}&changes=1");
    view! {
        <div class="sub-block">
            <div class="row between">
                <span class="row"><StateOf revision=revision.clone()/> <InShort revision=revision.clone()/></span>
                <span class="row"><a href=rows>{say(words::ALL_ROWS)}</a> <a href=changes>{say(words::CHANGES_ONLY)}</a></span>
            </div>
            <p class="muted small">{say(words::DRAFT)} {who(revision.made_by.clone())} " " <When at=revision.made_at/>{published}{restored}</p>
            {note}
            {following}
            <div class="row">{restore} {back}</div>
            {asks}
        </div>
    }
}

/// What is new, out of the way; open when that came back.
#[component]
fn AskReading() -> impl IntoView {
    let form = use_form();
    let open = move || form.error("note").is_some() || form.error("read_by").is_some();
    view! {
        <details class="fold" open=open>
            <summary>{say(reading::ASK)}</summary>
            <p class="help">{say(reading::ASK_HELP)} " " <a href="/rules">{say(reading::WHO)}</a></p>
            <TextArea name="note" label=reading::NOTE max=NOTE as u32 rows=3/>
            <Field name="read_by" label=reading::READ_BY help=reading::READ_BY_HELP kind="date" optional=true/>
            <SubmitButton label=reading::ASK class=""/>
        </details>
    }
}
