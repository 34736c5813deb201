//! Rate (评价) by the citizen: solved, satisfied, words. The first and the latest answer are both kept (`domain.md` 0, item 4).
//! A bad rating offers the follow-up role a redo, also after the closing.
//! Not here: ratings by call (`follow_up`), the citizen's proof of ownership (`public`).

use shared::calendar::Instant;
use shared::fault::Fault;
use shared::ids::AssignmentId;
use shared::ticket::command::Rate;
use shared::ticket::{RatingSource, Verb, rules};
use store::record::Rating;

use crate::cases::draft::{Draft, Told};
use crate::cases::perform::Order;
use crate::fault::Failure;

impl Order for Rate {
    const VERB: Verb = Verb::Rate;

    fn version(&self) -> Option<i32> {
        None
    }

    fn check(&self, _now: Instant) -> Result<(), Fault> {
        rules::rate(self)
    }

    fn decide(
        &self,
        draft: &mut Draft<'_>,
        _assignment: Option<AssignmentId>,
    ) -> Result<(), Failure> {
        let words = self
            .words
            .as_deref()
            .map(str::trim)
            .filter(|words| !words.is_empty())
            .map(str::to_owned);
        let rating = Rating {
            id: draft.new_id(),
            ticket_id: draft.id(),
            cycle_no: draft.case.ticket.cycle_no,
            at: draft.now(),
            source: RatingSource::Web,
            satisfaction: self.satisfaction,
            solved: Some(self.solved),
            words,
        };
        draft.add_rating(rating);
        let told = Told::default()
            .note(self.words.as_deref())
            .fact("satisfaction", self.satisfaction)
            .fact("solved", self.solved);
        draft.event(Verb::Rate, told);
        Ok(())
    }
}
