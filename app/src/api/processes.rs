//! What the process owner's pages read.
//! Not here: what they send (`forms::staff::process`); a check and a preview come back with the form that asked for them.
//! Read next: `services::approvals::owner`.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use shared::approval::view::{ProcessRow, ProcessView};

use crate::error::AppError;

/// Every definition with its versions.
#[server(prefix = "/fn", endpoint = "staff/processes", input = Json, output = Json)]
pub async fn read_processes() -> Result<Vec<ProcessRow>, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(services::approvals::owner::list(&ctx).await)
}

/// One version of a definition, for a query string with `key` and `version`; the active one without a version.
#[server(prefix = "/fn", endpoint = "staff/process", input = Json, output = Json)]
pub async fn read_process(address: String) -> Result<ProcessView, AppError> {
    use shared::query::{pairs_of, value_of};

    let ctx = crate::context::use_ctx()?;
    let pairs = pairs_of(&address);
    let version = match value_of(&pairs, "version").map(str::parse) {
        None => Ok(None),
        Some(Ok(version)) => Ok(Some(version)),
        Some(Err(_)) => Err(shared::fault::Fault::missing()),
    };
    let key = value_of(&pairs, "key").unwrap_or_default();
    let found = match version {
        Ok(version) => services::approvals::owner::view(&ctx, key, version).await,
        Err(fault) => Err(fault),
    };
    crate::error::settle(found)
}
