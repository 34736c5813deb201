//! Verbs inside a unit's share of a ticket: giving it on to units below (`tree`), and who of the unit is responsible (`responsible`).
//! Not here: the work in a share (`sign`, `reply`), what the tree is (`tickets::tree`).

mod responsible;
mod tree;
