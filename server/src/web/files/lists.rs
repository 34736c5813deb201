//! A list of the office as CSV: `/office/lists/{list}/{area}/rows.csv`, with `revision` for an older state.
//! Deliberately absent: who may, and what stands in it (`services::register`).
//! The same answer serves programs (`rest::registers`).

use axum::{
    body::Body,
    extract::{Extension, Path, Query, Request, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use services::{Ctx, register};
use shared::{
    fault::{Code, Fault},
    register::ListCode,
};

use crate::web::{Web, pages};

/// What the address says beside the list.
#[derive(serde::Deserialize)]
pub struct Which {
    revision: Option<String>,
}

/// `GET /office/lists/{list}/{area}/rows.csv`.
pub async fn rows(
    State(web): State<Web>,
    Extension(ctx): Extension<Ctx>,
    Path((list, area)): Path<(String, String)>,
    Query(which): Query<Which>,
    request: Request,
) -> Response {
    let given = if ctx.actor.user().is_none() {
        Err(Fault::new(Code::SignedOut))
    } else {
        find(&ctx, (&list, &area), which.revision.as_deref()).await
    };
    match given {
        Ok(given) => file(given),
        Err(fault) => pages::refuse(web, request.into_parts().0, fault).await,
    }
}

/// Name and text of the file.
///
/// # Errors
/// `not_found` for what is no list, area or number.
pub async fn find(
    ctx: &Ctx,
    (list, area): (&str, &str),
    revision: Option<&str>,
) -> Result<(String, String), Fault> {
    ctx.ask(shared::access::needs::REGISTER)?;
    let code = ListCode::parse(list).ok_or_else(Fault::missing)?;
    let revision = revision
        .map(|text| text.parse().map_err(|_| Fault::missing()))
        .transpose()?;
    let asked = register::Asked {
        revision,
        ..register::Asked::default()
    };
    register::give(ctx, (code, area), &asked).await
}

/// The file as an answer.
pub fn file((name, text): (String, impl Into<Body>)) -> Response {
    let mut response = text.into().into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/csv; charset=utf-8"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let name = format!("attachment; filename=\"{name}\"");
    if let Ok(name) = HeaderValue::from_str(&name) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    response
}
