//! See to a bad rating of a closed ticket (差评处理): each step is a line of the history; the last one settles the rating, and the ticket leaves the shelf.
//! Not here: the shelf (`store::tickets::pool`), the notice that it waits (`working_copy::trail`), doing the work once more (`redo`).
//! The steps are counted since the rating: another bad one begins anew.

use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::ticket::verbs::Appease;
use shared::ticket::{UpsetStep, Verb};

use crate::host::Decide;
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};

/// What is recorded before the matter is settled.
const BEFORE: [UpsetStep; 2] = [UpsetStep::Contact, UpsetStep::FeedBack];

impl Decide for Appease {
    const LOOKS_BACK: bool = true;

    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let waits = store::tickets::pool::upset(&copy.case.ticket, &copy.case.ratings);
        let (id, since) = waits.ok_or_else(|| copy.not_allowed(Verb::Appease))?;
        if self.upset == UpsetStep::Settle {
            let missing = BEFORE.iter().any(|step| !is_recorded(copy, *step, since));
            if missing {
                return Err(Fault::field("upset", Code::UpsetSteps).into());
            }
            let now = copy.now();
            let mut ratings = copy.case.ratings.iter_mut();
            if let Some(rating) = ratings.find(|it| it.id == id) {
                rating.settled_at = Some(now);
            }
        }
        let told = Told::default()
            .note(Some(&*self.note))
            .fact("upset", self.upset);
        copy.event(Verb::Appease, told);
        Ok(())
    }
}

/// Whether a step stands in the history since the rating.
fn is_recorded(copy: &WorkingCopy<'_>, step: UpsetStep, since: Instant) -> bool {
    let lines = copy.history.iter();
    let mut of_this = lines.filter(|line| line.verb == Verb::Appease && line.at >= since);
    of_this.any(|line| line.facts.get("upset").map(String::as_str) == Some(step.as_str()))
}
