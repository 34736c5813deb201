//! What is true everywhere: types, codes, rules, rights, measures, words. Builds for the server and for the browser.
//! Deliberately absent: input and output, clocks, randomness, SQL, HTML (invariant I1).
//! Start with `ticket` for the domain words, `access` for rights, `fault` for errors, `text` for what people read.

#[macro_use]
mod codes;
#[macro_use]
pub mod verb;

mod check;
mod class;

pub mod access;
pub mod account;
pub mod application;
pub mod approval;
pub mod calendar;
pub mod category;
pub mod citizen;
pub mod command;
pub mod export;
pub mod fault;
pub mod file;
pub mod ids;
pub mod import;
pub mod incoming;
pub mod input;
pub mod job;
pub mod ladder;
pub mod measure;
pub mod notice;
pub mod notification;
pub mod organisation;
pub mod person;
pub mod personal;
pub mod place;
pub mod process;
pub mod quality;
pub mod query;
pub mod register;
pub mod report;
pub mod search;
pub mod setup;
pub mod slow;
pub mod text;
pub mod ticket;
pub mod todo;

#[cfg(test)]
pub(crate) mod test_data;
