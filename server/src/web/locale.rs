//! The language of an answer: the visitor's choice in a cookie, else the browser's wish, else Chinese.
//! Deliberately absent: the words (`shared::text`).
//! Read next: `session`, which puts the language into the context of a call.

use axum::http::{HeaderMap, header::ACCEPT_LANGUAGE};
use shared::text::Locale;

use super::cookies;

/// The language of a page.
pub fn of(headers: &HeaderMap) -> Locale {
    let chosen = cookies::read(headers, cookies::LANGUAGE).and_then(|tag| Locale::parse(&tag));
    chosen.unwrap_or_else(|| wished(headers))
}

/// The language that the client asks for; cookies do not count (REST).
pub fn wished(headers: &HeaderMap) -> Locale {
    let header = headers
        .get(ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    let mut best: Option<(f32, Locale)> = None;
    for part in header.unwrap_or_default().split(',').take(20) {
        let mut pieces = part.split(';');
        let Some(locale) = pieces.next().and_then(Locale::parse) else {
            continue;
        };
        let weight = pieces.find_map(|piece| piece.trim().strip_prefix("q=")?.trim().parse().ok());
        let weight = weight.unwrap_or(1.0_f32);
        if weight > 0.0 && best.is_none_or(|(found, _)| weight > found) {
            best = Some((weight, locale));
        }
    }
    best.map_or(Locale::Zh, |(_, locale)| locale)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(text: &str) -> Locale {
        wished(&HeaderMap::from_iter([(
            ACCEPT_LANGUAGE,
            text.parse().expect("a header value"),
        )]))
    }

    #[test]
    fn the_heaviest_known_language_wins_and_chinese_is_the_rest() {
        assert_eq!(wish("en-GB,en;q=0.9,zh;q=0.8"), Locale::En);
        assert_eq!(wish("fr, zh-CN;q=0.5, en;q=0.4"), Locale::Zh);
        assert_eq!(wish("de"), Locale::Zh);
        assert_eq!(wish("en;q=0"), Locale::Zh);
        assert_eq!(wished(&HeaderMap::new()), Locale::Zh);
    }
}
