//! Slow statements of the database for programs.
//! Deliberately absent: watching and keeping them (`services::jobs::slow`), values, which are never kept.
//! Read next: `shared::slow`.

use services::jobs::slow;
use shared::slow::SlowPage;

use crate::web::rest::{Answer, caller::Caller};

/// List slow statements
///
/// The latest hundred, each with its caller, how often and how long, its plan and what that points at; never a value.
#[utoipa::path(
    get, path = "/slow-statements", tag = "jobs",
    responses((status = 200, description = "The statements", body = SlowPage))
)]
pub async fn list(caller: Caller) -> Answer<SlowPage> {
    caller.answer(slow::list(&caller.0).await)
}
