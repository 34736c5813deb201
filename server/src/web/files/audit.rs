//! What an auditor's search finds, as CSV: `/audit/export.csv` with the page's own filters.
//! Deliberately absent: who may, what is found, and that it stands in the audit (`services::audit::search`).

use axum::{
    extract::{Extension, RawQuery, Request, State},
    response::Response,
};
use services::{Ctx, audit::search};
use shared::{
    fault::{Code, Fault},
    query::{pairs_of, value_of},
};

use super::lists;
use crate::web::{Web, pages};

/// `GET /audit/export.csv`.
pub async fn export(
    State(web): State<Web>,
    Extension(ctx): Extension<Ctx>,
    RawQuery(query): RawQuery,
    request: Request,
) -> Response {
    let given = if ctx.actor.user().is_none() {
        Err(Fault::new(Code::SignedOut))
    } else {
        let pairs = pairs_of(query.as_deref().unwrap_or_default());
        let of = |name: &str| value_of(&pairs, name).map(str::to_owned);
        let asked = search::Asked::of(of, None, search::MOST);
        search::file(&ctx, &asked).await
    };
    match given {
        Ok(given) => lists::file(given),
        Err(fault) => pages::refuse(web, request.into_parts().0, fault).await,
    }
}
