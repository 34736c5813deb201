//! What was refused is an event of its own: denials of verbs, filing, lists and processes, and questions about cases out of reach, each a
//! row of the audit that stays although the work's transaction does not.
//! Not here: what was done, which its own transaction records.

use shared::fault::{Code, Fault};

use crate::context::Ctx;
use crate::watch;

/// Records a refusal, where it is one of right or reach; gives the outcome on.
pub(crate) async fn recorded<T>(
    ctx: &Ctx,
    (action, object): (&str, String),
    done: Result<T, Fault>,
) -> Result<T, Fault> {
    if let Err(fault) = &done
        && matches!(fault.code, Code::AccessDenied | Code::NotFound)
        && ctx.actor.user.is_some()
    {
        watch::refused(ctx, ctx.audit(action, object, fault.code.as_str())).await;
    }
    done
}
