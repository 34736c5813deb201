//! Verbs between dispatch and closing that are no station of the main road, and the one after it: contact, suspend and resume, interim reply, terminate,
//! reopen, each with the ruling that answers it; merging and splitting off; how the ticket counts, handing it over, hard cases, and
//! the review of a proposed dispatch, and the way back to intake.
//! Not here: more time (`extend`) and sending back (`send_back`), which are the dispatcher's to rule on as reopening is.

mod accused;
mod appease;
mod bin;
mod citizen;
mod difficult;
mod dispatch_review;
mod endorse;
mod intake;
mod interim;
mod link;
mod merge;
mod press;
mod reach;
mod reopen;
mod ruling;
mod suspend;
mod terminate;
mod three_way;
mod transfer;

pub use accused::NameAccused;
pub use appease::Appease;
pub use bin::{Recycle, Restore};
pub use citizen::{CorrectCitizen, EraseCitizen};
pub use difficult::{AskDifficult, RuleDifficult};
pub use dispatch_review::ReviewDispatch;
pub use endorse::Endorse;
pub use intake::{Resubmit, ToIntake};
pub use interim::{Interim, RuleInterim};
pub use link::{Link, Unlink};
pub use merge::{Merge, PrivateWords, Split};
pub use press::Press;
pub use reach::{Contact, PlaceCall, RecordSite, Relay};
pub use reopen::{Reopen, RuleReopening};
pub use ruling::{AdviseRuling, AskRuling, DecideRuling};
pub use suspend::{ResumeWork, RuleSuspension, SuspendWork};
pub use terminate::{RuleTermination, Terminate};
pub use three_way::ThreeWay;
pub use transfer::{EnterReceipt, Transfer};
