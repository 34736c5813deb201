//! Photos: tiles with progress and remove. With script each photo is made smaller and sent at once, one after the other;
//! without it the chosen files go with the form, and a button uploads them before the rest is complete.
//! Not here: the queue (`photo_queue`), sending (`browser::upload`), what is a photo (`services::photos`).

use leptos::prelude::*;
use shared::fault::Fault;
use shared::ids::FileId;
use shared::text::{citizen, faults};
use shared::ticket::view::AttachmentView;

use super::photo_queue::Queue;
use crate::api::photos::list;
use crate::components::form::{FieldNotes, Hidden, StepButton, use_form};
use crate::components::icon::{Draw, Icon};
use crate::context::{say, use_locale};

/// Most photos of one form.
pub const MOST: usize = 9;

/// Where a photo is on its way.
#[cfg_attr(
    not(feature = "hydrate"),
    expect(dead_code, reason = "on the server a photo is there or not")
)]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// Being made smaller.
    Preparing,
    /// Being sent; percent.
    Sending(i32),
    /// On the server.
    Ready(FileId),
    /// Refused, or lost on the way.
    Failed(Fault),
}

/// One tile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    /// Differs between the tiles of a page.
    pub key: u32,
    /// The file's name.
    pub name: String,
    /// A small `data:` picture, where the browser could read the file.
    pub preview: Option<String>,
    /// Where it is.
    pub way: Way,
}

impl Tile {
    /// The tile of a photo that is on the server.
    pub fn ready(key: u32, photo: AttachmentView) -> Self {
        Self {
            key,
            name: photo.name,
            preview: None,
            way: Way::Ready(photo.id),
        }
    }
}

/// The group.
#[component]
pub fn Photos() -> impl IntoView {
    let draft = use_form().initial("draft", None);
    let stored = draft.clone();
    let resource = Resource::new_blocking(
        || (),
        move |()| {
            let draft = stored.clone();
            async move {
                match draft.parse() {
                    Ok(draft) => list(draft).await,
                    Err(_) => Ok(Vec::new()),
                }
            }
        },
    );
    view! {
        <Transition>
            {move || {
                let draft = draft.clone();
                Suspend::new(async move {
                    let photos = resource.await.unwrap_or_default();
                    view! { <Tiles draft photos/> }
                })
            }}
        </Transition>
    }
}

#[component]
fn Tiles(draft: String, photos: Vec<AttachmentView>) -> impl IntoView {
    let (form, locale) = (use_form(), use_locale());
    let queue = Queue::new(draft, photos, form);
    let tiles = queue.tiles;
    let live = RwSignal::new(false);
    Effect::new(move || live.set(true));
    #[cfg(feature = "hydrate")]
    queue.restore();
    let chosen = move |event: leptos::ev::Event| {
        #[cfg(feature = "hydrate")]
        queue.choose(&event);
        #[cfg(not(feature = "hydrate"))]
        let _ = event;
    };
    let chooser = NodeRef::<leptos::html::Input>::new();
    #[cfg(feature = "hydrate")]
    Effect::new(move || {
        if let Some(input) = chooser.get() {
            queue.take(&input);
        }
    });
    // Drawn anew when a photo comes or goes; what happens to a photo on its way is for its own tile to follow.
    let keys = Memo::new(move |_| {
        tiles.with(|tiles| tiles.iter().map(|tile| tile.key).collect::<Vec<_>>())
    });
    let list = move || {
        // Read, not only tracked: a memo that nobody reads never begins to follow.
        keys.with(|_| ());
        let tile = move |tile: Tile| view! { <PhotoTile tile queue/> };
        tiles.get_untracked().into_iter().map(tile).collect_view()
    };
    let id = form.id("photos");
    let full = move || tiles.with(|tiles| tiles.len() >= MOST);
    let has_error = move || form.error("photos").is_some();
    view! {
        <Hidden name="draft" value=queue.draft/>
        <p class="help" id="photos-help">{say(citizen::PHOTOS_HELP)}</p>
        <ul class="photos" aria-label=say(citizen::PHOTOS)>
            {list}
        </ul>
        <div class="field" class:has-error=has_error>
            <FieldNotes name="photos"/>
            <div class="row" hidden=full>
                <label class="button file-button">
                    <Draw icon=Icon::Camera/>
                    <span>{say(citizen::PHOTOS_ADD)}</span>
                    <input node_ref=chooser type="file" id=id name="photos" multiple=true accept="image/jpeg,image/png,image/webp" aria-describedby="photos-help photos-error" on:change=chosen/>
                </label>
                <span class="counter" aria-live="polite">{move || citizen::photos_count(tiles.with(Vec::len), locale)}</span>
                <span hidden=move || live.get()><StepButton label=citizen::PHOTOS_SEND value="photos"/></span>
            </div>
            <p class="muted" hidden=move || !full()>{say(citizen::PHOTOS_FULL)}</p>
        </div>
    }
}

#[component]
fn PhotoTile(tile: Tile, queue: Queue) -> impl IntoView {
    let locale = use_locale();
    let key = tile.key;
    let way = Memo::new(move |_| {
        queue.tiles.with(|tiles| {
            tiles
                .iter()
                .find(|tile| tile.key == key)
                .map(|tile| tile.way.clone())
        })
    });
    let preview = Memo::new(move |_| {
        queue.tiles.with(|tiles| {
            tiles
                .iter()
                .find(|tile| tile.key == key)
                .and_then(|tile| tile.preview.clone())
        })
    });
    let (name, alt, spoken) = (tile.name.clone(), tile.name.clone(), tile.name.clone());
    let words = move || match way.get() {
        Some(Way::Preparing) => say_in(citizen::PHOTO_PREPARING, locale),
        Some(Way::Sending(percent)) => format!("{percent} %"),
        Some(Way::Ready(_)) => say_in(citizen::PHOTO_READY, locale),
        Some(Way::Failed(fault)) => faults::sentence(fault.code, &fault.facts, locale),
        None => String::new(),
    };
    let percent = move || match way.get() {
        Some(Way::Sending(percent)) => Some(percent),
        _ => None,
    };
    let photo = move || match way.get() {
        Some(Way::Ready(photo)) => photo.to_string(),
        _ => String::new(),
    };
    let failed = move || matches!(way.get(), Some(Way::Failed(_)));
    let remove = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        #[cfg(feature = "hydrate")]
        queue.remove(key);
    };
    view! {
        <li class="photo" class:failed=failed>
            {move || match preview.get() {
                Some(src) => view! { <img src=src alt=alt.clone()/> }.into_any(),
                None => view! { <span class="photo-name">{name.clone()}</span> }.into_any(),
            }}
            {move || percent().map(|percent| view! { <progress class="photo-progress" max="100" value=percent aria-label=spoken.clone()></progress> })}
            <span class="small" role="status">{words}</span>
            <button type="submit" class="button" name="remove_photo" value=photo data-plain="" aria-label=citizen::remove_photo(&tile.name, locale) on:click=remove>
                <Draw icon=Icon::Cross/>
                {say(citizen::PHOTO_REMOVE)}
            </button>
        </li>
    }
}

fn say_in(text: shared::text::Text, locale: shared::text::Locale) -> String {
    text.get(locale).to_owned()
}
