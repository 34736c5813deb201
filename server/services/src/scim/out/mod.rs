//! Platforms that hear of our accounts: which there are, and what each is told (`push`), where they differ (`drift`), and what people see of it (`desk`).
//! Not here: requests (`line`). A mark is written with whatever changes an account; a job makes pushes of it and sends them, at least once.
//! What is told is the state of the account as it is then, so that any order and any second time come to the same.

mod desk;
mod drift;
mod line;
mod push;

pub use desk::{PAGE, again, page};
pub(crate) use drift::run as look;
pub use line::Platform;
pub(crate) use push::run as send;
