//! The access table (I13): every entry point of the program with what it asks of the caller.
//! Deliberately absent: the checks themselves, which are in the services (I6), and who holds a permission (`shared::access`).
//! A test compares the table with what is registered; a new entry point without a row fails it.

mod rest;

use app::{forms, routes};
use shared::access::Permission as P;

/// How something gets in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A page, rendered for GET.
    Page,
    /// A form, posted to a page's address.
    Form,
    /// A server function of hydrated pages.
    Function,
    /// A file, an upload or an export for browsers.
    File,
    /// A path of the programs' interface.
    Rest,
    /// What watches the server.
    Probe,
    /// A command of the machine's owner.
    Command,
    /// Work that starts by itself.
    Job,
}

/// What an entry point asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Nothing: public words and figures, or a form that anybody may send.
    Nothing,
    /// Number and query code of the ticket.
    Code,
    /// The draft's id, and the account or the device that began it.
    Draft,
    /// Any account.
    SignedIn,
    /// This permission, inside its scope.
    Permission(P),
    /// Any of these permissions.
    AnyOf(&'static [P]),
    /// What the form needs that is sent through it.
    FormsOwn,
    /// An account on the machine that can read the key file.
    Owner,
    /// The program itself.
    System,
}

/// One entry point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// How it gets in.
    pub kind: Kind,
    /// Method and path, or the words of a command, or the name of a job.
    pub name: String,
    /// What it asks.
    pub need: Need,
}

/// Server functions by path.
const FUNCTIONS: &[(&str, Need)] = &[
    ("/fn/form", Need::FormsOwn),
    ("/fn/photos/draft", Need::Nothing),
    ("/fn/photos/list", Need::Draft),
    ("/fn/photos/remove", Need::Draft),
    ("/fn/divisions", Need::Nothing),
    ("/fn/public/figures", Need::Nothing),
    ("/fn/public/filed", Need::Code),
    ("/fn/public/followed", Need::Code),
    ("/fn/staff/tasks", Need::SignedIn),
    ("/fn/staff/task-count", Need::SignedIn),
    ("/fn/staff/tickets", Need::Permission(P::TicketView)),
    ("/fn/staff/ticket", Need::Permission(P::TicketView)),
    ("/fn/staff/flow", Need::Permission(P::TicketView)),
    ("/fn/staff/dispatching", Need::Permission(P::TicketDispatch)),
    ("/fn/staff/suggested", Need::Permission(P::TicketDispatch)),
    ("/fn/staff/own-unit", Need::SignedIn),
    ("/fn/staff/related", Need::Permission(P::TicketRegister)),
    ("/fn/staff/categories", Need::Nothing),
    ("/fn/report/overview", Need::Permission(P::ReportView)),
    ("/fn/staff/approvals", Need::Permission(P::ApprovalView)),
    ("/fn/staff/approval-count", Need::SignedIn),
    ("/fn/staff/approval", Need::Permission(P::ApprovalView)),
    ("/fn/staff/approval-flow", Need::Permission(P::ApprovalView)),
    ("/fn/staff/startable", Need::Permission(P::ApprovalStart)),
    ("/fn/staff/start-form", Need::Permission(P::ApprovalStart)),
    ("/fn/staff/jobs", Need::SignedIn),
    ("/fn/staff/processes", Need::Permission(P::ProcessView)),
    ("/fn/staff/process", Need::Permission(P::ProcessView)),
];

/// Files by method and path.
const FILES: &[(&str, Need)] = &[
    ("POST /photos/draft/{draft}", Need::Draft),
    ("GET /photos/{id}", Need::Permission(P::TicketView)),
    ("GET /tickets/export.csv", Need::Permission(P::TicketExport)),
    (
        "GET /staff/jobs/{id}/result.csv",
        Need::Permission(P::TicketExport),
    ),
];

/// Probes by method and path.
const PROBES: &[(&str, Need)] = &[
    ("GET /health/live", Need::Nothing),
    ("GET /health/ready", Need::Nothing),
    ("GET /metrics", Need::Nothing),
];

/// Commands by their words. `export tickets` acts with the rights of the person named by `--as`.
const COMMANDS: &[(&str, Need)] = &[
    ("serve", Need::Owner),
    ("migrate", Need::Owner),
    ("demo", Need::Owner),
    ("import complaints", Need::Owner),
    ("import undo", Need::Owner),
    ("export tickets", Need::Permission(P::TicketExport)),
    ("user create", Need::Owner),
    ("user password", Need::Owner),
    ("user list", Need::Owner),
    ("user grant", Need::Owner),
    ("user revoke", Need::Owner),
    ("audit verify", Need::Owner),
    ("calendar due", Need::Nothing),
    ("calendar import", Need::Owner),
    ("doctor", Need::Owner),
    ("check", Need::Owner),
    ("backup", Need::Owner),
    ("restore", Need::Owner),
    ("openapi", Need::Nothing),
    ("process activate", Need::Owner),
    ("process check", Need::Nothing),
    ("process deploy", Need::Owner),
    ("process list", Need::Owner),
    ("process migrate", Need::Owner),
    ("process undo", Need::Owner),
    ("process withdraw", Need::Owner),
    ("process replay", Need::Nothing),
    ("process roundtrip", Need::Nothing),
];

/// Jobs by name.
const JOBS: &[(&str, Need)] = &[
    ("seal", Need::System),
    ("feed", Need::System),
    ("trim_feed", Need::System),
    ("nightly", Need::System),
    ("host", Need::System),
    ("clock", Need::System),
    ("vitals", Need::System),
    ("messages", Need::System),
    ("timers", Need::System),
    ("services", Need::System),
    ("events", Need::System),
    ("starts", Need::System),
    ("watch", Need::System),
    ("deliver", Need::System),
    ("recompute", Need::System),
    ("reindex", Need::System),
    ("calendar", Need::System),
    ("figures", Need::System),
    ("drafts", Need::System),
    ("files", Need::System),
    ("results", Need::System),
    ("sessions", Need::System),
    ("statistics", Need::System),
    ("months", Need::System),
];

/// The whole table: pages and forms bring their needs with them, everything else has a row above.
pub fn table() -> Vec<Entry> {
    let mut entries = Vec::new();
    for page in routes::PAGES {
        let need = match page.audience {
            routes::Audience::Everybody => Need::Nothing,
            routes::Audience::SignedIn => Need::SignedIn,
            routes::Audience::Permission(permission) => Need::Permission(permission),
        };
        entries.push(Entry {
            kind: Kind::Page,
            name: axum_path(page.path),
            need,
        });
    }
    for form in forms::forms() {
        let need = match form.need {
            forms::Need::Nothing => Need::Nothing,
            forms::Need::SignedIn => Need::SignedIn,
            forms::Need::Permission(permission) => Need::Permission(permission),
        };
        entries.push(Entry {
            kind: Kind::Form,
            name: form.pattern.to_owned(),
            need,
        });
    }
    for (kind, rows) in [
        (Kind::Function, FUNCTIONS),
        (Kind::File, FILES),
        (Kind::Rest, rest::REST),
        (Kind::Probe, PROBES),
        (Kind::Command, COMMANDS),
        (Kind::Job, JOBS),
    ] {
        let row = |(name, need): &(&str, Need)| Entry {
            kind,
            name: (*name).to_owned(),
            need: *need,
        };
        entries.extend(rows.iter().map(row));
    }
    entries
}

/// The names of one kind, sorted.
pub fn names(kind: Kind) -> Vec<String> {
    let rows = table().into_iter().filter(|entry| entry.kind == kind);
    let mut names: Vec<_> = rows.map(|entry| entry.name).collect();
    names.sort();
    names
}

/// `/tickets/:id` as axum writes it: `/tickets/{id}`.
fn axum_path(path: &str) -> String {
    let parts = path.split('/').map(|part| {
        part.strip_prefix(':')
            .map_or_else(|| part.to_owned(), |name| format!("{{{name}}}"))
    });
    parts.collect::<Vec<_>>().join("/")
}
