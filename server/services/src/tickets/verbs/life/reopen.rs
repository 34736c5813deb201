//! Reopen (重新打开): the citizen brings a new fact after the closing, the dispatcher opens another cycle with the unit that led, or says that it is the
//! same matter of which the result was told (`domain.md` 3.2, row 24).
//! Not here: the application itself (`applications`), the citizen's road (`public`), the next cycle (`redo`).

use shared::application::ApplicationSort;
use shared::text::sms::Notice;
use shared::ticket::Verb;
use shared::ticket::verbs::{Reopen, RuleReopening};

use super::{Ruled, rule};
use crate::applications::{Asked, Facts};
use crate::host::Decide;
use crate::process;
use crate::tickets::verbs::redo::next_cycle;
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};

impl Decide for Reopen {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let lead = process::lead(&copy.case).map(|lead| lead.id);
        let lead = lead.ok_or_else(|| copy.not_allowed(Verb::Reopen))?;
        copy.ask(&Asked {
            sort: ApplicationSort::Reopen,
            assignment: lead,
            explanation: &self.fact,
            facts: Facts::default(),
        })?;
        copy.change_assignment(lead, |_| ())?;
        let told = Told::default().note(Some(&*self.fact));
        copy.event(Verb::Reopen, told);
        Ok(())
    }
}

impl Decide for RuleReopening {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let ruled = Ruled {
            verb: Verb::RuleReopening,
            sort: ApplicationSort::Reopen,
            grant: self.grant,
            opinion: Some(&self.opinion),
        };
        let (_, told) = rule(copy, &ruled)?;
        if !self.grant {
            copy.event(Verb::RuleReopening, told);
            copy.notify(&Notice::SameMatter {
                words: &self.opinion,
            });
            return Ok(());
        }
        let id = next_cycle(copy, &self.opinion)?;
        let told = told.of(id).fact("cycle", copy.case.ticket.cycle_no);
        copy.event(Verb::RuleReopening, told);
        let due = copy.assignment(id)?.due_at;
        copy.notify(&Notice::Redone { due });
        Ok(())
    }
}
