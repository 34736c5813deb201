//! Identities of a provider, the ways to it that somebody is on, and the sessions that they opened.
//! Not here: accounts and sessions themselves (`people`).

pub(crate) mod flow;
pub(crate) mod identity;
pub(crate) mod log_out;
pub(crate) mod opened;
