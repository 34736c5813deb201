//! The services as a whole, on a real database: SQLite in a temporary file, and PostgreSQL where `MINSHENG_TEST_POSTGRES` names one.
//! `support` tells the story's people and places; the folders are what they do and what they may not do.

mod access;
mod approvals;
mod citizens;
mod exports;
mod files;
mod host;
mod import;
mod jobs;
mod outages;
mod people;
mod photos;
mod races;
mod register;
mod reports;
mod sessions;
mod setup;
mod support;
mod tickets;
mod todo;
mod together;
mod upkeep;
