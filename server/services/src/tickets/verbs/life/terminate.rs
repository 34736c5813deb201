//! Terminate (终止办理): the unit asks with the cause of the law and what the citizen is told, the closing reviewer decides; the ticket ends with its
//! assignments and clocks, and the citizen is told why (`domain.md` 3.2, row 21).
//! Not here: the application itself (`applications`), declining at the gate (`decline`).
//! The process is told what it is told of a withdrawal: that nothing is left to do. What the ticket has come to says the verb.

use shared::application::ApplicationSort;
use shared::text::sms::Notice;
use shared::ticket::verbs::{RuleTermination, Terminate};
use shared::ticket::{DeclineReason, TicketState, Verb};

use super::{Ruled, rule};
use crate::applications::{Asked, Facts};
use crate::host::Decide;
use crate::tickets::verbs::withdraw::end_all;
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};

impl Decide for Terminate {
    const LOOKS_AT_LEADERS: bool = true;

    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let id = copy.aimed()?;
        copy.ask(&Asked {
            sort: ApplicationSort::Terminate,
            assignment: id,
            explanation: &self.explanation,
            facts: Facts {
                termination_reason: Some(self.reason),
                public_words: Some(&self.public_words),
                ..Facts::default()
            },
        })?;
        copy.change_assignment(id, |_| ())?;
        let told = Told::default()
            .of(id)
            .note(Some(&*self.explanation))
            .fact("reason", self.reason);
        copy.event(Verb::Terminate, told);
        Ok(())
    }
}

impl Decide for RuleTermination {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let ruled = Ruled {
            verb: Verb::RuleTermination,
            sort: ApplicationSort::Terminate,
            grant: self.grant,
            opinion: self.opinion.as_deref(),
        };
        let (application, told) = rule(copy, &ruled)?;
        if !self.grant {
            copy.event(Verb::RuleTermination, told);
            return Ok(());
        }
        let reason = application.termination_reason;
        let reason = reason.unwrap_or(DeclineReason::Concluded);
        let words = application.public_words.unwrap_or_default();
        end_all(copy)?;
        let ticket = copy.ticket();
        ticket.state = TicketState::Terminated;
        ticket.decline_reason = Some(reason);
        ticket.decline_explanation = Some(words.clone());
        copy.event(Verb::RuleTermination, told.fact("reason", reason));
        copy.notify(&Notice::Terminated {
            reason,
            explanation: &words,
        });
        Ok(())
    }
}
