//! SCIM 2.0 for identity managements, `/scim/v2`: bearer tokens only, `application/scim+json`, errors as RFC 7644 has them.
//! Deliberately absent: what comes of a call (`services::scim`). The writes carry no number of a message: each can be said again.
//! What each path asks stands in `web::SCIM`.

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{FromRequest, FromRequestParts, Path, Query, Request},
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
    routing::{any, get},
};
use serde::Deserialize;
use serde_json::{Value, json};
use services::{
    Ctx,
    scim::{self, Answer},
};
use shared::{
    access::needs,
    fault::{Class, Code, Fault},
    text::{Locale, faults},
};
use uuid::Uuid;

use crate::web::{
    Web,
    bounds::{self, budget::Held},
    dress, locale, rest,
};

/// The media type of everything here.
const KIND: &str = "application/scim+json";
/// The schema of errors.
const ERROR: &str = "urn:ietf:params:scim:api:messages:2.0:Error";

/// The paths.
pub fn router() -> Router<Web> {
    Router::new()
        .route("/scim/v2/ServiceProviderConfig", get(service))
        .route("/scim/v2/ResourceTypes", get(resource_types))
        .route("/scim/v2/Schemas", get(schemas))
        .route("/scim/v2/Users", get(list).post(create))
        .route("/scim/v2/Groups", get(groups))
        .route(
            "/scim/v2/{kind}/{id}",
            get(one).put(replace).patch(patch).delete(delete),
        )
        .route("/scim/{*rest}", any(|| async { StatusCode::NOT_FOUND }))
}

/// A program that may say who comes and who goes.
struct Program(Ctx);

impl FromRequestParts<Web> for Program {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Refused> {
        rest::unnumbered(parts, web, needs::PROVISIONING)
            .await
            .map(Self)
            .map_err(|fault| Refused(fault, locale::wished(&parts.headers)))
    }
}

/// A fault on its way out.
struct Refused(Fault, Locale);

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let Self(fault, language) = self;
        let status = status(&fault);
        let mut body = json!({
            "schemas": [ERROR],
            "status": status.as_u16().to_string(),
            "detail": detail(&fault, language),
            "code": fault.code.as_str(),
        });
        if let Some(kind) = kind(&fault) {
            body["scimType"] = Value::from(kind);
        }
        let mut response = answered(status, &body);
        if fault.code.class() == Class::SignedOut {
            let bearer = HeaderValue::from_static("Bearer");
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, bearer);
        }
        response
    }
}

/// The sentence, with those of the fields at fault.
fn detail(fault: &Fault, language: Locale) -> String {
    let mut words = faults::message(fault, language);
    for field in &fault.fields {
        let said = faults::field_message(field, language);
        words.extend([" ", field.field.as_str(), ": ", said.as_str()]);
    }
    words
}

fn is_taken(fault: &Fault) -> bool {
    fault.code == Code::AccountRequestOpen
        || fault
            .fields
            .iter()
            .any(|field| field.code == Code::InputTaken)
}

/// The status as RFC 7644, 3.12 has it.
fn status(fault: &Fault) -> StatusCode {
    match fault.code {
        _ if is_taken(fault) => StatusCode::CONFLICT,
        Code::VersionStale => StatusCode::PRECONDITION_FAILED,
        _ => match dress::status(fault) {
            StatusCode::UNPROCESSABLE_ENTITY => StatusCode::BAD_REQUEST,
            other => other,
        },
    }
}

/// The detail error keyword of RFC 7644, 3.12.
fn kind(fault: &Fault) -> Option<&'static str> {
    match fault.code {
        _ if is_taken(fault) => Some("uniqueness"),
        Code::ScimFilter => Some("invalidFilter"),
        Code::ScimPath => Some("invalidPath"),
        Code::ScimFixed => Some("mutability"),
        Code::InputBody => Some("invalidSyntax"),
        Code::InputInvalid => Some("invalidValue"),
        _ => None,
    }
}

fn answered(status: StatusCode, body: &Value) -> Response {
    let kind = HeaderValue::from_static(KIND);
    (status, [(header::CONTENT_TYPE, kind)], body.to_string()).into_response()
}

/// A view, or the fault in the caller's language.
fn given(ctx: &Ctx, done: Result<Value, Fault>) -> Result<Response, Refused> {
    match done {
        Ok(body) => Ok(answered(StatusCode::OK, &body)),
        Err(fault) => Err(Refused(fault, ctx.locale)),
    }
}

/// A user with its version and place.
fn with_tag(
    ctx: &Ctx,
    status: StatusCode,
    done: Result<Answer, Fault>,
) -> Result<Response, Refused> {
    let answer = done.map_err(|fault| Refused(fault, ctx.locale))?;
    let mut response = answered(status, &answer.body);
    let place = answer.body["meta"]["location"].as_str().unwrap_or_default();
    for (name, value) in [
        (header::ETAG, answer.tag.as_str()),
        (header::CONTENT_LOCATION, place),
    ] {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
        }
    }
    if status == StatusCode::CREATED
        && let Ok(place) = HeaderValue::from_str(place)
    {
        response.headers_mut().insert(header::LOCATION, place);
    }
    Ok(response)
}

/// A body of JSON, whatever of both types it calls itself.
struct Sent(Value);

impl FromRequest<Web> for Sent {
    type Rejection = Refused;

    async fn from_request(request: Request, _: &Web) -> Result<Self, Refused> {
        let language = locale::wished(request.headers());
        let read = async {
            if !is_json(request.headers()) {
                return Err(Fault::new(Code::InputBody).fact("detail", "content-type"));
            }
            let held = request.extensions().get::<Arc<Held>>().cloned();
            let bytes: Result<Bytes, _> =
                axum::body::to_bytes(request.into_body(), usize::MAX).await;
            let bytes = bytes.map_err(|_| bounds::unreadable(held.as_ref()))?;
            serde_json::from_slice(&bytes)
                .map_err(|_| Fault::new(Code::InputBody).fact("detail", "json"))
        };
        read.await
            .map(Self)
            .map_err(|fault| Refused(fault, language))
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|it| it.to_str().ok());
    kind.is_none_or(|kind| {
        let kind = kind.split(';').next().unwrap_or_default().trim();
        [KIND, "application/json"]
            .iter()
            .any(|known| kind.eq_ignore_ascii_case(known))
    })
}

/// The version that was seen.
fn seen(headers: &HeaderMap) -> Option<String> {
    let seen = headers.get(header::IF_MATCH)?.to_str().ok()?;
    Some(seen.to_owned())
}

/// The id of a user in the path; what is none does not exist. Groups are only read.
fn id(ctx: &Ctx, (kind, text): &(String, String)) -> Result<Uuid, Refused> {
    let id = Uuid::parse_str(text).ok().filter(|_| kind == "Users");
    id.ok_or_else(|| Refused(Fault::missing(), ctx.locale))
}

async fn service(Program(ctx): Program) -> Result<Response, Refused> {
    given(&ctx, scim::service(&ctx))
}

async fn resource_types(Program(ctx): Program) -> Result<Response, Refused> {
    given(&ctx, scim::resource_types(&ctx))
}

async fn schemas(Program(ctx): Program) -> Result<Response, Refused> {
    given(&ctx, scim::schemas(&ctx))
}

/// What stands in the address of a list; other names (`attributes`, `sortBy`) are passed over, as RFC 7644 lets providers do.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Asked {
    filter: Option<String>,
    start_index: Option<i64>,
    count: Option<i64>,
}

async fn list(
    Program(ctx): Program,
    asked: Result<Query<Asked>, axum::extract::rejection::QueryRejection>,
) -> Result<Response, Refused> {
    let asked = asked.map_err(|_| Refused(Fault::new(Code::ScimFilter), ctx.locale))?;
    let Query(asked) = asked;
    let query = scim::Query {
        filter: asked.filter,
        start_index: asked.start_index,
        count: asked.count,
    };
    given(&ctx, scim::list(&ctx, query).await)
}

async fn create(Program(ctx): Program, Sent(body): Sent) -> Result<Response, Refused> {
    let made = scim::create(&ctx, &body).await;
    with_tag(&ctx, StatusCode::CREATED, made)
}

async fn one(
    Program(ctx): Program,
    Path(place): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    if place.0 == "Groups" {
        return given(&ctx, scim::group(&ctx, &place.1).await);
    }
    let found = scim::get(&ctx, id(&ctx, &place)?).await;
    let known = headers.get(header::IF_NONE_MATCH);
    let is_known = found
        .as_ref()
        .is_ok_and(|found| known.is_some_and(|known| known.as_bytes() == found.tag.as_bytes()));
    let mut response = with_tag(&ctx, StatusCode::OK, found)?;
    if is_known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        *response.body_mut() = Body::empty();
    }
    Ok(response)
}

async fn replace(
    Program(ctx): Program,
    Path(place): Path<(String, String)>,
    headers: HeaderMap,
    Sent(body): Sent,
) -> Result<Response, Refused> {
    let id = id(&ctx, &place)?;
    let changed = scim::replace(&ctx, id, &body, seen(&headers)).await;
    with_tag(&ctx, StatusCode::OK, changed)
}

async fn patch(
    Program(ctx): Program,
    Path(place): Path<(String, String)>,
    headers: HeaderMap,
    Sent(body): Sent,
) -> Result<Response, Refused> {
    let id = id(&ctx, &place)?;
    let changed = scim::patch(&ctx, id, &body, seen(&headers)).await;
    with_tag(&ctx, StatusCode::OK, changed)
}

async fn delete(
    Program(ctx): Program,
    Path(place): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let id = id(&ctx, &place)?;
    scim::delete(&ctx, id, seen(&headers))
        .await
        .map(|()| StatusCode::NO_CONTENT.into_response())
        .map_err(|fault| Refused(fault, ctx.locale))
}

async fn groups(Program(ctx): Program) -> Result<Response, Refused> {
    given(&ctx, scim::groups(&ctx).await)
}
