//! What was refused is an event of its own: denials of verbs, filing, lists and processes, and questions about cases out of reach, each a
//! row of the audit that stays although the work's transaction does not.
//! Not here: what was done, which its own transaction records.

use shared::fault::{Code, Fault};

use crate::cases::perform::keep_denial;
use crate::context::Ctx;

/// Records a refusal, where it is one of right or reach; gives the outcome on.
pub(super) async fn recorded<T>(
    ctx: &Ctx,
    (action, object): (&str, String),
    done: Result<T, Fault>,
) -> Result<T, Fault> {
    if let Err(fault) = &done
        && matches!(fault.code, Code::AccessDenied | Code::NotFound)
        && ctx.actor.user.is_some()
    {
        keep_denial(ctx, ctx.audit(action, object, fault.code.as_str())).await;
    }
    done
}
