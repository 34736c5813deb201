//! The staff's forms: the desk (`register`), the verbs on a ticket (`ticket`) and on an assignment (`assignment`), the look at a citizen
//! (`reveal`), approvals (`approval`), the processes behind them (`process`) and long jobs (`jobs`).
//! Each reads its command, calls its service and goes back to the ticket; the rules are in `shared::ticket::rules`, asked by the services.
//! Not here: pages (`pages::staff`).

use shared::ids::TicketId;
use shared::ticket::Verb as V;

use super::{Call, FormRoute, Redirect, Refusal};

macro_rules! forms {
    ($($pattern:literal, $need:expr, $run:path $(, $files:ident)?;)+) => {
        /// The forms of this folder.
        pub const FORMS: &[FormRoute] = &[$(FormRoute {
            pattern: $pattern,
            need: $need,
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
    "/desk", V::Register.need(), register::register;
    "/tickets/{id}/answer", V::Answer.need(), ticket::answer;
    "/tickets/{id}/decline", V::Decline.need(), ticket::decline;
    "/tickets/{id}/confirm-decline", V::ConfirmDecline.need(), ticket::confirm_decline;
    "/tickets/{id}/dispatch", V::Dispatch.need(), ticket::dispatch;
    "/tickets/{id}/recall", V::Recall.need(), ticket::recall;
    "/tickets/{id}/review", V::Review.need(), ticket::review;
    "/tickets/{id}/follow-up", V::FollowUp.need(), ticket::follow_up;
    "/tickets/{id}/redo", V::Redo.need(), ticket::redo;
    "/tickets/{id}/close", V::Close.need(), ticket::close;
    "/tickets/{id}/withdraw", V::Withdraw.need(), ticket::withdraw;
    "/tickets/{id}/urge", V::Urge.need(), ticket::urge;
    "/tickets/{id}/reveal", V::Reveal.need(), reveal::reveal;
    "/tickets/{id}/assignments/{assignment}/sign", V::Sign.need(), assignment::sign;
    "/tickets/{id}/assignments/{assignment}/send-back", V::SendBack.need(), assignment::send_back;
    "/tickets/{id}/assignments/{assignment}/rule", V::Rule.need(), assignment::rule;
    "/tickets/{id}/assignments/{assignment}/reply", V::Reply.need(), assignment::reply;
    "/tickets/{id}/assignments/{assignment}/unit-review", V::UnitReview.need(), assignment::unit_review;
}

/// Back to the ticket, which says what was done.
fn done(id: TicketId, verb: V) -> Result<Redirect, Refusal> {
    Ok(Redirect::to(format!("/tickets/{id}?done={verb}")))
}
