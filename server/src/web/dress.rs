//! Faults in their clothes: JSON for programs and for hydrated pages, a small page for people.
//! Deliberately absent: the sentences (`shared::text::faults`); pages of the product (`app`).
//! Layers of other libraries answer without a body; `bare` gives those answers a code and words too.

use axum::{
    Json,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use serde::Serialize;
use shared::{
    fault::{Class, Code, Fault},
    text::{Locale, common, edge, faults},
};
use std::collections::BTreeMap;
use tower_http::csrf::ProtectionError;

use super::{Web, edge::Facts};

/// Who reads the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// A person.
    Page,
    /// A program, or a page's own script.
    Program,
}

impl Channel {
    /// By the path that was asked for.
    pub fn of(path: &str) -> Self {
        if ["/api/", "/fn/", "/scim/"]
            .iter()
            .any(|start| path.starts_with(start))
        {
            Self::Program
        } else {
            Self::Page
        }
    }
}

/// The error body of the programming interface.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Failure {
    /// Permanent dotted code, for example `input.invalid`.
    pub code: String,
    /// A sentence in the language of `Accept-Language`.
    pub message: String,
    /// Numbers and codes of the sentence.
    pub facts: BTreeMap<String, String>,
    /// The fields at fault.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldFailure>,
    /// Stands in our log too; present when the defect is ours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub incident: Option<String>,
}

/// What is wrong with one field.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct FieldFailure {
    /// Name as in the body, dotted for nested ones.
    pub field: String,
    /// Permanent dotted code.
    pub code: String,
    /// A sentence in the language of `Accept-Language`.
    pub message: String,
    /// Numbers and codes of the sentence.
    pub facts: BTreeMap<String, String>,
}

impl Failure {
    /// The body for a fault.
    pub fn of(fault: &Fault, locale: Locale) -> Self {
        let fields = fault.fields.iter().map(|field| FieldFailure {
            field: field.field.clone(),
            code: field.code.to_string(),
            message: faults::field_message(field, locale),
            facts: field.facts.clone(),
        });
        Self {
            code: fault.code.to_string(),
            message: faults::message(fault, locale),
            facts: fault.facts.clone(),
            fields: fields.collect(),
            incident: fault.incident.clone(),
        }
    }
}

/// The HTTP status of a fault.
pub fn status(fault: &Fault) -> StatusCode {
    StatusCode::from_u16(fault.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// The answer for a fault.
pub fn fault(web: &Web, fault: &Fault, facts: &Facts, channel: Channel) -> Response {
    let mut response = match channel {
        Channel::Program => json(fault, facts.locale),
        Channel::Page => page(web, fault, facts.locale),
    };
    hints(fault, response.headers_mut());
    response
}

/// The JSON answer for a fault.
pub fn json(fault: &Fault, locale: Locale) -> Response {
    let mut response = (status(fault), Json(Failure::of(fault, locale))).into_response();
    hints(fault, response.headers_mut());
    response
}

fn hints(fault: &Fault, headers: &mut axum::http::HeaderMap) {
    match fault.code.class() {
        Class::SignedOut => {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        Class::Limited | Class::Busy => {
            let minutes: u32 = fault
                .facts
                .get("minutes")
                .and_then(|it| it.parse().ok())
                .unwrap_or(0);
            let seconds = if minutes > 0 { minutes * 60 } else { 30 };
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        _ => {}
    }
}

fn page(web: &Web, fault: &Fault, locale: Locale) -> Response {
    let title = match fault.code.class() {
        Class::Missing => edge::MISSING_TITLE,
        Class::Denied | Class::SignedOut => edge::DENIED_TITLE,
        _ => edge::FAULT_TITLE,
    };
    let mut body = format!("<p>{}</p>", escape(&faults::message(fault, locale)));
    if let Some(incident) = &fault.incident {
        let (label, advice) = (
            edge::INCIDENT.get(locale),
            edge::INCIDENT_ADVICE.get(locale),
        );
        body += &format!(
            "<p>{label}: <code>{}</code></p><p>{advice}</p>",
            escape(incident)
        );
    }
    body += &format!("<p><a href=\"/\">{}</a></p>", edge::BACK_HOME.get(locale));
    (
        status(fault),
        document(web, title.get(locale), &body, locale),
    )
        .into_response()
}

/// A page without script in the product's style. `body` is HTML and must be escaped where it is not ours.
pub fn document(web: &Web, title: &str, body: &str, locale: Locale) -> Html<String> {
    let lang = locale.tag();
    let style = web.stylesheet();
    let product = common::PRODUCT.get(locale);
    let title = escape(title);
    Html(format!(
        "<!DOCTYPE html><html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title} · {product}</title><link rel=\"stylesheet\" href=\"{style}\"></head>\
         <body><main class=\"page narrow\"><h1>{title}</h1>{body}</main></body></html>"
    ))
}

/// Text as HTML.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

/// Gives a code and words to error answers that came without: of the router, of limits, of the cross-site check.
pub async fn bare(State(web): State<Web>, request: Request, next: Next) -> Response {
    let channel = Channel::of(request.uri().path());
    let facts = request.extensions().get::<Facts>().cloned();
    let head = request.method() == axum::http::Method::HEAD;
    let response = next.run(request).await;
    let (Some(facts), true) = (facts, is_bare(&response) && !head) else {
        return response;
    };
    let status = response.status();
    let mut dressed = fault(&web, &for_status(&response, &facts), &facts, channel);
    *dressed.status_mut() = status;
    for name in [header::ALLOW, header::CONTENT_RANGE] {
        if let Some(value) = response.headers().get(&name) {
            dressed.headers_mut().insert(name, value.clone());
        }
    }
    dressed
}

fn is_bare(response: &Response) -> bool {
    let kind = response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|it| it.to_str().ok());
    let error = response.status().is_client_error() || response.status().is_server_error();
    error && kind.is_none_or(|kind| kind.starts_with("text/plain"))
}

fn for_status(response: &Response, facts: &Facts) -> Fault {
    if response.extensions().get::<ProtectionError>().is_some() {
        return Fault::new(Code::CrossSite);
    }
    match response.status() {
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => Fault::missing(),
        StatusCode::PAYLOAD_TOO_LARGE => Fault::new(Code::BodyTooLarge),
        StatusCode::TOO_MANY_REQUESTS => Fault::new(Code::RateLimited),
        StatusCode::UNAUTHORIZED => Fault::new(Code::SignedOut),
        StatusCode::FORBIDDEN => Fault::denied(),
        StatusCode::SERVICE_UNAVAILABLE | StatusCode::REQUEST_TIMEOUT => Fault {
            incident: Some(facts.id.clone()),
            ..Fault::new(Code::Busy)
        },
        status if status.is_server_error() => facts.broken(),
        _ => Fault::new(Code::InputBody),
    }
}
