//! What the page of a unit's plan reads.
//! Not here: planning, which is a verb of the ticket.
//! Read next: `services::planning`.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use shared::ticket::plan::PlanPage;

use crate::error::AppError;

/// A page of the plan, for a query string with `unit` and `cursor`.
#[server(prefix = "/fn", endpoint = "staff/plan", input = Json, output = Json)]
pub async fn read_plan(query: String) -> Result<PlanPage, AppError> {
    use services::planning::{self, PlanQuery};
    use shared::query::{pairs_of, value_of};

    let ctx = crate::context::use_ctx()?;
    let pairs = pairs_of(&query);
    let asked = PlanQuery {
        unit: value_of(&pairs, "unit").map(str::to_owned),
        cursor: value_of(&pairs, "cursor").map(str::to_owned),
        limit: planning::PAGE,
    };
    crate::error::settle(planning::page(&ctx, asked).await)
}
