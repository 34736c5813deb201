//! Lists by which is judged: which level follows from impact and haste, which figures are a warning.
//! Not here: the judging (`ticket::level`), what a reply is checked for (`named::checklist`).

pub(super) mod levels;
pub(super) mod warnings;

pub use levels::LevelRow;
