//! The citizen's look-up by number and code, for programs such as a city's app.
//! Deliberately absent: everything that needs an account.
//! Five wrong tries lock the number for an hour for the address they came from; the answer never tells whether the number exists.

use axum::Json;
use services::{
    public,
    tries::{self, Try},
};
use shared::ticket::{command::Lookup, view::PublicTicket};

use super::{Answer, Refused, caller::Visitor, read::Read};

/// Look up
///
/// By ticket number and query code; what the citizen sees.
#[utoipa::path(
    post, path = "/public/lookup", tag = "public", request_body = Lookup, security(()),
    responses((status = 200, description = "The ticket as the citizen sees it", body = PublicTicket))
)]
pub async fn lookup(Visitor(ctx): Visitor, Read(lookup): Read<Lookup>) -> Answer<PublicTicket> {
    let found = match tries::count(&ctx, Try::LookUp).await {
        Ok(()) => public::lookup(&ctx, lookup).await,
        Err(fault) => Err(fault),
    };
    found
        .map(Json)
        .map_err(|fault| Refused::new(fault, ctx.locale))
}
