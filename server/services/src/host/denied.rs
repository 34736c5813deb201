//! What was refused is an event of its own: denials of verbs, filing, lists and processes, and questions about cases out of reach, each a
//! row of the audit that stays although the work's transaction does not; so is what broke.
//! Not here: what was done, which its own transaction records.

use shared::fault::{Code, Fault};

use crate::context::Ctx;
use crate::spans;
use crate::watch;

/// Runs a call under its name, and records a refusal of it.
///
/// # Errors
/// Those of the call.
pub(crate) async fn recorded<T>(
    ctx: &Ctx,
    (action, object): (&str, String),
    call: impl Future<Output = Result<T, Fault>>,
) -> Result<T, Fault> {
    let done = spans::called(ctx, action, call).await;
    if let Err(fault) = &done {
        keep(ctx, (action, object), fault).await;
    }
    done
}

/// Records a refusal, where it is one of right or reach, or that the call broke.
pub(crate) async fn keep(ctx: &Ctx, (action, object): (&str, String), fault: &Fault) {
    watch::broke(ctx, (action, &object), fault).await;
    if matches!(fault.code, Code::AccessDenied | Code::NotFound) && ctx.actor.user().is_some() {
        watch::refused(ctx, ctx.audit(action, object, fault.code.as_str())).await;
    }
}
