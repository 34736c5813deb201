//! What the citizen gave, as HTML made on the server alone: place, words, photos. The browser puts it into the page as it comes.
//! Not here: what happened since (`progress`).
//! Everything typed is escaped by the view.

use leptos::prelude::*;
use services::public::Own;
use shared::text::{Locale, citizen};

use crate::components::photos::strip;

/// The block.
pub fn own_words(own: Own, locale: Locale) -> String {
    let Own {
        place,
        content,
        photos,
    } = own;
    let block = view! {
        <dl class="facts">
            <div><dt>{citizen::YOUR_PLACE.get(locale)}</dt><dd lang="zh-CN">{place}</dd></div>
            <div><dt>{citizen::YOUR_WORDS.get(locale)}</dt><dd class="prose" lang="zh-CN">{content}</dd></div>
        </dl>
        {strip(photos, locale)}
    };
    block.to_html()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_stays_text() {
        let owner = Owner::new();
        owner.set();
        let own = Own {
            place: "南京市鼓楼区 中山路一号".into(),
            content: "<script>alert(1)</script> 路灯不亮".into(),
            photos: Vec::new(),
        };
        let html = own_words(own, Locale::Zh);
        assert!(
            !html.contains("<script>") && html.contains("路灯不亮"),
            "{html}"
        );
        assert!(html.contains("中山路一号"));
    }
}
