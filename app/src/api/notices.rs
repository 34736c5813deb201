//! What the bell, the page of notices and the page of one's settings read.
//! Not here: what they send (`forms::staff::notices`).
//! Read next: `services::gateway::bell`.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use shared::notice::{NoticePage, NoticeSettings};

use crate::error::AppError;

/// How many of the reader's notices are unread.
#[server(prefix = "/fn", endpoint = "staff/notice-count", input = Json, output = Json)]
pub async fn notice_count() -> Result<i64, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(services::gateway::bell::count(&ctx).await)
}

/// The reader's notices, the newest first, for a query string with `unread` and `cursor`.
#[server(prefix = "/fn", endpoint = "staff/notices", input = Json, output = Json)]
pub async fn read_notices(query: String) -> Result<NoticePage, AppError> {
    use services::gateway::bell;
    use shared::query::{pairs_of, value_of};

    let ctx = crate::context::use_ctx()?;
    let pairs = pairs_of(&query);
    let some = |name: &str| value_of(&pairs, name).filter(|value| !value.is_empty());
    let unread = some("unread").is_some();
    crate::error::settle(bell::page(&ctx, unread, some("cursor"), bell::PAGE).await)
}

/// How the reader wants to be told of what.
#[server(prefix = "/fn", endpoint = "staff/notice-settings", input = Json, output = Json)]
pub async fn read_notice_settings() -> Result<NoticeSettings, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(services::gateway::bell::settings(&ctx).await)
}
