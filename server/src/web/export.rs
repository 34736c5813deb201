//! The list as a file: `/tickets/export.csv` with the list's own filters, streamed row by row; `format` chooses another one than CSV.
//! Deliberately absent: what is exported and who may (`services::exports`).
//! A fault after the first byte cuts the connection, so that half a file never looks whole.

use axum::{
    body::Body,
    extract::{Extension, RawQuery, Request, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use futures::TryStreamExt;
use services::{Ctx, exports};
use shared::{
    fault::{Code, Fault},
    job::ExportFormat,
    query::{TicketQuery, pairs_of},
};

use super::{Web, pages};

/// `GET /tickets/export.csv`.
pub async fn tickets(
    State(web): State<Web>,
    Extension(ctx): Extension<Ctx>,
    RawQuery(query): RawQuery,
    request: Request,
) -> Response {
    if ctx.actor.user().is_none() {
        return pages::refuse(web, request.into_parts().0, Fault::new(Code::SignedOut)).await;
    }
    let (format, query) = match asked(query.as_deref().unwrap_or_default()) {
        Ok(asked) => asked,
        Err(fault) => return pages::refuse(web, request.into_parts().0, fault).await,
    };
    match exports::tickets_as(&ctx, query, format).await {
        Ok(stream) => {
            let name = format.file_name(ctx.now().date());
            let name = format!("attachment; filename=\"{name}\"");
            let body = Body::from_stream(stream.map_err(std::io::Error::other));
            let mut response = body.into_response();
            let headers = response.headers_mut();
            headers.insert(
                header::CONTENT_TYPE,
                HeaderValue::from_static(format.kind().media_type()),
            );
            if let Ok(name) = HeaderValue::from_str(&name) {
                headers.insert(header::CONTENT_DISPOSITION, name);
            }
            response
        }
        Err(fault) => pages::refuse(web, request.into_parts().0, fault).await,
    }
}

/// The format and the list's own query.
fn asked(query: &str) -> Result<(ExportFormat, TicketQuery), Fault> {
    let (format, pairs): (Vec<_>, Vec<_>) = pairs_of(query)
        .into_iter()
        .partition(|(name, _)| name == "format");
    let format = match format.first() {
        Some((_, word)) => word.parse::<ExportFormat>()?,
        None => ExportFormat::USUAL,
    };
    Ok((format, TicketQuery::from_pairs(&pairs)?))
}
