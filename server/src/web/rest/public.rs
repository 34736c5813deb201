//! The citizen's look-up by number and code, for programs such as a city's app.
//! Deliberately absent: everything that needs an account.
//! Five wrong tries lock the number for an hour for the address they came from; the answer never tells whether the number exists.

use axum::{
    Json,
    extract::{FromRequest as _, Request, State},
};
use services::{
    public,
    tries::{self, Try},
};
use shared::ticket::{command::Lookup, view::PublicTicket};

use super::{Answer, Refused, caller::Visitor, read::Read};
use crate::web::Web;

/// Look up
///
/// By ticket number and query code; what the citizen sees.
#[utoipa::path(
    post, path = "/public/lookup", tag = "public", request_body = Lookup, security(()),
    responses((status = 200, description = "The ticket as the citizen sees it", body = PublicTicket))
)]
pub async fn lookup(
    Visitor(ctx): Visitor,
    State(web): State<Web>,
    request: Request,
) -> Answer<PublicTicket> {
    let refused = |fault| Refused::new(fault, ctx.locale);
    // Before it is read: what is no number is a try as well.
    let counted = tries::count(&ctx, Try::LookUp).await;
    counted.map_err(refused)?;
    let Read(lookup) = Read::<Lookup>::from_request(request, &web).await?;
    let found = public::lookup(&ctx, lookup).await;
    found.map(Json).map_err(refused)
}
