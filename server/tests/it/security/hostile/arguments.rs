//! Every place of an entrance where somebody's words arrive: names in its address, fields of its body (those of the example and of the description),
//! the body as a whole, heads, and the hole in its path.
//! Deliberately absent: what is put there (`lists`), files and their bytes (`services`, `files`).

use std::collections::BTreeSet;

use axum::{
    body::{self, Body},
    http::{HeaderName, HeaderValue, Request},
};
use serde_json::{Map, Value, json};
use server::access::{Entry, Kind};

use crate::rights::calls::{Caller, Objects, request_for};
use crate::security::entrances::{self, address, asked, in_address, with_body};

/// Heads that programs read, log or pass on.
const HEADS: [&str; 8] = [
    "user-agent",
    "referer",
    "accept-language",
    "x-request-id",
    "x-forwarded-for",
    "x-forwarded-host",
    "if-none-match",
    "idempotency-key",
];

/// A place for somebody's words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Argument {
    /// A name in the address.
    Query(String),
    /// A field of the body, by its way through it.
    Field(String),
    /// The whole body.
    Whole,
    /// A head.
    Head(&'static str),
    /// What stands in the path.
    Path,
}

/// An entrance as somebody calls it.
pub struct Called<'a> {
    /// Its row.
    pub entry: &'a Entry,
    /// What it is about.
    pub objects: &'a Objects,
    /// By whom.
    pub caller: &'a Caller,
    /// Its address with things that exist.
    path: String,
    /// Its body.
    body: String,
}

impl<'a> Called<'a> {
    /// Reads address and body of the example.
    pub async fn of(entry: &'a Entry, objects: &'a Objects, caller: &'a Caller) -> Self {
        let (parts, body) = request_for(entry, objects, caller).into_parts();
        let bytes = body::to_bytes(body, usize::MAX).await.expect("it ends");
        Self {
            entry,
            objects,
            caller,
            path: parts.uri.to_string(),
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    fn is_json(&self) -> bool {
        matches!(self.entry.kind, Kind::Rest | Kind::Function | Kind::Scim)
    }

    /// Every place, in order.
    pub fn arguments(&self, description: &Value) -> Vec<Argument> {
        let (method, pattern) = address(self.entry);
        let mut all: Vec<Argument> = HEADS.into_iter().map(Argument::Head).collect();
        if pattern.contains('{') {
            all.push(Argument::Path);
        }
        if method == "GET" {
            let names = entrances::parameters(description, self.entry);
            all.extend(names.into_iter().map(Argument::Query));
            return all;
        }
        if self.body.is_empty() {
            return all;
        }
        all.push(Argument::Whole);
        let mut fields: BTreeSet<String> = BTreeSet::new();
        if self.is_json() {
            let value: Value = serde_json::from_str(&self.body).unwrap_or_default();
            texts_of(&value, "", &mut fields);
            let operation = &description["paths"][pattern][method.to_lowercase()];
            fields.extend(described(operation, description));
        } else {
            let pairs: Vec<(String, String)> =
                serde_urlencoded::from_str(&self.body).unwrap_or_default();
            fields.extend(pairs.into_iter().map(|(name, _)| name));
        }
        all.extend(fields.into_iter().map(Argument::Field));
        all
    }

    /// The call with a text at one place; none where such a text cannot stand there.
    pub async fn with(&self, argument: &Argument, text: &str) -> Option<Request<Body>> {
        let plain = || request_for(self.entry, self.objects, self.caller);
        Some(match argument {
            Argument::Query(name) => {
                let path = format!("{}?{name}={}", self.path, in_address(text));
                asked(self.entry, &path, self.caller)
            }
            Argument::Field(way) => {
                let body = self.filled(way, text);
                with_body(plain(), |_| body).await
            }
            Argument::Whole => {
                let mut request = with_body(plain(), |_| text.to_owned()).await;
                if text.trim_start().starts_with("<?xml") {
                    let kind = HeaderValue::from_static("application/xml");
                    request.headers_mut().insert("content-type", kind);
                }
                request
            }
            Argument::Head(name) => {
                let bytes: Vec<u8> = text.bytes().filter(|it| *it >= 32 && *it != 127).collect();
                let value = HeaderValue::from_bytes(&bytes).ok()?;
                let mut request = plain();
                let name = HeaderName::from_static(name);
                request.headers_mut().insert(name, value);
                request
            }
            Argument::Path => {
                let mut request = plain();
                *request.uri_mut() = self.holed(text)?.parse().ok()?;
                request
            }
        })
    }

    /// The body with a text in one field.
    fn filled(&self, way: &str, text: &str) -> String {
        if !self.is_json() {
            let pairs: Vec<(String, String)> =
                serde_urlencoded::from_str(&self.body).unwrap_or_default();
            let put = |(name, value): (String, String)| {
                let value = if name == way { text.to_owned() } else { value };
                (name, value)
            };
            let pairs: Vec<(String, String)> = pairs.into_iter().map(put).collect();
            return serde_urlencoded::to_string(pairs).expect("text");
        }
        let mut value: Value = serde_json::from_str(&self.body).unwrap_or_else(|_| json!({}));
        if let Some(place) = value.pointer_mut(way) {
            *place = json!(text);
        } else if let (Some(fields), Some(name)) = (value.as_object_mut(), way.strip_prefix('/')) {
            fields.insert(name.to_owned(), json!(text));
        }
        value.to_string()
    }

    /// The address with a text in place of the first thing that it names.
    fn holed(&self, text: &str) -> Option<String> {
        let (_, pattern) = address(self.entry);
        let at = pattern.split('/').position(|part| part.starts_with('{'))?;
        let text = in_address(text).replace('+', "%20");
        let mut parts: Vec<&str> = self.path.split('/').collect();
        *parts.get_mut(at)? = &text;
        Some(parts.join("/"))
    }
}

/// The ways to the texts of a body.
fn texts_of(value: &Value, way: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::String(_) => {
            found.insert(way.to_owned());
        }
        Value::Object(parts) => {
            for (name, part) in parts {
                texts_of(part, &format!("{way}/{name}"), found);
            }
        }
        Value::Array(parts) => {
            for (at, part) in parts.iter().enumerate() {
                texts_of(part, &format!("{way}/{at}"), found);
            }
        }
        _ => {}
    }
}

/// The fields of a described body in which a text may stand.
fn described(operation: &Value, document: &Value) -> Vec<String> {
    static NULL: Value = Value::Null;
    let kinds = operation["requestBody"]["content"].as_object();
    let kind = kinds.and_then(|kinds| kinds.values().next());
    let mut schema = kind.map_or(&NULL, |kind| &kind["schema"]);
    if let Some(name) = schema["$ref"].as_str().and_then(|it| it.rsplit('/').next()) {
        schema = &document["components"]["schemas"][name];
    }
    let none = Map::new();
    let properties = schema["properties"].as_object().unwrap_or(&none);
    let is_text = |field: &Value| {
        let kind = &field["type"];
        let kinds = kind
            .as_array()
            .is_some_and(|all| all.contains(&json!("string")));
        kind == "string" || kinds || !field["$ref"].is_null() || !field["oneOf"].is_null()
    };
    let texts = properties.iter().filter(|(_, field)| is_text(field));
    texts.map(|(name, _)| format!("/{name}")).collect()
}

#[test]
fn places_of_a_body_are_found() {
    let mut found = BTreeSet::new();
    texts_of(
        &json!({"a": "x", "b": {"c": "y", "n": 1}, "d": ["z"]}),
        "",
        &mut found,
    );
    let ways: Vec<&str> = found.iter().map(String::as_str).collect();
    assert_eq!(ways, ["/a", "/b/c", "/d/0"]);
    let document = json!({"components": {"schemas": {"A": {"properties": {
        "name": {"type": "string"}, "also": {"type": ["string", "null"]}, "n": {"type": "integer"}, "of": {"$ref": "#/x"},
    }}}}});
    let operation = json!({"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}}});
    let mut found = described(&operation, &document);
    found.sort();
    assert_eq!(found, ["/also", "/name", "/of"]);
}
