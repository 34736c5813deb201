//! Reports for programs.
//! Deliberately absent: formulas (`shared::measure`), SQL (`store`).
//! The list behind each number is `GET /tickets` with the same filters and `measure`.

use axum::Json;
use chrono::{Datelike, NaiveDate};
use services::reports::{self, OverviewQuery};
use shared::{
    fault::{Code, Fault},
    measure::Overview,
};

use super::{Answer, caller::Caller, read::Pairs};

/// Overview
///
/// Tickets by city × state and by category: accepted, closed, on-time rate, satisfaction rate.
#[utoipa::path(
    get, path = "/reports/overview", tag = "reports", params(
        ("from" = Option<String>, Query, description = "First day, yyyy-mm-dd; the month's first when absent"),
        ("to" = Option<String>, Query, description = "Last day, yyyy-mm-dd; today when absent"),
        ("region" = Option<String>, Query, description = "Division code; the caller's scope when absent"),
    ),
    responses((status = 200, description = "The report", body = Overview))
)]
pub async fn overview(caller: Caller, pairs: Pairs) -> Answer<Overview> {
    let today = caller.0.now().date();
    let query = query(&pairs, today).map_err(|fault| caller.refuse(fault))?;
    reports::overview(&caller.0, query)
        .await
        .map(Json)
        .map_err(|fault| caller.refuse(fault))
}

fn query(pairs: &Pairs, today: NaiveDate) -> Result<OverviewQuery, Fault> {
    let [from, to, region] = pairs.single(["from", "to", "region"])?;
    let date = |name: &str, text: Option<String>, otherwise: NaiveDate| match text {
        Some(text) => {
            shared::calendar::day(&text).ok_or_else(|| Fault::field(name, Code::InputDate))
        }
        None => Ok(otherwise),
    };
    let from = date("from", from, today.with_day(1).unwrap_or(today))?;
    let to = date("to", to, today)?;
    if to < from {
        return Err(Fault::field("to", Code::InputDate));
    }
    Ok(OverviewQuery { from, to, region })
}
