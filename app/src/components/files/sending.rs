//! Files on their way, where script runs: each with its progress and a button that stops it (`.sending > li`, `progress`). A lost line is waited for.
//! Without script the form sends them itself. Not here: the road (`browser::sending`).

use leptos::prelude::*;
use shared::fault::Fault;
use shared::file::Hook;
use shared::text::{Locale, faults, file};

use crate::context::{say, use_locale, use_revision};

/// How far a file has come.
#[cfg_attr(
    not(feature = "hydrate"),
    expect(dead_code, reason = "only the browser sends files one by one")
)]
#[derive(Debug, Clone, PartialEq)]
enum Way {
    /// Its turn comes.
    Queued,
    /// Percent.
    Sending(f64),
    /// The line is lost at this many percent.
    Waiting(f64),
    Done,
    Stopped,
    Failed(Fault),
}

/// One file of the list.
#[derive(Clone)]
struct Tile {
    name: String,
    way: RwSignal<Way>,
    stop: RwSignal<bool>,
}

/// The files that one form sends.
#[derive(Clone, Copy)]
pub(super) struct Queue {
    tiles: RwSignal<Vec<Tile>>,
    revision: RwSignal<u32>,
}

impl Queue {
    pub(super) fn new() -> Self {
        Self {
            tiles: RwSignal::new(Vec::new()),
            revision: use_revision(),
        }
    }

    /// Takes the files of a form that is being sent, instead of the browser.
    pub(super) fn submitted(self, event: &leptos::ev::SubmitEvent, hook: &Hook) {
        #[cfg(feature = "hydrate")]
        self.take(event, hook);
        #[cfg(not(feature = "hydrate"))]
        let _ = (event, hook, self.revision);
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use leptos::ev::SubmitEvent;
    use leptos::prelude::*;
    use leptos::task::spawn_local;
    use shared::file::Hook;
    use wasm_bindgen::JsCast;
    use web_sys::{File, FormData, HtmlFormElement};

    use super::{Queue, Tile, Way};
    use crate::browser::sending::{Journey, Told};

    impl Queue {
        pub(super) fn take(self, event: &SubmitEvent, hook: &Hook) {
            let form = event.target();
            let form = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
            let Some(form) = form else { return };
            let Ok(data) = FormData::new_with_form(&form) else {
                return;
            };
            let slot = data.get("slot").as_string();
            let slot = slot.filter(|slot| !slot.trim().is_empty());
            let hook = Hook {
                slot,
                ..hook.clone()
            };
            let files: Vec<File> = data
                .get_all("file")
                .iter()
                .filter_map(|file| file.dyn_into::<File>().ok())
                .filter(|file| !file.name().is_empty())
                .collect();
            if files.is_empty() {
                return;
            }
            event.prevent_default();
            let on_the_way = self.tiles.with_untracked(|tiles| {
                let mut ways = tiles.iter().map(|tile| tile.way.get_untracked());
                ways.any(|way| matches!(way, Way::Queued | Way::Sending(_) | Way::Waiting(_)))
            });
            if on_the_way {
                return;
            }
            let tiles: Vec<Tile> = files
                .iter()
                .map(|file| Tile {
                    name: file.name(),
                    way: RwSignal::new(Way::Queued),
                    stop: RwSignal::new(false),
                })
                .collect();
            self.tiles.set(tiles.clone());
            // The same files are not sent twice by a second press.
            form.reset();
            spawn_local(async move {
                for (tile, file) in tiles.iter().zip(&files) {
                    travel(tile, hook.clone(), file).await;
                }
                let all = |is: fn(&Way) -> bool| {
                    let mut tiles = tiles.iter();
                    tiles.all(|tile| tile.way.try_with_untracked(is).unwrap_or(true))
                };
                if all(|way| matches!(way, Way::Done | Way::Stopped)) {
                    let _ = self.tiles.try_set(Vec::new());
                    let _ = self
                        .revision
                        .try_update(|revision| *revision = revision.wrapping_add(1));
                }
            });
        }
    }

    async fn travel(tile: &Tile, hook: Hook, file: &File) {
        let way = tile.way;
        let told = Callback::new(move |told| {
            let _ = way.try_set(match told {
                Told::Sending(percent) => Way::Sending(percent),
                Told::Waiting(percent) => Way::Waiting(percent),
            });
        });
        let journey = Journey {
            stop: tile.stop,
            told,
        };
        let ended = journey.send(hook, file).await;
        let _ = way.try_set(match ended {
            Ok(true) => Way::Done,
            Ok(false) => Way::Stopped,
            Err(fault) => Way::Failed(fault),
        });
    }
}

/// The list of files on their way; empty without script.
#[component]
pub(super) fn Sending(queue: Queue) -> impl IntoView {
    let list = move || {
        let tile = |tile: Tile| view! { <Row tile/> };
        queue.tiles.get().into_iter().map(tile).collect_view()
    };
    let failed = move || {
        queue.tiles.with(|tiles| {
            let mut ways = tiles.iter().map(|tile| tile.way.get());
            ways.any(|way| matches!(way, Way::Failed(_)))
        })
    };
    view! {
        <ul class="stack tight sending">{list}</ul>
        <p class="help" hidden=move || !failed()><a href="?#files" rel="external">{say(file::SHOW_WHAT_CAME)}</a></p>
    }
}

#[component]
fn Row(tile: Tile) -> impl IntoView {
    let locale = use_locale();
    let Tile { name, way, stop } = tile;
    let words = move || words(&way.get(), locale);
    let percent = move || match way.get() {
        Way::Sending(percent) | Way::Waiting(percent) => percent.min(100.0).floor(),
        Way::Done => 100.0,
        Way::Queued | Way::Stopped | Way::Failed(_) => 0.0,
    };
    let is_over = move || matches!(way.get(), Way::Done | Way::Stopped | Way::Failed(_));
    let label = file::stop_one(&name, locale);
    view! {
        <li class="row between">
            <span lang="zh-CN">{name.clone()}</span>
            <progress max="100" value=percent aria-label=name hidden=is_over></progress>
            <span class="small" role="status">{words}</span>
            <button type="button" class="button" aria-label=label hidden=is_over on:click=move |_| stop.set(true)>{say(file::STOP)}</button>
        </li>
    }
}

/// Spoken when it changes: not each percent.
fn words(way: &Way, locale: Locale) -> String {
    let text = match way {
        Way::Queued => file::QUEUED,
        Way::Sending(_) => file::SENDING,
        Way::Waiting(_) => file::LINE_LOST,
        Way::Done => file::SENT,
        Way::Stopped => file::STOPPED,
        Way::Failed(fault) => return faults::sentence(fault.code, &fault.facts, locale),
    };
    text.get(locale).to_owned()
}
