//! Reports for programs.
//! Deliberately absent: formulas (`shared::measure`), SQL (`store`).
//! The list behind each number of the overview is `GET /tickets` with the same filters and `measure`; behind one of a cube, with `cell`.

pub mod board;
pub mod requests;
pub mod schedules;
pub mod standard;
pub mod warnings;

use chrono::{Datelike, NaiveDate};
use services::reports::{self, OverviewQuery};
use shared::{
    fault::{Code, Fault},
    measure::{
        CatalogueView, CubeQuery, CubeView, FrozenQuery, FrozenView, LiveChecks, Overview,
        ThreeView, TouchedView, UnitsOf, Weights,
    },
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
    caller.answer(reports::overview(&caller.0, query).await)
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
    Ok(OverviewQuery { from, to, region })
}

/// The measures
///
/// Every measure with its formula in words, what it is counted by, version and source; and what cannot be counted, with the reason.
#[utoipa::path(
    get, path = "/measures", tag = "reports",
    responses((status = 200, description = "The catalogue", body = CatalogueView))
)]
pub async fn measures(caller: Caller) -> Answer<CatalogueView> {
    caller.answer(reports::catalogue(&caller.0).await)
}

/// A cube
///
/// Some measures by up to two dimensions, over a period, under the filters of the ticket list. `cell` of the ticket list gives the tickets behind a
/// number: measure, n or d, first and last day, and for each dimension its code.
#[utoipa::path(
    get, path = "/reports/cube", tag = "reports", params(
        ("show" = Option<Vec<String>>, Query, description = "Measures, at most eight; the usual ones when absent"),
        ("by" = Option<Vec<String>>, Query, description = "city, county, category, kind, channel, state, urgency, lead_unit, month; at most two; - for the total alone; city when absent"),
        ("from" = Option<String>, Query, description = "First day, yyyy-mm-dd; the month's first when absent"),
        ("to" = Option<String>, Query, description = "Last day, yyyy-mm-dd; today when absent"),
        ("units" = Option<UnitsOf>, Query, description = "then, the usual; now: tickets of units that ended stand with the unit that follows them today"),
        ("region" = Option<String>, Query, description = "Division code; and every other filter of the ticket list but q, mine, measure, cell and own fields"),
    ),
    responses((status = 200, description = "The numbers", body = CubeView))
)]
pub async fn cube(caller: Caller, Pairs(pairs): Pairs) -> Answer<CubeView> {
    let today = caller.0.now().date();
    let query = CubeQuery::from_pairs(&pairs, today).map_err(|fault| caller.refuse(fault))?;
    caller.answer(reports::cube(&caller.0, query).await)
}

/// Frozen figures
///
/// Of a day or a month, by city: as they were frozen, adjustments since, and what is counted now.
#[utoipa::path(
    get, path = "/reports/frozen", tag = "reports", params(
        ("period" = Option<String>, Query, description = "yyyy-mm or yyyy-mm-dd; the newest when absent"),
        ("show" = Option<Vec<String>>, Query, description = "Measures, at most eight; the usual ones when absent"),
    ),
    responses((status = 200, description = "The figures", body = FrozenView))
)]
pub async fn frozen(caller: Caller, Pairs(pairs): Pairs) -> Answer<FrozenView> {
    let query = FrozenQuery::from_pairs(&pairs).map_err(|fault| caller.refuse(fault))?;
    caller.answer(reports::frozen(&caller.0, query).await)
}

/// Figures touched by findings
///
/// A cube, and of each number how many of its tickets have an open finding of a rule that guards a field which the measure leans on. `cell` of the
/// ticket list gives these tickets, with `.touched` at its end.
#[utoipa::path(
    get, path = "/reports/touched", tag = "reports", params(
        ("show" = Option<Vec<String>>, Query, description = "Measures, at most eight; the usual ones when absent"),
        ("by" = Option<Vec<String>>, Query, description = "Dimensions as for a cube; at most two"),
        ("from" = Option<String>, Query, description = "First day, yyyy-mm-dd; the month's first when absent"),
        ("to" = Option<String>, Query, description = "Last day, yyyy-mm-dd; today when absent"),
        ("region" = Option<String>, Query, description = "Division code; and every other filter that a cube takes"),
    ),
    responses((status = 200, description = "The numbers", body = TouchedView))
)]
pub async fn touched(caller: Caller, Pairs(pairs): Pairs) -> Answer<TouchedView> {
    let today = caller.0.now().date();
    let query = CubeQuery::from_pairs(&pairs, today).map_err(|fault| caller.refuse(fault))?;
    caller.answer(reports::touched(&caller.0, query).await)
}

/// Checks of reports
///
/// How each live check came out last. What a failing one is about is refused with `report.unsound`.
#[utoipa::path(
    get, path = "/reports/checks", tag = "reports",
    responses((status = 200, description = "The checks", body = LiveChecks))
)]
pub async fn checks(caller: Caller) -> Answer<LiveChecks> {
    caller.answer(reports::checks(&caller.0).await)
}

/// Check reports now
///
/// Makes every live check; otherwise it is done each hour.
#[utoipa::path(
    post, path = "/reports/checks", tag = "reports",
    responses((status = 200, description = "The checks as they came out", body = LiveChecks))
)]
pub async fn check(caller: Caller) -> Answer<LiveChecks> {
    caller.answer(reports::check_now(&caller.0).await)
}

/// The three rates together
///
/// Contacted in time, solved and satisfied, weighed into one value, by the dimensions of a cube; the best first.
#[utoipa::path(
    get, path = "/reports/three", tag = "reports", params(
        ("by" = Option<Vec<String>>, Query, description = "Dimensions as for a cube; at most two; city when absent"),
        ("from" = Option<String>, Query, description = "First day, yyyy-mm-dd; the month's first when absent"),
        ("to" = Option<String>, Query, description = "Last day, yyyy-mm-dd; today when absent"),
        ("weights" = Option<String>, Query, description = "Three numbers with commas, such as 10,45,45; those of the settings when absent"),
        ("region" = Option<String>, Query, description = "Division code; and every other filter that a cube takes"),
    ),
    responses((status = 200, description = "The values", body = ThreeView))
)]
pub async fn three(caller: Caller, Pairs(pairs): Pairs) -> Answer<ThreeView> {
    let today = caller.0.now().date();
    let read = || -> Result<(CubeQuery, Option<Weights>), Fault> {
        let (weights, rest) = Weights::among(&pairs)?;
        Ok((CubeQuery::from_pairs(&rest, today)?, weights))
    };
    let (query, weights) = read().map_err(|fault| caller.refuse(fault))?;
    caller.answer(reports::three(&caller.0, query, weights).await)
}
