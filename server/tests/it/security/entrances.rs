//! Every entrance that a request reaches, off the access table, and what can be asked of it in its address.
//! Deliberately absent: bodies that fit (`rights::calls`).
//! Names of parameters come from the interface's description and from the product's own forms, so that a new one is attacked without a word here.

use std::collections::BTreeSet;

use axum::{
    body::{self, Body},
    http::Request,
};
use serde_json::Value;
use server::{
    access::{self, Entry, Kind},
    web,
};

use crate::rights::calls::Caller;
use crate::support::request;

/// Names that pages read from their addresses, beside those of the interface.
const OF_PAGES: [&str; 30] = [
    "q", "query", "sort", "cursor", "limit", "page", "from", "to", "state", "status", "kind",
    "channel", "region", "area", "category", "unit", "tag", "text", "where", "order", "columns",
    "by", "measure", "phone", "no", "id", "list", "next", "done", "lang",
];

/// An id that was never given.
pub const MISSING: &str = "01900000-0000-7000-8000-00000000dead";

/// The rows that a request reaches.
pub fn all() -> Vec<Entry> {
    let mut rows = access::table();
    rows.retain(|entry| !matches!(entry.kind, Kind::Command | Kind::Job));
    rows
}

/// Method and pattern of a row.
pub fn address(entry: &Entry) -> (&str, &str) {
    match entry.kind {
        Kind::Page => ("GET", &entry.name),
        Kind::Form | Kind::Function => ("POST", &entry.name),
        _ => entry.name.split_once(' ').expect("method and path"),
    }
}

/// The rows that only read, by method.
pub fn read_only() -> Vec<Entry> {
    let mut rows = all();
    rows.retain(|entry| address(entry).0 == "GET");
    rows
}

/// Names of what a GET takes in its address: those of its description, of others all that pages have.
pub fn parameters(document: &Value, entry: &Entry) -> Vec<String> {
    if entry.kind != Kind::Rest {
        return OF_PAGES.map(str::to_owned).to_vec();
    }
    let described = document["paths"][address(entry).1]["get"]["parameters"].as_array();
    let in_query = described
        .into_iter()
        .flatten()
        .filter(|it| it["in"] == "query");
    let names: BTreeSet<String> = in_query
        .filter_map(|it| it["name"].as_str().map(str::to_owned))
        .collect();
    names.into_iter().collect()
}

/// The description of the interface.
pub fn description() -> Value {
    serde_json::to_value(web::rest::document()).expect("the document is JSON")
}

/// A GET by somebody, by cookie and by token as the row wants it.
pub fn asked(entry: &Entry, path: &str, caller: &Caller) -> Request<Body> {
    let bearer = caller.token.as_ref().map(|token| format!("Bearer {token}"));
    let mut headers = vec![("sec-fetch-site", "same-origin")];
    if matches!(entry.kind, Kind::Rest | Kind::Scim) {
        headers.extend(bearer.as_deref().map(|token| ("authorization", token)));
    } else {
        headers.push(("cookie", caller.cookies.as_str()));
    }
    request("GET", path, &headers, Body::empty())
}

/// Text as it stands in an address.
pub fn in_address(text: &str) -> String {
    let pairs = serde_urlencoded::to_string([("x", text)]).expect("text");
    pairs.strip_prefix("x=").unwrap_or_default().to_owned()
}

/// The same request with another body, made of the one it has.
pub async fn with_body(
    request: Request<Body>,
    change: impl FnOnce(String) -> String,
) -> Request<Body> {
    let (parts, old) = request.into_parts();
    let bytes = body::to_bytes(old, usize::MAX).await.expect("it ends");
    let text = String::from_utf8(bytes.to_vec()).expect("a body of text");
    Request::from_parts(parts, Body::from(change(text)))
}
