//! How a ticket counts (考核认定): the leader of the unit or the centre asks, the closing reviewer gives a first opinion, the centre's leader decides; three
//! people. What was ruled is a mark of the ticket, which nothing else sets; ticket, history and ratings stay as they are.
//! Not here: the application itself (`applications`), the rule of quality that looks at the mark (V22).

use shared::application::RulingOn;
use shared::fault::{Code, Fault};
use shared::ids::UserId;
use shared::ticket::Verb;
use shared::ticket::verbs::{AdviseRuling, AskRuling, DecideRuling};
use store::record::Application;

use crate::applications::{self, Asked, Decision, Facts, Ruling};
use crate::host::Decide;
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};

impl Decide for AskRuling {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let id = copy.aimed()?;
        let stands = applications::stands(&copy.case, self.ruling);
        if stands != self.revoke.0 {
            return Err(Fault::new(Code::RulingStands).fact("stands", stands).into());
        }
        copy.ask(&Asked {
            sort: self.ruling.sort(),
            assignment: id,
            explanation: &self.explanation,
            facts: Facts {
                ruling: Some(Ruling {
                    reason: self.reason,
                    revokes: self.revoke.0,
                    legal_basis: self.legal_basis.as_deref(),
                }),
                ..Facts::default()
            },
        })?;
        // Whoever looks at the assignment has to look again.
        copy.change_assignment(id, |_| ())?;
        let told = Told::default()
            .of(id)
            .note(Some(&*self.explanation))
            .fact("ruling", self.ruling)
            .fact("revokes", self.revoke.0)
            .fact("ruling_reason", self.reason);
        copy.event(Verb::AskRuling, told);
        Ok(())
    }
}

/// The ruling that waits, where whoever acts is none of those who had a hand in it.
fn waiting(
    copy: &WorkingCopy<'_>,
    verb: Verb,
    others: fn(&Application) -> [Option<UserId>; 2],
) -> Result<Application, Halt> {
    let id = copy.aimed()?;
    let waits = applications::waiting_ruling(&copy.case);
    let waits = waits.filter(|it| it.assignment_id == id).cloned();
    let waits = waits.ok_or_else(|| copy.not_allowed(verb))?;
    let actor = copy.scene.actor.user();
    if actor.is_some() && others(&waits).contains(&actor) {
        return Err(Fault::new(Code::RulingSamePerson).into());
    }
    Ok(waits)
}

fn told_of(application: &Application, opinion: &str) -> Told {
    let told = Told::default()
        .of(application.assignment_id)
        .note(Some(opinion))
        .fact("revokes", application.revokes);
    match RulingOn::of(application.sort) {
        Some(ruling) => told.fact("ruling", ruling),
        None => told,
    }
}

impl Decide for AdviseRuling {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let waits = waiting(copy, Verb::AdviseRuling, |it| [it.asked_by, None])?;
        copy.advise_on(waits.id, self.support, &self.opinion)?;
        copy.change_assignment(waits.assignment_id, |_| ())?;
        let told = told_of(&waits, &self.opinion).fact("supported", self.support);
        copy.event(Verb::AdviseRuling, told);
        Ok(())
    }
}

impl Decide for DecideRuling {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let waits = waiting(copy, Verb::DecideRuling, |it| [it.asked_by, it.advised_by])?;
        copy.decide_on(
            waits.id,
            &Decision {
                verb: Verb::DecideRuling,
                is_granted: self.grant,
                opinion: Some(&*self.opinion),
                granted_days: None,
                verdict: None,
            },
        )?;
        copy.change_assignment(waits.assignment_id, |_| ())?;
        let unreasonable = applications::stands(&copy.case, RulingOn::Unreasonable);
        let not_counted = unreasonable || applications::stands(&copy.case, RulingOn::NotCounted);
        let ticket = copy.ticket();
        (ticket.unreasonable, ticket.not_counted) = (unreasonable, not_counted);
        let told = told_of(&waits, &self.opinion).fact("agreed", self.grant);
        copy.event(Verb::DecideRuling, told);
        Ok(())
    }
}
