//! Whether the office can open, for programs that watch over many installations.
//! Deliberately absent: setting up by a program, which the command line does (`minsheng setup`).
//! What is missing is told with who mends it and on which page.

use shared::setup::ReadyView;

use crate::web::rest::{Answer, caller::Caller};

/// Whether the office can open
///
/// What a first complaint needs from being taken in to being closed: what is there, what is missing, what is advised.
#[utoipa::path(
    get, path = "/readiness", tag = "office",
    responses((status = 200, description = "Every item", body = ReadyView))
)]
pub async fn readiness(caller: Caller) -> Answer<ReadyView> {
    caller.answer(services::setup::ready(&caller.0).await)
}
