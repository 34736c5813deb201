//! The cookies: their names, how they are read, how they are set. All carry the prefix `__Host-`, so that no sibling host can set them.
//! Deliberately absent: what the session tokens mean (`services::sessions`).
//! Read next: `session`.

use axum::http::{HeaderMap, HeaderValue, header};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use services::sessions::SignedIn;
use shared::{calendar::Instant, text::Locale};

/// The access token.
pub const SESSION: &str = "__Host-session";
/// The token that renews it.
pub const REFRESH: &str = "__Host-refresh";
/// The token of a citizen who has signed in by a code.
pub const CITIZEN: &str = "__Host-citizen";
/// The chosen language.
pub const LANGUAGE: &str = "__Host-lang";
/// Large text, when it is `large`.
pub const TEXT: &str = "__Host-text";
/// The ticket that this browser follows; sealed.
pub const TRACK: &str = "__Host-track";
/// What was just filed; sealed.
pub const FILED: &str = "__Host-filed";

/// A citizen whom this browser may see in the clear; sealed.
pub const REVEAL: &str = "__Host-reveal";

/// What this browser is known by: whose unfinished form is whose, and that it has signed in or looked up before. Random, and nobody's name.
pub const DEVICE: &str = "__Host-device";
/// How long a device is known, in seconds: 180 days.
const DEVICE_SECONDS: i64 = 180 * 86_400;

/// The device of the request; only a value that we could have made counts.
pub fn device(headers: &HeaderMap) -> Option<String> {
    read(headers, DEVICE).filter(|value| {
        value.len() == 32
            && value
                .bytes()
                .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    })
}

/// The device's cookie.
pub fn of_device(device: &str) -> HeaderValue {
    set(DEVICE, device, DEVICE_SECONDS)
}

/// A cookie's value; empty ones count as absent.
pub fn read(headers: &HeaderMap, name: &str) -> Option<String> {
    let jar = CookieJar::from_headers(headers);
    jar.get(name)
        .map(|cookie| cookie.value().to_owned())
        .filter(|value| !value.is_empty())
}

/// Both cookies of a session. They live as long as the refresh token: an expired access token is
/// renewed inside the request that brings it.
pub fn of_session(signed_in: &SignedIn, now: Instant) -> [HeaderValue; 2] {
    let seconds = (signed_in.refresh_expires_at.0 - now.0).max(0) / 1000;
    [
        set(SESSION, &signed_in.access_token, seconds),
        set(REFRESH, &signed_in.refresh_token, seconds),
    ]
}

/// Both cookies of a session, emptied.
pub fn no_session() -> [HeaderValue; 2] {
    [forget(SESSION), forget(REFRESH)]
}

/// The cookie of a citizen's session, which lives as long as that does when it is not used.
pub fn of_citizen(signed_in: &services::citizens::SignedIn, now: Instant) -> HeaderValue {
    let seconds = (signed_in.ends_at.0 - now.0).max(0) / 1000;
    set(CITIZEN, &signed_in.token, seconds)
}

/// The chosen language, kept for a year.
pub fn of_language(locale: Locale) -> HeaderValue {
    set(LANGUAGE, locale.tag(), 365 * 24 * 3600)
}

/// Whether the answer sets this cookie already.
pub fn sets(headers: &HeaderMap, name: &str) -> bool {
    let mut lines = headers.get_all(header::SET_COOKIE).into_iter();
    lines.any(|line| {
        let line = line.to_str().unwrap_or_default();
        line.strip_prefix(name)
            .is_some_and(|rest| rest.starts_with('='))
    })
}

/// Whether the answer signs somebody in.
pub fn opens_session(headers: &HeaderMap) -> bool {
    let mut lines = headers.get_all(header::SET_COOKIE).into_iter();
    lines.any(|line| {
        let line = line.to_str().unwrap_or_default();
        line.strip_prefix(SESSION)
            .is_some_and(|rest| rest.starts_with('=') && !rest.starts_with("=;"))
    })
}

/// Large text, kept for a year, or forgotten.
pub fn of_text_size(large: bool) -> HeaderValue {
    if large {
        set(TEXT, "large", 365 * 24 * 3600)
    } else {
        forget(TEXT)
    }
}

/// A sealed value, kept for half an hour.
pub fn of_sealed(name: &'static str, sealed: &str) -> HeaderValue {
    set(name, sealed, SEALED_SECONDS)
}

/// How long a sealed value is good for.
pub const SEALED_SECONDS: i64 = 30 * 60;

/// Empties a cookie.
pub fn forget(name: &'static str) -> HeaderValue {
    set(name, "", 0)
}

fn set(name: &'static str, value: &str, seconds: i64) -> HeaderValue {
    let cookie = Cookie::build((name, value))
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Lax)
        .build();
    let line = format!("{cookie}; Max-Age={seconds}");
    // Tokens are base64 and language tags are ASCII: a value that is no header value cannot come up.
    HeaderValue::from_str(&line).unwrap_or_else(|_| HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_have_every_attribute() {
        assert_eq!(
            of_language(Locale::En),
            "__Host-lang=en; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=31536000"
        );
    }

    #[test]
    fn reading_and_recognising() {
        let mut headers = HeaderMap::new();
        headers.insert(
            header::COOKIE,
            HeaderValue::from_static("a=1; __Host-lang=en; b="),
        );
        assert_eq!(read(&headers, LANGUAGE).as_deref(), Some("en"));
        assert_eq!(read(&headers, "b"), None);
        for line in no_session() {
            headers.append(header::SET_COOKIE, line);
        }
        assert!(sets(&headers, SESSION) && !sets(&headers, "__Host-ses"));
    }
}
