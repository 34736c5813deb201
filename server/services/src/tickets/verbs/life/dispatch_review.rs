//! Dispatch review (派单审核): what the office wants looked at is proposed by the dispatch and done by the review, in the name of whoever proposed it.
//! While a proposal waits, the task of the gate is the reviewers': nobody dispatches, answers or declines beside it. An emergency never waits.
//! Not here: what a dispatch does (`verbs::dispatch`), the office's switches (`shared::register`).

use anyhow::Context as _;
use serde_json::{Map, Value};
use shared::access::Role;
use shared::command::{CategoryCode, Command as _, Sent, UnitCode};
use shared::fault::{Code, Fault};
use shared::ids::AssignmentId;
use shared::notice::{Audience, NoticeKind};
use shared::register::{Rule, Switch, setting_of};
use shared::ticket::proposal::{DispatchProposal, ProposalView, Refusal, ReviewCause, ReviewRules};
use shared::ticket::verbs::{Dispatch, ReviewDispatch};
use shared::ticket::{AssignmentStatus, Urgency, Verb};
use store::Conn;
use store::record::{Ticket, TicketCase};

use crate::fault::Failure;
use crate::host::{Decide, Kind as _};
use crate::reference::Reference;
use crate::tickets::rights;
use crate::tickets::verbs::dispatch;
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};

/// Whose to-do a review is.
const REVIEWER: Role = Role::Supervisor;

/// What the office wants looked at.
pub(crate) async fn rules(db: &dyn Conn) -> Result<ReviewRules, Failure> {
    let mut causes = Vec::new();
    for (cause, switch) in &Switch::REVIEWS {
        let said = store::settings::get(db, &setting_of(switch.key)).await?;
        if switch.of(said.as_deref()) {
            causes.push(*cause);
        }
    }
    let said = store::settings::get(db, Rule::SENSITIVE.key).await?;
    Ok(ReviewRules {
        causes,
        categories: Rule::codes(said.as_deref()),
    })
}

/// Why a second person looks at this dispatch; nothing where nobody does.
pub(crate) fn causes(
    command: &Dispatch,
    copy: &WorkingCopy<'_>,
    category: &str,
) -> Vec<ReviewCause> {
    let rules = &copy.scene.reference.review;
    let ticket = &copy.case.ticket;
    let urgency = command.urgency.unwrap_or(ticket.urgency);
    let mut parts = copy.case.assignments.iter();
    let was_returned = parts.any(|part| part.status == AssignmentStatus::Returned);
    let (lead, responsible) = (command.lead.as_str(), &copy.duties);
    let is_so = |cause: ReviewCause| match cause {
        ReviewCause::Asked => command.review.0,
        ReviewCause::Urgent => urgency == Urgency::Urgent,
        ReviewCause::Discreet => rights::is_discreet(ticket),
        ReviewCause::Returned => was_returned,
        ReviewCause::Difficult => ticket.difficult_at.is_some(),
        ReviewCause::Several => !command.assisting.is_empty(),
        ReviewCause::Differs => {
            !responsible.is_empty() && responsible.iter().all(|duty| duty.unit != lead)
        }
        ReviewCause::Category => rules.is_sensitive(category),
    };
    let counts = |cause: ReviewCause| {
        matches!(cause, ReviewCause::Asked | ReviewCause::Category) || rules.has(cause)
    };
    let all = ReviewCause::ALL.iter().copied();
    all.filter(|cause| counts(*cause) && is_so(*cause))
        .collect()
}

/// Causes as a fact of the history.
pub(crate) fn words(causes: &[ReviewCause]) -> String {
    let words: Vec<&str> = causes.iter().map(|cause| cause.as_str()).collect();
    words.join(" ")
}

/// Keeps a dispatch as a proposal, and gives the task of the gate to those who review.
pub(crate) fn propose(
    command: &Dispatch,
    copy: &mut WorkingCopy<'_>,
    causes: Vec<ReviewCause>,
) -> Result<(), Halt> {
    let task = copy.task_for(Verb::Dispatch, None).map(|it| it.task_no);
    let task = task.ok_or_else(|| copy.not_allowed(Verb::Dispatch))?;
    let asked = serde_json::to_string(command).context("a proposed dispatch");
    let asked = asked.map_err(Failure::from)?;
    let assisting: Vec<&str> = command.assisting.iter().map(UnitCode::as_str).collect();
    let told = Told::default()
        .note(command.advice.as_deref())
        .fact("proposed", true)
        .fact("review_causes", words(&causes))
        .fact("lead", &command.lead)
        .fact("assisting", assisting.join(" "));
    let actor = copy.scene.actor;
    let proposal = DispatchProposal {
        by: actor.user(),
        by_name: actor.signature(),
        at: copy.now(),
        causes,
        asked,
        refused: None,
    };
    copy.ticket().proposal = Some(proposal);
    let mut tasks = copy.case.hung.tasks.iter_mut();
    if let Some(gate) = tasks.find(|it| it.task_no == task) {
        gate.role = Some(REVIEWER);
        Verb::ReviewDispatch.as_str().clone_into(&mut gate.verbs);
    }
    copy.event(Verb::Dispatch, told);
    Ok(())
}

impl Decide for ReviewDispatch {
    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let waits = copy.case.ticket.proposal.clone();
        let waits = waits.filter(DispatchProposal::waits);
        let mut waits = waits.ok_or_else(|| copy.not_allowed(Verb::ReviewDispatch))?;
        let actor = copy.scene.actor;
        if actor.user().is_some() && actor.user() == waits.by {
            return Err(Fault::new(Code::DispatchSamePerson).into());
        }
        give_back(copy)?;
        let told = Told::default()
            .note(self.opinion.as_deref())
            .fact("agreed", self.grant)
            .fact("proposed_by", waits.by_name.as_deref().unwrap_or_default());
        if let Some(proposer) = waits.by {
            copy.tell(NoticeKind::Ruled, &Audience::Person(proposer));
        }
        if self.grant {
            copy.ticket().proposal = None;
            copy.event(Verb::ReviewDispatch, told);
            return carry_out(copy, &waits);
        }
        waits.refused = Some(Refusal {
            by: actor.signature(),
            at: copy.now(),
            opinion: self.opinion.as_deref().unwrap_or_default().to_owned(),
        });
        copy.ticket().proposal = Some(waits);
        copy.event(Verb::ReviewDispatch, told);
        Ok(())
    }
}

/// The task of the gate is what the process says of it again.
fn give_back(copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
    let task = copy.task_for(Verb::ReviewDispatch, None);
    let task = task.map(|it| it.task_no);
    let task = task.ok_or_else(|| copy.not_allowed(Verb::ReviewDispatch))?;
    TicketCase::refit(copy, task);
    Ok(())
}

/// Dispatches as it was proposed, in the name of whoever proposed it.
fn carry_out(copy: &mut WorkingCopy<'_>, proposal: &DispatchProposal) -> Result<(), Halt> {
    let mut command = read(proposal)?;
    // The day that was proposed has come while it waited: the limit of who assists follows from the lead's.
    let today = copy.now().date();
    command.assist_due = command.assist_due.filter(|day| *day > today);
    let parts = copy.case.assignments.iter();
    let before: Vec<AssignmentId> = parts.map(|part| part.id).collect();
    let name = proposal.by_name.as_deref().unwrap_or_default();
    let told = Told::default().fact("proposed_by", name);
    dispatch::carry_out(&command, copy, told)?;
    let parts = copy.case.assignments.iter().map(|part| part.id);
    let opened: Vec<AssignmentId> = parts.filter(|id| !before.contains(id)).collect();
    for id in opened {
        copy.change_assignment(id, |part| part.dispatched_by = proposal.by)?;
    }
    Ok(())
}

/// The command as it was sent.
fn read(proposal: &DispatchProposal) -> Result<Dispatch, Failure> {
    let asked: Map<String, Value> =
        serde_json::from_str(&proposal.asked).context("a proposed dispatch")?;
    Ok(Dispatch::read(Sent::json(asked))?)
}

/// How a proposal stands, for people of the centre.
pub(crate) fn view(reference: &Reference, ticket: &Ticket) -> Option<ProposalView> {
    let proposal = ticket.proposal.as_ref()?;
    let command = read(proposal).ok()?;
    let category = command.category.as_ref().map(CategoryCode::as_str);
    let assisting = command.assisting.iter();
    Some(ProposalView {
        by: proposal.by_name.clone(),
        at: proposal.at,
        causes: proposal.causes.clone(),
        lead: reference.unit(command.lead.as_str()),
        assisting: assisting
            .map(|unit| reference.unit(unit.as_str()))
            .collect(),
        assist_due: command.assist_due.map(|day| day.to_string()),
        category: category.and_then(|code| reference.category(code)),
        urgency: command.urgency,
        advice: command.advice.as_deref().map(str::to_owned),
        refused: proposal.refused.clone(),
    })
}
