//! Lists by which people judge: what a reply is checked for before a ticket is closed, and which level follows from impact and haste.
//! Not here: the judging (`quality::checklist`, `ticket::level`).

pub(super) mod checklist;
pub(super) mod levels;

pub use checklist::CheckRow;
pub use levels::LevelRow;
