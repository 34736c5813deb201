//! Tickets and what only they have: keys, units, assignments, applications, contacts, calls, ratings, process.
//! Not here: what hangs on every kind of case (`case`).
//! `ticket_search` has no entity: it is a full-text table on SQLite and a vector on PostgreSQL (`tickets::search`).

mod after;
pub(crate) mod application;
pub(crate) mod archive;
pub(crate) mod assignment;
pub(crate) mod contact;
pub(crate) mod directive_ticket;
pub(crate) mod external_key;
pub(crate) mod instance;
pub(crate) mod ladder_call;
pub(crate) mod ladder_clock;
pub(crate) mod merged_ticket;
mod paper;
mod rebuild;
pub(crate) mod site_record;
#[allow(clippy::module_inception, reason = "a table has the name of its group")]
pub(crate) mod ticket;
pub(crate) mod ticket_counter;
pub(crate) mod ticket_key;
pub(crate) mod ticket_link;
pub(crate) mod ticket_own;
pub(crate) mod ticket_tag;
pub(crate) mod ticket_unit;
pub(crate) mod transfer;

pub(crate) use after::{follow_up, pooled, questionnaire, rating};
pub(crate) use paper::{paper_counter, paper_form};
pub(crate) use rebuild::{person_rebuild, search_rebuild};
