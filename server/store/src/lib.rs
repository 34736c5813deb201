//! What is kept: tables, migrations, scoped queries. The only crate that speaks SQL (I7).
//! Deliberately absent: rules, HTTP, rendering, partners.
//! Start with `record` (what goes in and out) and `database` (one write, one transaction).

pub mod record;
