//! Phrases: one's own are made, changed, shared and deleted here; those of colleagues are read.
//! Not here: the fold in forms that offers them (`components::form::phrases`), the rules (services).
//! Without script all are plain forms.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::query::phrase::{MAX_WORDS, PhraseRow, PhraseUse};
use shared::query::view::ViewShare;
use shared::text::query::by;
use shared::text::views::phrases as words;

use crate::api::staff::phrases::read_phrases;
use crate::components::form::{
    Field, FieldNames, Form, Hidden, Select, SelectItem, SubmitButton, TextArea, came_back,
};
use crate::components::page::{Loaded, by_query, fixed};
use crate::components::staff::StaffPage;
use crate::components::work_list::WorkCards;
use crate::context::{say, use_locale};

/// The page's own address.
const PATH: &str = "/phrases";

/// `/phrases`
#[component]
pub fn PhrasesPage() -> impl IntoView {
    view! {
        <StaffPage path="/tasks" title=fixed(words::PHRASES)>
            <Content/>
        </StaffPage>
    }
}

/// What the fields are called where something is wrong with them.
fn named() {
    let names = [
        ("name", words::NAME),
        ("words", words::WORDS),
        ("purpose", words::PURPOSE),
        ("shared", words::SHARED),
    ];
    let names = names.map(|(name, label)| (name.to_owned(), say(label).to_owned()));
    provide_context(FieldNames(names.to_vec()));
}

#[component]
fn Content() -> impl IntoView {
    named();
    let resource = by_query(async |_| read_phrases().await);
    let show = |rows: Vec<PhraseRow>| view! { <Whole rows/> };
    let query = use_query_map();
    let note = move || {
        let done = query.with(|query| query.get("done"));
        done.map(|_| view! { <p class="note ok">{say(words::SAVED)}</p> })
    };
    view! {
        <div class="stack">
            <div aria-live="polite" class="done-note">{note}</div>
            <p class="muted prose">{say(words::ABOUT)}</p>
            <Loaded resource show/>
            <details class="fold" open=came_back(PATH)>
                <summary>{say(words::NEW)}</summary>
                <Form action=PATH prefix="phrase-" class="stack" label=say(words::NEW)>
                    <Fields row=None/>
                    <div><SubmitButton label=words::KEEP/></div>
                </Form>
            </details>
        </div>
    }
}

#[component]
fn Whole(rows: Vec<PhraseRow>) -> impl IntoView {
    let card = |row: PhraseRow| view! { <One row/> };
    view! { <WorkCards rows none=words::NONE none_why=words::NONE_WHY card/> }
}

/// What a phrase is made of.
#[component]
fn Fields(row: Option<PhraseRow>) -> impl IntoView {
    let locale = use_locale();
    let uses: Vec<SelectItem> = PhraseUse::ALL
        .iter()
        .map(|purpose| SelectItem::new(purpose.to_string(), purpose.label(locale)))
        .collect();
    let shares: Vec<SelectItem> = ViewShare::ALL
        .iter()
        .map(|share| SelectItem::new(share.to_string(), share.label(locale)))
        .collect();
    let (purpose, shared) = row
        .as_ref()
        .map_or((PhraseUse::Any, ViewShare::Nobody), |row| {
            (row.purpose, row.shared)
        });
    let (name, text) = row.map(|row| (row.name, row.words)).unwrap_or_default();
    view! {
        <Field name="name" label=words::NAME value=name/>
        <TextArea name="words" label=words::WORDS help=words::WORDS_HELP value=text max=MAX_WORDS as u32 rows=4/>
        <Select name="purpose" label=words::PURPOSE items=Signal::stored(uses) value=purpose.to_string()/>
        <Select name="shared" label=words::SHARED items=Signal::stored(shares) value=shared.to_string()/>
    }
}

/// A phrase; its owner changes it.
#[component]
fn One(row: PhraseRow) -> impl IntoView {
    let locale = use_locale();
    let whose = match &row.by {
        Some(name) => by(name, locale),
        None => row.shared.label(locale).to_owned(),
    };
    let purpose = row.purpose.label(locale);
    let (name, text) = (row.name.clone(), row.words.clone());
    let own = row.by.is_none().then(|| {
        let base = format!("{PATH}/{}", row.id);
        let version = Signal::stored(row.version.to_string());
        let (change, delete) = (format!("{base}/change"), format!("{base}/delete"));
        let open = came_back(&change);
        let (first, second) = (format!("change-{}-", row.id), format!("delete-{}-", row.id));
        view! {
            <details class="fold" open=open>
                <summary>{say(words::CHANGE)}</summary>
                <Form action=change prefix=first class="stack" label=say(words::CHANGE)>
                    <Hidden name="version" value=version/>
                    <Fields row=Some(row)/>
                    <div><SubmitButton label=words::KEEP/></div>
                </Form>
                <Form action=delete prefix=second class="stack" label=say(words::DELETE)>
                    <div><SubmitButton label=words::DELETE class="danger"/></div>
                </Form>
            </details>
        }
    });
    view! {
        <section class="card stack">
            <h2 class="section-title" lang="zh-CN">{name}</h2>
            <p class="muted small">{purpose} " · " {whose}</p>
            <p class="prose" lang="zh-CN">{text}</p>
            {own}
        </section>
    }
}
