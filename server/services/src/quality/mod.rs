//! Quality of data: the nightly look of the rules at the tickets (`job`), and the work list of what they found (`desk`).
//! Not here: the rules (`shared::quality`), which of them an area has switched off (`register::Lists::quality`).
//! What a look finds is written in the transaction that moves it; what the next one finds no more closes by itself.

pub mod desk;
mod facts;
pub(crate) mod job;
mod look;

pub use job::{Report, last};
pub(crate) use job::{LOOK, nightly};
