//! Forms of kept reports: keeping one, signing it, remarking on it.
//! Not here: the rules (`services::reports`), the pages (`pages::staff::standard`).
//! Each goes to the report that it is about.

use std::borrow::Cow;

use services::reports;
use shared::access::{Need, needs};
use shared::fault::Fault;
use shared::query::pairs_of;
use shared::report::{ReportAsked, ReportName};

use crate::forms::{Answer, Call, Files, FormRoute, Redirect, Refusal};

const fn route(pattern: &'static str, need: Need, run: fn(Call) -> Answer) -> FormRoute {
    FormRoute {
        pattern: Cow::Borrowed(pattern),
        need,
        files: Files::None,
        tries: None,
        run,
    }
}

/// The forms of this file.
pub const FORMS: &[FormRoute] = &[
    route("/reports/kept", needs::REPORT, |call| -> Answer {
        Box::pin(keep(call))
    }),
    route(
        "/reports/kept/{no}/sign",
        needs::SIGNING,
        |call| -> Answer { Box::pin(sign(call)) },
    ),
    route(
        "/reports/kept/{no}/comment",
        needs::REPORT,
        |call| -> Answer { Box::pin(comment(call)) },
    ),
];

async fn keep(call: Call) -> Result<Redirect, Refusal> {
    let name = ReportName::parse(&call.fields.text("name")).ok_or_else(Fault::missing)?;
    let pairs = pairs_of(&call.fields.text("query"));
    let asked = ReportAsked::from_pairs(name, &pairs, call.ctx.now().date())?;
    let no = reports::keep(&call.ctx, &asked).await?;
    Ok(to(&no))
}

async fn sign(call: Call) -> Result<Redirect, Refusal> {
    let no: String = call.param(0)?;
    reports::sign(&call.ctx, &no).await?;
    Ok(to(&no))
}

async fn comment(call: Call) -> Result<Redirect, Refusal> {
    let no: String = call.param(0)?;
    reports::comment(&call.ctx, &no, &call.fields.text("text")).await?;
    Ok(to(&no))
}

fn to(no: &str) -> Redirect {
    Redirect::to(format!("/reports/kept/{no}?done=kept"))
}
