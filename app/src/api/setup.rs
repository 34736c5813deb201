//! What the pages of setting up read: the steps, and whether the office can open.
//! Not here: what they send (`forms::staff::setup`).
//! Read next: `services::setup`.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use shared::setup::{ReadyView, StepsView};

use crate::error::AppError;

/// The steps as they stand.
#[server(prefix = "/fn", endpoint = "staff/set-up", input = Json, output = Json)]
pub async fn read_steps() -> Result<StepsView, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(services::setup::steps(&ctx).await)
}

/// Whether the office can open.
#[server(prefix = "/fn", endpoint = "staff/ready", input = Json, output = Json)]
pub async fn read_ready() -> Result<ReadyView, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(services::setup::ready(&ctx).await)
}
