//! Verbs between dispatch and closing that are no station of the main road, and the one after it: contact, suspend and resume, interim reply, terminate,
//! reopen, merge, how the ticket counts, handing it over, hard cases, the review of dispatches, the way back to intake. What rulings on applications have in common stands here: what waits is decided,
//! and the history says how.
//! Not here: more time and sending back, which came before (`extend`, `send_back`).

mod accused;
mod appease;
mod bin;
mod citizen;
mod difficult;
pub(crate) mod dispatch_review;
mod endorse;
pub(crate) mod intake;
mod interim;
pub(crate) mod link;
mod merge;
mod press;
pub(crate) mod reach;
mod reopen;
mod ruling;
mod suspend;
mod terminate;
mod three_way;
mod transfer;

use shared::application::ApplicationSort;
use shared::fault::{Code, Fault};
use shared::ticket::Verb;
use store::record::Application;

use crate::applications::{self, Decision};
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};

/// A ruling.
struct Ruled<'a> {
    verb: Verb,
    sort: ApplicationSort,
    grant: bool,
    opinion: Option<&'a str>,
}

/// Decides what waits, gives it as it was asked, and what the history says.
///
/// # Errors
/// `assignment.ask.late` where it is granted for a day that has come.
fn rule(copy: &mut WorkingCopy<'_>, ruled: &Ruled<'_>) -> Result<(Application, Told), Halt> {
    let id = copy.aimed()?;
    let waits = applications::pending(&copy.case, id, ruled.sort).cloned();
    let waits = waits.ok_or_else(|| copy.not_allowed(ruled.verb))?;
    if ruled.grant && waits.until.is_some_and(|until| until <= copy.now()) {
        return Err(Fault::new(Code::AskLate).into());
    }
    copy.decide_on(
        waits.id,
        &Decision {
            verb: ruled.verb,
            is_granted: ruled.grant,
            opinion: ruled.opinion,
            granted_days: None,
            verdict: None,
        },
    )?;
    // Whoever looks at the assignment has to look again.
    copy.change_assignment(id, |_| ())?;
    let told = Told::default()
        .of(id)
        .note(ruled.opinion)
        .fact("agreed", ruled.grant);
    Ok((waits, told))
}
