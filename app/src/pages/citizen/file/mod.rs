//! The citizen's one-page form: what, where, photos, how to reach you.
//! Without script every step is a button that posts the form and brings it back with everything in it.
//! Not here: what the form does (`forms::citizen::file`), the browser's part (`browser::{draft, picture, upload, position}`).

mod alike;
mod contact;
mod draft;
mod open;
mod photo_queue;
mod photos;
mod place;
mod position;

use leptos::prelude::*;
use shared::quality::urgent_word;
use shared::text::ticket::guarded;
use shared::text::{Locale, Text, citizen};
use shared::ticket::RequestKind;

use self::alike::{Alike, Noticed};
use self::contact::Contact;
#[cfg(feature = "staff")]
pub use self::contact::MoreContact;
#[cfg(feature = "staff")]
pub use self::draft::provide_kept_of;
use self::draft::{DraftNote, DraftPlace, provide_kept};
use self::open::OwnOpen;
use self::photos::Photos;
pub use self::place::Place;
use crate::components::form::{
    ChoiceItem, Choices, Field, Form, OwnFields, Select, SelectItem, SubmitButton, TextArea,
    use_form,
};
use crate::components::page::{Page, fixed};
use crate::context::{has_citizen, say, use_locale, use_seed};

/// Element id of the section that holds the form; drafts read the form inside it.
const FORM: &str = "file-form";
/// Key of the draft in the browser's storage.
#[cfg(feature = "hydrate")]
const DRAFT: &str = "minsheng.file.1";

/// `/file`
#[component]
pub fn FilePage() -> impl IntoView {
    provide_kept();
    let on_done = Callback::new(|()| {
        #[cfg(feature = "hydrate")]
        crate::browser::draft::discard(DRAFT);
    });
    let closed = use_seed()
        .with(|seed| seed.is_closed)
        .then(|| view! { <p class="note warn">{say(citizen::CLOSED)} " " <a href="tel:12345">"12345"</a></p> });
    let is_kept = !has_citizen();
    let notice = use_seed().with(|seed| seed.notice.clone());
    view! {
        <Page title=fixed(citizen::FILE_TITLE)>
            {closed}
            <p class="muted prose">{notice}</p>
            {(!is_kept).then(|| view! { <OwnOpen/> })}
            <div id=FORM class="file-form">
                <Form action="/file" class="stack" multipart=true on_done=on_done>
                    {is_kept.then(|| view! { <DraftNote/> })}
                    <Noticed>
                        <Section title=citizen::WHAT>
                            <What/>
                        </Section>
                        <OwnSection/>
                        <Section title=citizen::WHERE>
                            <Place/>
                        </Section>
                        <Section title=citizen::PHOTOS>
                            <Photos/>
                        </Section>
                        <Section title=citizen::CONTACT>
                            <Contact/>
                        </Section>
                        <Alike/>
                    </Noticed>
                    {is_kept.then(|| view! { <DraftPlace/> })}
                    <div class="action-bar">
                        <SubmitButton label=citizen::SUBMIT/>
                    </div>
                </Form>
            </div>
        </Page>
    }
}

#[component]
fn Section(title: Text, children: Children) -> impl IntoView {
    view! {
        <section class="form-section stack">
            <h2>{say(title)}</h2>
            {children()}
        </section>
    }
}

/// What the office asks beside the rest, if anything.
#[component]
fn OwnSection() -> impl IntoView {
    let (fields, matters) = use_seed().with(|seed| (seed.own.clone(), seed.matters.clone()));
    let form = use_form();
    let category = RwSignal::new(form.initial("category", None));
    let locale = use_locale();
    let items: Vec<SelectItem> = matters
        .into_iter()
        .map(|matter| {
            let name = match locale {
                Locale::Zh => matter.zh,
                Locale::En => matter.en,
            };
            SelectItem::new(matter.code, name)
        })
        .collect();
    let matter = (!items.is_empty()).then(|| {
        let items = Signal::stored(items);
        view! { <Select name="category" label=citizen::MATTER help=citizen::MATTER_HELP items/> }
    });
    let chosen = move |event: leptos::ev::Event| {
        if name_of(&event) == "category" {
            category.set(event_target_value(&event));
        }
    };
    (!fields.is_empty()).then(|| {
        view! {
            <Section title=citizen::MORE>
                <div on:change=chosen>{matter}</div>
                <OwnFields fields category/>
            </Section>
        }
    })
}

/// The five kinds that citizens file, each with an example, and the text.
#[component]
fn What() -> impl IntoView {
    let kinds = [
        (RequestKind::Complaint, citizen::COMPLAINT_EXAMPLE),
        (RequestKind::Help, citizen::HELP_EXAMPLE),
        (RequestKind::Inquiry, citizen::INQUIRY_EXAMPLE),
        (RequestKind::Suggestion, citizen::SUGGESTION_EXAMPLE),
        (RequestKind::TipOff, citizen::TIP_OFF_EXAMPLE),
    ];
    let items = kinds
        .map(|(kind, example)| ChoiceItem::with_help(kind.as_str(), kind.text(), example))
        .to_vec();
    let locale = use_locale();
    let content = RwSignal::new(use_form().initial("content", None));
    let heard = move |event: leptos::ev::Event| {
        if name_of(&event) == "content" {
            content.set(event_target_value(&event));
        }
    };
    // Danger is nothing to wait for (V14): said, and nothing more.
    let danger = move || {
        let word = content.with(|typed| urgent_word(typed));
        word.map(|_| view! { <p class="note warn">{citizen::URGENT_WORD.get(locale)}</p> })
    };
    view! {
        <Choices name="kind" items legend=citizen::KIND layout="large"/>
        <div class="stack" on:change=heard>
            <TextArea name="content" help=citizen::CONTENT_HELP max=4000 rows=6/>
            <div aria-live="polite">{danger}</div>
        </div>
        <Field name="accused" optional=true help=guarded::WORDS_HELP/>
    }
}

#[cfg(feature = "hydrate")]
type Target = web_sys::Element;
#[cfg(not(feature = "hydrate"))]
type Target = leptos::web_sys::Element;

/// The name of the field that changed.
fn name_of(event: &leptos::ev::Event) -> String {
    event_target::<Target>(event)
        .get_attribute("name")
        .unwrap_or_default()
}
