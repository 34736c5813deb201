//! Setting an office up (开办): what a first complaint needs from end to end, the steps there, and what is wrong with an office's file.
//! Not here: looking at what there is (`services::setup`), the words of sentences (`text::setup`).
//! Everything is derived from what really exists; what cannot be derived is a mark (`Mark`).

mod ready;
mod step;
mod trouble;

pub use ready::{Mender, ReadyCode, ReadyItem, ReadyState, ReadyView};
pub use step::{Mark, MarkView, StepCode, StepView, StepsView};
pub use trouble::{Trouble, What};
