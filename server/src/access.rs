//! The access table (I13): every entrance of the program with what it asks of the caller, put together from the lists of the entrances.
//! Deliberately absent: the needs (each stands at its entrance, out of `shared::access::needs` and the verbs), the asking (services, I6).
//! Tests compare it with what is registered, and call each row as nobody, as somebody without the right and as somebody with it.

use app::{forms, routes};
use shared::access::Need;

use crate::{cli, web};

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
    /// A path of identity managements.
    Scim,
    /// What watches the server.
    Probe,
    /// A command of the machine's owner.
    Command,
    /// Work that starts by itself.
    Job,
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

/// The whole table: every list of entrances says itself what each asks.
pub fn table() -> Vec<Entry> {
    let pages = routes::PAGES
        .iter()
        .map(|page| (axum_path(page.path), page.need));
    let forms = forms::forms().map(|form| (form.pattern.to_string(), form.need));
    let jobs = services::jobs::JOBS
        .iter()
        .map(|job| (job.name.to_owned(), Need::System));
    let lists: [(Kind, Vec<(String, Need)>); 9] = [
        (Kind::Page, pages.collect()),
        (Kind::Form, forms.collect()),
        (Kind::Function, owned(app::api::FUNCTIONS)),
        (Kind::File, owned(web::FILES)),
        (Kind::Rest, web::rest::rows()),
        (Kind::Scim, owned(web::SCIM)),
        (Kind::Probe, owned(web::PROBES)),
        (Kind::Command, owned(cli::COMMANDS)),
        (Kind::Job, jobs.collect()),
    ];
    let rows = lists.into_iter().flat_map(|(kind, rows)| {
        let entry = move |(name, need)| Entry { kind, name, need };
        rows.into_iter().map(entry)
    });
    rows.collect()
}

fn owned(rows: &[(&str, Need)]) -> Vec<(String, Need)> {
    let row = |(name, need): &(&str, Need)| ((*name).to_owned(), *need);
    rows.iter().map(row).collect()
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
