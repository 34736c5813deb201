//! What the report's page reads.
//! Not here: formulas (`shared::measure`), the sending of numbers to their lists (`shared::measure::drill`).
//! Read next: `services::reports`.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use serde::{Deserialize, Serialize};
use shared::measure::Overview;
use shared::ticket::view::Named;

use crate::error::AppError;

/// The report with what it can be asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The numbers.
    pub overview: Overview,
    /// The division it was asked for; empty for all in scope.
    pub region: String,
    /// Divisions to choose from: the cities of the province, or the districts of the own city.
    pub regions: Vec<Named>,
    /// Rows are districts instead of cities.
    pub of_city: bool,
}

/// The overview for `from`, `to` and `region` of a query string; this month so far when it says nothing.
#[server(prefix = "/fn", endpoint = "report/overview", input = Json, output = Json)]
pub async fn read_overview(query: String) -> Result<Report, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(server::overview(&ctx, &query).await)
}

#[cfg(feature = "ssr")]
mod server {
    use chrono::{Datelike, NaiveDate};
    use services::{Ctx, directory, reports};
    use shared::access::{Permission, Scope};
    use shared::fault::{Check, Code, Fault};
    use shared::ticket::view::Named;

    use super::Report;
    use crate::api::places::HOME_PROVINCE;
    use crate::api::staff::pairs;

    pub(super) async fn overview(ctx: &Ctx, query: &str) -> Result<Report, Fault> {
        let pairs = pairs(query);
        let value = |name: &str| {
            let found = pairs.iter().find(|(key, _)| key == name);
            found.map_or("", |(_, value)| value.trim())
        };
        let today = ctx.now().date();
        let mut check = Check::default();
        let mut day = |name: &str, usual: NaiveDate| match value(name) {
            "" => usual,
            text => text.parse().unwrap_or_else(|_| {
                check.add(name, Code::InputDate);
                usual
            }),
        };
        let from = day("from", today.with_day(1).unwrap_or(today));
        let to = day("to", today);
        check.finish()?;
        let region = value("region").to_owned();
        let asked = reports::OverviewQuery {
            from,
            to,
            region: Some(region.clone()).filter(|code| !code.is_empty()),
        };
        let overview = reports::overview(ctx, asked).await?;
        let scope = ctx.actor.scope(Permission::ReportView);
        let home = match scope {
            Some(Scope::Region(prefix)) if prefix.len() >= 4 => format!("{}00", &prefix[..4]),
            _ => HOME_PROVINCE.to_owned(),
        };
        let regions = directory::divisions(ctx, &home).await?;
        let of_city = home != HOME_PROVINCE
            || region.len() >= 4 && !region.starts_with("3200") && !region.is_empty();
        Ok(Report {
            overview,
            region,
            of_city,
            regions: regions
                .into_iter()
                .map(|division| Named {
                    code: division.code,
                    name: division.name,
                })
                .collect(),
        })
    }
}
