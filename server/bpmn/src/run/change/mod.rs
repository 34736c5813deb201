//! Changing a running instance from outside: to another version, to another place, to more or fewer people.
//! Pure like `run`: an instance in, a new one out, or reasons why not. Rights, reasons and traces are the caller's.
//! Next: `migrate`, `jump`, `turns`.

mod fits;
mod jump;
mod migrate;
mod turns;

pub use jump::{Jump, JumpError, jump};
pub use migrate::{Migration, MigrationProblem, ProblemKind, migrate};
pub use turns::{TurnError, add_turn, remove_turn};
