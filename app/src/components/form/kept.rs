//! A form that came back to a page where it cannot be sent any more, since somebody else was faster: why, and what was typed.
//! Not here: forms that can still be sent, which show their own faults (`summary`).
//! Nothing that was typed is lost: long texts can be copied from here.

use leptos::prelude::*;
use shared::text::{common, faults};

use super::FieldNames;
use crate::context::{say, use_locale, use_seed};
use crate::forms::FormState;

/// The form that came back, if its address is none of those that the page offers.
#[component]
pub fn KeptForm(
    /// Addresses of the forms that the page offers, with their marks.
    offered: Vec<String>,
    /// Forms of this page begin so.
    within: String,
) -> impl IntoView {
    let seed = use_seed();
    let fresh = !seed.left.get_untracked();
    let came_back = seed.returned.get_untracked().or_else(|| {
        seed.with(|seed| seed.form.clone())
            .filter(|form| fresh && form.fault.is_some())
    });
    came_back
        .filter(|form| form.path.starts_with(&within) && !offered.contains(&form.address()))
        .map(|form| view! { <Card form/> })
}

#[component]
fn Card(form: FormState) -> impl IntoView {
    let locale = use_locale();
    let sentence = form
        .fault
        .as_ref()
        .map(|fault| faults::sentence(fault.code, &fault.facts, locale));
    view! {
        <section class="error-summary" role="alert" tabindex="-1" id="kept-form" autofocus=true>
            <h2>{say(common::NOT_DONE)}</h2>
            <p>{sentence}</p>
            <Typed form/>
        </section>
    }
}

/// What was typed, field by field; nothing when there were only choices.
#[component]
pub fn Typed(
    /// The form.
    form: FormState,
) -> impl IntoView {
    let names = FieldNames::here();
    let typed = form
        .fields
        .iter()
        .filter(|(_, value)| value.chars().count() > 3)
        .filter_map(|(name, value)| Some((names.of(name)?, value.clone())))
        .map(|(label, value)| {
            view! { <div><dt>{label}</dt><dd class="prose" lang="zh-CN">{value}</dd></div> }
        })
        .collect::<Vec<_>>();
    (!typed.is_empty()).then(|| {
        view! {
            <p class="small-title">{say(common::YOU_TYPED)}</p>
            <dl class="facts">{typed}</dl>
        }
    })
}
