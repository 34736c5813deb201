//! The description as a page, rendered on the server without script: `/api/v1/docs`.
//! Deliberately absent: trying calls out; the page is for reading, `openapi.json` is for tools.
//! Read next: `document`.

use std::fmt::Write as _;

use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use serde_json::Value;
use shared::text::{Locale, edge};

use super::{PREFIX, document};
use crate::web::{
    Web,
    dress::{self, escape},
    locale,
};

/// `GET /api/v1/docs`.
pub async fn show(State(web): State<Web>, headers: HeaderMap) -> Response {
    let locale = locale::of(&headers);
    let document = serde_json::to_value(document()).unwrap_or_default();
    let body = render(&document, locale);
    dress::document(&web, edge::API_TITLE.get(locale), &body, locale).into_response()
}

fn render(document: &Value, locale: Locale) -> String {
    let mut out = String::new();
    for paragraph in text(&document["info"]["description"]).split("\n\n") {
        let _ = write!(out, "<p>{}</p>", code(paragraph));
    }
    let link = edge::API_DOCUMENT.get(locale);
    let _ = write!(out, "<p><a href=\"{PREFIX}/openapi.json\">{link}</a></p>");
    for tag in list(&document["tags"]) {
        let (name, words) = (text(&tag["name"]), text(&tag["description"]));
        let _ = write!(out, "<section lang=\"en\"><h2>{}</h2>", escape(words));
        for (path, item) in entries(&document["paths"]) {
            for (method, operation) in entries(item) {
                if list(&operation["tags"]).iter().any(|it| text(it) == name) {
                    show_operation(&mut out, method, path, operation, locale);
                }
            }
        }
        out.push_str("</section>");
    }
    let title = edge::API_SCHEMAS.get(locale);
    let _ = write!(
        out,
        "<section lang=\"en\"><h2 lang=\"{}\">{title}</h2>",
        locale.tag()
    );
    for (name, schema) in entries(&document["components"]["schemas"]) {
        show_schema(&mut out, name, schema, locale);
    }
    out.push_str("</section>");
    out
}

fn show_operation(out: &mut String, method: &str, path: &str, operation: &Value, locale: Locale) {
    let id = text(&operation["operationId"]);
    let method = method.to_uppercase();
    let _ = write!(
        out,
        "<article id=\"{}\"><h3><code>{method} {}</code> {}</h3>",
        escape(id),
        escape(path),
        escape(text(&operation["summary"])),
    );
    let description = text(&operation["description"]);
    if !description.is_empty() {
        let _ = write!(out, "<p>{}</p>", code(description));
    }
    let parameters = list(&operation["parameters"]);
    if !parameters.is_empty() {
        let _ = write!(out, "<h4>{}</h4><dl>", edge::API_PARAMETERS.get(locale));
        for parameter in parameters {
            let required = parameter["required"].as_bool() == Some(true);
            let mark = if required {
                edge::API_REQUIRED.get(locale)
            } else {
                ""
            };
            let _ = write!(
                out,
                "<dt><code>{}</code> <small>{} {} {mark}</small></dt><dd>{}</dd>",
                escape(text(&parameter["name"])),
                escape(text(&parameter["in"])),
                kind(&parameter["schema"]),
                code(text(&parameter["description"])),
            );
        }
        out.push_str("</dl>");
    }
    let body = &operation["requestBody"]["content"]["application/json"]["schema"];
    if !body.is_null() {
        let _ = write!(
            out,
            "<h4>{}</h4><p>{}</p>",
            edge::API_BODY.get(locale),
            kind(body)
        );
    }
    let _ = write!(out, "<h4>{}</h4><dl>", edge::API_ANSWERS.get(locale));
    for (status, answer) in entries(&operation["responses"]) {
        let schema = kind(&answer["content"]["application/json"]["schema"]);
        let words = code(text(&answer["description"]));
        let _ = write!(
            out,
            "<dt><code>{}</code> {schema}</dt><dd>{words}</dd>",
            escape(status)
        );
    }
    out.push_str("</dl></article>");
}

fn show_schema(out: &mut String, name: &str, schema: &Value, locale: Locale) {
    let name = escape(name);
    let _ = write!(
        out,
        "<article id=\"schema-{name}\"><h3><code>{name}</code></h3>"
    );
    let description = text(&schema["description"]);
    if !description.is_empty() {
        let _ = write!(out, "<p>{}</p>", code(description));
    }
    let values = list(&schema["enum"]);
    if !values.is_empty() {
        let words: Vec<_> = values
            .iter()
            .map(|it| format!("<code>{}</code>", escape(text(it))))
            .collect();
        let _ = write!(out, "<p>{}</p>", words.join(" "));
    }
    let required = list(&schema["required"]);
    let mut open = false;
    for (field, property) in entries(&schema["properties"]) {
        if !open {
            out.push_str("<dl>");
            open = true;
        }
        let needed = required.iter().any(|it| text(it) == field);
        let mark = if needed {
            edge::API_REQUIRED.get(locale)
        } else {
            ""
        };
        let words = code(text(&property["description"]));
        let kind = kind(property);
        let _ = write!(
            out,
            "<dt><code>{}</code> <small>{kind} {mark}</small></dt><dd>{words}</dd>",
            escape(field)
        );
    }
    if open {
        out.push_str("</dl>");
    }
    out.push_str("</article>");
}

/// The type of a schema in a few words; named ones are links.
fn kind(schema: &Value) -> String {
    if let Some(target) = schema["$ref"].as_str() {
        let name = escape(target.rsplit('/').next().unwrap_or_default());
        return format!("<a href=\"#schema-{name}\">{name}</a>");
    }
    for several in ["oneOf", "anyOf", "allOf"] {
        let parts: Vec<_> = list(&schema[several])
            .iter()
            .map(kind)
            .filter(|it| it != "null")
            .collect();
        if !parts.is_empty() {
            return parts.join(" | ");
        }
    }
    if !schema["items"].is_null() {
        return format!("[{}]", kind(&schema["items"]));
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::Array(types) => types.iter().map(text).filter(|it| *it != "null").collect(),
        other => vec![text(other)],
    };
    let format = text(&schema["format"]);
    let types = escape(&types.join(" | "));
    if format.is_empty() {
        types
    } else {
        format!("{types} ({})", escape(format))
    }
}

/// Escaped text with what stands between backticks as code.
fn code(words: &str) -> String {
    let mut out = String::new();
    for (place, part) in words.split('`').enumerate() {
        let part = escape(part);
        if place % 2 == 1 {
            let _ = write!(out, "<code>{part}</code>");
        } else {
            out.push_str(&part);
        }
    }
    out
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_shows_every_path_and_no_raw_html() {
        let document = serde_json::to_value(document()).expect("the document is JSON");
        let page = render(&document, Locale::En);
        for (path, _) in entries(&document["paths"]) {
            assert!(page.contains(&escape(path)), "{path} is missing");
        }
        assert!(!page.contains("<script") && !page.contains("style="));
        assert_eq!(code("a `b<` c"), "a <code>b&lt;</code> c");
    }
}
