//! A deployed definition and the decision tables as downloads: `/processes/{key}/{version}/definition.bpmn`,
//! `/decisions/{key}/{version}/tables.dmn`. The same answer serves programs (`rest::processes`).
//! Deliberately absent: who may, and whether the text is still what was deployed (`services::approvals::owner::fetch`).

use axum::{
    body::Body,
    extract::{Extension, Path, Request, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use services::{
    Ctx,
    approvals::owner::fetch::{self, File},
};
use shared::fault::{Code, Fault};

use super::{Web, pages};

/// `GET /processes/{key}/{version}/definition.bpmn`.
pub async fn definition(
    State(web): State<Web>,
    Extension(ctx): Extension<Ctx>,
    Path((key, version)): Path<(String, String)>,
    request: Request,
) -> Response {
    let found = match number(&ctx, &version) {
        Ok(version) => fetch::definition(&ctx, &key, version).await,
        Err(fault) => Err(fault),
    };
    answer(web, request, found).await
}

/// `GET /decisions/{key}/{version}/tables.dmn`.
pub async fn tables(
    State(web): State<Web>,
    Extension(ctx): Extension<Ctx>,
    Path((key, version)): Path<(String, String)>,
    request: Request,
) -> Response {
    let found = match number(&ctx, &version) {
        Ok(version) => fetch::table(&ctx, &key, version).await,
        Err(fault) => Err(fault),
    };
    answer(web, request, found).await
}

fn number(ctx: &Ctx, text: &str) -> Result<i32, Fault> {
    if ctx.actor.user().is_none() {
        return Err(Fault::new(Code::SignedOut));
    }
    text.parse().map_err(|_| Fault::missing())
}

async fn answer(web: Web, request: Request, found: Result<File, Fault>) -> Response {
    match found {
        Ok(found) => file(found),
        Err(fault) => pages::refuse(web, request.into_parts().0, fault).await,
    }
}

/// The file as an answer, to be saved and never shown: it is somebody's XML under our address.
pub fn file(found: File) -> Response {
    let mut response = Body::from(found.xml).into_response();
    let headers = response.headers_mut();
    let set = [
        (
            header::CONTENT_TYPE,
            "application/xml; charset=utf-8".to_owned(),
        ),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::ETAG, format!("\"{}\"", found.digest)),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{}\"", found.name),
        ),
    ];
    for (name, value) in set {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
    response
}
