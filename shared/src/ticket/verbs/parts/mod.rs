//! Verbs inside a unit's share of a ticket: giving it on to units below and gathering what they answer (`tree`), and who of the unit is
//! responsible for it (`responsible`).
//! Not here: what a centre does with shares (`dispatch`, `recall`), the work in one (`sign`, `reply`, `unit_review`).

mod responsible;
mod tree;

pub use responsible::{HandOver, Take};
pub use tree::{HandUp, LIMIT_UNITS, ReturnAnswer, SetLimit, SubAssign, TakeBack};
