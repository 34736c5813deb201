//! Questions to the audit that were kept: one's own with the way to delete them, those of others, and the form that keeps what is asked now.
//! Not here: searching (`audit`). Reads and sends without script.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;
use shared::access::KeptAuditQuestion;
use shared::text::account::audit as words;

use crate::components::form::{Check, Field, Form, Hidden, SubmitButton, came_back};
use crate::context::say;

/// Where they are kept.
const PATH: &str = "/audit/questions";

/// What is asked for now, as an address has it.
fn asked() -> String {
    let query = use_query_map().get_untracked();
    let pairs = query.into_iter();
    let pairs =
        pairs.filter(|(name, value)| name != "cursor" && name != "done" && !value.is_empty());
    let query: ParamsMap = pairs.collect();
    query.to_query_string().trim_start_matches('?').to_owned()
}

/// The questions, and keeping what is asked for now.
#[component]
pub(super) fn Kept(kept: Vec<KeptAuditQuestion>) -> impl IntoView {
    let now = asked();
    let links = kept.iter().map(|question| {
        let href = format!("/audit?{}", question.query);
        let by = question.by.clone();
        let by = by.map(|by| view! { " · " <span class="muted small" lang="zh-CN">{by}</span> });
        view! { <a class="chip" href=href><span lang="zh-CN">{question.name.clone()}</span>{by}</a> }
    });
    let links = links.collect_view();
    let list = (!kept.is_empty())
        .then(|| view! { <nav class="row" aria-label=say(words::KEPT)>{links}</nav> });
    let own = kept.into_iter().filter(|question| question.by.is_none());
    let own: Vec<KeptAuditQuestion> = own.collect();
    let keeps = !now.is_empty() || came_back(PATH);
    view! {
        {list}
        {keeps.then(|| view! { <Keep query=now/> })}
        {(!own.is_empty()).then(|| view! { <Own own/> })}
    }
}

#[component]
fn Keep(query: String) -> impl IntoView {
    let open = came_back(PATH);
    view! {
        <details class="fold" open=open>
            <summary>{say(words::KEEP)}</summary>
            <Form action=PATH prefix="keep-" class="stack" label=say(words::KEEP)>
                <p class="muted small">{say(words::KEEP_HELP)}</p>
                <Hidden name="query" value=Signal::stored(query)/>
                <Field name="name" label=words::KEPT_NAME/>
                <Check name="shared" label=words::KEPT_SHARED/>
                <div><SubmitButton label=words::KEEP class=""/></div>
            </Form>
        </details>
    }
}

/// Deleting one's own.
#[component]
fn Own(own: Vec<KeptAuditQuestion>) -> impl IntoView {
    let one = |question: KeptAuditQuestion| {
        let id = question.id;
        let label = format!("{} {}", say(words::KEPT_DELETE), question.name);
        view! {
            <div class="row">
                <span lang="zh-CN">{question.name}</span>
                <Form action=format!("{PATH}/{id}/delete") prefix=format!("delete-{id}-") label=label>
                    <SubmitButton label=words::KEPT_DELETE class="danger"/>
                </Form>
            </div>
        }
    };
    let all = own.into_iter().map(one).collect_view();
    view! {
        <details class="fold">
            <summary>{say(words::KEPT)}</summary>
            <div class="stack">{all}</div>
        </details>
    }
}
