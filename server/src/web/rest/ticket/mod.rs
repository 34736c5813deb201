//! Entrances about tickets beside their verbs: several at once, handled together, the lists of the to-do centre, the follow-up pool, saved views, why a number finds nothing, the one search.
//! Deliberately absent: the verbs (`rest::verb`), lists and single tickets (`rest::tickets`).

pub mod bulk;
pub mod follow_ups;
pub mod paper;
pub mod persons;
pub mod phrases;
pub mod search;
pub mod todo;
pub mod together;
pub mod unseen;
pub mod views;
