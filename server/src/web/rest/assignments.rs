//! One unit's share of a ticket, for programs: one path per verb.
//! Deliberately absent: verbs of the whole ticket (`tickets`).
//! `version` is the assignment's own; two units never block each other.

use axum::Json;
use services::tickets;
use shared::{
    ids::AssignmentId,
    ticket::{
        command::{Reply, Rule, SendBack, Sign, UnitReview},
        view::Acted,
    },
};

use super::{
    Answer,
    caller::Caller,
    read::{Body, Id},
};

macro_rules! verbs {
    ($($(#[$doc:meta])* $name:ident, $path:tt, $command:ident, $verb:path;)+) => {$(
        $(#[$doc])*
        #[utoipa::path(
            post, path = $path, tag = "assignments", request_body = $command, params(
                ("id" = AssignmentId, Path, description = "The assignment's id"),
                ("Idempotency-Key" = Option<String>, Header, description = "1 to 128 visible ASCII characters, made by the caller for this act"),
            ),
            responses((status = 200, description = "Done; the ticket's new state, the assignments' new versions", body = Acted))
        )]
        pub async fn $name(caller: Caller, Id(id): Id<AssignmentId>, Body(command): Body<$command>) -> Answer<Acted> {
            $verb(&caller.0, id, command).await.map(Json).map_err(|fault| caller.refuse(fault))
        }
    )+};
}

verbs! {
    /// Sign for
    sign, "/assignments/{id}/sign", Sign, tickets::sign;
    /// Send back
    ///
    /// With a reason code; the dispatcher upholds the dispatch or gives it to another unit.
    send_back, "/assignments/{id}/send-back", SendBack, tickets::send_back;
    /// Rule on the return
    ///
    /// The dispatch stands, or another unit gets it.
    rule, "/assignments/{id}/rule", Rule, tickets::rule;
    /// Send reply
    ///
    /// The unit's result and the answer for the citizen.
    reply, "/assignments/{id}/reply", Reply, tickets::reply;
    /// Unit review
    ///
    /// Pass, or back to the handler.
    review, "/assignments/{id}/review", UnitReview, tickets::unit_review;
}
