//! A list of approvals as a file: `/approvals/export.csv` with the list's own shelf and filters; `format` chooses another one than CSV.
//! Deliberately absent: what is exported, who may, and that it stands in the audit (`services::exports::approvals`).

use axum::{
    extract::{Extension, RawQuery, Request, State},
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use services::{Ctx, approvals::views::Query, exports};
use shared::{
    approval::query::{ApprovalFilter, ApprovalSort},
    fault::{Code, Fault},
    job::ExportFormat,
    query::pairs_of,
};

use crate::web::{Web, pages};

/// `GET /approvals/export.csv`.
pub async fn export(
    State(web): State<Web>,
    Extension(ctx): Extension<Ctx>,
    RawQuery(query): RawQuery,
    request: Request,
) -> Response {
    let made = async {
        if ctx.actor.user().is_none() {
            return Err(Fault::new(Code::SignedOut));
        }
        let (query, format) = asked(query.as_deref().unwrap_or_default())?;
        let bytes = exports::approvals::file(&ctx, &query, format).await?;
        Ok((bytes, format))
    };
    match made.await {
        Ok((bytes, format)) => answer(&ctx, bytes, format),
        Err(fault) => pages::refuse(web, request.into_parts().0, fault).await,
    }
}

fn answer(ctx: &Ctx, bytes: Vec<u8>, format: ExportFormat) -> Response {
    let mut response = bytes.into_response();
    let name = format
        .file_name(ctx.now().date())
        .replacen("tickets", "approvals", 1);
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(format.kind().media_type()),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(name) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    response
}

/// The list's own query, and the format.
fn asked(query: &str) -> Result<(Query, ExportFormat), Fault> {
    let mut format = ExportFormat::USUAL;
    let mut wanted = Query {
        shelf: "all".to_owned(),
        ..Query::default()
    };
    let mut filters = Vec::new();
    for (name, value) in pairs_of(query) {
        match name.as_str() {
            "format" => format = value.parse()?,
            "shelf" => wanted.shelf = value,
            "sort" => wanted.sort = Some(value.parse::<ApprovalSort>()?),
            _ => filters.push((name, value)),
        }
    }
    if !["started", "done", "copied", "all"].contains(&wanted.shelf.as_str()) {
        return Err(Fault::field("shelf", Code::InputCode));
    }
    wanted.filter = ApprovalFilter::from_pairs(&filters)?;
    Ok((wanted, format))
}
