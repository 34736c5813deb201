//! Interim reply (阶段答复): the unit proposes what the citizen reads and a day, the closing reviewer approves, and the ticket is tracked until that day
//! (`domain.md` 3.2, row 16; 0, item 5).
//! Not here: the application itself (`applications`), the reminder and how it goes on (`holds`).

use shared::application::{ApplicationSort, PROMISED_DAYS};
use shared::text::sms::Notice;
use shared::ticket::Verb;
use shared::ticket::verbs::{Interim, RuleInterim};

use super::{Ruled, rule};
use crate::applications::{Asked, Facts};
use crate::host::Decide;
use crate::tickets::holds;
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};

impl Decide for Interim {
    const LOOKS_AT_LEADERS: bool = true;

    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let id = copy.aimed()?;
        let until = holds::ahead(copy.now(), self.until, PROMISED_DAYS)?;
        copy.ask(&Asked {
            sort: ApplicationSort::Interim,
            assignment: id,
            explanation: &self.explanation,
            facts: Facts {
                until: Some(until),
                public_words: Some(&self.public_words),
                ..Facts::default()
            },
        })?;
        copy.change_assignment(id, |_| ())?;
        let told = Told::default()
            .of(id)
            .note(Some(&*self.public_words))
            .fact("until", self.until);
        copy.event(Verb::Interim, told);
        Ok(())
    }
}

impl Decide for RuleInterim {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let id = copy.aimed()?;
        let ruled = Ruled {
            verb: Verb::RuleInterim,
            sort: ApplicationSort::Interim,
            grant: self.grant,
            opinion: self.opinion.as_deref(),
        };
        let (application, told) = rule(copy, &ruled)?;
        let until = application.until.unwrap_or_else(|| copy.now());
        let words = application.public_words.unwrap_or_default();
        if self.grant {
            holds::promise(copy, id, (until, &words))?;
        }
        copy.event(Verb::RuleInterim, told.fact("until", until.date()));
        if self.grant {
            copy.notify(&Notice::Promised {
                until,
                words: &words,
            });
        }
        Ok(())
    }
}
