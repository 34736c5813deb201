//! Phrases below a text of a form: a fold with those that fit, put in where the cursor stands; without script they are copied.
//! Not here: keeping them (`pages::staff::tasks`), the text itself (`text_area`).
//! What was put in is a text like any other, and is changed before it is sent.

use leptos::prelude::*;
use shared::query::phrase::{PhraseRow, PhraseUse};
use shared::text::views::phrases as words;

use super::use_form;
use crate::api::staff::phrases::read_phrases;
use crate::context::{say, use_locale, use_revision};
use crate::error::AppError;

/// What was read.
type Found = Resource<Result<Vec<PhraseRow>, AppError>>;

/// The phrases of a page whose forms share them. They belong to the page, not to the form that asks first: the server makes what a resource
/// shows twice, and would read them twice as well.
#[derive(Clone)]
struct Shared {
    page: WeakOwner,
    found: StoredValue<Option<Found>>,
}

/// The forms of this page share their phrases: the first that has some reads them. Called outside of what a resource shows.
pub fn share_phrases() {
    if let Some(page) = Owner::current() {
        provide_context(Shared {
            page: page.downgrade(),
            found: StoredValue::new(None),
        });
    }
}

/// Those of the page, or one's own where it shares none; read anew after every accepted form.
fn phrases() -> Found {
    let revision = use_revision();
    let read = move || Resource::new_blocking(move || revision.get(), |_| read_phrases());
    let shared = use_context::<Shared>();
    let Some((page, kept)) = shared.and_then(|it| Some((it.page.upgrade()?, it.found))) else {
        return read();
    };
    kept.try_get_value().flatten().unwrap_or_else(|| {
        let found = page.with(read);
        kept.set_value(Some(found));
        found
    })
}

/// The phrases for a field of this form.
#[component]
pub fn Phrases(
    /// Name of the field.
    name: &'static str,
    /// What the form is for.
    purpose: PhraseUse,
) -> impl IntoView {
    let area = StoredValue::new(use_form().id(name));
    let live = RwSignal::new(false);
    Effect::new(move || live.set(true));
    let resource = phrases();
    let shown = move |rows: Vec<PhraseRow>| {
        let fits = rows.into_iter().filter(|row| row.purpose.fits(purpose));
        let lines: Vec<_> = fits.map(|row| view! { <Line row area live/> }).collect();
        (!lines.is_empty()).then(|| view! { <ul class="plain stack tight">{lines}</ul> })
    };
    view! {
        <details class="fold">
            <summary>{say(words::PHRASES)}</summary>
            <div class="stack tight">
                <p class="help" hidden=move || live.get()>{say(words::COPY_HELP)}</p>
                <Transition>
                    {move || Suspend::new(async move { resource.await.ok().and_then(shown) })}
                </Transition>
                <p><a href="/phrases" target="_blank" rel="noopener">{say(words::MANAGE)}</a></p>
            </div>
        </details>
    }
}

/// A phrase, and with script the button that puts it in.
#[component]
fn Line(row: PhraseRow, area: StoredValue<String>, live: RwSignal<bool>) -> impl IntoView {
    let locale = use_locale();
    let word = RwSignal::new(words::INSERT);
    let text = row.words.clone();
    let insert = move |_| {
        #[cfg(feature = "hydrate")]
        {
            let put_in = area.with_value(|id| crate::browser::phrase::insert(id, &text));
            if put_in {
                word.set(words::INSERTED);
            }
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = (&text, area);
    };
    view! {
        <li>
            <b lang="zh-CN">{row.name.clone()}</b>
            <p class="prose" lang="zh-CN">{row.words}</p>
            <button type="button" class="button" hidden=move || !live.get() on:click=insert>
                <span aria-live="polite">{move || word.get().get(locale)}</span>
                <span class="visually-hidden">{row.name}</span>
            </button>
        </li>
    }
}
