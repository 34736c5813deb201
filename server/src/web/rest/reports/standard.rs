//! Standard reports for programs: as numbers with their words, as files, kept, signed, remarked on.
//! Deliberately absent: what a report says (`shared::report`), who sees a kept one (`services::reports`).

use axum::{extract::Path, http::StatusCode, response::Response};
use services::reports;
use shared::{
    fault::Fault,
    measure::UnitsOf,
    report::{
        KeepReport, KeptPage, KeptReport, Report, ReportAsked, ReportForm, ReportName, SayComment,
    },
};

use super::super::{
    Answer, Refused,
    caller::Caller,
    read::{Body, Id, Pairs},
};
use crate::web::files::reports as files;

/// A report by its word.
fn name_of(word: &str) -> Result<ReportName, Fault> {
    ReportName::parse(word).ok_or_else(Fault::missing)
}

/// The form of a file, and the rest of the query.
fn form_of(pairs: Vec<(String, String)>) -> Result<(ReportForm, Vec<(String, String)>), Fault> {
    let (forms, rest): (Vec<_>, Vec<_>) = pairs.into_iter().partition(|(name, _)| name == "form");
    let form = forms.first().map(|(_, word)| word.parse::<ReportForm>());
    Ok((form.transpose()?.unwrap_or(ReportForm::Csv), rest))
}

/// A standard report
///
/// In the caller's scope and language, each number beside those of the period before and of the year before.
#[utoipa::path(
    get, path = "/reports/{report}", tag = "reports", params(
        ("report" = ReportName, Path, description = "The report"),
        ("period" = Option<String>, Query, description = "2026-10-03, 2026-W44, 2026-10, 2026-Q4, 2026 or 2026-10-01_2026-10-15; the last whole one when absent"),
        ("from" = Option<String>, Query, description = "First day, in place of a period"),
        ("to" = Option<String>, Query, description = "Last day, in place of a period"),
        ("area" = Option<String>, Query, description = "Division code; the caller's scope when absent"),
        ("category" = Option<String>, Query, description = "Category code"),
        ("units" = Option<UnitsOf>, Query, description = "then, the usual; now: tickets of units that ended stand with the unit that follows them today"),
    ),
    responses((status = 200, description = "The report", body = Report))
)]
pub async fn show(
    caller: Caller,
    Path(report): Path<String>,
    Pairs(pairs): Pairs,
) -> Answer<Report> {
    let found = async {
        let name = name_of(&report)?;
        let asked = ReportAsked::from_pairs(name, &pairs, caller.0.now().date())?;
        reports::standard(&caller.0, &asked).await
    };
    caller.answer(found.await)
}

/// A standard report as a file
///
/// A workbook with numbers as numbers, CSV, or PDF where the installation makes it.
#[utoipa::path(
    get, path = "/reports/{report}/file", tag = "reports", params(
        ("report" = ReportName, Path, description = "The report"),
        ("form" = Option<String>, Query, description = "csv or xlsx or pdf; csv when absent"),
        ("period" = Option<String>, Query, description = "As for the report, like area and category"),
    ),
    responses((status = 200, description = "The file", content_type = "application/octet-stream", body = Vec<u8>))
)]
pub async fn file(
    caller: Caller,
    Path(report): Path<String>,
    Pairs(pairs): Pairs,
) -> Result<Response, Refused> {
    let found = async {
        let name = name_of(&report)?;
        let (form, rest) = form_of(pairs)?;
        files::standard(&caller.0, (name, &rest), form).await
    };
    let found = found.await.map(files::answer);
    found.map_err(|fault| caller.refuse(fault))
}

/// Kept reports
///
/// Those inside the caller's scope, and the caller's own, newest first.
#[utoipa::path(
    get, path = "/kept-reports", tag = "reports",
    params(("cursor" = Option<String>, Query, description = "`next` of the page before")),
    responses((status = 200, description = "A page", body = KeptPage))
)]
pub async fn list(caller: Caller, pairs: Pairs) -> Answer<KeptPage> {
    let found = async {
        let [cursor] = pairs.single(["cursor"])?;
        reports::kept_list(&caller.0, cursor.as_deref()).await
    };
    caller.answer(found.await)
}

/// Keep a report
///
/// Counted once more in the caller's scope; it gets a number and never changes.
#[utoipa::path(
    post, path = "/kept-reports", tag = "reports", request_body = KeepReport,
    responses((status = 200, description = "The kept report", body = KeptReport))
)]
pub async fn keep(caller: Caller, Body(command): Body<KeepReport>) -> Answer<KeptReport> {
    let kept = async {
        let asked = command.asked(caller.0.now().date())?;
        let no = reports::keep(&caller.0, &asked).await?;
        reports::kept(&caller.0, &no).await
    };
    caller.answer(kept.await)
}

/// A kept report
///
/// With its digest, remarks, and what differs from the one before over the same period and area.
#[utoipa::path(
    get, path = "/kept-reports/{no}", tag = "reports", params(("no" = String, Path, description = "Its number")),
    responses((status = 200, description = "The report", body = KeptReport))
)]
pub async fn kept(caller: Caller, Id(no): Id<String>) -> Answer<KeptReport> {
    caller.answer(reports::kept(&caller.0, &no).await)
}

/// A kept report as a file
#[utoipa::path(
    get, path = "/kept-reports/{no}/file", tag = "reports", params(
        ("no" = String, Path, description = "Its number"),
        ("form" = Option<String>, Query, description = "csv or xlsx or pdf; csv when absent"),
    ),
    responses((status = 200, description = "The file", content_type = "application/octet-stream", body = Vec<u8>))
)]
pub async fn kept_file(
    caller: Caller,
    Id(no): Id<String>,
    Pairs(pairs): Pairs,
) -> Result<Response, Refused> {
    let found = async {
        let (form, _) = form_of(pairs)?;
        files::kept(&caller.0, &no, form).await
    };
    let found = found.await.map(files::answer);
    found.map_err(|fault| caller.refuse(fault))
}

/// Sign a report
///
/// By a second person with the right.
#[utoipa::path(
    post, path = "/kept-reports/{no}/sign", tag = "reports", params(("no" = String, Path, description = "Its number")),
    responses((status = 204, description = "It is signed"))
)]
pub async fn sign(caller: Caller, Id(no): Id<String>) -> Result<StatusCode, Refused> {
    let signed = reports::sign(&caller.0, &no).await;
    signed.map_err(|fault| caller.refuse(fault))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Remark on a report
#[utoipa::path(
    post, path = "/kept-reports/{no}/comments", tag = "reports", request_body = SayComment,
    params(("no" = String, Path, description = "Its number")),
    responses((status = 204, description = "It stands there"))
)]
pub async fn comment(
    caller: Caller,
    Id(no): Id<String>,
    Body(command): Body<SayComment>,
) -> Result<StatusCode, Refused> {
    let said = reports::comment(&caller.0, &no, &command.text).await;
    said.map_err(|fault| caller.refuse(fault))?;
    Ok(StatusCode::NO_CONTENT)
}
