//! What is told to whom, for programs: notifications that nobody could deliver with the receipts of gateways, and one's own notices.
//! Deliberately absent: sending (`services::gateway`).

pub mod notices;
pub mod notifications;
