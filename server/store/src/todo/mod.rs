//! The to-do centre: acts on many tickets at once and what became of each, the lists of cases that somebody has to do with, and
//! forms that were not sent yet.
//! Not here: to-dos (`host::to_do`), what an act does to a ticket (services).
//! Lists are cut to what their reader reaches, in the statement that finds them.

pub mod bulk;
mod list;
pub(crate) mod marks;
pub mod phrases;
pub mod typed;

pub use list::{Marked, Wanted, approvals, list, tickets};
pub use marks::{has, put, take};

pub use crate::entity::todo::case_mark::CaseMark;
