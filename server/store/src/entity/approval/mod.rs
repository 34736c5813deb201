//! Approvals and what only they have: papers, numbers, migrations, timers at which new ones start.
//! Not here: what hangs on every kind of case (`case`), definitions (`basics`).

#[allow(clippy::module_inception, reason = "a table has the name of its group")]
pub(crate) mod approval;
pub(crate) mod approval_counter;
pub(crate) mod approval_paper;
pub(crate) mod approval_term;
pub(crate) mod migrated_case;
pub(crate) mod migration;
pub(crate) mod process_timer;
