//! Setting an office up (开办): from an empty installation to a working office, by a file (`plan`, `carry_out`), by steps in the product
//! (`steps`), and the look whether a first complaint would find everything it needs (`ready`).
//! Not here: the lists (`register`), accounts (`users`, by `people` alone), words (`shared::text::setup`).

mod begin;
mod carry_out;
mod file;
mod people;
mod plan;
mod ready;
mod settings;
mod source;
mod staff;
mod steps;

pub use begin::{First, Other, begin, find_area};
pub use carry_out::{Made, carry_out};
pub use file::Office;
pub use plan::{Plan, plan};
pub use ready::ready;
pub use steps::{grant, make_account, set_mark, steps};
