//! The photos on their way: chosen, made smaller, sent one after the other, so that a phone's line is not split.
//! The draft that they hang on is made by the first photo. While one is on its way the form waits for it.
//! Not here: the tiles (`photos`).

use leptos::prelude::*;
use shared::ticket::view::AttachmentView;

use super::photos::Tile;
use crate::components::form::FormContext;

/// Tiles and draft of one form.
#[derive(Clone, Copy)]
pub struct Queue {
    /// The tiles in the order of choosing.
    pub tiles: RwSignal<Vec<Tile>>,
    /// Id of the draft; empty until the first photo.
    pub draft: RwSignal<String>,
    #[cfg_attr(
        not(feature = "hydrate"),
        expect(dead_code, reason = "only the browser sends photos one by one")
    )]
    form: FormContext,
}

impl Queue {
    /// A queue with the photos that the draft already has.
    pub fn new(draft: String, photos: Vec<AttachmentView>, form: FormContext) -> Self {
        let tiles = (0..)
            .zip(photos)
            .map(|(key, photo)| Tile::ready(key, photo))
            .collect();
        Self {
            tiles: RwSignal::new(tiles),
            draft: RwSignal::new(draft),
            form,
        }
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use leptos::prelude::*;
    use leptos::task::spawn_local;
    use shared::fault::{Code, Fault};
    use shared::ids::{DraftId, FileId};
    use shared::text::citizen;
    use wasm_bindgen::JsCast;
    use web_sys::{File, HtmlInputElement};

    use super::super::photos::{MOST, Tile, Way};
    use super::Queue;
    use crate::api::photos::{list, new_draft, remove};
    use crate::browser::{draft, picture, upload};

    /// Most bytes of a photo that travels, after shrinking.
    const LARGEST: f64 = 10.0 * 1024.0 * 1024.0;

    impl Queue {
        /// Brings back the photos of a draft that this browser kept.
        pub fn restore(self) {
            if !self.draft.get_untracked().is_empty() {
                return;
            }
            let Some(kept) =
                super::super::draft::kept("draft").and_then(|text| text.parse::<DraftId>().ok())
            else {
                return;
            };
            spawn_local(async move {
                let photos = list(kept).await.unwrap_or_default();
                if !photos.is_empty() && self.draft.get_untracked().is_empty() {
                    self.draft.set(kept.to_string());
                    self.tiles.set(
                        (0..)
                            .zip(photos)
                            .map(|(key, photo)| Tile::ready(key, photo))
                            .collect(),
                    );
                }
            });
        }

        /// The reader has chosen files.
        pub fn choose(self, event: &leptos::ev::Event) {
            if let Some(input) = event
                .target()
                .and_then(|target| target.dyn_into::<HtmlInputElement>().ok())
            {
                self.take(&input);
            }
        }

        /// Takes the chosen files, also those chosen before the page was live; those beyond the ninth are left and said so.
        pub fn take(self, input: &HtmlInputElement) {
            let Some(files) = input.files().filter(|files| files.length() > 0) else {
                return;
            };
            let mut waiting = Vec::new();
            for index in 0..files.length() {
                let Some(file) = files.get(index) else {
                    continue;
                };
                let key = self.next_key();
                let fits = self.tiles.with_untracked(|tiles| tiles.len() < MOST);
                if !fits {
                    let fault = Fault::field("photos", Code::PhotoTooMany);
                    self.form.state.update(|state| state.fault = Some(fault));
                    break;
                }
                self.tiles.update(|tiles| {
                    tiles.push(Tile {
                        key,
                        name: file.name(),
                        preview: None,
                        way: Way::Preparing,
                    });
                });
                waiting.push((key, file));
            }
            // The same file can be chosen again after it was removed, and nothing goes twice with the form.
            input.set_value("");
            let idle = self.form.hold.get_untracked().is_none();
            self.form.hold.set(Some(citizen::PHOTOS_PENDING));
            spawn_local(async move {
                if !idle {
                    self.wait_for_earlier(&waiting).await;
                }
                for (key, file) in waiting {
                    self.send(key, file).await;
                }
                self.settle();
            });
        }

        fn next_key(self) -> u32 {
            self.tiles
                .with_untracked(|tiles| tiles.iter().map(|tile| tile.key + 1).max().unwrap_or(0))
        }

        /// Earlier photos go first; their task ends when none of them is on its way any more.
        async fn wait_for_earlier(self, waiting: &[(u32, File)]) {
            let first = waiting.first().map_or(u32::MAX, |(key, _)| *key);
            let on_the_way = move || {
                self.tiles.with_untracked(|tiles| {
                    tiles.iter().any(|tile| {
                        tile.key < first && matches!(tile.way, Way::Preparing | Way::Sending(_))
                    })
                })
            };
            while on_the_way() {
                crate::browser::pause(100).await;
            }
        }

        async fn send(self, key: u32, file: File) {
            let picture = picture::shrink(&file).await;
            self.change(key, |tile| {
                tile.preview = picture.preview.clone();
                tile.way = Way::Sending(0);
            });
            let result = if picture.body.size() > LARGEST {
                Err(Fault::new(Code::PhotoTooLarge).fact("max_mb", 10))
            } else {
                self.travel(key, &file.name(), &picture.body).await
            };
            self.change(key, |tile| {
                tile.way = match result {
                    Ok(photo) => Way::Ready(photo),
                    Err(fault) => Way::Failed(fault),
                };
            });
        }

        async fn travel(self, key: u32, name: &str, body: &web_sys::Blob) -> Result<FileId, Fault> {
            let draft = if let Ok(draft) = self.draft.get_untracked().parse::<DraftId>() {
                draft
            } else {
                let draft = new_draft().await.map_err(|error| error.0)?;
                self.draft.set(draft.to_string());
                draft
            };
            let progress = Callback::new(move |percent: i32| {
                self.change(key, |tile| tile.way = Way::Sending(percent));
            });
            upload::upload(draft, name, body, progress)
                .await
                .map(|photo| photo.id)
        }

        fn change(self, key: u32, change: impl FnOnce(&mut Tile)) {
            let _ = self.tiles.try_update(|tiles| {
                if let Some(tile) = tiles.iter_mut().find(|tile| tile.key == key) {
                    change(tile);
                }
            });
        }

        /// The form may go when nothing is on its way; the draft now knows its photos.
        fn settle(self) {
            let busy = self.tiles.try_with_untracked(|tiles| {
                tiles
                    .iter()
                    .any(|tile| matches!(tile.way, Way::Preparing | Way::Sending(_)))
            });
            if busy == Some(false) {
                let _ = self.form.hold.try_set(None);
            }
            request_animation_frame(|| draft::save(super::super::DRAFT, super::super::FORM));
        }

        /// Takes a photo out, here and on the server.
        pub fn remove(self, key: u32) {
            let gone = self.tiles.try_update(|tiles| {
                let index = tiles.iter().position(|tile| tile.key == key)?;
                Some(tiles.remove(index))
            });
            let Some(Way::Ready(photo)) = gone.flatten().map(|tile| tile.way) else {
                return self.settle();
            };
            let Ok(draft) = self.draft.get_untracked().parse::<DraftId>() else {
                return;
            };
            spawn_local(async move {
                // A photo that stays on the server by a lost connection ends with its draft.
                let _ = remove(draft, photo).await;
                self.settle();
            });
        }
    }
}
