//! What accompanies a verb in its transaction: audit, messages, repeated requests, numbers, files, batches.
//! Not here: the case itself (`tickets::case`).
//! Each file is one table, or one chain of tables, with what may be asked of it.

pub mod audit;
pub mod batches;
pub mod data_requests;
pub mod drafts;
pub mod figures;
pub mod frozen;
pub mod idempotency;
pub mod incoming;
pub mod kept_reports;
pub mod messages;
pub mod notices;
pub mod numbers;
pub mod outbox;
pub mod pivots;
pub mod report_schedules;
pub mod undelivered;
pub mod warnings;
