//! What the pages of reports read: the overview, the catalogue of measures, a cube, frozen figures.
//! Not here: formulas (`shared::measure`), the sending of numbers to their lists (`shared::measure::drill`).
//! Read next: `services::reports`.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use serde::{Deserialize, Serialize};
use shared::category::CategoryNode;
use shared::measure::{
    CatalogueView, CubeView, DataRequestPage, FrozenView, LiveChecks, Overview, ThreeView,
    TouchedMark, TouchedView,
};
use shared::place::PlaceChoice;

use crate::error::AppError;

/// The report with what it can be asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The numbers.
    pub overview: Overview,
    /// The division it was asked for; empty for all in scope.
    pub region: String,
    /// Divisions to choose from.
    pub regions: Vec<PlaceChoice>,
    /// Why this period cannot be reported; there are no figures then.
    #[serde(default)]
    pub fault: Option<shared::fault::Fault>,
    /// Which of the four numbers of the whole have too many open findings.
    #[serde(default)]
    pub marks: Vec<TouchedMark>,
}

/// The overview for `from`, `to` and `region` of a query string; this month so far when it says nothing.
#[server(prefix = "/fn", endpoint = "report/overview", input = Json, output = Json)]
pub async fn read_overview(query: String) -> Result<Report, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(server::overview(&ctx, &query).await)
}

/// A cube with what it can be asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CubePage {
    /// The numbers.
    pub view: CubeView,
    /// Divisions to choose from.
    pub regions: Vec<PlaceChoice>,
    /// Numbers with too many open findings.
    #[serde(default)]
    pub marks: Vec<TouchedMark>,
}

/// Every measure in words.
#[server(prefix = "/fn", endpoint = "report/measures", input = Json, output = Json)]
pub async fn read_measures() -> Result<CatalogueView, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(services::reports::catalogue(&ctx).await)
}

/// The cube of a query string; the usual measures by city, of this month so far, when it says nothing.
#[server(prefix = "/fn", endpoint = "report/cube", input = Json, output = Json)]
pub async fn read_cube(query: String) -> Result<CubePage, AppError> {
    use shared::access::needs;
    use shared::measure::CubeQuery;
    use shared::query::pairs_of;

    let ctx = crate::context::use_ctx()?;
    let read = async {
        let asked = CubeQuery::from_pairs(&pairs_of(&query), ctx.now().date())?;
        let region = asked.filter.region.clone();
        let view = services::reports::cube(&ctx, asked.clone()).await?;
        Ok::<_, shared::fault::Fault>(CubePage {
            marks: services::reports::marks(&ctx, &asked, &view).await?,
            view,
            regions: services::directory::places(&ctx, needs::REPORT, region.as_deref()).await?,
        })
    };
    crate::error::settle(read.await)
}

/// The touched figures of a query string, as a cube is asked for.
#[server(prefix = "/fn", endpoint = "report/touched", input = Json, output = Json)]
pub async fn read_touched(query: String) -> Result<TouchedView, AppError> {
    use shared::measure::CubeQuery;
    use shared::query::pairs_of;

    let ctx = crate::context::use_ctx()?;
    let read = async {
        let asked = CubeQuery::from_pairs(&pairs_of(&query), ctx.now().date())?;
        services::reports::touched(&ctx, asked).await
    };
    crate::error::settle(read.await)
}

/// The three rates together for a query string with `weights` and what a cube takes.
#[server(prefix = "/fn", endpoint = "report/three", input = Json, output = Json)]
pub async fn read_three(query: String) -> Result<ThreeView, AppError> {
    use shared::measure::{CubeQuery, Weights};
    use shared::query::pairs_of;

    let ctx = crate::context::use_ctx()?;
    let read = async {
        let (weights, rest) = Weights::among(&pairs_of(&query))?;
        let asked = CubeQuery::from_pairs(&rest, ctx.now().date())?;
        services::reports::three(&ctx, asked, weights).await
    };
    crate::error::settle(read.await)
}

/// How every live check of reports came out last.
#[server(prefix = "/fn", endpoint = "report/checks", input = Json, output = Json)]
pub async fn read_checks() -> Result<LiveChecks, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(services::reports::checks(&ctx).await)
}

/// One's own requests for data, and those that the reader decides on, for a query string with `cursor`.
#[server(prefix = "/fn", endpoint = "staff/data-requests", input = Json, output = Json)]
pub async fn read_requests(query: String) -> Result<DataRequestPage, AppError> {
    use shared::query::{pairs_of, value_of};

    let ctx = crate::context::use_ctx()?;
    let pairs = pairs_of(&query);
    let cursor = value_of(&pairs, "cursor");
    crate::error::settle(services::reports::requests::requests(&ctx, cursor).await)
}

/// Frozen figures of a period; the newest when the query string names none.
#[server(prefix = "/fn", endpoint = "report/frozen", input = Json, output = Json)]
pub async fn read_frozen(query: String) -> Result<FrozenView, AppError> {
    use shared::measure::FrozenQuery;
    use shared::query::pairs_of;

    let ctx = crate::context::use_ctx()?;
    let read = async {
        let asked = FrozenQuery::from_pairs(&pairs_of(&query))?;
        services::reports::frozen(&ctx, asked).await
    };
    crate::error::settle(read.await)
}

/// A standard report with what it can be asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StandardPage {
    /// Which one.
    pub name: shared::report::ReportName,
    /// The query of its address.
    pub query: String,
    /// The time, as an address has it.
    pub period: String,
    /// Division code; empty for all in scope.
    pub region: String,
    /// Category code; empty for all.
    pub category: String,
    /// Under which units tickets stand.
    pub units: shared::measure::UnitsOf,
    /// What it says.
    pub report: shared::report::Report,
    /// The query of the period before.
    pub before: String,
    /// Divisions to choose from.
    pub regions: Vec<PlaceChoice>,
    /// Categories that the field of the category offers: the first two levels.
    pub categories: Vec<CategoryNode>,
    /// Whether the program prints.
    pub prints: bool,
}

/// A kept report, and whether the program prints.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeptView {
    /// The report.
    pub kept: shared::report::KeptReport,
    /// Whether the program prints.
    pub prints: bool,
}

/// A standard report by its name and query, such as `monthly?period=2026-10`.
#[server(prefix = "/fn", endpoint = "report/standard", input = Json, output = Json)]
pub async fn read_standard(address: String) -> Result<StandardPage, AppError> {
    let ctx = crate::context::use_ctx()?;
    crate::error::settle(server::standard(&ctx, &address).await)
}

/// Kept reports, newest first, behind the `cursor` of a query string.
#[server(prefix = "/fn", endpoint = "report/kept-list", input = Json, output = Json)]
pub async fn read_kept_list(query: String) -> Result<shared::report::KeptPage, AppError> {
    use shared::query::{pairs_of, value_of};

    let ctx = crate::context::use_ctx()?;
    let pairs = pairs_of(&query);
    let cursor = value_of(&pairs, "cursor");
    crate::error::settle(services::reports::kept_list(&ctx, cursor).await)
}

/// A kept report by its number.
#[server(prefix = "/fn", endpoint = "report/kept", input = Json, output = Json)]
pub async fn read_kept(no: String) -> Result<KeptView, AppError> {
    let ctx = crate::context::use_ctx()?;
    let read = async {
        let kept = services::reports::kept(&ctx, &no).await?;
        let prints = ctx.services.printer().is_some();
        Ok::<_, shared::fault::Fault>(KeptView { kept, prints })
    };
    crate::error::settle(read.await)
}

/// One's own reports that make themselves, with the divisions that another one can be for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ScheduledPage {
    /// The schedules.
    pub rows: Vec<shared::report::ScheduleView>,
    /// Divisions to choose from.
    pub regions: Vec<PlaceChoice>,
}

/// One's own reports that make themselves.
#[server(prefix = "/fn", endpoint = "report/scheduled", input = Json, output = Json)]
pub async fn read_scheduled() -> Result<ScheduledPage, AppError> {
    use shared::access::needs;

    let ctx = crate::context::use_ctx()?;
    let read = async {
        let rows = services::reports::schedules(&ctx).await?;
        let regions = services::directory::places(&ctx, needs::REPORT, None).await?;
        Ok::<_, shared::fault::Fault>(ScheduledPage { rows, regions })
    };
    crate::error::settle(read.await)
}

#[cfg(feature = "ssr")]
mod server {
    use chrono::{Datelike, NaiveDate};
    use services::{Ctx, directory, reports};
    use shared::access::needs;
    use shared::fault::{Check, Code, Fault};
    use shared::query::{pairs_of, value_of};
    use shared::report::{ReportAsked, ReportName};

    use super::{Report, StandardPage};

    /// A report of the address behind `/reports/`.
    pub(super) async fn standard(ctx: &Ctx, address: &str) -> Result<StandardPage, Fault> {
        ctx.ask(needs::REPORT)?;
        let (name, query) = address.split_once('?').unwrap_or((address, ""));
        let name = ReportName::parse(name).ok_or_else(Fault::missing)?;
        let asked = ReportAsked::from_pairs(name, &pairs_of(query), ctx.now().date())?;
        let before = ReportAsked {
            period: asked.period.previous(),
            ..asked.clone()
        };
        let region = asked.region.as_deref();
        let mut categories = directory::categories(ctx).await?;
        for second in categories.iter_mut().flat_map(|first| &mut first.children) {
            second.children.clear();
        }
        Ok(StandardPage {
            name,
            query: asked.to_query(),
            period: asked.period.to_string(),
            report: reports::standard(ctx, &asked).await?,
            before: before.to_query(),
            regions: directory::places(ctx, needs::REPORT, region).await?,
            categories,
            prints: ctx.services.printer().is_some(),
            units: asked.units,
            region: asked.region.unwrap_or_default(),
            category: asked.category.unwrap_or_default(),
        })
    }

    pub(super) async fn overview(ctx: &Ctx, query: &str) -> Result<Report, Fault> {
        let pairs = pairs_of(query);
        let today = ctx.now().date();
        let mut check = Check::default();
        let mut day = |name: &str, usual: NaiveDate| match value_of(&pairs, name) {
            None => usual,
            Some(text) => shared::calendar::day(text).unwrap_or_else(|| {
                check.add(name, Code::InputDate);
                usual
            }),
        };
        let from = day("from", today.with_day(1).unwrap_or(today));
        let to = day("to", today);
        check.finish()?;
        let region = value_of(&pairs, "region").map(str::to_owned);
        let asked = reports::OverviewQuery {
            from,
            to,
            region: region.clone(),
        };
        let (overview, fault) = match reports::overview(ctx, asked.clone()).await {
            Ok(overview) => (overview, None),
            Err(fault) => {
                let fault = crate::api::staff::about_filters(fault)?;
                (reports::nothing(ctx, &asked), Some(fault))
            }
        };
        let marks = if fault.is_none() {
            reports::overview_marks(ctx, &asked, &overview).await?
        } else {
            Vec::new()
        };
        Ok(Report {
            marks,
            overview,
            fault,
            regions: directory::places(ctx, needs::REPORT, region.as_deref()).await?,
            region: region.unwrap_or_default(),
        })
    }
}
