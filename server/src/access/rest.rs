//! The rows of the access table for the programs' interface.
//! Deliberately absent: pages, forms and the other entrances (`access`), the handlers (`web::rest`).
//! One row per method and path; a new one goes where its subject is.

use shared::access::Permission as P;

use super::Need;

/// The programs' interface by method and path.
pub(super) const REST: &[(&str, Need)] = &[
    ("POST /api/v1/sessions", Need::Nothing),
    ("POST /api/v1/public/lookup", Need::Code),
    ("GET /api/v1/openapi.json", Need::Nothing),
    ("GET /api/v1/docs", Need::Nothing),
    ("GET /api/v1/jobs", Need::SignedIn),
    ("POST /api/v1/jobs", Need::Permission(P::TicketExport)),
    ("GET /api/v1/jobs/{id}", Need::SignedIn),
    ("POST /api/v1/jobs/{id}/cancel", Need::SignedIn),
    (
        "GET /api/v1/jobs/{id}/result",
        Need::Permission(P::TicketExport),
    ),
    ("GET /api/v1/tickets", Need::Permission(P::TicketView)),
    ("POST /api/v1/tickets", Need::Permission(P::TicketRegister)),
    ("GET /api/v1/tickets/{id}", Need::Permission(P::TicketView)),
    (
        "GET /api/v1/tickets/{id}/history",
        Need::Permission(P::TicketView),
    ),
    (
        "POST /api/v1/tickets/{id}/answer",
        Need::Permission(P::TicketAnswer),
    ),
    (
        "POST /api/v1/tickets/{id}/decline",
        Need::Permission(P::TicketDecline),
    ),
    (
        "POST /api/v1/tickets/{id}/confirm-decline",
        Need::Permission(P::TicketConfirmDecline),
    ),
    (
        "POST /api/v1/tickets/{id}/dispatch",
        Need::Permission(P::TicketDispatch),
    ),
    (
        "POST /api/v1/tickets/{id}/recall",
        Need::Permission(P::TicketRecall),
    ),
    (
        "POST /api/v1/tickets/{id}/review",
        Need::Permission(P::TicketReview),
    ),
    (
        "POST /api/v1/tickets/{id}/follow-up",
        Need::Permission(P::TicketFollowUp),
    ),
    (
        "POST /api/v1/tickets/{id}/redo",
        Need::Permission(P::TicketRedo),
    ),
    (
        "POST /api/v1/tickets/{id}/close",
        Need::Permission(P::TicketClose),
    ),
    (
        "POST /api/v1/tickets/{id}/withdraw",
        Need::Permission(P::TicketWithdraw),
    ),
    (
        "POST /api/v1/tickets/{id}/urge",
        Need::Permission(P::TicketRegister),
    ),
    (
        "POST /api/v1/tickets/{id}/reveal",
        Need::Permission(P::CitizenReveal),
    ),
    (
        "POST /api/v1/assignments/{id}/sign",
        Need::Permission(P::AssignmentSign),
    ),
    (
        "POST /api/v1/assignments/{id}/send-back",
        Need::Permission(P::AssignmentSendBack),
    ),
    (
        "POST /api/v1/assignments/{id}/rule",
        Need::Permission(P::AssignmentRule),
    ),
    (
        "POST /api/v1/assignments/{id}/reply",
        Need::Permission(P::AssignmentReply),
    ),
    (
        "POST /api/v1/assignments/{id}/review",
        Need::Permission(P::AssignmentReview),
    ),
    ("GET /api/v1/tasks", Need::Permission(P::TicketView)),
    (
        "GET /api/v1/reports/overview",
        Need::Permission(P::ReportView),
    ),
    (
        "GET /api/v1/approvals/startable",
        Need::Permission(P::ApprovalStart),
    ),
    ("POST /api/v1/approvals", Need::Permission(P::ApprovalStart)),
    ("GET /api/v1/approvals", Need::Permission(P::ApprovalView)),
    (
        "GET /api/v1/approvals/{id}",
        Need::Permission(P::ApprovalView),
    ),
    (
        "POST /api/v1/approvals/{id}/reveal",
        Need::Permission(P::CitizenReveal),
    ),
    (
        "POST /api/v1/approvals/{id}/decide",
        Need::Permission(P::ApprovalView),
    ),
    (
        "POST /api/v1/approvals/{id}/reject",
        Need::Permission(P::ApprovalView),
    ),
    (
        "POST /api/v1/approvals/{id}/take-back",
        Need::Permission(P::ApprovalView),
    ),
    (
        "POST /api/v1/approvals/{id}/add-signer",
        Need::Permission(P::ApprovalView),
    ),
    (
        "POST /api/v1/approvals/{id}/remove-signer",
        Need::Permission(P::ApprovalView),
    ),
    (
        "POST /api/v1/approvals/{id}/transfer",
        Need::Permission(P::ApprovalView),
    ),
    (
        "POST /api/v1/approvals/{id}/delegate",
        Need::Permission(P::ApprovalView),
    ),
    (
        "POST /api/v1/approvals/{id}/copy",
        Need::Permission(P::ApprovalView),
    ),
    (
        "POST /api/v1/approvals/{id}/claim",
        Need::Permission(P::ApprovalView),
    ),
    (
        "POST /api/v1/approvals/{id}/release",
        Need::Permission(P::ApprovalView),
    ),
    (
        "POST /api/v1/approvals/{id}/ask-correction",
        Need::Permission(P::ApprovalView),
    ),
    (
        "POST /api/v1/approvals/{id}/correct",
        Need::Permission(P::ApprovalView),
    ),
    (
        "POST /api/v1/approvals/{id}/accept-lacking",
        Need::Permission(P::ApprovalView),
    ),
    (
        "POST /api/v1/approvals/{id}/supply",
        Need::Permission(P::ApprovalView),
    ),
    (
        "POST /api/v1/approvals/{id}/suspend",
        Need::Permission(P::ApprovalView),
    ),
    (
        "POST /api/v1/approvals/{id}/resume",
        Need::Permission(P::ApprovalView),
    ),
    (
        "POST /api/v1/approvals/{id}/cancel",
        Need::Permission(P::ApprovalView),
    ),
    (
        "POST /api/v1/approvals/{id}/change-due",
        Need::Permission(P::ProcessOperate),
    ),
    (
        "POST /api/v1/approvals/{id}/jump",
        Need::Permission(P::ProcessOperate),
    ),
    (
        "POST /api/v1/approvals/{id}/set-variables",
        Need::Permission(P::ProcessOperate),
    ),
    (
        "POST /api/v1/approvals/{id}/message",
        Need::Permission(P::ProcessOperate),
    ),
    (
        "POST /api/v1/approvals/{id}/retry",
        Need::Permission(P::ProcessOperate),
    ),
    (
        "POST /api/v1/approvals/{id}/skip",
        Need::Permission(P::ProcessOperate),
    ),
    ("GET /api/v1/processes", Need::Permission(P::ProcessView)),
    ("POST /api/v1/processes", Need::Permission(P::ProcessManage)),
    (
        "POST /api/v1/processes/check",
        Need::Permission(P::ProcessView),
    ),
    (
        "POST /api/v1/processes/events",
        Need::Permission(P::ProcessOperate),
    ),
    (
        "GET /api/v1/processes/{key}/versions/{version}",
        Need::Permission(P::ProcessView),
    ),
    (
        "POST /api/v1/processes/{key}/versions/{version}/activate",
        Need::Permission(P::ProcessManage),
    ),
    (
        "POST /api/v1/processes/{key}/versions/{version}/withdraw",
        Need::Permission(P::ProcessManage),
    ),
    (
        "POST /api/v1/processes/{key}/migrate",
        Need::Permission(P::ProcessOperate),
    ),
    (
        "POST /api/v1/migrations/{id}/undo",
        Need::Permission(P::ProcessOperate),
    ),
    ("GET /api/v1/units", Need::SignedIn),
    ("GET /api/v1/categories", Need::SignedIn),
    ("GET /api/v1/divisions", Need::SignedIn),
];
