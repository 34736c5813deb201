//! What the page of the overtime alarm reads, and its number above the to-dos.
//! Not here: the rules (`services::tickets`).
//! Read next: `services::tickets::alarms`.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use shared::ladder::AlarmPage;

use crate::error::AppError;

/// A page of one kind, for a query string with `alarm` and `cursor`.
#[server(prefix = "/fn", endpoint = "staff/alarms", input = Json, output = Json)]
pub async fn read_alarms(query: String) -> Result<AlarmPage, AppError> {
    use services::tickets::{self, AlarmQuery};
    use shared::ladder::Alarm;
    use shared::query::{pairs_of, value_of};

    let ctx = crate::context::use_ctx()?;
    let pairs = pairs_of(&query);
    let alarm = value_of(&pairs, "alarm").and_then(Alarm::parse);
    let asked = AlarmQuery {
        alarm: alarm.unwrap_or(Alarm::Queue),
        cursor: value_of(&pairs, "cursor").map(str::to_owned),
        limit: tickets::ALARM_PAGE,
    };
    crate::error::settle(tickets::alarms(&ctx, asked).await)
}

/// How many ring for the reader; 0 for who does not supervise.
#[server(prefix = "/fn", endpoint = "staff/alarm-count", input = Json, output = Json)]
pub async fn alarm_count() -> Result<i64, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(services::tickets::alarm_count(&ctx).await)
}
