//! The list as CSV: `/tickets/export.csv` with the list's own filters, streamed row by row.
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
    query::TicketQuery,
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
    let stream = match TicketQuery::from_query(query.as_deref().unwrap_or_default()) {
        Ok(query) => exports::tickets_csv(&ctx, query.filter, query.sort, &query.columns).await,
        Err(fault) => Err(fault),
    };
    match stream {
        Ok(stream) => {
            let day = ctx.now().date().format("%Y%m%d");
            let name = format!("attachment; filename=\"tickets-{day}.csv\"");
            let body = Body::from_stream(stream.map_err(std::io::Error::other));
            let mut response = body.into_response();
            let headers = response.headers_mut();
            headers.insert(
                header::CONTENT_TYPE,
                HeaderValue::from_static("text/csv; charset=utf-8"),
            );
            if let Ok(name) = HeaderValue::from_str(&name) {
                headers.insert(header::CONTENT_DISPOSITION, name);
            }
            response
        }
        Err(fault) => pages::refuse(web, request.into_parts().0, fault).await,
    }
}
