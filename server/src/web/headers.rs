//! Headers that every answer carries: pages, errors, panics, static files and 304 alike (trap P-18).
//! Deliberately absent: the nonce of a page's policy (`pages`); what is set already stays.
//! Read next: `edge`, which calls this last.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// For answers that are no page of the product: no script, nothing from elsewhere.
pub const STRICT_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The policy of a page whose scripts carry this nonce.
pub fn policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; \
         style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; \
         manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
}

const ALWAYS: [(&str, &str); 6] = [
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    // Not `no-referrer`: it would make forms send `Origin: null`, and the cross-site check refuse them.
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(), geolocation=(self), microphone=(), payment=(), usb=()",
    ),
];

/// Adds what is missing. Whatever says nothing about caching is private and must not be kept.
pub fn secure(headers: &mut HeaderMap, https: bool) {
    for (name, value) in ALWAYS {
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    let strict = HeaderValue::from_static(STRICT_POLICY);
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(strict);
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    if https {
        let year = HeaderValue::from_static("max-age=31536000");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
}
