//! The web edge and the commands, driven from outside: requests go through the whole router, data lies in a temporary SQLite file.
//! Deliberately absent: rules of the verbs (tests of `services`), browsers (`end2end`).
//! Read next: `support`, a small centre with people.

// A story is one future around everything that it drives.
#![recursion_limit = "256"]

mod access;
mod accounts;
#[cfg(feature = "analytics")]
mod analytic;
mod approval_pages;
mod bodies;
mod citizens;
mod commands;
mod edge;
mod files;
mod gateway;
mod jobs;
mod listening;
mod pages;
mod person;
mod process_pages;
mod register;
mod rest;
mod rights;
mod second_factor;
mod security;
mod setup;
mod single_sign_on;
mod staff_pages;
mod support;
mod sweep;
mod ticket_process;
mod tries;
mod upkeep;
mod way_on;
