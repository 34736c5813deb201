//! Approvals on each database: the sample's road, every approval verb, the clock, services, incidents, versions, rights.

mod apart;
mod begins;
mod clock;
mod discreet;
mod erased;
mod events;
mod exports;
mod hands;
mod incidents;
mod lists;
mod moved;
mod notices;
mod own;
mod road;
pub mod story;
mod verbs;
mod versions;
