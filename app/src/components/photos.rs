//! The photos of a ticket as a strip; each opens alone in full size (`.photos > .photo`).
//! Not here: uploading (`pages::citizen::file::photos`).
//! Pictures come from `/photos/{id}`, inside the viewer's scope.

use leptos::prelude::*;
use shared::text::common;
use shared::ticket::view::AttachmentView;

use crate::context::use_locale;

/// The strip; nothing for no photos.
#[component]
pub fn PhotoStrip(
    /// The photos.
    photos: Vec<AttachmentView>,
) -> impl IntoView {
    if photos.is_empty() {
        return ().into_any();
    }
    let locale = use_locale();
    let count = photos.len();
    let tile = move |(index, photo): (usize, AttachmentView)| {
        let href = format!("/photos/{}", photo.id);
        let src = href.clone();
        let alt = common::photo_of(index + 1, count, locale);
        view! {
            <li class="photo">
                <a href=href target="_blank" rel="noopener">
                    <img src=src alt=alt loading="lazy" width=photo.width height=photo.height/>
                </a>
            </li>
        }
    };
    view! { <ul class="photos">{photos.into_iter().enumerate().map(tile).collect_view()}</ul> }
        .into_any()
}
