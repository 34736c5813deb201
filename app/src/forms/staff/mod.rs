//! The staff's forms: the desk (`register`), the verbs on a ticket (`ticket`) and on an assignment (`assignment`), the look at a citizen
//! (`reveal`), approvals (`approval`), the processes behind them (`process`) and long jobs (`jobs`).
//! Each reads its command, calls its service and goes back to the ticket; the rules are in `shared::ticket::rules`, asked by the services.
//! Not here: pages (`pages::staff`).

use shared::access::Permission as P;
use shared::ids::TicketId;
use shared::ticket::Verb;

use super::{Call, FormRoute, Redirect, Refusal};

macro_rules! forms {
    ($($pattern:literal, $permission:ident, $run:path $(, $files:ident)?;)+) => {
        /// The forms of this folder.
        pub const FORMS: &[FormRoute] = &[$(FormRoute {
            pattern: $pattern,
            need: $crate::forms::Need::Permission(P::$permission),
            files: forms!(@files $($files)?),
            tries: None,
            run: |call: Call| -> $crate::forms::Answer { Box::pin($run(call)) },
        },)+];
    };
    (@files) => { $crate::forms::Files::None };
    (@files $files:ident) => { $crate::forms::Files::$files };
}

pub mod approval;
mod assignment;
pub mod jobs;
pub mod process;
mod register;
mod reveal;
mod ticket;

forms! {
    "/desk", TicketRegister, register::register;
    "/tickets/{id}/answer", TicketAnswer, ticket::answer;
    "/tickets/{id}/decline", TicketDecline, ticket::decline;
    "/tickets/{id}/confirm-decline", TicketConfirmDecline, ticket::confirm_decline;
    "/tickets/{id}/dispatch", TicketDispatch, ticket::dispatch;
    "/tickets/{id}/recall", TicketRecall, ticket::recall;
    "/tickets/{id}/review", TicketReview, ticket::review;
    "/tickets/{id}/follow-up", TicketFollowUp, ticket::follow_up;
    "/tickets/{id}/redo", TicketRedo, ticket::redo;
    "/tickets/{id}/close", TicketClose, ticket::close;
    "/tickets/{id}/withdraw", TicketWithdraw, ticket::withdraw;
    "/tickets/{id}/urge", TicketRegister, ticket::urge;
    "/tickets/{id}/reveal", CitizenReveal, reveal::reveal;
    "/tickets/{id}/assignments/{assignment}/sign", AssignmentSign, assignment::sign;
    "/tickets/{id}/assignments/{assignment}/send-back", AssignmentSendBack, assignment::send_back;
    "/tickets/{id}/assignments/{assignment}/rule", AssignmentRule, assignment::rule;
    "/tickets/{id}/assignments/{assignment}/reply", AssignmentReply, assignment::reply;
    "/tickets/{id}/assignments/{assignment}/unit-review", AssignmentReview, assignment::unit_review;
}

/// Back to the ticket, which says what was done.
fn done(id: TicketId, verb: Verb) -> Result<Redirect, Refusal> {
    Ok(Redirect::to(format!("/tickets/{id}?done={verb}")))
}
