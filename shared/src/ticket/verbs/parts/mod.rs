//! Verbs inside a unit's share of a ticket: giving it on to units below and gathering what they answer (`tree`), asking others to assist (`assist`), who of the unit is
//! responsible for it (`responsible`), and when who does it (`plan`).
//! Not here: what a centre does with shares (`dispatch`, `recall`), the work in one (`sign`, `reply`, `unit_review`).

mod assist;
mod plan;
mod responsible;
mod tree;

pub use assist::AskAssistance;
pub use plan::Plan;
pub use responsible::{HandOver, Take};
pub use tree::{HandUp, LIMIT_UNITS, ReturnAnswer, SetLimit, SubAssign, TakeBack};
