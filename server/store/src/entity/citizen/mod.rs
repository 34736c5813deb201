//! Citizens who sign in by a code: accounts, open codes, sessions, and for which organisations they act, and what they
//! wish about their data.
//! Not here: their requests (`ticket`).

#[allow(clippy::module_inception, reason = "a table has the name of its group")]
pub(crate) mod citizen;
pub(crate) mod citizen_code;
pub(crate) mod citizen_session;
pub(crate) mod mandate;
pub(crate) mod wish;
