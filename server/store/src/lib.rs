//! What is kept: tables, migrations, scoped queries. The only crate that speaks SQL (I7).
//! Deliberately absent: rules, HTTP, rendering, partners.
//! Start with `record` (what goes in and out) and `database` (one write, one transaction).

mod basics;
pub mod bulk;
mod database;
mod error;
mod migration;
pub mod record;
mod seal;
mod sql;

pub use basics::{calendar, categories, definitions, divisions, limits, settings, units};
pub use database::{Conn, Db, OpenOptions, Store, Tx};
pub use error::StoreError;
pub use migration::{Basics, DefinitionSeed, Migrated, SchemaState};
pub use seal::Seal;
