//! Forms of long jobs: ask for an export as a file, stop a job, agree to one.
//! Not here: what a job does (services), its result (a file of the server).
//! All go back to the page of jobs.

use services::exports;
use services::jobs::host::desk;
use shared::access::needs;
use shared::export::ExportPart;
use shared::fault::{Code, Fault};
use shared::ids::JobId;
use shared::job::{AskExport, ExportFormat};

use crate::forms::{Answer, Call, FormRoute, Redirect, Refusal, route};

/// The forms of this file.
pub const FORMS: &[FormRoute] = &[
    route("/staff/jobs", needs::EXPORT, |call| -> Answer {
        Box::pin(export(call))
    }),
    route("/staff/jobs/{id}/cancel", needs::JOBS, |call| -> Answer {
        Box::pin(cancel(call))
    }),
    route(
        "/staff/jobs/{id}/approve",
        needs::OTHERS_JOBS,
        |call| -> Answer { Box::pin(approve(call)) },
    ),
    route(
        "/staff/jobs/{id}/withdraw",
        needs::OTHERS_JOBS,
        |call| -> Answer { Box::pin(withdraw(call)) },
    ),
];

/// The list behind a filter as a file.
async fn export(call: Call) -> Result<Redirect, Refusal> {
    let query = call.fields.text("query");
    let format = call.fields.optional("format");
    let format = format
        .map(|word| word.parse::<ExportFormat>())
        .transpose()?;
    let purpose = call.fields.optional("purpose");
    let asked = AskExport {
        query,
        format,
        purpose,
        locked: call.fields.ticked("locked"),
        clear: call.fields.ticked("clear"),
        parts: parts(&call)?,
        columns: Vec::new(),
        template: call.fields.optional("template"),
    };
    let job = exports::job::ask(&call.ctx, asked).await?;
    match job.password {
        // Shown once, in the form that asked for it: it stands in no address and is kept nowhere.
        Some(password) => Err(Refusal::Again(vec![("opens_with".to_owned(), password)])),
        None => Ok(Redirect::to("/staff/jobs?done=export")),
    }
}

/// The related parts that were ticked.
pub(super) fn parts(call: &Call) -> Result<Vec<ExportPart>, Fault> {
    let ticked = call.fields.pairs().iter();
    let ticked = ticked.filter(|(name, _)| name == "parts");
    ticked.map(|(_, word)| word.parse::<ExportPart>()).collect()
}

/// Stop a job.
async fn cancel(call: Call) -> Result<Redirect, Refusal> {
    let id: JobId = call.param(0)?;
    desk::cancel(&call.ctx, id).await?;
    Ok(Redirect::to("/staff/jobs?done=cancel"))
}

/// Agree to a job of somebody else's.
async fn approve(call: Call) -> Result<Redirect, Refusal> {
    let id: JobId = call.param(0)?;
    let days = match call.fields.optional("days") {
        None => 0,
        Some(text) => text
            .parse::<u32>()
            .map_err(|_| Fault::field("days", Code::InputNumber))?,
    };
    desk::approve(&call.ctx, id, days).await?;
    Ok(Redirect::to("/staff/jobs?done=approve"))
}

/// End a standing approval.
async fn withdraw(call: Call) -> Result<Redirect, Refusal> {
    let id: JobId = call.param(0)?;
    exports::grants::withdraw(&call.ctx, id).await?;
    Ok(Redirect::to("/staff/jobs?done=withdraw"))
}
