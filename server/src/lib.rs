//! The binary `minsheng` as a library, so that tests can drive its parts: configuration, commands, web edge.
//! Deliberately absent: rules, SQL, pages; this crate joins the others and nothing else.
//! Read next: `cli` (what can be asked of the program), `web` (what it serves), `access` (every entry point).

pub mod access;
#[cfg(feature = "analytics")]
pub mod analytics;
pub mod boot;
pub mod cli;
pub mod config;
pub mod doctor;
mod log;
#[cfg(feature = "print")]
pub mod print;
pub mod web;
