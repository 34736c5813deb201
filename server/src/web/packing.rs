//! How answers are packed that are made anew for each request. Brotli takes three times as long for them as gzip, for a tenth fewer bytes:
//! who works here and programs get gzip where they take it. Citizens' pages come over slow lines and keep brotli, and so do files, which are
//! packed once.
//! Deliberately absent: the packing itself (tower-http), files (`site`).

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, header},
    middleware::Next,
    response::Response,
};

/// For pages and their server functions.
pub async fn of_people(mut request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if path.starts_with("/fn/") || app::routes::is_of_staff(path) {
        prefer_gzip(request.headers_mut());
    }
    next.run(request).await
}

/// For REST.
pub async fn of_programs(mut request: Request, next: Next) -> Response {
    prefer_gzip(request.headers_mut());
    next.run(request).await
}

fn prefer_gzip(headers: &mut HeaderMap) {
    let wished = headers.get(header::ACCEPT_ENCODING);
    let takes = wished
        .and_then(|value| value.to_str().ok())
        .is_some_and(takes_gzip);
    if takes {
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
    }
}

/// Whether gzip is among what is taken, and not ruled out.
fn takes_gzip(wished: &str) -> bool {
    wished.split(',').any(|one| {
        let mut pieces = one.split(';').map(str::trim);
        let is_gzip = pieces
            .next()
            .is_some_and(|name| name.eq_ignore_ascii_case("gzip"));
        let is_none = |piece: &str| {
            let weight = piece.strip_prefix("q=").map(str::parse::<f32>);
            weight.is_some_and(|weight| weight.is_ok_and(|weight| weight <= 0.0))
        };
        is_gzip && !pieces.any(is_none)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gzip_is_preferred_only_where_it_is_taken() {
        for (wished, left) in [
            ("gzip, deflate, br, zstd", "gzip"),
            ("br;q=1.0, GZIP;q=0.5", "gzip"),
            ("br", "br"),
            ("br, gzip;q=0", "br, gzip;q=0"),
            ("identity", "identity"),
        ] {
            let value = HeaderValue::from_static(wished);
            let mut headers = HeaderMap::from_iter([(header::ACCEPT_ENCODING, value)]);
            prefer_gzip(&mut headers);
            assert_eq!(headers[header::ACCEPT_ENCODING], left, "{wished}");
        }
        let mut none = HeaderMap::new();
        prefer_gzip(&mut none);
        assert!(none.is_empty());
    }
}
