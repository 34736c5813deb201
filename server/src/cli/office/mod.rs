//! Commands that set an office up and look whether it can open.
//! Deliberately absent: the rules (`services::setup`).
//! Both act as the machine's owner.

mod ready;
mod setup;

pub use ready::Ready;
pub use setup::Setup;
