//! Rate (评价) by the citizen: solved, satisfied, words. The first and the latest answer are both kept (`domain.md` 0, item 4).
//! A bad rating offers the follow-up role a redo; after the closing it waits on the pool's shelf of bad ratings (`life::appease`).
//! Not here: ratings by call (`follow_up`), the citizen's proof of ownership (`public`).

use shared::ticket::verbs::Rate;
use shared::ticket::{RatingSource, Verb};
use store::record::Rating;

use crate::host::Decide;
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};

impl Decide for Rate {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let words = self.words.as_deref().map(str::to_owned);
        let rating = Rating {
            id: copy.new_id(),
            ticket_id: copy.id(),
            cycle_no: copy.case.ticket.cycle_no,
            at: copy.now(),
            source: RatingSource::Web,
            satisfaction: self.satisfaction,
            solved: Some(self.solved),
            words,
            settled_at: None,
        };
        copy.add_rating(rating);
        let told = Told::default()
            .note(self.words.as_deref())
            .fact("satisfaction", self.satisfaction)
            .fact("solved", self.solved);
        copy.event(Verb::Rate, told);
        Ok(())
    }
}
