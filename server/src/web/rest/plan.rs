//! The plan of a unit for programs. Planning is a verb of the assignment (`verb`).
//! Deliberately absent: who sees which (`services::planning`).
//! Read next: `verb`.

use axum::Json;
use services::planning::{self, PlanQuery};
use shared::{
    fault::{Code, Fault},
    ticket::view::PlanPage,
};

use super::{Answer, caller::Caller, read::Pairs};

/// The plan of a unit
///
/// Load of each person, and the open assignments: unplanned ones first, then by day. Who does not plan sees what is his own.
#[utoipa::path(
    get, path = "/plan", tag = "assignments", params(
        ("unit" = Option<String>, Query, description = "Code of the unit; the own one when absent"),
        ("limit" = Option<u32>, Query, description = "1 to 200, 50 when absent"),
        ("cursor" = Option<String>, Query, description = "next_cursor of the page before"),
    ),
    responses((status = 200, description = "A page of the plan", body = PlanPage))
)]
pub async fn read(caller: Caller, pairs: Pairs) -> Answer<PlanPage> {
    let page = async { planning::page(&caller.0, query(&pairs)?).await };
    page.await.map(Json).map_err(|fault| caller.refuse(fault))
}

fn query(pairs: &Pairs) -> Result<PlanQuery, Fault> {
    let [unit, limit, cursor] = pairs.single(["unit", "limit", "cursor"])?;
    let limit = match limit {
        Some(text) => text
            .parse()
            .map_err(|_| Fault::field("limit", Code::InputNumber))?,
        None => planning::PAGE,
    };
    Ok(PlanQuery {
        unit,
        cursor,
        limit,
    })
}
