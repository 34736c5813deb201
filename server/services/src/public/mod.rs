//! The citizen's side: progress by number and code, urge, rate, withdraw, and the figures of the home page (`domain.md` 2, 3.2).
//! Who proves number and code owns the ticket; five wrong tries on a number lock it for an hour, whether it exists or not.
//! Not here: filing (`tickets::register`), photos (`photos`).

mod figures;
mod lookup;
mod questionnaire;
mod timeline;
mod verbs;

pub use figures::{NAME as FIGURES, figures};
pub use lookup::{Own, follow, lookup};
pub(crate) use lookup::{known_by, own_case, seen};
pub use questionnaire::{answer_questionnaire, questionnaire};
pub(crate) use verbs::OwnWithdraw;
pub use verbs::{Reason, rate, reopen, urge, withdraw};
