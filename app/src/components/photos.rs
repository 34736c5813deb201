//! The photos of a ticket as a strip of small ones; each opens in a viewer above the page, with the way to the whole file
//! (`.photos > .photo`, `.viewer`). The viewer is the browser's own popover: it needs no script, and Escape closes it.
//! Not here: uploading (`pages::citizen::file::photos`). Pictures come from `/photos/{id}`, inside the viewer's scope.

use leptos::prelude::*;
use shared::file::FileState;
use shared::text::{Locale, common};
use shared::ticket::view::AttachmentView;

use crate::context::use_locale;

/// The strip; nothing for no photos.
#[component]
pub fn PhotoStrip(
    /// The photos.
    photos: Vec<AttachmentView>,
) -> impl IntoView {
    strip(photos, use_locale())
}

/// The same where no page stands around it.
pub fn strip(photos: Vec<AttachmentView>, locale: Locale) -> AnyView {
    if photos.is_empty() {
        return ().into_any();
    }
    let count = photos.len();
    let tile = move |(index, photo): (usize, AttachmentView)| one(index, count, &photo, locale);
    view! { <ul class="photos">{photos.into_iter().enumerate().map(tile).collect_view()}</ul> }
        .into_any()
}

fn one(index: usize, count: usize, photo: &AttachmentView, locale: Locale) -> AnyView {
    if photo.state != FileState::Clean {
        let words = photo.state.label(locale);
        return view! { <li class="photo"><span class="photo-name">{words}</span></li> }.into_any();
    }
    let whole = format!("/photos/{}", photo.id);
    let id = |index: usize| format!("photo-{}", index + 1);
    let alt = common::photo_of(index + 1, count, locale);
    let way = |to: Option<usize>, word: &'static str| {
        to.map(|to| view! { <button type="button" class="button" popovertarget=id(to) popovertargetaction="show">{word}</button> })
    };
    let before = way(index.checked_sub(1), common::PHOTO_BEFORE.get(locale));
    let next = way(
        Some(index + 1).filter(|next| *next < count),
        common::PHOTO_NEXT.get(locale),
    );
    view! {
        <li class="photo">
            <button type="button" class="photo-open" popovertarget=id(index)>
                <img src=format!("{whole}?size=small") alt=alt.clone() loading="lazy" width="96" height="96"/>
            </button>
            <a class="photo-file" href=whole.clone() target="_blank" rel="noopener">{common::PHOTO_FILE.get(locale)}</a>
            <div class="viewer" role="dialog" popover="auto" id=id(index) aria-label=alt.clone()>
                <img src=whole alt=alt.clone() loading="lazy" width=photo.width height=photo.height/>
                <p class="row">
                    {before}
                    {next}
                    <button type="button" class="button" popovertarget=id(index) popovertargetaction="hide">{common::CLOSE.get(locale)}</button>
                </p>
            </div>
        </li>
    }
    .into_any()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn each_photo_opens_in_the_viewer_and_leads_to_the_next() {
        let owner = Owner::new();
        owner.set();
        let photo = |id: &str| AttachmentView {
            id: id.parse().expect("an id"),
            name: "a.jpg".into(),
            media_type: "image/jpeg".into(),
            size: 1,
            width: 640,
            height: 480,
            state: FileState::Clean,
        };
        let photos = vec![
            photo("0199a0f2-0000-7000-8000-000000000001"),
            photo("0199a0f2-0000-7000-8000-000000000002"),
        ];
        let html = strip(photos, Locale::Zh).to_html();
        assert!(
            html.contains("popovertarget=\"photo-1\"") && html.contains("id=\"photo-2\""),
            "{html}"
        );
        assert!(html.contains("?size=small") && html.contains("popover=\"auto\""));
        assert_eq!(
            html.matches(common::PHOTO_NEXT.zh).count(),
            1,
            "only the first has a next one"
        );
    }
}
