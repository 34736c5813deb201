//! Record a visit on site (现场记录): when and where, who was there, what was found and done. An inspection or an enforcement is done by two officers, each
//! with a certificate (行政处罚法 42); any other visit names one person at least.
//! Not here: tries to reach the citizen (`contact`), what the reply says of it (`reply`).

use crate::access::{Need, Permission};
use crate::calendar::Instant;
use crate::command;
use crate::command::{Line, Sent, Together, Version, Words};
use crate::fault::{Check, Code};
use crate::ids::FileId;
use crate::place::{Latitude, Longitude};
use crate::ticket::AssignmentStatus as A;
use crate::ticket::TicketState as T;
use crate::ticket::rules::length;
use crate::ticket::{SiteKind, Verb};

use crate::ticket::verbs::{CaseVerb, Descriptor, On, Tickets};

command! {
    /// Record a visit on site
    ///
    /// Two officers with certificates where it is an inspection or an enforcement.
    RecordSite {
        /// The version that the sender saw.
        version: Version,
        /// What the visit was.
        site_kind: SiteKind,
        /// When it was; not in the future.
        visited_at: Instant,
        /// Where, in words.
        address: Option<Line<1, { length::ADDRESS }>>,
        /// Longitude in degrees (GCJ-02), with latitude.
        lon: Option<Longitude>,
        /// Latitude in degrees (GCJ-02).
        lat: Option<Latitude>,
        /// Name of the first officer.
        officer: Line<1, { length::NAME }>,
        /// Number of the certificate.
        officer_no: Option<Line<1, { length::NAME }>>,
        /// Name of the second officer.
        second_officer: Option<Line<1, { length::NAME }>>,
        /// Number of the certificate.
        second_officer_no: Option<Line<1, { length::NAME }>>,
        /// What was found, 10 to 1,000 characters.
        found: Words<{ length::EXPLANATION_MIN }, { length::EXPLANATION }>,
        /// What was done there and then, at most 500 characters.
        measures: Option<Words<1, { length::REASON }>>,
        /// Ids of files that hang on the ticket, such as photos; at most 9.
        files: Vec<FileId>,
    }
}

impl CaseVerb for RecordSite {
    type Of = Tickets;

    const EXAMPLE: &'static str = r#"{"version": 1, "site_kind": "look", "visited_at": "2026-03-01T09:00:00+08:00", "officer": "李建国", "found": "三楼屋面防水层破损约两平方米，雨天渗漏。"}"#;
    const DESCRIPTOR: Descriptor = Descriptor {
        verb: Verb::RecordSite,
        need: Need::Permission(Permission::AssignmentReply),
        on: On::Assignment,
        states: &[T::Dispatched, T::Handling, T::Suspended, T::Tracking],
        statuses: &[A::Signed, A::SubAssigned, A::Handling, A::UnitReview],
        rank: 4,
    };
}

impl Together for RecordSite {
    fn check(sent: &Sent, check: &mut Check) {
        evidence(sent, check);
        let kind = sent.peek::<SiteKind>("site_kind");
        if kind.is_some_and(SiteKind::needs_two) {
            for field in ["officer_no", "second_officer", "second_officer_no"] {
                if !sent.has(field) {
                    check.add(field, Code::InputRequired);
                }
            }
        }
        let said = |field: &str| sent.text(field).map(str::trim).filter(|it| !it.is_empty());
        for (one, other) in [
            ("officer", "second_officer"),
            ("officer_no", "second_officer_no"),
        ] {
            if said(one).is_some() && said(one) == said(other) {
                check.add(other, Code::SiteOfficers);
            }
        }
    }
}

/// A position has both its degrees, and no more files prove something than may.
pub(super) fn evidence(sent: &Sent, check: &mut Check) {
    match (sent.has("lon"), sent.has("lat")) {
        (true, false) => check.add("lat", Code::InputRequired),
        (false, true) => check.add("lon", Code::InputRequired),
        _ => {}
    }
    proofs(sent, check);
}

/// No more files prove something than may.
pub(in super::super) fn proofs(sent: &Sent, check: &mut Check) {
    let files: Vec<FileId> = sent.peek("files").unwrap_or_default();
    if files.len() > length::PROOFS {
        check.add_with(
            "files",
            Code::InputTooLong,
            &[("max", &length::PROOFS), ("length", &files.len())],
        );
    }
}
