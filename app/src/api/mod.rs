//! Server functions: what hydrated pages call, under `/fn` with explicit endpoints, JSON in and out (P-01, P-12).
//! Each decodes, calls one service and settles the fault; nothing is decided here (I6). One file per area.
//! Not here: forms' handlers (`forms`), which `forms::submit` reaches. `FUNCTIONS` says what each asks; the router asks it first.

use shared::access::{Need, needs};

pub mod account;
pub mod approvals;
pub mod citizen;
pub mod directives;
pub mod forms;
pub mod jobs;
pub mod lists;
pub mod mandates;
pub mod notices;
pub mod notifications;
pub mod photos;
pub mod places;
pub mod processes;
pub mod public;
pub mod quality;
pub mod report;
pub mod rights;
pub mod setup;
pub mod staff;
pub mod teams;

/// Every function by path, with what it asks.
pub const FUNCTIONS: &[(&str, Need)] = &[
    ("/fn/form", Need::FormsOwn),
    ("/fn/photos/draft", Need::Nothing),
    ("/fn/photos/list", Need::Draft),
    ("/fn/photos/remove", Need::Draft),
    ("/fn/divisions", Need::Nothing),
    ("/fn/public/figures", Need::Nothing),
    ("/fn/public/questionnaire", Need::Nothing),
    ("/fn/public/alike", Need::Nothing),
    ("/fn/public/provider", Need::Nothing),
    ("/fn/public/filed", Need::Code),
    ("/fn/public/followed", Need::Code),
    ("/fn/citizen/requests", needs::CITIZEN),
    ("/fn/citizen/request", needs::CITIZEN),
    ("/fn/citizen/account", needs::CITIZEN),
    ("/fn/citizen/mandates", needs::CITIZEN),
    ("/fn/citizen/data", needs::CITIZEN),
    ("/fn/staff/tasks", needs::TO_DO),
    ("/fn/staff/task-count", needs::TO_DO),
    ("/fn/staff/shelf", needs::TO_DO),
    ("/fn/staff/followed", needs::TO_DO),
    ("/fn/staff/keep-typed", needs::TO_DO),
    ("/fn/staff/typed", needs::TO_DO),
    ("/fn/staff/bulk", needs::TICKETS),
    ("/fn/staff/bulk-result", needs::TICKETS),
    ("/fn/staff/tickets", needs::TICKETS),
    ("/fn/staff/ticket", needs::TICKETS),
    ("/fn/staff/views", needs::TICKETS),
    ("/fn/staff/phrases", needs::TICKETS),
    ("/fn/staff/flow", needs::TICKETS),
    ("/fn/staff/dispatching", needs::DISPATCHING),
    ("/fn/staff/suggested", needs::DISPATCHING),
    ("/fn/staff/own-unit", needs::DIRECTORY),
    ("/fn/staff/own-sessions", needs::OWN),
    ("/fn/staff/accounts", needs::ACCOUNTS),
    ("/fn/staff/account", needs::ACCOUNTS),
    ("/fn/staff/account-requests", needs::ACCOUNT_REQUESTS),
    ("/fn/staff/account-request", needs::ACCOUNT_REQUESTS),
    ("/fn/staff/post-choices", needs::APPLYING),
    ("/fn/staff/stand-ins", needs::STAND_INS),
    ("/fn/staff/reviews", needs::REVIEWS),
    ("/fn/staff/review", needs::REVIEWS),
    ("/fn/staff/roles", needs::ROLE_LIST),
    ("/fn/staff/role", needs::ROLE_LIST),
    ("/fn/staff/people", needs::ROLE_LIST),
    ("/fn/staff/person", needs::ROLE_LIST),
    ("/fn/staff/readers", needs::READERS),
    ("/fn/staff/audit", needs::AUDIT),
    ("/fn/staff/audit-alarms", needs::AUDIT),
    ("/fn/staff/audit-reports", needs::AUDIT),
    ("/fn/staff/personal-fields", needs::PERSONAL),
    ("/fn/staff/personal-looks", needs::LOOKS),
    ("/fn/staff/directives", needs::TICKETS),
    ("/fn/staff/directive", needs::TICKETS),
    ("/fn/staff/teams", needs::ROLE_LIST),
    ("/fn/staff/team", needs::ROLE_LIST),
    ("/fn/staff/own-factor", needs::OWN),
    ("/fn/staff/own-identities", needs::OWN),
    ("/fn/staff/second-ways", needs::SECOND),
    ("/fn/staff/session-keys", needs::KEYS),
    ("/fn/staff/related", needs::DESK),
    ("/fn/staff/caller", needs::DESK),
    ("/fn/staff/desk", needs::DESK),
    ("/fn/staff/categories", Need::Nothing),
    ("/fn/report/overview", needs::REPORT),
    ("/fn/report/measures", needs::REPORT),
    ("/fn/report/cube", needs::REPORT),
    ("/fn/report/frozen", needs::REPORT),
    ("/fn/report/standard", needs::REPORT),
    ("/fn/report/kept-list", needs::REPORT),
    ("/fn/report/kept", needs::REPORT),
    ("/fn/report/scheduled", needs::REPORT),
    ("/fn/report/pivots", needs::REPORT),
    ("/fn/report/board", needs::TICKETS),
    ("/fn/report/tile", needs::TICKETS),
    ("/fn/report/warnings", needs::REPORT),
    ("/fn/report/touched", needs::REPORT),
    ("/fn/report/three", needs::REPORT),
    ("/fn/report/checks", needs::REPORT),
    ("/fn/staff/data-requests", needs::TICKETS),
    ("/fn/staff/approvals", needs::APPROVALS),
    ("/fn/staff/approval-count", needs::APPROVAL_COUNT),
    ("/fn/staff/approval", needs::APPROVALS),
    ("/fn/staff/approval-flow", needs::APPROVALS),
    ("/fn/staff/startable", needs::FILING),
    ("/fn/staff/start-form", needs::FILING),
    ("/fn/staff/exports", needs::EXPORT),
    ("/fn/staff/jobs", needs::JOBS),
    ("/fn/staff/lists", needs::REGISTER),
    ("/fn/staff/list", needs::REGISTER),
    ("/fn/staff/list-row", needs::DRAFTING),
    ("/fn/staff/list-preview", needs::REGISTER),
    ("/fn/staff/reorganise", needs::DRAFTING),
    ("/fn/staff/search", needs::DIRECTORY),
    ("/fn/staff/platforms", needs::PLATFORMS),
    ("/fn/staff/statements", needs::STATEMENTS),
    ("/fn/staff/rules", needs::NOTICES),
    ("/fn/staff/rule-readers", needs::REGISTER),
    ("/fn/staff/set-up", needs::READY),
    ("/fn/staff/ready", needs::READY),
    ("/fn/staff/notifications", needs::UNDELIVERED),
    ("/fn/staff/quality", needs::QUALITY),
    ("/fn/staff/quality-months", needs::QUALITY),
    ("/fn/staff/follow-ups", needs::FOLLOW_UPS),
    ("/fn/staff/alarms", needs::ALARMS),
    ("/fn/staff/alarm-count", needs::TO_DO),
    ("/fn/staff/plan", needs::PLANS),
    ("/fn/staff/papers", needs::DESK),
    ("/fn/staff/paper-block", needs::DESK),
    ("/fn/staff/incoming", needs::DESK),
    ("/fn/staff/incoming-one", needs::DESK),
    ("/fn/staff/mandates", needs::MANDATES),
    ("/fn/staff/wishes", needs::WISHES),
    ("/fn/staff/notice-count", needs::NOTICES),
    ("/fn/staff/notices", needs::NOTICES),
    ("/fn/staff/notice-settings", needs::NOTICES),
    ("/fn/staff/processes", needs::PROCESSES),
    ("/fn/staff/process", needs::PROCESSES),
];
