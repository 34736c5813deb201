//! What the page of data quality reads: findings, scores and rules together.
//! Not here: what it sends (`forms::staff::quality`).
//! Read next: `services::quality::desk`.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use serde::{Deserialize, Serialize};
use shared::quality::{MonthScores, QualityFindingPage, RulesView, ScoresView};

use crate::error::AppError;

/// The page as it is read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QualityWords {
    /// The findings that were asked for.
    pub page: QualityFindingPage,
    /// Scores of units and centres.
    pub scores: ScoresView,
    /// Every rule.
    pub rules: RulesView,
}

/// Findings in the reader's scope for a query string with `rule`, `unit`, `state` and `cursor`, with scores and rules.
#[server(prefix = "/fn", endpoint = "staff/quality", input = Json, output = Json)]
pub async fn read_quality(query: String) -> Result<QualityWords, AppError> {
    use services::quality::desk;
    use shared::query::{pairs_of, value_of};

    let ctx = crate::context::use_ctx()?;
    let pairs = pairs_of(&query);
    let of = |name: &str| value_of(&pairs, name).map(str::to_owned);
    let asked = desk::Asked {
        rule: of("rule"),
        unit: of("unit"),
        region: of("region"),
        state: of("state"),
        cursor: of("cursor"),
        limit: desk::PAGE,
    };
    let read = async {
        Ok::<_, shared::fault::Fault>(QualityWords {
            page: desk::list(&ctx, asked).await?,
            scores: desk::scores(&ctx).await?,
            rules: desk::rules(&ctx).await?,
        })
    };
    crate::error::settle(read.await)
}

/// Scores of a month, of units and of tables, for a query string with `month` and `weights`.
#[server(prefix = "/fn", endpoint = "staff/quality-months", input = Json, output = Json)]
pub async fn read_months(query: String) -> Result<MonthScores, AppError> {
    use shared::query::{pairs_of, value_of};

    let ctx = crate::context::use_ctx()?;
    let pairs = pairs_of(&query);
    let (month, weights) = (value_of(&pairs, "month"), value_of(&pairs, "weights"));
    crate::error::settle(services::quality::scores_of_month(&ctx, month, weights).await)
}
