//! What people do with tickets, from the filing to the rating.

mod citizen;
mod codes;
mod conflicts;
mod contacts;
mod court;
mod desk;
mod directives;
pub(crate) mod endorse;
pub(crate) mod ends;
mod extensions;
mod flow;
mod follow_up;
mod gate;
mod holds;
mod ladder;
mod main_road;
mod messages;
mod notices;
mod parts;
mod red_list;
mod redo;
mod returns;
mod versions;
mod vocabulary;
