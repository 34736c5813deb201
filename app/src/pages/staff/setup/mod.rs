//! Setting an office up: the first visit by the one-time link (`first`), the steps (`steps`), and whether it can open (`ready`).
//! Not here: what the forms do (`forms::staff::setup`, `forms::session`), the pages to which steps lead.
//! Everything is told by what is there, so that each page can be left and opened again.

mod first;
mod ready;
mod steps;

pub use first::SetUpPage;
pub use ready::ReadyPage;
pub use steps::StepsPage;
