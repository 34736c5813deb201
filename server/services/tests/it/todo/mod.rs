//! The to-do centre: many tickets at once, and the lists of what one has to do with.

mod bulk;
mod followed;
mod lists;
mod notes;
mod persons;
mod phrases;
mod scan;
mod search;
mod typed;
mod views;
