//! A report as a file: `/reports/files/{report}.{form}` with the query of its page, or with `no` a kept one.
//! Deliberately absent: who may, and what stands in it (`services::reports`).
//! The same answer serves programs (`rest::standard`).

use axum::{
    body::Body,
    extract::{Extension, Path, Request, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use services::{
    Ctx,
    reports::{self, ReportFile},
};
use shared::{
    fault::{Code, Fault},
    query::{pairs_of, value_of},
    report::{ReportAsked, ReportForm, ReportName},
};

use crate::web::{Web, pages};

/// `GET /reports/files/{file}`.
pub async fn take(
    State(web): State<Web>,
    Extension(ctx): Extension<Ctx>,
    Path(file): Path<String>,
    request: Request,
) -> Response {
    let query = request.uri().query().unwrap_or_default().to_owned();
    let given = if ctx.actor.user().is_none() {
        Err(Fault::new(Code::SignedOut))
    } else {
        named(&ctx, &file, &query).await
    };
    match given {
        Ok(given) => answer(given),
        Err(fault) => pages::refuse(web, request.into_parts().0, fault).await,
    }
}

async fn named(ctx: &Ctx, file: &str, query: &str) -> Result<ReportFile, Fault> {
    ctx.ask(shared::access::needs::REPORT)?;
    let (name, form) = file.rsplit_once('.').ok_or_else(Fault::missing)?;
    let name = ReportName::parse(name).ok_or_else(Fault::missing)?;
    let form = ReportForm::parse(form).ok_or_else(Fault::missing)?;
    let pairs = pairs_of(query);
    match value_of(&pairs, "no") {
        Some(no) => kept(ctx, no, form).await,
        None => standard(ctx, (name, &pairs), form).await,
    }
}

/// A report of its name and query as a file.
///
/// # Errors
/// As `services::reports::standard`; `report.no_print`.
pub async fn standard(
    ctx: &Ctx,
    (name, pairs): (ReportName, &[(String, String)]),
    form: ReportForm,
) -> Result<ReportFile, Fault> {
    let asked = ReportAsked::from_pairs(name, pairs, ctx.now().date())?;
    let report = reports::standard(ctx, &asked).await?;
    let stem = format!("{name}-{}", asked.period);
    reports::file(ctx, (report, &stem), form).await
}

/// A kept report as a file; one that was changed in the database is not given.
///
/// # Errors
/// `not_found`, `report.changed`, `report.no_print`.
pub async fn kept(ctx: &Ctx, no: &str, form: ReportForm) -> Result<ReportFile, Fault> {
    let kept = reports::kept(ctx, no).await?;
    if !kept.is_whole {
        return Err(Fault::new(Code::ReportChanged));
    }
    reports::file(ctx, (kept.report, no), form).await
}

/// The file as an answer.
pub fn answer(file: ReportFile) -> Response {
    let mut response = Body::from(file.bytes).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.media));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let name = format!("attachment; filename=\"{}\"", file.name);
    if let Ok(name) = HeaderValue::from_str(&name) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    response
}
