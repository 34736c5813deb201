//! What the citizen wrote, with photos, and the facts of the ticket: type, category, place, channel, source.
//! Not here: who the citizen is (`citizen`).
//! Places, titles and the citizen's words are Chinese whatever the page's language.

use leptos::prelude::*;
use shared::text::ticket::guarded;
use shared::text::{Locale, Text, paper, ticket};
use shared::ticket::Satisfaction;
use shared::ticket::view::{CategoryView, TicketDetail};

use crate::components::photos::PhotoStrip;
use crate::components::ticket::{When, own_facts};
use crate::context::{say, use_locale};

/// The citizen's words and photos.
#[component]
pub fn Wrote(detail: TicketDetail) -> impl IntoView {
    let photos = (!detail.attachments.is_empty()).then(|| {
        view! {
            <h3 class="small-title">{say(ticket::PHOTOS)}</h3>
            <PhotoStrip photos=detail.attachments.clone()/>
        }
    });
    view! {
        <section class="card">
            <h2 class="section-title">{say(ticket::WROTE)}</h2>
            <p class="prose" lang="zh-CN">{detail.content}</p>
            {photos}
        </section>
    }
}

/// The facts.
#[component]
pub fn Facts(detail: TicketDetail) -> impl IntoView {
    let locale = use_locale();
    let row = detail.row;
    let category = row.category.as_ref().map_or_else(
        || say(ticket::NO_CATEGORY).to_owned(),
        |category| path(category, locale).to_owned(),
    );
    let position = detail
        .lon
        .zip(detail.lat)
        .map(|(lon, lat)| format!("{lon:.3}, {lat:.3}"));
    let source = detail.source_system.map(|system| {
        let number = detail.external_no.unwrap_or_default();
        format!("{system} {number}")
    });
    let rated = (row.satisfaction != Satisfaction::Unrated).then(|| row.satisfaction.label(locale));
    let own = own_facts(&detail.own, locale);
    let words = (!detail.source_words.is_empty()).then(|| {
        let lines = detail
            .source_words
            .iter()
            .map(|(name, words)| {
                let label = ticket::source_word(name)
                    .map_or_else(|| name.clone(), |text| text.get(locale).to_owned());
                view! { <div><dt>{label}</dt><dd lang="zh-CN">{words.clone()}</dd></div> }
            })
            .collect_view();
        view! {
            <h3 class="small-title">{say(ticket::SOURCE_WORDS)}</h3>
            <dl class="facts">{lines}</dl>
        }
    });
    view! {
        <section class="card">
            <h2 class="section-title">{say(ticket::FACTS)}</h2>
            <dl class="facts">
                <Fact name=ticket::PLACE value=Some(row.region.name.clone()) chinese=true/>
                <Fact name=ticket::ADDRESS value=detail.address chinese=true/>
                <Fact name=ticket::POSITION value=position/>
                <Fact name=ticket::KIND value=Some(row.kind.label(locale).to_owned())/>
                <Fact name=guarded::WORDS value=detail.accused chinese=true/>
                <Fact name=guarded::UNIT value=detail.accused_unit.map(|unit| unit.name) chinese=true/>
                <Fact name=ticket::CATEGORY value=Some(category)/>
                <Fact name=paper::ON_FORM value=row.paper_no.clone()/>
                <Fact name=ticket::CHANNEL value=Some(detail.channel_name.name(locale).to_owned())/>
                <Fact name=ticket::URGENCY value=Some(row.urgency.label(locale).to_owned())/>
                <div><dt>{say(ticket::ACCEPTED)}</dt><dd><When at=row.accepted_at/></dd></div>
                {detail.occurred_at.map(|at| view! { <div><dt>{say(ticket::OCCURRED)}</dt><dd><When at/></dd></div> })}
                {row.closed_at.map(|at| view! { <div><dt>{say(ticket::CLOSED)}</dt><dd><When at/></dd></div> })}
                <Fact name=ticket::SATISFACTION value=rated.map(str::to_owned)/>
                <Fact name=ticket::SOURCE value=source/>
                {own}
            </dl>
            {words}
        </section>
    }
}

/// The path of a category in the page's language.
pub(super) fn path(category: &CategoryView, locale: Locale) -> &str {
    match locale {
        Locale::Zh => &category.path_zh,
        Locale::En => &category.path_en,
    }
}

/// One fact; nothing when there is no value.
#[component]
pub fn Fact(name: Text, value: Option<String>, #[prop(optional)] chinese: bool) -> impl IntoView {
    value.filter(|value| !value.is_empty()).map(|value| {
        view! { <div><dt>{say(name)}</dt><dd lang=chinese.then_some("zh-CN")>{value}</dd></div> }
    })
}
