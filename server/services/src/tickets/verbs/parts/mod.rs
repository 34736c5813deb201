//! Verbs inside a unit's share of a ticket: giving it on to units below (`tree`), asking others to assist (`assist`), who of the unit is responsible (`responsible`), and when who does it (`plan`).
//! Not here: the work in a share (`sign`, `reply`), what the tree is (`tickets::tree`).

mod assist;
mod plan;
mod responsible;
mod tree;
