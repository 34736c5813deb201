//! The store on real databases: SQLite in a temporary file, and PostgreSQL where `MINSHENG_TEST_POSTGRES` names a private cluster.
//! Every test runs on both. Not here: pure parts (beside their code), rules of verbs (services).
//! Start with `support`.

#[macro_use]
mod support;

mod approvals;
mod audit;
mod bulk;
mod cases;
mod conditions;
mod cut_off;
mod entities;
mod feed;
mod full_disk;
mod health;
mod lists;
mod net;
mod opening;
mod people;
mod plans;
mod reading;
mod reports;
mod search;
mod tamper;
mod tasks;
mod trail;
mod writing;
