//! What hangs on a case as it is open now, and what a verb leaves behind of any kind of case for one transaction (I4).
//! Not here: the single records (`host`, `trail`), the heads (`case`, `approval`).
//! A change is the case before and after, and what only grows; the store writes the difference.

use std::collections::{BTreeMap, BTreeSet};

use shared::approval::EventKind;
use shared::ids::UserId;

use super::{
    AuditEntry, Call, CasePerson, ClockEntry, Delivery, Incident, OutboxMessage, Task, Timer,
};

/// What hangs on a case of any kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hung {
    /// Open tasks and what stands beside them.
    pub tasks: Vec<Task>,
    /// People of whom one may take a task, by task.
    pub candidates: BTreeMap<i64, Vec<UserId>>,
    pub timers: Vec<Timer>,
    pub calls: Vec<Call>,
    pub incidents: Vec<Incident>,
    pub people: Vec<CasePerson>,
    /// Where it stands: tokens by element. Empty for kinds of which nobody counts it.
    pub places: BTreeMap<String, i64>,
    /// Messages and signals for which it waits.
    pub listens: BTreeSet<(EventKind, String)>,
}

/// A kind of case as it is kept.
pub trait Kept: Clone {
    /// A line of its history.
    type Line;

    /// Changes of cases that hang on it, saved in the same transaction; `()` for a kind on which none hang.
    type Beside: Default + Clone + Send + Sync + 'static;

    /// What hangs on it.
    fn hung(&self) -> &Hung;
}

/// What a verb changes: the case before and after, and what only grows.
#[derive(Debug, Clone, PartialEq)]
pub struct Change<C: Kept> {
    /// As it was loaded; `None` for a new one.
    pub before: Option<C>,
    /// As the verb leaves it; its version is already raised.
    pub after: C,
    /// Lines of the history.
    pub events: Vec<C::Line>,
    pub clock: Vec<ClockEntry>,
    /// Messages and signals that left the case.
    pub thrown: Vec<Delivery>,
    /// Incidents whose events are delivered once more; those of other incidents that are settled are over.
    pub released: Vec<i32>,
    pub outbox: Vec<OutboxMessage>,
    pub audit: Vec<AuditEntry>,
    /// What it changes of the cases that hang on this one.
    pub beside: C::Beside,
}
