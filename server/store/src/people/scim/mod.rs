//! Accounts as identity managements and linked platforms know them.
//! Not here: what SCIM is (services), accounts themselves (`users`).
//! Whatever changes an account's life leaves a mark in the same transaction (`mark`), from which platforms are told.

mod drifts;
mod provisioned;
mod pushes;

pub use drifts::{Drift, Look, drifts, keep_look, looks};
pub use provisioned::{
    Found, Provisioned, Sought, find, find_external, keep, members, name, of_ids, page,
};
pub(crate) use pushes::mark;
pub use pushes::{Push, add, claim, expand, get, is_due, marks, pages, purge, settle};
