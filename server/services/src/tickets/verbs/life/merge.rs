//! Merge (并案), split (拆分), and the words for one citizen alone (个别答复), `domain.md` 3.2, row 22.
//! Not here: what merging and splitting does to a ticket (`together`), the answer to each (`together::answer`).
//! The words stand with the leading ticket's verbs: whoever works on the event writes them, and sees no other ticket by it.

use shared::fault::{Code, Fault};
use shared::ticket::Verb;
use shared::ticket::verbs::{Merge, PrivateWords, Split};

use crate::host::Decide;
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};
use crate::tickets::{rights, together};

impl Decide for Merge {
    fn tickets(&self) -> Vec<String> {
        vec![self.into.to_string()]
    }

    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let lead = copy.others.first().cloned();
        let lead = lead.ok_or_else(|| Fault::field("into", Code::MergeInto))?;
        together::fits(&copy.case, &lead, "into")?;
        together::join(copy, &lead, self.reason.as_deref())
    }
}

impl Decide for Split {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let told = Told::default().note(Some(&*self.reason));
        together::split(copy, told)
    }
}

impl Decide for PrivateWords {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        if rights::own_part_only(copy.scene.actor, &copy.case) {
            return Err(Fault::denied().into());
        }
        let words = self.private_words.as_deref();
        let mut merged = copy.case.merged.iter_mut();
        let one = merged.find(|it| it.ticket_no == self.ticket && it.answered_at.is_none());
        let one = one.ok_or_else(|| Fault::field("ticket", Code::MergedTicket))?;
        one.private_words = words.map(str::to_owned);
        let told = Told::default().note(words).fact("merged_no", &self.ticket);
        copy.event(Verb::PrivateWords, told);
        Ok(())
    }
}
