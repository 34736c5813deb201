//! A dispatch that waits for a second person, or was refused by one: what was proposed, why it is looked at, what was said.
//! Not here: the form of the review (`actions::gate`), the dispatch itself (`pages::staff::dispatch`).
//! Shown on the ticket and above the form of the dispatch, so that the words of a refusal are before whoever dispatches again.

use leptos::prelude::*;
use shared::text::ticket::{review, tree};
use shared::text::{Locale, Text};
use shared::ticket::proposal::ProposalView;
use shared::ticket::view::Named;

use crate::components::ticket::When;
use crate::context::{say, use_locale};

/// The proposal; nothing where there is none.
#[component]
pub fn Proposal(
    /// How it stands.
    proposal: Option<ProposalView>,
) -> impl IntoView {
    proposal.map(|proposal| view! { <Card proposal/> })
}

#[component]
fn Card(proposal: ProposalView) -> impl IntoView {
    let locale = use_locale();
    let title = if proposal.refused.is_some() {
        review::REFUSED
    } else {
        review::WAITS
    };
    let causes: Vec<&str> = proposal.causes.iter().map(|it| it.label(locale)).collect();
    let names = |units: &[Named]| {
        let names: Vec<&str> = units.iter().map(|unit| unit.name.as_str()).collect();
        names.join("、")
    };
    let assisting = Some(names(&proposal.assisting)).filter(|names| !names.is_empty());
    let category = proposal.category.map(|category| match locale {
        Locale::Zh => category.path_zh,
        Locale::En => category.path_en,
    });
    let urgency = proposal.urgency.map(|it| it.label(locale).to_owned());
    let refused = proposal.refused.map(|refused| {
        let by = refused.by.unwrap_or_default();
        view! {
            <div class="note warn">
                <p class="prose" lang="zh-CN">{refused.opinion}</p>
                <p class="muted small"><span lang="zh-CN">{by}</span> " · " <When at=refused.at/></p>
            </div>
        }
    });
    view! {
        <section class="card stack tight" aria-labelledby="proposal">
            <h2 class="section-title" id="proposal">{say(title)}</h2>
            {refused}
            <dl class="facts">
                <Row title=review::CAUSES value=Some(causes.join(" · "))/>
                <Row title=review::LEAD value=Some(proposal.lead.name)/>
                <Row title=review::ASSISTING value=assisting/>
                <Row title=tree::ASSIST_DUE value=proposal.assist_due/>
                <Row title=review::CATEGORY value=category/>
                <Row title=review::URGENCY value=urgency/>
                <Row title=review::ADVICE value=proposal.advice/>
            </dl>
            <p class="muted small">{say(review::BY)} " " <span lang="zh-CN">{proposal.by}</span> " · " <When at=proposal.at/></p>
        </section>
    }
}

#[component]
fn Row(title: Text, value: Option<String>) -> impl IntoView {
    value.map(|value| view! { <div><dt>{say(title)}</dt><dd>{value}</dd></div> })
}
