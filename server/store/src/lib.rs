//! What is kept: tables, migrations, scoped queries. The only crate that speaks SQL (I7).
//! Deliberately absent: rules, HTTP, rendering, partners.
//! Start with `record` (what goes in and out) and `database` (one write, one transaction).

pub mod applications;
pub mod approvals;
pub mod backup;
pub mod bare;
mod basics;
pub mod bulk;
pub mod citizens;
pub mod consistency;
mod database;
mod entity;
mod error;
pub mod feed;
pub mod files;
pub mod health;
pub mod host;
pub mod installation;
pub mod jobs;
mod migration;
pub mod net;
mod people;
pub mod quality;
pub mod record;
pub mod register;
pub mod reports;
mod scope;
mod seal;
pub mod slow;
mod sql;
pub mod tickets;
pub mod todo;
mod trail;
pub mod vitals;
mod warrant;

pub use basics::{
    activations, calendar, categories, decisions, definitions, divisions, duties, limits, marks,
    settings, units,
};
pub use database::{Conn, Db, OpenOptions, Store, Tx};
pub use error::StoreError;
pub use migration::{Basics, DefinitionSeed, Migrated, SchemaState, migration_names};
pub use people::{
    devices, factors, identities, life, list_columns, lookups, passkeys, posts, readers, resets,
    roles, saved_views, scim, session_keys, sessions, teams, users, view_subscriptions,
};
pub use seal::{KeyMark, Seal, crypto, ring, service as key_service};
pub use trail::{
    audit, batches, data_requests, drafts, figures, frozen, idempotency, incoming, kept_reports,
    messages, notices, numbers, outbox, pivots, report_schedules, undelivered, warnings,
};
pub use warrant::{Decided, Warrant};
