//! Lists by which people judge: which level follows from impact and haste.
//! Not here: the judging (`ticket::level`), what a reply is checked for (`named::checklist`).

pub(super) mod levels;

pub use levels::LevelRow;
