//! What the page of the audit reads.
//! Not here: what can be asked, and that asking stands in the audit (`services::audit::search`).

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use shared::access::{AuditAlarms, AuditReports, AuditRows};

use crate::error::AppError;

/// Rows for a query string with the names of the search and `cursor`.
#[server(prefix = "/fn", endpoint = "staff/audit", input = Json, output = Json)]
pub async fn read_audit(query: String) -> Result<AuditRows, AppError> {
    use services::audit::search;
    use shared::query::{pairs_of, value_of};

    let ctx = crate::context::use_ctx()?;
    let pairs = pairs_of(&query);
    let of = |name: &str| value_of(&pairs, name).map(str::to_owned);
    let asked = search::Asked::of(of, of("cursor"), search::PAGE);
    crate::error::settle(search::page(&ctx, &asked).await)
}

/// Alarms for a query string with `shelf` (`dismissed`, else those that wait) and `cursor`.
#[server(prefix = "/fn", endpoint = "staff/audit-alarms", input = Json, output = Json)]
pub async fn read_audit_alarms(query: String) -> Result<AuditAlarms, AppError> {
    use services::audit::alarms;
    use shared::query::{pairs_of, value_of};

    let ctx = crate::context::use_ctx()?;
    let pairs = pairs_of(&query);
    let dismissed = value_of(&pairs, "shelf") == Some("dismissed");
    let cursor = value_of(&pairs, "cursor");
    crate::error::settle(alarms::page(&ctx, dismissed, cursor, alarms::PAGE).await)
}

/// The monthly reports, each checked against its signature.
#[server(prefix = "/fn", endpoint = "staff/audit-reports", input = Json, output = Json)]
pub async fn read_audit_reports() -> Result<AuditReports, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(services::audit::reports::list(&ctx).await)
}
