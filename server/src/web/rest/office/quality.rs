//! Quality of data for programs: what the rules found, what is done about it, scores, and the rules themselves.
//! Deliberately absent: the rules (`shared::quality`), the nightly look (`services::quality`).
//! Read next: `services::quality::desk`.

use axum::http::StatusCode;
use services::quality::desk::{self, Asked};
use shared::quality::{
    AskDismissal, DecideDismissal, FixFinding, MonthScores, QualityFindingPage, RulesView,
    ScoresView,
};
use uuid::Uuid;

use crate::web::rest::{
    Answer, Refused,
    caller::Caller,
    read::{self, Id, Pairs, Read},
};

/// List findings
///
/// In the caller's scope, those that are due first; closed ones, when their state is asked for, the newest first. Nothing personal is in them.
#[utoipa::path(
    get, path = "/findings", tag = "quality", params(
        ("rule" = Option<String>, Query, description = "V01 to V30"),
        ("unit" = Option<String>, Query, description = "Code of the unit that sees to it; - for the centres"),
        ("region" = Option<String>, Query, description = "Code of a division, with everything below it"),
        ("state" = Option<String>, Query, description = "open, asked, fixed, gone, off or dismissed; everything open when absent"),
        ("limit" = Option<u32>, Query, description = "1 to 200, 50 when absent"),
        ("cursor" = Option<String>, Query, description = "next_cursor of the page before"),
    ),
    responses((status = 200, description = "A page of findings", body = QualityFindingPage))
)]
pub async fn list(caller: Caller, pairs: Pairs) -> Answer<QualityFindingPage> {
    let page = async {
        let [rule, unit, region, state, limit, cursor] =
            pairs.single(["rule", "unit", "region", "state", "limit", "cursor"])?;
        let limit = read::limit(limit.as_deref(), (desk::PAGE, desk::MOST))?;
        let asked = Asked {
            rule,
            unit,
            region,
            state,
            cursor,
            limit,
        };
        desk::list(&caller.0, asked).await
    };
    caller.answer(page.await)
}

/// The rules
///
/// V01 to V30 as they hold where the caller works: which are looked at, which are kept by other means, which wait for something.
#[utoipa::path(
    get, path = "/findings/rules", tag = "quality",
    responses((status = 200, description = "Every rule", body = RulesView))
)]
pub async fn rules(caller: Caller) -> Answer<RulesView> {
    caller.answer(desk::rules(&caller.0).await)
}

/// Scores
///
/// One minus the weight of open findings by tickets, of units and centres in the caller's scope, the worst first.
#[utoipa::path(
    get, path = "/findings/scores", tag = "quality",
    responses((status = 200, description = "A row each", body = ScoresView))
)]
pub async fn scores(caller: Caller) -> Answer<ScoresView> {
    caller.answer(desk::scores(&caller.0).await)
}

/// Scores of a month
///
/// Of units and centres by city, and of each table, over the tickets accepted in the month; beside them the score as it was frozen on the third day of
/// the next month.
#[utoipa::path(
    get, path = "/findings/months", tag = "quality", params(
        ("month" = Option<String>, Query, description = "yyyy-mm; this month when absent"),
        ("weights" = Option<String>, Query, description = "What a blocking finding, a warning and a note weigh, such as 5,2,1; those of the settings when absent, and for what was frozen those of its day"),
    ),
    responses((status = 200, description = "The scores", body = MonthScores))
)]
pub async fn months(caller: Caller, pairs: Pairs) -> Answer<MonthScores> {
    let scores = async {
        let [month, weights] = pairs.single(["month", "weights"])?;
        services::quality::scores_of_month(&caller.0, month.as_deref(), weights.as_deref()).await
    };
    caller.answer(scores.await)
}

/// Say that a finding was corrected
///
/// If the next look finds it again, it stands in the list again.
#[utoipa::path(
    post, path = "/findings/{id}/fix", tag = "quality", request_body = FixFinding,
    params(("id" = Uuid, Path, description = "The finding's id")),
    responses((status = 204, description = "Noted"))
)]
pub async fn fix(
    caller: Caller,
    Id(id): Id<Uuid>,
    Read(command): Read<FixFinding>,
) -> Result<StatusCode, Refused> {
    let done = desk::fix(&caller.0, id, command).await;
    done.map_err(|fault| caller.refuse(fault))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ask to dismiss a finding
///
/// A second person decides.
#[utoipa::path(
    post, path = "/findings/{id}/dismiss", tag = "quality", request_body = AskDismissal,
    params(("id" = Uuid, Path, description = "The finding's id")),
    responses((status = 204, description = "It waits for a second person"))
)]
pub async fn dismiss(
    caller: Caller,
    Id(id): Id<Uuid>,
    Read(command): Read<AskDismissal>,
) -> Result<StatusCode, Refused> {
    let done = desk::ask_dismissal(&caller.0, id, command).await;
    done.map_err(|fault| caller.refuse(fault))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Decide on a dismissal
///
/// By somebody else than who asked for it.
#[utoipa::path(
    post, path = "/findings/{id}/decide", tag = "quality", request_body = DecideDismissal,
    params(("id" = Uuid, Path, description = "The finding's id")),
    responses((status = 204, description = "Decided"))
)]
pub async fn decide(
    caller: Caller,
    Id(id): Id<Uuid>,
    Read(command): Read<DecideDismissal>,
) -> Result<StatusCode, Refused> {
    let done = desk::decide(&caller.0, id, command).await;
    done.map_err(|fault| caller.refuse(fault))?;
    Ok(StatusCode::NO_CONTENT)
}
