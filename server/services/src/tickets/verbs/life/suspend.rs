//! Suspend (挂起) and resume (恢复): the unit asks with a cause and a day, the closing reviewer decides, and the clocks stand still until then or until
//! somebody resumes (`domain.md` 3.2, row 13).
//! Not here: the application itself (`applications`), what stands still and how it goes on (`holds`).

use shared::application::{ApplicationSort, SUSPENDED_DAYS};
use shared::calendar::Instant;
use shared::ids::FileId;
use shared::text::sms::Notice;
use shared::ticket::Verb;
use shared::ticket::verbs::{ResumeWork, RuleSuspension, SuspendWork};

use super::{Ruled, rule};
use crate::applications::{Asked, Facts};
use crate::host::Decide;
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};
use crate::tickets::{evidence, holds};

impl Decide for SuspendWork {
    const LOOKS_AT_LEADERS: bool = true;

    fn files(&self) -> Vec<FileId> {
        self.files.clone()
    }

    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let id = copy.aimed()?;
        let until = holds::ahead(copy.now(), self.until, SUSPENDED_DAYS)?;
        let files = evidence::named(copy, &self.files)?;
        copy.ask(&Asked {
            sort: ApplicationSort::Suspend,
            assignment: id,
            explanation: &self.explanation,
            facts: Facts {
                suspension_reason: Some(self.reason),
                until: Some(until),
                files: &files,
                ..Facts::default()
            },
        })?;
        // Whoever looks at the assignment has to look again.
        copy.change_assignment(id, |_| ())?;
        let told = Told::default()
            .of(id)
            .note(Some(&*self.explanation))
            .fact("suspension_reason", self.reason)
            .fact("until", self.until);
        let told = if files.is_empty() {
            told
        } else {
            told.fact("proofs", files.len())
        };
        copy.event(Verb::SuspendWork, told);
        Ok(())
    }
}

impl Decide for RuleSuspension {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let ruled = Ruled {
            verb: Verb::RuleSuspension,
            sort: ApplicationSort::Suspend,
            grant: self.grant,
            opinion: self.opinion.as_deref(),
        };
        let (application, told) = rule(copy, &ruled)?;
        let until = application.until.unwrap_or_else(|| copy.now());
        if self.grant {
            let reason = application.suspension_reason.map_or("", |it| it.as_str());
            holds::suspend(copy, until, reason)?;
        }
        let told = told.fact("until", until.date());
        copy.event(Verb::RuleSuspension, told);
        if self.grant {
            copy.notify(&Notice::Suspended { until });
        }
        Ok(())
    }
}

impl Decide for ResumeWork {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let id = copy.aimed()?;
        if !holds::go_on(copy)? {
            return Err(copy.not_allowed(Verb::ResumeWork).into());
        }
        copy.change_assignment(id, |_| ())?;
        let due = copy.assignment(id)?.due_at;
        let told = Told::default()
            .of(id)
            .note(self.reason.as_deref())
            .fact("due_at", due.map_or_else(String::new, Instant::rfc3339));
        copy.event(Verb::ResumeWork, told);
        Ok(())
    }
}
